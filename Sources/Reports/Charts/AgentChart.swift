import Drawing
import Lab
import Statistics

/// An agent behind each risk profile: equity in a panel each, survival and loss in one panel for all, in small.
///
/// Equity has one range over the whole panel of agents. A panel that would say nothing is left out: survival where no path is
/// ruined, losses where none comes.
struct AgentChart: Chart {
  private let scene: AgentScene

  /// The chart of an agent; nil where no equity of it was counted.
  init?(_ scene: AgentScene) {
    guard scene.lines.contains(where: { $0.desk.desk[.equity] != nil }) else { return nil }
    self.scene = scene
  }

  private var clock: ClockSummary { scene.scenario.clock }
  private var hasRuin: Bool { scene.lines.contains { ($0.desk.desk.survivalCurve.value.last ?? 1) < 1 } }
  private var hasLoss: Bool { scene.lines.contains { ($0.desk.desk.lossCurve.survival.first ?? 1) < 1 } }

  var title: String {
    let parts = scene.lines.map { line in
      "\(line.desk.desk.survival.valueText(.percent, otherwise: "an unknown share")) behind \(line.name)"
    }
    return "\(scene.agent) survives \(listed(parts, most: 8)) (of paths)"
  }
  var subtitle: String {
    let fan = scene.lines.lazy.compactMap { $0.desk.desk[.equity] }.first
    let paths = Unit.decimal(Double(fan?.n ?? 0), decimals: 0)
    var text = "Bands of equity: the middle 50\u{A0}% and 90\u{A0}% of \(paths) paths"
    let left = [hasRuin ? "" : "no path is ruined", hasLoss ? "" : "none loses anything"].filter { !$0.isEmpty }
    if !left.isEmpty { text += "; \(left.joined(separator: ", ")), and nothing is drawn of it" }
    if scene.lines.count > 1, hasRuin || hasLoss {
      let words = ["solid", "dashed", "dotted", "dash-dotted"]
      text += "; " + scene.lines.enumerated().map { "\(words[$0 % 4]): \($1.name)" }.joined(separator: ", ")
    }
    return text
  }
  var description: String {
    "Small panels of \(scene.agent): equity behind each risk profile, \(hasRuin ? "the share of paths not ruined in time, " : "")"
      + "\(hasLoss ? "and survival at any loss that would count as ruin." : "without losses.")"
  }
  var table: DataTable {
    DataTable(
      ["Risk profile", "survives", "median at the end", "5\u{A0}% end with at most", "loses 20\u{A0}% or more on"],
      scene.lines.map { line in
        let (desk, fan) = (line.desk.desk, line.desk.desk[.equity])
        let ends = [fan?.p50.last, fan?.p5.last].map { end in
          end.map { Fan.text($0, .percent, resolution: 0.001) } ?? "not known"
        }
        return [line.name, desk.survival.figureText(.percent)] + ends + [share(desk.lossCurve, losing: 0.2)]
      })
  }

  private func share(_ curve: LossCurve, losing loss: Double) -> String {
    guard let index = curve.loss.firstIndex(where: { abs($0 - loss) < 1e-9 }) else { return "not known" }
    return Unit.percent.text(1 - curve.survival[index], resolution: 0.001)
  }

  func draw(_ layout: Layout) -> Picture {
    let panels = scene.lines.filter { $0.desk.desk[.equity] != nil }.count + (hasRuin ? 1 : 0) + (hasLoss ? 1 : 0)
    let columns = layout.isNarrow ? 2 : min(max(panels, 3), 4)
    let canvas = layout.isNarrow ? layout.width : 980
    let (width, height) = (canvas / Double(columns), layout.isNarrow ? 190.0 : 185.0)
    let small = layout.with(width: width, height: height, left: 46, right: 60, top: 34, bottom: 44)
    var pictures: [Picture] = []
    for (index, line) in scene.lines.enumerated() {
      if let fan = line.desk.desk[.equity] { pictures.append(equity(fan, line, dash: Plot.dash(index), small)) }
    }
    if hasRuin { pictures.append(survival(small)) }
    if hasLoss { pictures.append(loss(small)) }
    let rows = (pictures.count + columns - 1) / columns
    let marks = pictures.enumerated().map { index, picture in
      let (x, y) = (Double(index % columns) * width, Double(index / columns) * height)
      return Markup(
        "g", ["transform": "translate(\(Plot.coordinate(x)) \(Plot.coordinate(y)))"], picture.marks)
    }
    return Picture(layout.with(width: canvas, height: Double(rows) * height), marks)
  }

  private func title(_ text: String, _ layout: Layout) -> String {
    TextWidth.shortened(text, size: 13, width: layout.width - 12)
  }

  private func equity(_ fan: Fan, _ line: AgentScene.Line, dash: String, _ layout: Layout) -> Picture {
    let ruin = scene.summary.ruin.equityBelow
    var plot = Plot(
      layout, x: .time("trading time", 0...clock.horizonSeconds, day: clock.sessionSeconds),
      y: .around(
        scene.extent + [1, ruin], title("equity, \(line.name)", layout), unit: .percent, mayBeLogarithmic: true,
        headroom: 0.06))
    shade(&plot)
    plot.band(fan.seconds, fan.p5, fan.p95, style: "o \(scene.series)")
    plot.band(fan.seconds, fan.p25, fan.p75, style: "i \(scene.series)")
    plot.line(fan.seconds, fan.p50, style: style("m", dash))
    plot.threshold(ruin, "")
    if let last = fan.p50.last { plot.endLabel(Fan.text(last, .percent, resolution: 0.01), at: last) }
    return plot.picture()
  }

  private func survival(_ layout: Layout) -> Picture {
    let horizon = clock.horizonSeconds
    var plot = Plot(
      layout, x: .time("trading time", 0...horizon, day: clock.sessionSeconds), y: .share("not ruined"))
    shade(&plot)
    for (index, line) in scene.lines.enumerated() {
      let curve = line.desk.desk.survivalCurve.anchored(1)
      plot.stepBand(curve.seconds, curve.low, curve.high, until: horizon, style: "o \(scene.series)")
      plot.steps(curve.seconds, curve.value, until: horizon, style: style("m", Plot.dash(index)))
      if let last = curve.value.last { plot.endLabel(Unit.percent.text(last, resolution: 0.01), at: last) }
    }
    return plot.picture()
  }

  private func loss(_ layout: Layout) -> Picture {
    let most = scene.lines.compactMap { $0.desk.desk.lossCurve.loss.last }.max() ?? 1
    var plot = Plot(
      layout,
      x: Axis("loss that counts as ruin", 0...most) { length in
        Axis.around([0, most], "", unit: .percent).sparse.ticks(length).filter { $0.value <= most }
      }, y: .share("survival at a loss"))
    for (index, line) in scene.lines.enumerated() {
      let curve = line.desk.desk.lossCurve
      plot.band(curve.loss, curve.low, curve.high, style: "o \(scene.series)")
      plot.line(curve.loss, curve.survival, style: style("m", Plot.dash(index)))
      if let last = curve.survival.last { plot.endLabel(Unit.percent.text(last, resolution: 0.01), at: last) }
    }
    return plot.picture()
  }

  private func style(_ line: String, _ dash: String) -> String {
    dash.isEmpty ? "\(line) \(scene.series)" : "\(line) \(scene.series) \(dash)"
  }

  /// The windows of the events, without words.
  private func shade(_ plot: inout Plot) {
    guard scene.severity > 0 else { return }
    for event in scene.scenario.events where event.startingShare != 0 && event.jumps != true {
      plot.window(
        event.startSeconds.p50, min(event.windowEndSeconds.p50, clock.horizonSeconds),
        note: "\(event.name): from its start to the end of its window, median path")
    }
  }
}
