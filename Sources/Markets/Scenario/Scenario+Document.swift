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
    Field(
      "assets", .assets, "what is traded; or a file with a row for each"),
    Field("dependence", .optional(.dependence), "how the assets' diffusions depend on each other"),
    Field("venue", .scenarioVenue, "what trading costs and what the venue asks"),
    Field(
      "events", .named(.event, names: .declaring("event"), count: 0...256), default: Named(),
      "what happens to the market"),
    make: { (_, title, description, sources, clock, history, assets, dependence, venue, events) throws(FormViolation) in
      guard venue.latencySeconds < clock.lengthSeconds, venue.latencySeconds <= 10_000 * clock.stepSeconds else {
        throw FormViolation(
          "venue/latency",
          "\(TradingTime.text(seconds: venue.latencySeconds)) is not shorter than the scenario and 10000 steps")
      }
      try checkOrder(of: events)
      let terms = assets.map { AssetTerms(name: $0.name, price: $0.value.price, liquidity: $0.value.liquidity) }
      let movement = try movement(clock, history, assets, dependence)
      if events.values.contains(where: \.movesMarket) { _ = try movement.marketBetas(of: terms) }
      let named = events.map { NamedEvent($0.name, $0.value) }
      let violations = EventScales.violations(named, of: terms, movement.scales(of: terms))
      guard violations.isEmpty else { throw FormViolation(violations) }
      return scenario(title, description, sources, clock, terms, movement, venue, named)
    })

  /// Reads a scenario document.
  ///
  /// - Throws: everything that is wrong in it, in what it extends, and in the recorded bars that it names.
  package static func load(
    _ path: String, _ loader: DocumentLoader = DocumentLoader(notations: Distributions.notations.map(Set.init))
  ) throws(Problems) -> (document: Document, scenario: Scenario) {
    let document = ScenarioTables.filledIn(try loader.load(path), loader.contents)
    return (document, try read(document))
  }

  /// Reads a scenario from its document; as `load`.
  package static func read(_ document: Document) throws(Problems) -> Scenario {
    try form.read(document) { reading in
      reading[DocumentRoot.self] = document.root
      reading[IsRecorded.self] = document.root["history"] != nil
    }
  }

  private static func scenario(
    _ title: String, _ description: String, _ sources: [SourceNote], _ clock: Clock, _ assets: [AssetTerms],
    _ movement: some Movement, _ venue: VenueTerms, _ events: [NamedEvent]
  ) -> Scenario {
    Scenario(
      title: title, description: description, sources: sources, clock: clock, assets: assets, movement: movement,
      venue: venue, events: events)
  }

  /// - Throws: where events wait for each other in a circle.
  private static func checkOrder(of events: Named<any MarketEvent>) throws(FormViolation) {
    var violations: [FormViolation] = []
    for name in events.names {
      for (part, start) in events[name]?.starts ?? [] {
        guard let next = start.precedingEvent, let chain = chain(from: next, to: name, events) else { continue }
        violations.append(
          FormViolation(
            "events/\(JSONPointer.escape(name))/\(part.isEmpty ? "" : part + "/")start/event",
            "waits for itself: " + ([name] + chain).map(quoted).joined(separator: " after ")))
      }
    }
    guard violations.isEmpty else { throw FormViolation(violations) }
  }

  /// Events that wait for each other, from one to another; nil where there is no such chain.
  private static func chain(from first: String, to last: String, _ events: Named<any MarketEvent>) -> [String]? {
    var visited: Set<String> = []
    func walk(_ name: String) -> [String]? {
      if name == last { return [name] }
      guard visited.insert(name).inserted else { return nil }
      for next in (events[name]?.starts ?? []).compactMap(\.start.precedingEvent) {
        if let rest = walk(next) { return [name] + rest }
      }
      return nil
    }
    return walk(first)
  }

  /// What moves the assets, when every part by itself is right.
  private static func movement(
    _ clock: Clock, _ history: (any OpenedHistory)?, _ assets: Named<AssetDraft>, _ dependence: (any Dependence)?
  ) throws(FormViolation) -> any Movement {
    guard let history else {
      if clock.daysPerStep > 1 {
        throw FormViolation(
          "clock/step", "steps of a week are for recorded bars, which have no inside: processes need sessions")
      }
      let processes = assets.values.compactMap(\.process)
      // An asset without a process has been reported at its place.
      guard processes.count == assets.count else { throw FormViolation([]) }
      return ProcessMovement(processes, dependence ?? GaussianDependence())
    }
    if let substeps = clock.statedSubsteps, substeps > 1 {
      throw FormViolation("clock/substeps", "recorded bars tell nothing between open and close: 1 is all they have")
    }
    guard clock.calendar.profile == .flat else {
      throw FormViolation("clock/calendar/profile", "recorded bars bring their own course of the day")
    }
    let names = assets.values.compactMap(\.history)
    guard names.count == assets.count else { throw FormViolation([]) }
    do throws(FormViolation) {
      return try history.movement(of: names, clock)
    } catch {
      throw error.under("history")
    }
  }
}
