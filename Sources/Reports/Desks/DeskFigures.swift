import Drawing
import Lab
import Statistics

/// Every measure of one number of a desk, with its interval and n, beside the same without the events; apart, what a
/// backtest prints.
struct DeskFigures: Sendable {
  private let scene: DeskScene

  /// The figures of a desk.
  init(_ scene: DeskScene) { self.scene = scene }

  /// The table of what became of the desk, and where the horizon is a quarter of a year or more that of its performance.
  var markup: [Markup] {
    let figures = Measures.catalogue.filter { !$0.isOfPerformance }.flatMap { rows($0) }
    return [table("Its figures", figures)] + performance
  }

  /// Total return and drawdown stand among the others; here they are what a backtest's reader looks for.
  private var performance: [Markup] {
    let measures = Measures.catalogue.filter { $0.isOfPerformance && scene.desk.measures.value(of: $0) != nil }
    guard !measures.isEmpty else { return [] }
    let fall = rows(Measures.DrawdownQuantiles(), probability: 0.5) + rows(Measures.TimeUnderWater())
    let whole = rows(Measures.FinalReturnMean()) + measures.flatMap { rows($0) } + fall
    return [table("The account as a backtest prints it", whole)]
  }

  private var calm: DeskSummary? { scene.scenario.events.isEmpty ? nil : scene.calm }

  private func table(_ caption: String, _ rows: [[String]]) -> Markup {
    CardTable(
      caption: caption,
      head: ["measure", "estimate", "n"] + (calm == nil ? [] : ["without \(scene.scenario.eventWord)"]), rows: rows
    ).markup
  }

  /// The rows of a measure.
  ///
  /// - Parameter probability: the quantile that is shown; nil: all of them.
  private func rows(_ measure: any Measure, probability: Double? = nil) -> [[String]] {
    let unit = Unit(measure.unit, scene.scenario.clock)
    if measure.name == Measures.RuinFromEvent().name, scene.scenario.events.isEmpty { return [] }
    guard let lines = Self.lines(scene.desk, measure, probability) else { return [] }
    let others = calm.flatMap { Self.lines($0, measure, probability) }
    return lines.enumerated().map { index, line in
      var row = [line.name, Self.text(line.estimate, unit), Self.count(line.estimate)]
      if calm != nil {
        let other = others.flatMap { $0.indices.contains(index) ? $0[index].estimate : nil }
        row.append(other.map { Self.text($0, unit) } ?? "\u{2013}")
      }
      return row
    }
  }

  /// A measure of one number, and of drawdown and return the median.
  private static func lines(
    _ desk: DeskSummary, _ measure: any Measure, _ probability: Double?
  ) -> [(name: String, estimate: Estimate)]? {
    guard let value = desk.measures.value(of: measure) else { return nil }
    if let estimate = value as? Estimate { return [(measure.heading, estimate)] }
    guard let quantiles = value as? [QuantileLine] else { return nil }
    return quantiles.filter { $0.probability == probability ?? $0.probability }.map { line in
      let name = quantileName(line.probability)
      return (
        line.probability == 0.5 ? "\(name) \(measure.title)" : "\(name) percentile of \(measure.title)", line.estimate
      )
    }
  }

  private static func text(_ estimate: Estimate, _ unit: Unit) -> String {
    guard estimate.n > 0 else { return "nothing to estimate from" }
    return estimate.text(unit)
  }

  private static func count(_ estimate: Estimate) -> String { Unit.decimal(Double(estimate.n), decimals: 0) }
}
