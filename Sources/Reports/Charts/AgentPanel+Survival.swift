import Drawing
import Lab
import Statistics

extension AgentPanel {
  /// The share of paths that are not ruined, in time.
  static let survival = AgentPanel(
    description: "the share of paths not ruined in time", silence: "no path is ruined", holdsAllLines: true,
    count: { scene in
      scene.lines.contains { ($0.desk.desk.survivalCurve.value.last ?? 1) < 1 } ? 1 : 0
    },
    draw: { scene, layout in
      let clock = scene.scenario.clock, horizon = clock.horizonSeconds
      var plot = Plot(
        layout, x: .time("trading time", 0...horizon, clock), y: .share("not ruined"))
      scene.shade(&plot)
      for (index, line) in scene.lines.enumerated() {
        let curve = line.desk.desk.survivalCurve.anchored(1)
        plot.stepBand(curve.seconds, curve.low, curve.high, until: horizon, style: "o \(scene.series)")
        plot.steps(curve.seconds, curve.value, until: horizon, style: scene.style("m", index))
        if let last = curve.value.last { plot.endLabel(Unit.percent.text(last, resolution: 0.01), at: last) }
      }
      return [plot.picture()]
    })
}
