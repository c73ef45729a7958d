/// The probabilities of having ended by each of several competing causes, by Aalen and Johansen.
///
/// F_j(t) = Σ S(tᵢ⁻)·dᵢⱼ/nᵢ over the event times tᵢ ≤ t, with S the probability of no event of any cause, so that
/// S + ΣF_j = 1. One minus a Kaplan–Meier curve that counts the other causes as censoring would be wrong: it estimates a
/// world in which they cannot happen. Where nothing was censored, F_j is the plain share.
/// Source: Aalen & Johansen (1978), Scandinavian J. Statistics 5(3).
package struct CumulativeIncidence<Cause: CaseIterable & Hashable & Sendable>: Sendable {
  /// The number of paths.
  package var n: Int { eventFree.n }
  /// The probability of no event of any cause; its restricted mean is the expected time in the state that is watched.
  package let eventFree: SurvivalCurve

  private let causes: [Cause]
  private let curves: [[Point]]

  /// One curve just after one row of the table, with the sums that its variance is made of.
  private struct Point {
    var incidence = 0.0
    var count = 0
    var sums = VarianceSums()
  }

  /// The curves of the paths' endings.
  package init(_ endings: [Ending<Cause>]) {
    let causes = Array(Cause.allCases)
    let numbers = Dictionary(uniqueKeysWithValues: causes.enumerated().map { ($1, $0) })
    let table = RiskTable(endings.map { ($0.time, $0.cause.flatMap { numbers[$0] }) }, causes: causes.count)
    let eventFree = SurvivalCurve(table)
    self.causes = causes
    self.eventFree = eventFree
    curves = causes.indices.map { cause in
      var point = Point()
      return table.rows.indices.map { index in
        let row = table.rows[index]
        let before = index > 0 ? eventFree.survival[index - 1] : 1
        let events = row.events[cause]
        point.count += events
        if row.censoredBefore == 0 {
          point.incidence = Double(point.count) / Double(table.n)
        } else if events > 0 {
          point.incidence += before * Double(events) / Double(row.atRisk)
        }
        point.sums.add(
          events: events, allEvents: row.allEvents, atRisk: row.atRisk, survivalBefore: before,
          incidence: point.incidence)
        return point
      }
    }
  }

  /// F(t) for one cause with its pointwise interval; unknown for no paths, and after the last watched path if it had no
  /// event.
  ///
  /// Where nothing was censored before t, or F is 0 or 1, it is the interval of ``Proportion/estimate(confidence:)``, for
  /// those paths whose fate at t is known. Else the delta-method variance (``VarianceSums``) on the log(−log) scale; where
  /// fewer than ten events carry it, the exact interval of F·F(1 − F)/Var F events among F(1 − F)/Var F paths, which would
  /// have that variance. Source of the latter: Korn & Graubard (1998), Survey Methodology 24(2).
  package func estimate(
    of cause: Cause, at time: Double, confidence: Double = Estimate.defaultConfidence
  ) -> Estimate {
    let table = eventFree.table
    guard n > 0, time >= 0, time <= eventFree.lastTime || eventFree.survival.last == 0 else {
      return .unknown(n: n, confidence: confidence, method: .incidenceLogLog)
    }
    let point = point(of: cause, at: time)
    let known = n - table.censored(before: time)
    // Counts, not the rounded F, say whether F is 0 or 1.
    if known == n || point.count == 0 || point.count == known {
      let share = Proportion(point.count, of: known).estimate(confidence: confidence)
      return Estimate(
        value: share.value, low: share.low, high: share.high, confidence: confidence, n: n, method: share.method,
        evidence: share.evidence)
    }
    let value = point.incidence
    let variance = point.sums.variance(incidence: value)
    let trials = variance > 0 ? min(Double(n), value * (1 - value) / variance) : Double(n)
    if ShareInterval.isFew(value * trials, of: trials) {
      let interval = ShareInterval.clopperPearson(value * trials, of: trials, confidence: confidence)
      return Estimate(
        value: value, low: interval.low, high: interval.high, confidence: confidence, n: n, method: .effectiveCount)
    }
    let interval = LogLogInterval(
      value: value, relativeError: variance.squareRoot() / value, confidence: confidence)
    return Estimate(
      value: value, low: interval.low, high: interval.high, confidence: confidence, n: n, method: .incidenceLogLog)
  }

  /// F(t) for one cause, 0 before anything happened.
  func incidence(of cause: Cause, at time: Double) -> Double { point(of: cause, at: time).incidence }

  /// The delta-method standard error of F(t) for one cause, whatever the interval is made of.
  package func standardError(of cause: Cause, at time: Double) -> Double {
    let point = point(of: cause, at: time)
    return point.sums.variance(incidence: point.incidence).squareRoot()
  }

  /// The last time up to which the curves rest on enough: on `least` paths that are still watched, or on all, whose fate
  /// is known as long as none has left without an event.
  package func lastTime(watching least: Int) -> Double {
    eventFree.table.rows.last { $0.atRisk >= least || $0.censoredBefore == 0 }?.time ?? 0
  }

  /// The time by which half of all paths had ended by this cause; value and upper bound are `nil` where F stays under ½.
  ///
  /// Low and high are the first times at which the pointwise interval's upper and lower end is ½ or more.
  ///
  /// - Parameter end: the last time that is looked at.
  package func median(
    of cause: Cause, until end: Double = .infinity, confidence: Double = Estimate.defaultConfidence
  ) -> Estimate {
    let times = eventFree.table.rows.map(\.time).filter { $0 <= end }
    let intervals = times.map { estimate(of: cause, at: $0, confidence: confidence) }
    func first(_ number: (Estimate) -> Double?) -> Double? {
      intervals.firstIndex { (number($0) ?? 0) >= 0.5 }.map { times[$0] }
    }
    return Estimate(
      value: first(\.value), low: first(\.high), high: first(\.low), confidence: confidence, n: n,
      method: .brookmeyerCrowley)
  }

  private func point(of cause: Cause, at time: Double) -> Point {
    guard let number = causes.firstIndex(of: cause), let index = eventFree.table.row(at: time) else { return Point() }
    return curves[number][index]
  }
}
