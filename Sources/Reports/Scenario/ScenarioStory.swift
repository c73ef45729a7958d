import Documents
import Drawing
import Lab
import Markets
import Statistics

/// What happens in a scenario: its story, its clock, and its events.
struct ScenarioStory: Sendable {
  private let scenario: ScenarioSummary

  /// The story of a scenario.
  init(scenario: ScenarioSummary) { self.scenario = scenario }

  /// Paragraphs and tables.
  var markup: [Markup] {
    var parts = [Markup("p", text: scenario.description)]
    parts.append(Markup("p", ["class": "note full"], text: facts.map { "\($0.0): \($0.1)." }.joined(separator: " ")))
    if !scenario.events.isEmpty {
      parts.append(
        Markup(
          "ul", [:],
          scenario.events.map { event in
            Markup("li", [:], [Markup("strong", text: event.name), .text(" (\(event.model)): \(sentence(event))")])
          }))
      let written = scenario.events.map { ($0.name, figures($0)) }.filter { !$0.1.isEmpty }
      // The sentence says when a single event starts.
      let isOne = scenario.events.count == 1
      let table = EventTable(scenario: scenario).markup
      if !written.isEmpty || isOne {
        parts.append(
          Markup(
            "details", [:],
            [
              Markup(
                "summary",
                text: "What the file says of \(scenario.eventWord)\(isOne ? ", and when it is at its worst" : "")")
            ]
              + written.map { Markup("p", [:], [Markup("strong", text: $0.0), .text($0.1)]) } + (isOne ? [table] : [])))
      }
      if !isOne { parts.append(table) }
      parts += halts
      parts += scenario.events.flatMap(correlations)
    }
    return parts
  }

  private var facts: [(String, String)] {
    let clock = scenario.clock
    let unit = clock.unit
    let warmup = Double(clock.warmupSteps) * clock.stepSeconds
    let zone = clock.timeZone.map { ", \($0)" } ?? ""
    let step = unit.text(clock.stepSeconds)
    let steps = Unit.decimal(Double(clock.steps), decimals: 0)
    let assets = scenario.assets.map {
      "\($0.name) at \(Unit.price($0.price)) (\($0.process))"
    }
    return [
      ("Length", "\(unit.text(clock.horizonSeconds)) of trading in \(steps) steps of \(step)"),
      ("Calendar", "\(clock.calendar)\(zone), from \(clock.startDate); one day trades \(dayLength)"),
      ("Warm-up", warmup > 0 ? "\(unit.text(warmup)) before the start" : "none"),
      ("Assets", assets.joined(separator: ", ")),
      ("File", scenario.file),
    ]
  }

  /// The trading time of a day, which `Duration` would call a day.
  private var dayLength: String {
    Duration.text(scenario.clock.sessionSeconds, day: .greatestFiniteMagnitude)
  }

  private func sentence(_ event: EventLine) -> String {
    let text = event.text.hasSuffix(".") ? event.text : event.text + "."
    return "\(text) \(start(event))"
  }

  /// How often and how long trading stands still.
  private var halts: [Markup] {
    (scenario.halts ?? []).map { line in
      Markup(
        "p",
        text:
          "Trading in \(line.asset) is halted, or stands at a limit, on \(line.share.text(.percent)) of the market’s first "
          + "\(Unit.decimal(Double(line.share.n), decimals: 0)) paths at severity 1; on the mean "
          + "\(line.number.text(.number)) times a path, for \(line.seconds.text(scenario.clock.unit)) in all, as seen at "
          + "closes of steps.")
    }
  }

  /// How assets move together before, in and after the events that change it, in sentences.
  var correlationLines: [String] { scenario.events.flatMap(correlationSentences) }

  private func correlations(_ event: EventLine) -> [Markup] {
    correlationSentences(event).map { Markup("p", text: $0) }
  }

  /// How assets move together through an event that changes it.
  private func correlationSentences(_ event: EventLine) -> [String] {
    let pairs = event.correlations ?? []
    let paths = event.starting.map { " \(Unit.decimal(Double($0.n), decimals: 0))" } ?? ""
    let sentences = pairs.map { pair in
      let estimates = [pair.before, pair.inWindow, pair.after]
      let texts = estimates.map(correlation)
      let counts = estimates.map { Unit.decimal(Double($0.n), decimals: 0) }
      return "Correlation of \(pair.first) and \(pair.second) from open to close of steps: \(texts[0]) before "
        + "\(event.name), \(texts[1]) in its window, \(texts[2]) after it (severity 1; n = \(counts[0]), \(counts[1]) "
        + "and \(counts[2]) steps of the market’s first\(paths) paths; 95\u{A0}% intervals)."
    }
    let all = event.correlationPairs ?? pairs.count
    let rest =
      all > pairs.count
      ? [
        "Of the \(all) pairs of assets whose correlations \(event.name) changes, the first \(pairs.count) are measured."
      ]
      : []
    return sentences + rest
  }

  private func correlation(_ estimate: Estimate) -> String {
    guard let value = estimate.value, let low = estimate.low, let high = estimate.high else { return "not known" }
    let number = { Unit.decimal($0, decimals: 2) }
    return "\(number(value)) [\(number(low)), \(number(high))]"
  }

  /// What the file says of an event: fixed figures, and laws that each path draws its own from.
  private func figures(of event: EventLine) -> [String] {
    lines(of: event).map { "\(keys($0).joined(separator: " ")) \($0.text)" }
  }

  private func lines(of event: EventLine) -> [ParameterLine] {
    let place = "/events/\(event.name.replacing("~", with: "~0").replacing("/", with: "~1"))/"
    return scenario.parameters.filter { $0.path.hasPrefix(place) && $0.path != place + "model" }
  }

  /// What leads to a value from its event on.
  private func keys(_ line: ParameterLine) -> [String] {
    Array((line.keys ?? line.path.split(separator: "/").map(String.init)).dropFirst(2))
  }

  /// An event in a sentence with its figures, as its model tells it, and behind it what it leaves; of a model without a story
  /// its name and all figures.
  func told(_ event: EventLine) -> String {
    let lines = lines(of: event)
    let values = lines.map { Story.Value(keys: keys($0), text: PlainWords.value($0.text, unit: $0.unit)) }
    let entry = MarketEvents.catalogue.entries.first { $0.name == event.model }
    guard let told = entry?.story?.told(values) else {
      let figures = plainFigures(lines)
      return PlainWords.key(event.model) + (figures.isEmpty ? "" : ": \(figures)")
    }
    let left = plainFigures(lines.filter { told.left.contains(keys($0)) })
    return told.sentence + (left.isEmpty ? "" : "; \(left)")
  }

  /// Figures for a reader who has not seen the file: "drop 3 % to 25 %, typically 8 %; fall: duration 6 min, shape 1.5".
  private func plainFigures(_ lines: [ParameterLine]) -> String {
    var parts: [(heading: String?, words: [String])] = []
    for line in lines {
      let keys = keys(line)
      let value = PlainWords.value(line.text, unit: line.unit)
      let told = PlainWords.keys(keys)
      let heading = told.count > 1 ? told.first : nil
      let words = (told.dropFirst(heading == nil ? 0 : 1) + [value]).joined(separator: " ")
      if let heading, parts.last?.heading == heading {
        parts[parts.count - 1].words.append(words)
      } else {
        parts.append((heading, [words]))
      }
    }
    return parts.map { part in
      (part.heading.map { "\($0): " } ?? "") + part.words.joined(separator: ", ")
    }.joined(separator: "; ")
  }

  private func figures(_ event: EventLine) -> String {
    let figures = figures(of: event)
    return figures.isEmpty ? "" : " In the file: \(figures.joined(separator: "; "))."
  }

  /// When an event starts, as far as it does before the horizon.
  private func start(_ event: EventLine) -> String {
    let unit = scenario.clock.unit
    let start = event.startSeconds
    let share = event.startingShare ?? 1
    if share == 0 {
      let condition =
        event.waitsForPrices == true ? "It starts when prices make it, which they do before" : "It starts before"
      let paths = event.starting.map { " \(Unit.decimal(Double($0.n), decimals: 0))" } ?? ""
      return "\(condition) the horizon on none of the market’s first\(paths) paths."
    }
    let isAlike = start.p95 - start.p5 < scenario.clock.stepSeconds
    let spread = isAlike ? "" : " (between \(unit.text(start.p5)) and \(unit.text(start.p95)) on 90\u{A0}% of them)"
    if event.waitsForPrices == true {
      return
        "It starts when prices make it: at severity 1, before the horizon on "
        + "\(Unit.percent.text(share, resolution: 0.005)) of paths\(event.startingInterval), on the median of these "
        + "after \(unit.text(start.p50))\(spread)."
    }
    if share < 1 {
      return
        "It starts before the horizon on \(Unit.percent.text(share, resolution: 0.005)) of paths"
        + "\(event.startingInterval), on the median of these after \(unit.text(start.p50))\(spread)."
    }
    return isAlike
      ? "It \(event.jumps == true ? "comes" : "starts") after \(unit.text(start.p50))."
      : "It starts after \(unit.text(start.p50)) on the median path (between \(unit.text(start.p5)) and "
        + "\(unit.text(start.p95)) on 90\u{A0}% of paths)."
  }
}
