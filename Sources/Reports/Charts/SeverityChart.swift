import Drawing
import Lab
import Statistics

/// Survival against the severity of the events, of the desks that lose most.
struct SeverityChart: Chart {
  private let scene: LadderScene
  /// Those that are drawn, in the panel's order.
  private let lines: [LadderScene.Line]

  /// Lines that can be told apart.
  private static let most = 6

  /// Nil where no severity loses a path.
  init?(_ scene: LadderScene) {
    let losing = scene.lines.filter { !$0.curve.isWhole }
    guard !losing.isEmpty else { return nil }
    self.scene = scene
    let order = losing.enumerated().sorted { one, other in
      let (first, second) = (one.element.curve.meanSurvival, other.element.curve.meanSurvival)
      return first != second ? first < second : one.offset < other.offset
    }
    lines = order.prefix(Self.most).sorted { $0.offset < $1.offset }.map(\.element)
  }

  private var last: Double { lines.map(\.curve.lastSeverity).max() ?? 1 }

  /// Where half of the paths are lost, of each desk that comes so far.
  private var halves: [(name: String, severity: Double)] {
    lines.compactMap { line in
      // Where the interval is open, it is not known that so many are lost at all.
      guard let half = line.curve.critical.first, let value = half.severity.value, half.severity.high != nil else {
        return nil
      }
      return (line.curve.name, value)
    }.sorted { $0.severity < $1.severity }
  }

  var title: String {
    guard let first = halves.first, let end = halves.last else {
      return "No desk is known to lose half of its paths by severity \(severityText(last))"
    }
    let start = "\(first.name) loses half of its paths at severity \(value(first.severity))"
    return halves.count == 1 ? start : "\(start), \(end.name) at \(value(end.severity))"
  }
  private func value(_ severity: Double) -> String { Unit.number.text(severity, resolution: 0.005) }

  var subtitle: String {
    guard let survival = lines[0].curve.rungs.first?.survival else { return "" }
    let confidence = Unit.percent.tick(survival.confidence, step: survival.confidence)
    let losing = scene.lines.count { !$0.curve.isWhole }
    let which =
      losing > lines.count ? "the \(lines.count) desks of \(losing) that lose most" : "desks that lose any path"
    return "\(lines[0].curve.pathsText); \(which); bands: pointwise \(confidence) intervals, straight between the "
      + "severities that were run"
  }
  var description: String {
    "The share of paths that survive, against the severity of the events, with its interval: a line in a band for each desk."
  }
  var table: DataTable {
    DataTable(
      ["Severity"] + lines.map(\.curve.name),
      lines[0].curve.rungs.indices.map { index in
        [severityText(lines[0].curve.rungs[index].severity)]
          + lines.map { $0.curve.rungs[index].survival.text(.percent) }
      })
  }

  /// How far the nearest line runs from a level, over a part of the severities.
  private func room(at level: Double, _ part: ClosedRange<Double>) -> Double {
    let points = lines.flatMap { line in
      zip(line.curve.rungs, line.curve.rungs.dropFirst()).flatMap { from, to -> [Double] in
        guard let before = from.survival.value, let after = to.survival.value else { return [] }
        return stride(from: 0, through: 1, by: 0.125).compactMap { share in
          let place = (from.severity + share * (to.severity - from.severity)) / last
          return part.contains(place) ? abs(before + share * (after - before) - level) : nil
        }
      }
    }
    return points.min() ?? 1
  }

  func draw(_ layout: Layout) -> Picture {
    var profiles: [String] = []
    for line in lines where !profiles.contains(line.curve.risk) { profiles.append(line.curve.risk) }
    let labels = lines.map { line in
      let share = line.curve.rungs.last.map { $0.survival.valueText(.percent) } ?? ""
      return "\(share) \(profiles.count > 1 ? line.curve.name : line.curve.agent)"
    }
    let dashes = lines.map { Plot.dash(profiles.firstIndex(of: $0.curve.risk) ?? 0) }
    let widest = labels.map { TextWidth.of($0, size: 13) }.max() ?? 0
    let right = min(max(layout.right, widest + 26), layout.width * 0.5)
    let last = last
    var plot = Plot(
      layout.with(height: min(layout.height, 250), right: right),
      x: Axis("severity of the events", 0...last) { length in
        Axis.around([0, last], "", unit: .number).ticks(length).filter { $0.value <= last * (1 + 1e-9) }
      }, y: .share("survival"))
    let written = "as written"
    for critical in lines[0].curve.critical where critical.lost >= 0.1 {
      let (level, name) = (1 - critical.lost, "\(critical.lostText) lost")
      // At the right it must not come to stand on the name of the rule at 1.
      let left = plot.point(last, level).x - 8 - TextWidth.of(name, size: 13)
      let isFree = last <= 1 || left > plot.point(1, level).x + 12 + TextWidth.of(written, size: 13)
      plot.threshold(level, name, atEnd: isFree && room(at: level, 0.6...1) > room(at: level, 0...0.4))
    }
    if last > 1 { plot.rule(at: 1, written) }
    for line in lines {
      let rungs = line.curve.rungs
      plot.band(
        rungs.map(\.severity), rungs.map { $0.survival.low ?? 0 }, rungs.map { $0.survival.high ?? 1 },
        style: "o \(line.series)")
    }
    for (index, line) in lines.enumerated() {
      let dash = dashes[index]
      let rungs = line.curve.rungs
      plot.line(
        rungs.map(\.severity), rungs.map { $0.survival.value ?? .nan },
        style: dash.isEmpty ? "m \(line.series)" : "m \(line.series) \(dash)")
      for rung in rungs {
        guard let value = rung.survival.value else { continue }
        let place = plot.point(rung.severity, value)
        plot.add(
          Markup(
            "circle",
            [
              "class": "\(dash.isEmpty ? "f" : "h") \(line.series)", "cx": Plot.coordinate(place.x),
              "cy": Plot.coordinate(place.y), "r": "3.5",
            ]
          ).noted("\(line.curve.name), severity \(severityText(rung.severity)): \(rung.survival.text(.percent))"))
      }
      if let end = rungs.last?.survival.value {
        plot.endLabel(
          TextWidth.shortened(labels[index], size: 13, width: right - 22), at: end, series: line.series, dash: dash)
      }
    }
    return plot.picture(crosshair: lines[0].curve.rungs.map(\.severity))
  }
}

extension Plot {
  /// The class of the dashes that tell lines of one colour apart, in turn; none of the first.
  static func dash(_ index: Int) -> String { ["", "d", "d2", "d3"][index % 4] }
}

extension SeverityCurve {
  /// Which of the run's paths it is of: "The run’s first 1,000 paths".
  fileprivate var pathsText: String {
    let count = Unit.decimal(Double(paths), decimals: 0)
    return firstPath == 0 ? "The run’s first \(count) paths" : "\(count) paths from path \(firstPath) on"
  }

  /// Over the severities that were run.
  fileprivate var meanSurvival: Double {
    rungs.reduce(0) { $0 + ($1.survival.value ?? 0) } / Double(max(rungs.count, 1))
  }
}
