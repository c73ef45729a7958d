extension SurvivalCurve {
  /// The mean of min(time, τ), the area under S up to τ: how long a path lives on average within the first τ.
  ///
  /// Variance Σ(∫ from tᵢ to τ of S)²·dᵢ/(nᵢ(nᵢ − dᵢ)) over the event times tᵢ ≤ τ, with a normal interval cut to 0…τ;
  /// without censoring that is the variance of the sample mean of min(time, τ), with n in place of n − 1. With no event
  /// by τ the variance says nothing, and the lower bound is τ times Wilson's lower bound of S(τ). Unknown for no paths,
  /// or where the last watched path left before τ without an event.
  /// Source: Klein & Moeschberger, Survival Analysis (2003), section 4.5.
  package func restrictedMean(to tau: Double, confidence: Double = Estimate.defaultConfidence) -> Estimate {
    precondition(tau > 0 && tau.isFinite, "Invariant: a mean is restricted to a time above zero")
    guard n > 0, tau <= lastTime || survival.last == 0 else {
      return .unknown(n: n, confidence: confidence, method: .greenwood)
    }
    let last = table.row(at: tau)
    let rows = last.map { Array(table.rows[...$0]) } ?? []
    var area = 0.0
    var variance = 0.0
    var end = tau
    for index in rows.indices.reversed() {
      let row = rows[index]
      area += survival[index] * (end - row.time)
      end = row.time
      let events = row.allEvents
      if events > 0, events < row.atRisk {
        variance += area * area * Double(events) / (Double(row.atRisk) * Double(row.atRisk - events))
      }
    }
    area += end
    guard rows.contains(where: { $0.allEvents > 0 }) else {
      let low = estimate(at: tau, confidence: confidence).low.map { $0 * tau }
      return Estimate(value: tau, low: low, high: tau, confidence: confidence, n: n, method: .wilson)
    }
    let half = CriticalValue.normal(confidence) * variance.squareRoot()
    return Estimate(
      value: min(area, tau), low: max(0, area - half), high: min(tau, area + half), confidence: confidence, n: n,
      method: .greenwood)
  }
}
