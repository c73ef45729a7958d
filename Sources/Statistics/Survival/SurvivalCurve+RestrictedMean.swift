extension SurvivalCurve {
  /// The mean of min(time, τ), the area under S up to τ: how long a path lives on average within the first τ.
  ///
  /// Where nothing was censored before τ it is τ less a mean loss of time, and most paths often lose none. While fewer than
  /// half do, its interval is that of a share: with r = ΣL²/ΣL, the loss of a path that loses, weighed by loss, L̄/r is
  /// treated as the share x/n of x = (ΣL)²/ΣL² events. Where all losses are alike that is the plain interval of their
  /// share. Where more lose, it is the mean's own (``Moments``). With no event by τ nothing was seen, and the lower bound
  /// is τ times that of S(τ).
  ///
  /// With censoring: variance Σ(∫ from tᵢ to τ of S)²·dᵢ/(nᵢ(nᵢ − dᵢ)) over the event times tᵢ ≤ τ, with a normal interval
  /// cut to 0…τ. Unknown for no paths, or where the last watched path left before τ without an event.
  /// Source: Klein & Moeschberger, Survival Analysis (2003), section 4.5; the effective number of events by Kish (1965),
  /// Survey Sampling, section 11.7.
  package func restrictedMean(to tau: Double, confidence: Double = Estimate.defaultConfidence) -> Estimate {
    precondition(tau > 0 && tau.isFinite, "Invariant: a mean is restricted to a time above zero")
    guard n > 0, tau <= lastTime || survival.last == 0 else {
      return .unknown(n: n, confidence: confidence, method: .greenwood)
    }
    let rows = table.row(at: tau).map { Array(table.rows[...$0]) } ?? []
    guard rows.contains(where: { $0.allEvents > 0 && $0.time < tau }) else {
      let share = estimate(at: rows.last { $0.time < tau }?.time ?? 0, confidence: confidence)
      return Estimate(
        value: tau, low: share.low.map { $0 * tau }, high: tau, confidence: confidence, n: n, method: share.method,
        evidence: share.evidence)
    }
    return table.censored(before: tau) == 0
      ? meanOfKnown(rows, to: tau, confidence: confidence) : areaUnderCurve(rows, to: tau, confidence: confidence)
  }

  /// The mean where every path's fate up to τ is known.
  private func meanOfKnown(_ rows: [RiskTable.Row], to tau: Double, confidence: Double) -> Estimate {
    var (losses, squares) = (0.0, 0.0)
    for row in rows {
      let loss = tau - row.time
      losses += Double(row.allEvents) * loss
      squares += Double(row.allEvents) * loss * loss
    }
    let mean = tau - losses / Double(n)
    let events = losses * losses / squares
    guard events > Double(n) / 2 else {
      let share = ShareInterval(events, of: Double(n), confidence: confidence)
      let scale = squares / losses
      let (low, high) = (tau - scale * share.high, tau - scale * share.low)
      return Estimate(
        value: mean, low: max(0, min(mean, low)), high: min(tau, max(mean, high)), confidence: confidence, n: n,
        method: .effectiveCount)
    }
    var moments = Moments()
    for row in rows { for _ in 0..<row.allEvents { moments.add(row.time) } }
    for _ in moments.count..<n { moments.add(tau) }
    let estimate = moments.estimate(confidence: confidence)
    return Estimate(
      value: mean, low: estimate.low.map { max(0, min(mean, $0)) }, high: estimate.high.map { min(tau, max(mean, $0)) },
      confidence: confidence, n: n, method: estimate.method, evidence: estimate.evidence)
  }

  /// The area under a curve with censoring, by Greenwood's variance.
  private func areaUnderCurve(_ rows: [RiskTable.Row], to tau: Double, confidence: Double) -> Estimate {
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
    let half = CriticalValue.normal(confidence) * variance.squareRoot()
    return Estimate(
      value: min(area, tau), low: max(0, area - half), high: min(tau, area + half), confidence: confidence, n: n,
      method: .greenwood)
  }
}
