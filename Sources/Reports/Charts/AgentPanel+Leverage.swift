import Drawing
import Lab
import Statistics

extension AgentPanel {
  /// Gross leverage through the event, with one range over all agents of the panel.
  static let leverage = AgentPanel(
    description: "gross leverage through the event", silence: "none holds anything", holdsAllLines: true,
    count: { scene in scene.lines.contains { $0.desk.desk[.leverage]?.holdsAnything == true } ? 1 : 0 },
    draw: { scene, layout in
      let fans = scene.lines.enumerated().compactMap { index, line in
        line.desk.desk[.leverage].flatMap { $0.seconds.isEmpty ? nil : (index, $0) }
      }
      let first = fans.map { $0.1.seconds[0] }.min() ?? 0
      let last = max(fans.compactMap { $0.1.seconds.last }.max() ?? 1, first + 1)
      let isInEventTime = scene.scenario.isInEventTime
      var plot = Plot(
        layout,
        x: .time(
          isInEventTime ? "since the event" : "trading time", first...last, scene.scenario.clock),
        y: Axis.around(scene.extent(.leverage), "leverage", holdsZero: true, headroom: 0.06) { value, _ in
          Unit.number.tick(value, step: value)
        }.sparse)
      if isInEventTime { plot.rule(at: 0, "") }
      for (index, fan) in fans {
        plot.band(fan.seconds, fan.p5, fan.p95, style: "o \(scene.series)")
        plot.line(fan.seconds, fan.p50, style: scene.style("m", index))
        if let last = fan.p50.last { plot.endLabel(LeverageWords.text(last), at: last) }
      }
      return [plot.picture()]
    })
}
