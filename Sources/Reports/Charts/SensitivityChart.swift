import Drawing
import Lab
import Statistics

/// Survival against what paths drew for one parameter: tenths of the paths, for the desks that hang on it most.
struct SensitivityChart: Chart {
  private let scene: SensitivityScene
  private let lines: [Line]

  private struct Line: Sendable {
    let desk: SensitivityScene.Desk
    let parameter: Sensitivity.Parameter
    let bins: [Sensitivity.Bin]
  }

  /// Desks in a chart, at most.
  private static let most = 4

  /// Nil where no desk is known to hang on it.
  init?(_ scene: SensitivityScene) {
    let lines = scene.desks.compactMap { desk -> Line? in
      guard let parameter = desk.sensitivity.parameters.first(where: { $0.pointer == scene.pointer }),
        let bins = parameter.bins, bins.count > 1, (parameter.firstOrder.low ?? 0) > 0
      else { return nil }
      return Line(desk: desk, parameter: parameter, bins: bins)
    }
    guard !lines.isEmpty else { return nil }
    self.scene = scene
    let order = lines.enumerated().sorted { one, other in
      let (first, second) = (
        one.element.parameter.firstOrder.value ?? 0, other.element.parameter.firstOrder.value ?? 0
      )
      return first != second ? first > second : one.offset < other.offset
    }
    self.lines = order.prefix(Self.most).map(\.element)
  }

  private var name: String { parameterName(scene.pointer) }

  var title: String {
    guard let line = lines.first, let low = line.bins.first, let high = line.bins.last else { return name }
    let ends = [low, high].map { $0.survival.valueText(.percent) }
    return "\(name) takes the survival of \(line.desk.scene.name) from \(ends[0]) in its lowest tenth to \(ends[1])"
  }
  var subtitle: String {
    let n = Unit.decimal(Double(lines[0].bins[0].survival.n), decimals: 0)
    let confidence = lines[0].parameter.firstOrder.confidence
    return
      "Tenths of the paths by what they drew, some \(n) each, at the middle of what each tenth drew; bands: pointwise "
      + "\(Unit.percent.tick(confidence, step: confidence)) intervals"
  }
  var description: String { "The share of paths that survive, against the drawn value, with its interval." }
  var table: DataTable {
    DataTable(
      [name] + lines.map(\.desk.scene.name),
      lines[0].bins.indices.map { bin in
        [[lines[0].bins[bin].low, lines[0].bins[bin].high].map(valueText).joined(separator: " to ")]
          + lines.map { $0.bins[bin].survival.text(.percent) }
      })
  }

  private var unit: String? { lines[0].parameter.unit }
  private var isDuration: Bool { lines[0].parameter.isDuration }

  private func valueText(_ value: Double) -> String {
    isDuration
      ? scene.scenario.clock.unit.text(value)
      : Unit.number.bare(value, resolution: abs(value) >= 1_000 ? 5 : max(abs(value) * 0.005, 1e-6))
  }

  func draw(_ layout: Layout) -> Picture {
    let hasProfiles = Set(lines.map(\.desk.scene.desk.risk)).count > 1
    let labels = lines.map { line in
      let name = hasProfiles ? line.desk.scene.name : line.desk.scene.desk.agent
      return "\(line.bins.last?.survival.valueText(.percent) ?? "") \(name)"
    }
    let widest = labels.map { TextWidth.of($0, size: 13) }.max() ?? 0
    let right = min(max(layout.right, widest + 26), layout.width * 0.5)
    let middles = lines[0].bins.map { ($0.low + $0.high) / 2 }
    let title = [name, unit].compactMap { $0 }.joined(separator: ", ")
    let ends = (middles.first ?? 0)...(middles.last ?? 1)
    let x: Axis =
      isDuration
      ? .time(title, ends, scene.scenario.clock)
      : Axis(title, ends) { length in
        Axis.around(middles, "", unit: .number).ticks(length).filter { ends.contains($0.value) }
      }
    var plot = Plot(
      layout.with(right: right), x: x, y: .share("survival"))
    for (index, line) in lines.enumerated() {
      let series = line.desk.scene.series
      let dash = Plot.dash(index)
      plot.band(
        middles, line.bins.map { $0.survival.low ?? 0 }, line.bins.map { $0.survival.high ?? 1 }, style: "o \(series)")
      plot.line(
        middles, line.bins.map { $0.survival.value ?? .nan },
        style: dash.isEmpty ? "m \(series)" : "m \(series) \(dash)")
      if let end = line.bins.last?.survival.value {
        plot.endLabel(
          TextWidth.shortened(labels[index], size: 13, width: right - 22), at: end, series: series, dash: dash)
      }
    }
    return plot.picture(crosshair: middles)
  }
}
