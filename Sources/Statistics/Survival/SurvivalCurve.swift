import Glibc

/// The probability S(t) of having lived to t without an event, by Kaplan and Meier.
///
/// S(t) = Π(1 − dᵢ/nᵢ) over the event times tᵢ ≤ t, with dᵢ events among the nᵢ paths watched just before; events at a
/// time come before censorings at it. Where nothing was censored before t that is the plain share of survivors, and it
/// is computed as such. Source: Kaplan & Meier (1958), J. American Statistical Association 53.
package struct SurvivalCurve: Sendable, Hashable {
  /// The number of paths.
  package var n: Int { table.n }
  /// The times at which an event happened, ascending: where the curve steps down.
  package var eventTimes: [Double] { table.rows.filter { $0.allEvents > 0 }.map(\.time) }
  /// The last time up to which any path was watched; 0 for no path.
  package var lastTime: Double { table.rows.last?.time ?? 0 }

  let table: RiskTable
  /// S just after each row of the table.
  let survival: [Double]
  /// Greenwood's sum Σd/(n(n − d)) up to and with each row; infinite where S is 0.
  let greenwood: [Double]

  /// The curve of paths that ended by an event (`isEvent`) or whose watch ended first.
  package init(times: [Double], isEvent: [Bool]) {
    precondition(times.count == isEvent.count, "Invariant: every path has a time and a reason")
    precondition(
      times.allSatisfy { $0 >= 0 && $0.isFinite }, "Invariant: a watch ends at a finite time, not before it began")
    self.init(RiskTable(zip(times, isEvent).map { ($0, $1 ? 0 : nil) }, causes: 1))
  }

  /// The curve of paths watched to one common `horizon`: the time of the event on each, `nil` where there was none.
  package init(eventTimes: [Double?], horizon: Double) {
    precondition(
      eventTimes.allSatisfy { $0.map { $0 >= 0 && $0 <= horizon } ?? true }, "Invariant: events lie within the horizon")
    self.init(times: eventTimes.map { $0 ?? horizon }, isEvent: eventTimes.map { $0 != nil })
  }

  /// The curve of a table, all causes taken together.
  init(_ table: RiskTable) {
    self.table = table
    var product = 1.0
    var sum = 0.0
    var survival: [Double] = []
    var greenwood: [Double] = []
    for row in table.rows {
      let events = row.allEvents
      if row.censoredBefore == 0 {
        product = Double(row.atRisk - events) / Double(table.n)
      } else if events > 0 {
        product *= Double(row.atRisk - events) / Double(row.atRisk)
      }
      if events > 0 { sum += Double(events) / (Double(row.atRisk) * Double(row.atRisk - events)) }
      survival.append(product)
      greenwood.append(sum)
    }
    self.survival = survival
    self.greenwood = greenwood
  }

  /// The paths that were still being watched just before a time.
  package func watched(before time: Double) -> Int { table.atRisk(before: time) }

  /// S(t) with its pointwise interval; unknown for no paths, and after the last watched path if it had no event.
  ///
  /// Where nothing was censored before t, or S is 0 or 1, it is the interval of ``Proportion/estimate(confidence:)``, for
  /// those paths whose fate at t is known. Else S^exp(±z√G/ln S), Greenwood's variance S²G on the log(−log) scale, which stays in 0…1.
  /// Source: Kalbfleisch & Prentice, The Statistical Analysis of Failure Time Data (2002), section 1.4.
  package func estimate(at time: Double, confidence: Double = Estimate.defaultConfidence) -> Estimate {
    guard n > 0, time >= 0 else { return .unknown(n: n, confidence: confidence, method: .wilson) }
    let index = table.row(at: time)
    let value = index.map { survival[$0] } ?? 1
    guard time <= lastTime || value == 0 else {
      return .unknown(n: n, confidence: confidence, method: .greenwoodLogLog)
    }
    let known = n - table.censored(before: time)
    if known == n || value == 0 || value == 1 {
      let alive =
        known == n ? index.map { table.rows[$0].atRisk - table.rows[$0].allEvents } ?? n : value == 0 ? 0 : known
      let share = Proportion(alive, of: known).estimate(confidence: confidence)
      return Estimate(
        value: value, low: share.low, high: share.high, confidence: confidence, n: n, method: share.method,
        evidence: share.evidence)
    }
    let sum = index.map { greenwood[$0] } ?? 0
    let interval = LogLogInterval(value: value, relativeError: sum.squareRoot(), confidence: confidence)
    return Estimate(
      value: value, low: interval.low, high: interval.high, confidence: confidence, n: n, method: .greenwoodLogLog)
  }

  /// The time at which S first is ½ or less; value and upper bound are `nil` where that was not reached.
  ///
  /// Low and high are the first times at which the pointwise interval's lower and upper end is ½ or less.
  /// Source: Brookmeyer & Crowley (1982), Biometrics 38(1), with the pointwise intervals of ``estimate(at:confidence:)``.
  package func median(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    func first(_ number: (Int) -> Double?) -> Double? {
      table.rows.indices.first { (number($0) ?? 1) <= 0.5 }.map { table.rows[$0].time }
    }
    let intervals = table.rows.map { estimate(at: $0.time, confidence: confidence) }
    return Estimate(
      value: first { survival[$0] }, low: first { intervals[$0].low }, high: first { intervals[$0].high },
      confidence: confidence, n: n, method: .brookmeyerCrowley)
  }
}
