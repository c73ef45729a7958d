/// Who was still watched and what happened, at each time at which anything did: what survival curves are made from.
///
/// At one time, events come before censorings: a path whose watch ended at t is known to have lived to t.
struct RiskTable: Sendable, Hashable {
  /// One time at which a path ended.
  struct Row: Sendable, Hashable {
    /// The time of the row.
    let time: Double
    /// The paths watched just before it.
    let atRisk: Int
    /// The events of each cause at it.
    let events: [Int]
    /// The events of all causes at it.
    let allEvents: Int
    /// The events of all causes up to and with it.
    let eventsSoFar: Int
    /// The paths whose watch ended at it without an event.
    let censored: Int
    /// The paths whose watch ended before it without an event.
    let censoredBefore: Int

  }

  /// The number of paths.
  let n: Int
  /// Rows in ascending order of time.
  let rows: [Row]

  /// Sorts endings whose causes are numbered 0..<`causes`.
  init(_ endings: [(time: Double, cause: Int?)], causes: Int) {
    let ordered = endings.sorted { $0.time < $1.time }
    n = ordered.count
    var rows: [Row] = []
    var index = 0
    var censoredBefore = 0
    var eventsSoFar = 0
    while index < n {
      let time = ordered[index].time
      let atRisk = n - index
      var events = [Int](repeating: 0, count: causes)
      var censored = 0
      while index < n, ordered[index].time == time {
        if let cause = ordered[index].cause { events[cause] += 1 } else { censored += 1 }
        index += 1
      }
      let allEvents = events.reduce(0, +)
      eventsSoFar += allEvents
      rows.append(
        Row(
          time: time, atRisk: atRisk, events: events, allEvents: allEvents, eventsSoFar: eventsSoFar,
          censored: censored, censoredBefore: censoredBefore))
      censoredBefore += censored
    }
    self.rows = rows
  }

  /// The index of the last row at or before `time`; `nil` before the first.
  func row(at time: Double) -> Int? {
    var known = -1
    var beyond = rows.count
    while beyond - known > 1 {
      let middle = known + (beyond - known) / 2
      if rows[middle].time <= time { known = middle } else { beyond = middle }
    }
    return known >= 0 ? known : nil
  }

  /// The paths whose watch lasted to `time` or longer.
  func atRisk(before time: Double) -> Int {
    let next = row(at: time).map { rows[$0].time < time ? $0 + 1 : $0 } ?? 0
    return next < rows.count ? rows[next].atRisk : 0
  }

  /// The paths whose watch ended before `time` without an event.
  func censored(before time: Double) -> Int {
    guard let index = row(at: time) else { return 0 }
    let row = rows[index]
    return row.time < time ? row.censoredBefore + row.censored : row.censoredBefore
  }
}
