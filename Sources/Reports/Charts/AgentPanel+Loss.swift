import Drawing
import Lab
import Statistics

extension AgentPanel {
  /// Survival at any loss that would count as ruin.
  static let loss = AgentPanel(
    description: "survival at any loss that would count as ruin", silence: "none loses anything", holdsAllLines: true,
    count: { scene in scene.lines.contains { ($0.desk.desk.lossCurve.survival.first ?? 1) < 1 } ? 1 : 0 },
    draw: { scene, layout in
      let most = scene.lines.compactMap { $0.desk.desk.lossCurve.loss.last }.max() ?? 1
      var plot = Plot(
        layout,
        // A limit of a fifth is one that people ask for.
        x: Axis("loss that counts as ruin", 0...most) { _ in
          stride(from: 0, through: most + 1e-9, by: most > 0.6 ? 0.4 : 0.2).map {
            Tick($0, Unit.percent.tick($0, step: 0.2))
          }
        }, y: .share("survival at a loss"))
      for (index, line) in scene.lines.enumerated() {
        let curve = line.desk.desk.lossCurve
        plot.band(curve.loss, curve.low, curve.high, style: "o \(scene.series)")
        plot.line(curve.loss, curve.survival, style: scene.style("m", index))
        if let last = curve.survival.last { plot.endLabel(Unit.percent.text(last, resolution: 0.01), at: last) }
      }
      return [plot.picture()]
    })
}
