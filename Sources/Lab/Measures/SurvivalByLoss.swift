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
    package let definition =
      "P(no other cause ruins, and the smallest equity ever > (1 − λ)·start) against the loss λ"
    /// The lowest equity up to ruin, and what ruined.
    package let columns: [MeasureColumn] = [.fact(.minimumEquity), .fact(.cause)]

    /// There is nothing to set.
    package init() {}

    /// At losses of 1 %, 2 % and so on up to the study's own, one less `equityBelow`, with the interval of a share at each.
    /// Never nil.
    ///
    /// A path that the venue liquidated is ruined at any limit. One that fell to the study's own limit fell to every lighter
    /// one. So the curve ends at survival.
    package func estimate(_ outcomes: DeskOutcomes, _ context: MeasureContext) -> LossCurve? {
      let limit = 1 - context.ruin.equityBelow
      var losses = (1...100).map { Double($0) / 100 }.filter { $0 < limit - 1e-9 }
      if limit > 0 { losses.append(limit) }
      // How many survivors fell to each lighter loss and to no larger one.
      var fell = Array(repeating: 0, count: losses.count)
      for (equity, cause) in zip(outcomes[.minimumEquity], outcomes[.cause]) where cause == 0 {
        let lowest = equity / context.startEquity
        var (reached, beyond) = (0, losses.count - 1)
        while reached < beyond {
          let middle = (reached + beyond) / 2
          if lowest <= 1 - losses[middle] { reached = middle + 1 } else { beyond = middle }
        }
        if !fell.isEmpty { fell[reached] += 1 }
      }
      var alive = 0
      let estimates = fell.map { count in
        alive += count
        return outcomes.share(alive)
      }
      return LossCurve(
        loss: losses, survival: estimates.map { $0.value ?? 0 }, low: estimates.map { $0.low ?? 0 },
        high: estimates.map { $0.high ?? 1 }, n: outcomes.count, method: .proportion, confidence: context.confidence)
    }
  }
}

extension DeskSummary {
  /// P(no other cause ruins, and the smallest equity ever > (1 − λ)·start) against the loss λ.
  package var lossCurve: LossCurve { measures[always: Measures.SurvivalByLoss()] }
}
