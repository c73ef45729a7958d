import Documents
import MarketData

// What one part of a scenario document tells the others while it is read.

/// The document that is being read, for checks of pointers into it.
enum DocumentRoot: ReadingKey {
  static var initial: Node? { nil }
}

/// The clock of the scenario that is being read; nil while it is unknown or wrong.
enum ScenarioClock: ReadingKey {
  static var initial: Clock? { nil }
}

/// What the venue of the scenario that is being read asks; nil while it is unknown or wrong.
enum ScenarioVenue: ReadingKey {
  static var initial: VenueTerms? { nil }
}

/// Whether recorded bars move the assets of the scenario that is being read.
enum IsRecorded: ReadingKey {
  static var initial: Bool { false }
}

/// Whether these bars have volumes; true while that is unknown.
enum HasRecordedVolume: ReadingKey {
  static var initial: Bool { true }
}

/// How the assets of the scenario that is being read depend on each other when nothing happens.
enum ScenarioDependence: ReadingKey {
  static var initial: any Dependence { GaussianDependence() }
}

extension Reading {
  /// The names of the scenario's assets, in order, and their correlations; nil where these are unknown or wrong.
  var marketDependence: (assets: [String], correlations: [[Double]])? {
    guard let assets = names(of: "asset")?.sorted(), !problems.contains(where: { $0.path.hasPrefix("/dependence") })
    else { return nil }
    return (assets, self[ScenarioDependence.self].correlations(of: assets))
  }
}

extension FieldKind where Value == Clock {
  /// A clock, which tells the events when the scenario ends.
  static var scenarioClock: FieldKind {
    .form(Clock.form).then { clock, _, reading in reading[ScenarioClock.self] = clock }
  }
}

extension FieldKind where Value == VenueTerms {
  /// A venue, which tells the events what there is to multiply.
  static var scenarioVenue: FieldKind {
    .form(VenueTerms.form).then { venue, _, reading in reading[ScenarioVenue.self] = venue }
  }
}
