import Documents
import MarketData
import Randomness

extension Scenario {
  /// The fields of a scenario document.
  package static let form = Form(
    Field("stresslab", .constant("scenario/1"), "the format"),
    Field("title", .string, "the scenario's name for people"),
    Field("description", .string(mayBeEmpty: true), default: "", "what happens, in a few sentences"),
    Field("sources", .sources, default: [], "where figures come from, by JSON pointer"),
    Field("clock", .scenarioClock, "steps, warm-up, calendar"),
    Field("history", .optional(.recordedHistory), "recorded bars, in place of processes and dependence"),
    Field("assets", .named(.asset, names: .declaring("asset"), count: 1...64), "what is traded"),
    Field("dependence", .optional(.dependence), "how the assets' diffusions depend on each other"),
    Field("venue", .form(VenueTerms.form), "what trading costs and what the venue asks"),
    Field("events", .named(.event), default: Named(), "what happens to the market"),
    make: { (_, title, description, sources, clock, history, assets, dependence, venue, events) throws(FormViolation) in
      guard venue.latencySeconds < clock.lengthSeconds, venue.latencySeconds <= 10_000 * clock.stepSeconds else {
        throw FormViolation(
          "venue/latency",
          "\(TradingTime.text(seconds: venue.latencySeconds)) is not shorter than the scenario and 10000 steps")
      }
      let terms = assets.map { AssetTerms(name: $0.name, price: $0.value.price, liquidity: $0.value.liquidity) }
      return Scenario(
        title: title, description: description, sources: sources, clock: clock, assets: terms,
        movement: try movement(clock, history, assets, dependence), venue: venue,
        events: events.map { NamedEvent($0.name, $0.value) })
    })

  /// Reads a scenario document.
  ///
  /// - Throws: everything that is wrong in it, in what it extends, and in the recorded bars that it names.
  package static func load(
    _ path: String, _ loader: DocumentLoader = DocumentLoader(notations: Distributions.notations.map(Set.init))
  ) throws(Problems) -> (document: Document, scenario: Scenario) {
    let document = try loader.load(path)
    return (document, try read(document))
  }

  /// Reads a scenario from its document; as `load`.
  package static func read(_ document: Document) throws(Problems) -> Scenario {
    try form.read(document) { reading in
      reading[DocumentRoot.self] = document.root
      reading[IsRecorded.self] = document.root["history"] != nil
    }
  }

  /// What moves the assets, when every part by itself is right.
  private static func movement(
    _ clock: Clock, _ history: LoadedHistory?, _ assets: Named<AssetDraft>, _ dependence: (any Dependence)?
  ) throws(FormViolation) -> Movement {
    guard let history else {
      let processes = assets.values.compactMap(\.process)
      // An asset without a process has been reported at its place.
      guard processes.count == assets.count else { throw FormViolation([]) }
      return .processes(processes, dependence ?? GaussianDependence())
    }
    let names = assets.values.compactMap(\.history)
    guard names.count == assets.count else { throw FormViolation([]) }
    let source = history.model.source
    let record: RecordedHistory
    do throws(FormViolation) {
      record = try RecordedHistory(history.bars, assets: names, from: source.from, to: source.to)
    } catch {
      throw error.under("history")
    }
    var violations = history.model.violations(stepSeconds: clock.stepSeconds).map { $0.under("history") }
    if let complaint = record.spacingComplaint(clock) { violations.append(FormViolation("history/file", complaint)) }
    if !violations.isEmpty { throw FormViolation(violations) }
    return .history(history.model, record)
  }
}

/// The document that is being read, for checks of pointers into it.
enum DocumentRoot: ReadingKey {
  static var initial: Node? { nil }
}

/// The clock of the scenario that is being read; nil while it is unknown or wrong.
enum ScenarioClock: ReadingKey {
  static var initial: Clock? { nil }
}

/// Whether recorded bars move the assets of the scenario that is being read.
enum IsRecorded: ReadingKey {
  static var initial: Bool { false }
}

extension FieldKind where Value == Clock {
  /// A clock, which tells the events when the scenario ends.
  static var scenarioClock: FieldKind {
    .form(Clock.form).then { clock, _, reading in reading[ScenarioClock.self] = clock }
  }
}

extension FieldKind where Value == any MarketEvent {
  /// An event, checked against the clock.
  static var event: FieldKind {
    .model(MarketEvents.catalogue).then { event, node, reading in
      guard let clock = reading[ScenarioClock.self] else { return }
      let setting = EventSetting(
        lengthSeconds: clock.lengthSeconds, stepSeconds: clock.stepSeconds, splitsSteps: !reading[IsRecorded.self])
      for violation in event.violations(in: setting) { violation.report(at: node, reading) }
    }
  }
}

/// A history model with the file that it names.
struct LoadedHistory: Sendable {
  let model: any HistoryModel
  let bars: RecordedBars
}

extension FieldKind where Value == LoadedHistory {
  /// A history model; its file is read at once, and what is wrong there is reported with the rest.
  static var recordedHistory: FieldKind {
    let model = FieldKind<any HistoryModel>.model(HistoryModels.catalogue)
    return FieldKind(model.type, schema: model.schema) { node, reading in
      guard let model = model.read(node, reading) else { return nil }
      do throws(Problems) {
        let bars = try RecordedBars.read(model.source.file, columns: model.source.columns)
        return LoadedHistory(model: model, bars: bars)
      } catch {
        reading.report(error)
        return nil
      }
    }
  }
}

extension RecordedHistory {
  /// What is wrong with steps of a clock where the rows are further apart or closer together; nil when they fit.
  func spacingComplaint(_ clock: Clock) -> String? {
    let spacings = zip(time.dropFirst(), time).map { Double($0 - $1) / 1000 }.sorted()
    guard !spacings.isEmpty else { return nil }
    let typical = spacings[spacings.count / 2]
    let isDaily = clock.stepsPerDay == 1
    let expected = isDaily ? 86_400 : clock.stepSeconds
    guard abs(typical / expected - 1) > 0.1 else { return nil }
    let step = isDaily ? "a day" : TradingTime.text(seconds: clock.stepSeconds)
    return "its rows are \(TradingTime.text(seconds: typical)) apart, but a step is \(step)"
  }
}
