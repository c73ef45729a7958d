import Drawing
import Lab
import Statistics

/// What each risk profile gives and takes: survival gained under stress against mean return given up in calm time, a point
/// for each agent behind each profile, against the same agent without rules on the same paths.
struct TradeOffChart: Chart {
  private let scene: PanelScene
  /// Those that are drawn, in the panel's order.
  private let shown: [Effect]
  /// Those that are named alone: the profile changed no path.
  private let idle: [Effect]
  /// The judged profiles; their order gives each its shape.
  private let profiles: [String]
  private let against: String

  /// A profile's effect with what is drawn of it.
  private struct Effect: Sendable {
    let agent, risk: String
    let series: String
    /// Shares of paths; above 0 where the profile saves more than it ruins.
    let gained: Estimate
    /// Of starting equity; above 0 where the profile costs.
    let givenUp: Estimate
    /// By how much the mean return is higher behind the profile under stress, of starting equity; nil where that is not known.
    let stressed: Estimate?

    /// Whether no path differs, under stress or in calm.
    var isIdle: Bool {
      [gained, givenUp].allSatisfy { estimate in
        if case .notSeen = estimate.evidence { return estimate.value == 0 }
        return false
      }
    }
  }

  /// Nil where one profile is all there is, severity 0 was not run, or no profile changes any path.
  init?(_ scene: PanelScene) {
    let lines = (scene.summary.profileEffects ?? []).filter {
      $0.scenario == scene.scenario.name && $0.severity == scene.severity
    }
    let series = Dictionary(scene.desks.map { ($0.desk.agent, $0.series) }, uniquingKeysWith: { first, _ in first })
    let effects = lines.compactMap { line -> Effect? in
      guard let calm = line.calmReturn, calm.value != nil, line.survival.value != nil, let series = series[line.agent]
      else { return nil }
      return Effect(
        agent: line.agent, risk: line.risk, series: series, gained: line.survival, givenUp: calm.opposite,
        stressed: line.stressReturn)
    }
    shown = effects.filter { !$0.isIdle }
    guard !shown.isEmpty, let against = lines.first?.against else { return nil }
    idle = effects.filter(\.isIdle)
    profiles = scene.summary.inOrder(Set(effects.map(\.risk)))
    self.against = against
    self.scene = scene
  }

  // MARK: Words

  var title: String {
    let all = shown + idle
    let isOne = profiles.count == 1
    if all.count == 1, let only = all.first { return sentence(only) }
    let behind = isOne ? "Behind “\(profiles[0])” " : ""
    let of = isOne ? "\(all.count) agents" : "\(all.count) pairs of agent and profile"
    let counts = [
      (all.count { ($0.gained.low ?? 0) > 0 }, "survive more often"),
      (all.count { ($0.gained.high ?? 0) < 0 }, "survive less often"),
      (all.count { ($0.givenUp.low ?? 0) > 0 }, "give up calm return"),
      (all.count { ($0.givenUp.high ?? 0) < 0 }, "return more in calm"),
    ].filter { $0.0 > 0 }
    guard let first = counts.first else {
      return (isOne ? "\(behind)neither" : "Neither")
        + " survival nor calm return of any of \(of) changes beyond its interval"
    }
    let rest = counts.dropFirst().map { ", \($0.0) \($0.0 == 1 ? singular($0.1) : $0.1)" }.joined()
    let word = first.0 == 1 ? singular(first.1) : first.1
    return "\(behind)\(first.0) of \(of) \(word)\(rest)"
  }

  /// "gives up" of "give up".
  private func singular(_ words: String) -> String {
    let parts = words.split(separator: " ", maxSplits: 1)
    return "\(parts[0])s \(parts[1])"
  }

  /// What the profile does for one agent.
  private func sentence(_ effect: Effect) -> String {
    func change(_ estimate: Estimate, _ up: String, _ down: String, _ what: String) -> String {
      guard let value = estimate.value, value != 0 else { return "changes no \(what)" }
      let size = (value > 0 ? estimate : estimate.opposite).valueText(.percent)
      let isSure = (estimate.low ?? -1) > 0 || (estimate.high ?? 1) < 0
      return "\(value > 0 ? up : down) \(size) of \(what)\(isSure ? "" : " (within its interval)")"
    }
    return "Behind “\(effect.risk)” \(effect.agent) "
      + change(effect.gained, "gains", "loses", "paths survived") + " and "
      + change(effect.givenUp, "gives up", "earns", "calm return")
  }

  var subtitle: String {
    let (survival, calm) = (shown[0].gained, shown[0].givenUp)
    let n = Unit.decimal(Double(survival.n), decimals: 0)
    let level = Unit.percent.tick(survival.confidence, step: survival.confidence)
    return "n = \(n) paths, the same behind “\(against)” and behind the profile; survival at severity "
      + "\(severityText(scene.severity)), return at severity 0; crosses: \(level) intervals of the paired differences "
      + "(\(survival.method.name); \(calm.method.name)), each for itself"
  }
  var description: String {
    "\(title). A point for each agent\(profiles.count > 1 ? " and risk profile" : ""): to the right the mean return that it "
      + "gives up at severity 0, upwards the paths that it survives more often. \(notes.joined(separator: " "))"
  }
  var table: DataTable {
    DataTable(
      ["Agent", "risk profile", "survival gained", "calm return given up", "return gained under stress"],
      (shown + idle).map { effect in
        [
          effect.agent, effect.risk, effect.gained.pointsText, effect.givenUp.pointsText,
          effect.stressed?.pointsText ?? "not known",
        ]
      })
  }

  private func name(_ effect: Effect) -> String {
    profiles.count == 1 ? effect.agent : "\(effect.agent)\u{A0}· \(effect.risk)"
  }

  /// Who is not drawn, and why.
  private var notes: [String] {
    guard !idle.isEmpty else { return [] }
    return ["Not drawn: \(shortList(idle.map(name))), for which the profile changed no path."]
  }

  // MARK: Drawing

  private func extent(_ estimate: Estimate) -> [Double] {
    [estimate.low, estimate.value, estimate.high].compactMap { $0 }
  }

  /// Differences of shares in percentage points, or of returns in percent of the starting equity: numbers alone.
  private func axis(_ values: [Double], _ title: String) -> Axis {
    .around(values, title, factor: 100, holdsZero: true, headroom: 0.1) { value, step in
      Unit.number.tick(value * 100, step: step * 100)
    }
  }

  func draw(_ layout: Layout) -> Picture {
    let key =
      profiles.count > 1
      ? Plot.key(
        profiles.enumerated().map { ($0.element, $0.offset, "f s0") }, left: 8, top: 12, width: layout.width - 16)
      : (marks: [], rows: 0)
    let keyRoom = key.rows > 0 ? 6 + 17 * Double(key.rows) : 0
    let sentences = notes.flatMap { TextWidth.wrap($0, size: 13, width: layout.width - 16) }
    let foot = sentences.isEmpty ? 0 : 12 + 17 * Double(sentences.count)
    let sized = layout.with(
      height: layout.height + keyRoom + foot + (layout.isNarrow ? 40 : 0), right: 20, top: layout.top + keyRoom,
      bottom: layout.bottom + foot)
    var plot = Plot(
      sized,
      x: axis(
        shown.flatMap { extent($0.givenUp) },
        layout.isNarrow
          ? "mean calm return given up, % of start" : "mean return given up at severity 0, % of starting equity"),
      y: axis(shown.flatMap { extent($0.gained) }, "survival gained, percentage points"))
    for mark in key.marks { plot.addLabel(mark) }
    zeros(&plot)
    let points = shown.map { plot.point($0.givenUp.value ?? 0, $0.gained.value ?? 0) }
    var lines: [PointLabels.Box] = []
    for (effect, point) in zip(shown, points) {
      for whisker in whiskers(effect, point, plot) {
        plot.add(Plot.whisker(from: whisker.0, to: whisker.1, cap: 4))
        lines.append(
          PointLabels.Box(
            left: min(whisker.0.x, whisker.1.x) - 2, top: min(whisker.0.y, whisker.1.y) - 2,
            right: max(whisker.0.x, whisker.1.x) + 2, bottom: max(whisker.0.y, whisker.1.y) + 2))
      }
    }
    for (effect, point) in zip(shown, points) {
      let note =
        "\(name(effect)): survival gained \(effect.gained.text(.percent)), calm return given up "
        + effect.givenUp.text(.percent)
      plot.add(
        Plot.marker(profiles.firstIndex(of: effect.risk) ?? 0, at: point, style: "f \(effect.series)", note: note))
    }
    label(points, lines, &plot)
    for (line, text) in sentences.enumerated() {
      plot.addLabel(plot.text(text, 8, plot.layout.plotBottom + layout.bottom + 15 + 17 * Double(line), style: "t"))
    }
    return plot.picture()
  }

  /// Rules where nothing is gained and nothing given up.
  private func zeros(_ plot: inout Plot) {
    plot.level(0)
    guard plot.x.domain.contains(0) else { return }
    let zero = plot.point(0, 0).x
    plot.add(
      Markup(
        "path",
        ["class": "z", "d": PathData.line([Point(zero, plot.layout.plotTop), Point(zero, plot.layout.plotBottom)])]))
  }

  private func whiskers(_ effect: Effect, _ point: Point, _ plot: Plot) -> [(Point, Point)] {
    var result: [(Point, Point)] = []
    if let low = effect.givenUp.low, let high = effect.givenUp.high {
      result.append((Point(plot.point(low, 0).x, point.y), Point(plot.point(high, 0).x, point.y)))
    }
    if let low = effect.gained.low, let high = effect.gained.high {
      result.append((Point(point.x, plot.point(0, low).y), Point(point.x, plot.point(0, high).y)))
    }
    return result
  }

  /// Each point's name beside it, with a line to it from where there is no room beside it.
  private func label(_ points: [Point], _ lines: [PointLabels.Box], _ plot: inout Plot) {
    let layout = plot.layout
    // Where room is short the profile is told by the shape alone.
    let texts = shown.map {
      TextWidth.shortened(
        layout.isNarrow ? $0.agent : name($0), size: 13, width: layout.isNarrow ? 130 : 210)
    }
    let zero = plot.point(0, 0)
    let rules = [
      PointLabels.Box(left: zero.x - 1, top: layout.plotTop, right: zero.x + 1, bottom: layout.plotBottom),
      PointLabels.Box(left: layout.plotLeft, top: zero.y - 1, right: layout.plotRight, bottom: zero.y + 1),
    ]
    let boxes = PointLabels.place(
      points, sizes: texts.map { (TextWidth.of($0, size: 13), 15) }, lines: lines + rules,
      within: PointLabels.Box(
        left: layout.plotLeft + 2, top: layout.plotTop, right: layout.width - 4, bottom: layout.plotBottom - 2))
    for (index, box) in boxes.enumerated() {
      guard let box else { continue }
      let middle = Point((box.left + box.right) / 2, (box.top + box.bottom) / 2)
      let near = Point(
        min(max(points[index].x, box.left), box.right), min(max(points[index].y, box.top), box.bottom))
      let gap = max(abs(near.x - points[index].x), abs(near.y - points[index].y))
      if gap > 12 { plot.add(Markup("path", ["class": "x", "d": PathData.line([points[index], near])])) }
      plot.addLabel(plot.text(texts[index], middle.x, middle.y + 4.5, style: "c k"))
    }
  }
}
