import Drawing
import Lab
import Statistics

extension AgentPanel {
  /// Equity in clock time behind each risk profile, with one range over all agents of the panel.
  static let equity = AgentPanel(
    description: "equity behind each risk profile", silence: "equity was not counted", holdsAllLines: false,
    count: { scene in scene.lines.count { $0.desk.desk[.equity] != nil } },
    draw: { scene, layout in
      let clock = scene.scenario.clock, ruin = scene.summary.ruin.equityBelow
      let extent = scene.extent(.equity) + [1, ruin]
      return scene.lines.enumerated().compactMap { index, line -> Picture? in
        guard let fan = line.desk.desk[.equity] else { return nil }
        let title = TextWidth.shortened("equity, \(line.name)", size: 13, width: layout.width - 12)
        var plot = Plot(
          layout, x: .time("trading time", 0...clock.horizonSeconds, clock),
          y: .around(extent, title, unit: .percent, mayBeLogarithmic: true, headroom: 0.06))
        scene.shade(&plot)
        plot.band(fan.seconds, fan.p5, fan.p95, style: "o \(scene.series)")
        plot.band(fan.seconds, fan.p25, fan.p75, style: "i \(scene.series)")
        plot.line(fan.seconds, fan.p50, style: scene.style("m", index))
        plot.threshold(ruin, "")
        if let last = fan.p50.last { plot.endLabel(Fan.text(last, .percent, resolution: 0.01), at: last) }
        return plot.picture()
      }
    })
}
