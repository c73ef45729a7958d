import Drawing
import Lab
import Statistics

/// The columns of the decision table that nobody judges: what each desk returns in the mean, with the events and without.
struct MeanReturns: Sendable {
  /// A column: its heading, and what stands in a row of desks.
  struct Column: Sendable {
    let heading: String
    let estimate: @Sendable (DeskScene) -> Estimate?

    /// Each figure of the desks once.
    func cell(_ desks: [DeskScene]) -> [Markup] {
      var figures: [[Markup]] = []
      for desk in desks {
        guard let estimate = estimate(desk) else { continue }
        let figure: [Markup] = [
          .text("\(estimate.valueText(.percent)) "), Markup("small", text: estimate.boundsText(.percent)),
        ]
        if !figures.contains(figure) { figures.append(figure) }
      }
      return [Markup("span", [:], Array(figures.joined(separator: [.text(", ")])))]
    }
  }

  /// In the order of the page; none where desks execute, or where the figure of one is not known.
  let columns: [Column]

  /// - Parameter desks: the rows of the table.
  init(_ desks: [DeskScene]) {
    guard let first = desks.first, !first.summary.executes, desks.allSatisfy({ $0.desk.finalReturnMean.value != nil })
    else {
      columns = []
      return
    }
    let isStressed = desks.allSatisfy { $0.desk.severity > 0 && !$0.scenario.events.isEmpty }
    let isOne = Set(desks.map(\.scenario.name)).count == 1
    let event = isOne ? first.scenario.eventWord : "the events"
    var columns = [Column(heading: "mean return" + (isStressed ? " with \(event)" : "")) { $0.desk.finalReturnMean }]
    if isStressed, desks.allSatisfy({ $0.calm?.finalReturnMean.value != nil }) {
      columns.append(Column(heading: "mean return without \(event)") { $0.calm?.finalReturnMean })
    }
    self.columns = columns
  }
}
