import Documents
import MarketData
import Markets
import Statistics

extension ScenarioFile {
  /// Keys that are said elsewhere in the report, or that are no numbers of the market.
  private static let apart: Set<String> = ["stresslab", "$schema", "title", "description", "sources", "extends"]

  /// What the scenario says, as the report tells it.
  ///
  /// - Parameter times: when its events happen; nil without events.
  func summary(_ times: EventTimes?) -> ScenarioSummary {
    ScenarioSummary(
      name: name, title: title, description: scenario.description, file: path,
      clock: ClockSummary(scenario.clock), assets: assetLines, parameters: parameterLines,
      events: eventLines(times),
      halts: times.flatMap { $0.halts.isEmpty ? nil : $0.halts }, limits: limits,
      caveats: scenario.caveats.isEmpty ? nil : scenario.caveats, point: point.isEmpty ? nil : point)
  }

  private var assetLines: [AssetLine] {
    scenario.assets.map { asset in
      let node = document.root.node(at: "/assets/\(JSONPointer.escape(asset.name))")
      let history = node?["history"] == nil ? "" : scenario.movement.pathCount == nil ? "history" : "paths"
      let process = node?.node(at: "process/model")?.string ?? history
      return AssetLine(name: asset.name, price: asset.price, process: process)
    }
  }

  /// What its file says of the market, value by value, each with its source.
  var parameterLines: [ParameterLine] {
    let values = Scenario.form.values(of: document.root)
    return SourcedValues(document, scenario.sources).lines(
      values.filter { !Self.apart.contains(JSONPointer.components($0.pointer)[0]) })
  }

  private func eventLines(_ times: EventTimes?) -> [EventLine] {
    let step = scenario.clock.stepSeconds
    let traits = scenario.eventTraits
    return scenario.events.enumerated().map { index, event in
      let node = document.root.node(at: "/events/\(JSONPointer.escape(event.name))")
      let model = node.flatMap(MarketEvents.catalogue.entry)
      let moments = times?.events[index]
      return EventLine(
        name: event.name, model: model?.name ?? "", text: model?.summary ?? "",
        starting: moments.map { EventTimes.share($0.start.count, of: times?.paths ?? 1) },
        startSeconds: Quantiles(moments?.start ?? [], scale: step),
        troughSeconds: Quantiles(moments?.trough ?? [], scale: step),
        windowEndSeconds: Quantiles(moments?.windowEnd ?? [], scale: step), traits: traits[index],
        correlations: times.flatMap { $0.correlations[index].isEmpty ? nil : $0.correlations[index] })
    }
  }

  private var limits: [String] {
    var limits = [
      "Agents do not move the market: a desk pays for its own pressure on the price, and no other desk sees it.",
      "Depth has no noise: it is the file's figure times what the events do to it.",
      "Interest on what an account holds in cash, and dividends, are not modelled; borrowed cash, borrowed shares and "
        + "funding cost what the venue's terms and the events say.",
    ]
    limits.append(
      scenario.events.isEmpty
        ? "Nothing is done to the market: it has no events."
        : "How likely the events are is not said: every figure is given that they happen as the file says.")
    limits += warnings.map { "Event “\($0.event)”: \($0.problem.message)." }
    limits += scenario.limits
    return limits
  }
}

extension ClockSummary {
  package init(_ clock: Clock) {
    let calendar = clock.calendar
    self.init(
      stepSeconds: clock.stepSeconds, steps: clock.steps, warmupSteps: clock.warmupSteps,
      sessionSeconds: calendar.secondsPerDay, startDate: "\(clock.start)",
      timeZone: calendar.isContinuous ? nil : calendar.timeZone,
      calendar: calendar.isContinuous ? "continuous" : "sessions \(calendar.hours)")
  }
}

extension Quantiles {
  /// Of numbers times `scale`; zeros for none.
  init(_ values: [Double], scale: Double) {
    let sample = SortedSample(values)
    func quantile(_ level: Double) -> Double { (sample.quantile(level).value ?? 0) * scale }
    self.init(p5: quantile(0.05), p50: quantile(0.5), p95: quantile(0.95))
  }
}
