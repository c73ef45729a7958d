import Drawing
import Lab
import Statistics

/// Every measure of one number of a desk, with its interval and n, beside the same without the events.
struct DeskFigures: Sendable {
  private let scene: DeskScene

  /// The figures of a desk.
  init(_ scene: DeskScene) { self.scene = scene }

  /// The table.
  var markup: Markup {
    let calm = scene.scenario.events.isEmpty ? nil : scene.calm
    let rows = Measures.catalogue.flatMap { measure -> [[String]] in
      let unit = Unit(measure.unit, scene.scenario.clock)
      if measure.name == Measures.RuinFromEvent().name, scene.scenario.events.isEmpty { return [] }
      guard let lines = Self.lines(scene.desk, measure) else { return [] }
      let others = calm.flatMap { Self.lines($0, measure) }
      return lines.enumerated().map { index, line in
        var row = [line.name, Self.text(line.estimate, unit), Self.count(line.estimate)]
        if calm != nil {
          let other = others.flatMap { $0.indices.contains(index) ? $0[index].estimate : nil }
          row.append(other.map { Self.text($0, unit) } ?? "\u{2013}")
        }
        return row
      }
    }
    return CardTable(
      caption: "Its figures",
      head: ["measure", "estimate", "n"] + (calm == nil ? [] : ["without \(scene.scenario.eventWord)"]), rows: rows
    ).markup
  }

  /// A measure of one number, and of drawdown and return the median.
  private static func lines(_ desk: DeskSummary, _ measure: any Measure) -> [(name: String, estimate: Estimate)]? {
    guard let value = desk.measures.value(of: measure) else { return nil }
    if let estimate = value as? Estimate { return [(measure.title, estimate)] }
    guard let quantiles = value as? [QuantileLine] else { return nil }
    return quantiles.map { line in
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
