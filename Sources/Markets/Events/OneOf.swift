import Documents
import Lanes
import Randomness

/// One of several events, such as up or down: on each path exactly one of the alternatives happens, each as likely as its
/// weight says.
///
/// One uniform of the stream `event/NAME/alternatives` chooses; the others never start on that path. Their parameters, knots
/// and draws belong to streams of their own, `event/NAME/alternatives/up/…`, so that adding an alternative moves no draw but
/// the choice.
package struct OneOf: MarketEvent, Parametric {
  /// One of the events.
  package struct Alternative: Sendable {
    /// How likely it is, relative to the others; above 0.
    package let weight: Double
    /// What happens.
    package let event: any MarketEvent

    /// States an alternative.
    package init(weight: Double = 1, _ event: any MarketEvent) {
      self.weight = weight
      self.event = event
    }
  }

  /// The events by name, at least one; of those that start on a path or don't.
  package let alternatives: Named<Alternative>

  /// States the alternatives.
  package init(_ alternatives: Named<Alternative>) {
    precondition(!alternatives.isEmpty, "Invariant: one of the alternatives happens")
    self.alternatives = alternatives
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.alternatives, "alternatives", .alternatives,
      "events by name, each with a \"weight\" beside its own keys: how likely it is, relative to the others (1)",
      parameters: { OneOf.parameters(of: $0) }),
    make: { OneOf($0) })

  /// Which of the alternatives happens, counted from 1 in the order of their names, and what each of them draws.
  private static func parameters(of alternatives: Named<Alternative>) -> [Parameter] {
    [choice(of: alternatives)]
      + alternatives.flatMap { alternative in
        alternative.value.event.parameters.map { $0.under(alternative.name).under("alternatives") }
      }
  }

  /// Which of the alternatives happens.
  static func choice(of alternatives: Named<Alternative>) -> Parameter {
    let parts = alternatives.values.enumerated().map { index, alternative in
      Mixture.Part(weight: alternative.weight, .fixed(Double(index + 1)))
    }
    let names = alternatives.names.enumerated().map { "\($0 + 1) is \(quoted($1))" }
    return Parameter(
      name: "alternatives", draw: Draw(Mixture(parts)) ?? .fixed(1), unit: names.joined(separator: ", "))
  }

  /// Where an alternative stands below the event, in streams and pointers.
  static func part(_ name: String) -> String { "alternatives/\(name)" }

  /// Something of every alternative, seen from the event.
  private func all<Element>(_ elements: (String, any MarketEvent) -> [Element]) -> [Element] {
    alternatives.flatMap { elements(Self.part($0.name), $0.value.event) }
  }

  /// The same of a JSON pointer.
  private func violations(_ found: (any MarketEvent) -> [FormViolation]) -> [FormViolation] {
    alternatives.flatMap { alternative in
      found(alternative.value.event).map { $0.under(Self.part(JSONPointer.escape(alternative.name))) }
    }
  }

  package var start: EventStart { alternatives.values[0].event.start }
  package var starts: [(part: String, start: EventStart)] {
    alternatives.map { (Self.part(JSONPointer.escape($0.name)), $0.value.event.start) }
  }

  /// Where any of them does.
  package var watchesPrices: Bool { alternatives.values.contains { $0.event.watchesPrices } }
  /// Where all of them do.
  package var jumps: Bool {
    let events = alternatives.values.map(\.event).filter { !($0 is Nothing) }
    return !events.isEmpty && events.allSatisfy(\.jumps)
  }
  /// Where any of them does.
  package var changesPrices: Bool { alternatives.values.contains { $0.event.changesPrices } }
  /// That of all of them which move a price.
  package var direction: PriceDirection? { PriceDirection(alternatives.values.compactMap(\.event.direction)) }
  /// Where any of them does.
  package var severityMovesEnd: Bool { alternatives.values.contains { $0.event.severityMovesEnd } }

  package var limits: [String] { all { $1.limits } }
  package var files: [String] { all { $1.files } }
  package var streamNames: [String] { all { part, event in event.streamNames.map { "\(part)/\($0)" } } }
  package var knotNames: [String] { all { part, event in event.knotNames.map { "\(part)/\($0)" } } }

  package func touchedAssets(of assets: [String]) -> [String] {
    var touched: [String] = []
    for asset in all({ $1.touchedAssets(of: assets) }) where !touched.contains(asset) { touched.append(asset) }
    return touched
  }

  /// Those of every alternative.
  package func pricedAssets(of assets: [String]) -> [PricedAsset] {
    alternatives.flatMap { alternative in
      alternative.value.event.pricedAssets(of: assets).map {
        PricedAsset("\(Self.part(JSONPointer.escape(alternative.name)))/\($0.field)", $0.asset, $0.scale)
      }
    }
  }

  /// The farthest of any alternative.
  package func reach(of asset: String, severity: Double) -> EventReach {
    let reaches = alternatives.values.filter { $0.event.touchedAssets(of: [asset]).contains(asset) }
      .map { $0.event.reach(of: asset, severity: severity) }
    return EventReach(offset: reaches.map(\.offset).max() ?? 0, factor: reaches.map(\.factor).max() ?? 0)
  }

  package func violations(in setting: EventSetting) -> [FormViolation] { violations { $0.violations(in: setting) } }
  package func warnings(in setting: EventSetting) -> [FormViolation] { violations { $0.warnings(in: setting) } }

  /// Where any of them does.
  package var movesMarket: Bool { alternatives.values.contains { $0.event.movesMarket } }

  package func following(_ betas: Named<Double>) -> Self {
    OneOf(alternatives.mapValues { Alternative(weight: $0.weight, $0.event.following(betas)) })
  }

  package func makeState(_ site: EventSite) -> any EventState { OneOfState(self, site) }
}

extension FieldKind where Value == Named<OneOf.Alternative> {
  /// Events by name, each with its weight.
  fileprivate static var alternatives: FieldKind {
    // The catalogue holds the form that this stands in: it is looked up when it is needed.
    let kinds: @Sendable () -> FieldKind = { .named(.model(OneOf.kinds), count: 1...64) }
    return FieldKind(FieldType("events by name"), schema: { kinds().schema($0) }, values: { kinds().values($0) }) {
      kinds().read($0, $1)
    }
  }
}

extension OneOf {
  private static let nothing = CatalogueEntry<any MarketEvent>.entry(
    "nothing", Nothing.form, "nothing happens: what comes with some chance or not at all"
  ) { $0 }

  /// The events that an alternative may be, with the key of its weight.
  fileprivate static let kinds = Catalogue(
    "alternatives",
    (MarketEvents.eachPathsOwn + [nothing]).map { entry in
      entry.with(Field("weight", .weight, default: 1, "how likely it is, relative to the others")) {
        Alternative(weight: $1, $0)
      }
    })
}

/// Alternatives on the paths of one tile.
private final class OneOfState: EventState {
  private let occurrences: [EventOccurrence]
  private let states: [any EventState]
  private var choice: PathParameter
  private(set) var start: ContiguousArray<Lanes> = []
  private(set) var windowEnd: ContiguousArray<Lanes> = []
  private(set) var trough: ContiguousArray<Lanes> = []
  private(set) var knots: [KnotColumn] = []

  init(_ event: OneOf, _ site: EventSite) {
    let occurrences = event.alternatives.map { _ in EventOccurrence(groups: site.groups) }
    self.occurrences = occurrences
    states = event.alternatives.enumerated().map { index, alternative in
      var own = site
      own.part = OneOf.part(alternative.name)
      own.occurrence = occurrences[index]
      return alternative.value.event.makeState(own)
    }
    choice = PathParameter(
      OneOf.choice(of: event.alternatives), .event(site.event), site.streams, groups: site.groups)
    knots = states.flatMap(\.knots)
  }

  var parameters: [PathParameter] { [choice] + states.flatMap(\.parameters) }
  var isReactive: Bool { states.contains(where: \.isReactive) }

  private func ofThatWhichHappens(_ moments: (any EventState) -> ContiguousArray<Lanes>) -> ContiguousArray<Lanes> {
    var result = ContiguousArray(repeating: Lanes.infinity, count: choice.values.count)
    for (state, occurrence) in zip(states, occurrences) {
      let moments = moments(state)
      for group in result.indices { result[group].replace(with: moments[group], where: occurrence.happens[group]) }
    }
    return result
  }

  func reset(_ paths: TilePaths) {
    choice.draw(for: paths)
    for (index, state) in states.enumerated() {
      occurrences[index].happens = ContiguousArray(choice.values.map { $0 .== Double(index + 1) })
      state.reset(paths)
    }
    takePlans()
  }

  func react(to sight: MarketSight) -> Bool {
    var hasChanged = false
    for state in states where state.isReactive && state.react(to: sight) { hasChanged = true }
    if hasChanged { takePlans() }
    return hasChanged
  }

  /// Takes over when the alternatives happen.
  private func takePlans() {
    start = ofThatWhichHappens { $0.start }
    windowEnd = ofThatWhichHappens { $0.windowEnd }
    trough = ofThatWhichHappens { $0.trough }
    knots = states.flatMap(\.knots)
  }

  func advance(_ step: Int, _ effects: inout MarketEffects) {
    for state in states { state.advance(step, &effects) }
  }

  func offset(asset: Int, group: Int, at time: Lanes) -> Lanes {
    var offset = Lanes.zero
    for state in states { offset += state.offset(asset: asset, group: group, at: time) }
    return offset
  }

  func jump(asset: Int, group: Int, at time: Lanes) -> Lanes {
    var jump = Lanes.zero
    for state in states { jump += state.jump(asset: asset, group: group, at: time) }
    return jump
  }

  func respond(_ step: Int, _ market: LatentMove, _ effects: inout MarketEffects) {
    for state in states { state.respond(step, market, &effects) }
  }
}
