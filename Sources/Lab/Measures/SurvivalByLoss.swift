import Statistics

extension Measures {
  /// What survival would be at any lighter definition of ruin.
  package struct SurvivalByLoss: Measure {
    /// Its key in `summary.json`.
    package let name = "lossCurve"
    /// As headings and figures of the page call it.
    package let title = "survival against the loss that is ruin"
    /// A share of all paths at each loss.
    package let unit = MeasureUnit.fraction
    /// As `stresslab list measures` and the page define it.
    package let definition = "P(smallest equity ever > (1 − λ)·start) against the loss λ"
    /// The lowest equity up to ruin.
    package let columns: [MeasureColumn] = [.fact(.minimumEquity)]

    /// There is nothing to set.
    package init() {}

    /// At losses of 1 %, 2 % and so on up to the study's own, one less `equityBelow`, with Wilson's interval at each.
    /// Never nil.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> LossCurve? {
      let losses = (1...100).map { Double($0) / 100 }.filter { $0 <= 1 - context.ruin.equityBelow + 1e-9 }
      // How many paths fell to each loss and to no larger one.
      var fell = Array(repeating: 0, count: losses.count + 1)
      for equity in outcomes[.minimumEquity] {
        let lowest = equity / context.startEquity
        var (reached, beyond) = (0, losses.count)
        while reached < beyond {
          let middle = (reached + beyond) / 2
          if lowest <= 1 - losses[middle] { reached = middle + 1 } else { beyond = middle }
        }
        fell[reached] += 1
      }
      var alive = fell[0]
      var estimates: [Estimate] = []
      for reached in losses.indices {
        estimates.append(outcomes.share(alive))
        alive += fell[reached + 1]
      }
      return LossCurve(
        loss: losses, survival: estimates.map { $0.value ?? 0 }, low: estimates.map { $0.low ?? 0 },
        high: estimates.map { $0.high ?? 1 }, n: outcomes.count, method: .wilson, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// P(smallest equity ever > (1 − λ)·start) against the loss λ.
  package var lossCurve: LossCurve { measures[always: Measures.SurvivalByLoss()] }
}
