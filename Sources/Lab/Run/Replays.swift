import Threads

/// What is lived through again at the end of a run, on several threads; the threads change no bit.
struct Replays: Sendable {
  let markets: [PlannedMarket]
  let threads: Int

  /// Single paths of each market's fans, by series number.
  func samples(of paths: Range<Int64>) -> [Int: [[Double]]] {
    let parts = Self.octets(paths)
    let made = orderedMap(markets.count * parts.count, threads: threads) { number in
      let (market, part) = number.quotientAndRemainder(dividingBy: parts.count)
      return Replay(planned: markets[market], firstPath: parts[part].lowerBound & ~7).samples(of: parts[part])
    }
    return made.reduce(into: [:]) { samples, part in samples.merge(part) { $0 + $1 } }
  }

  /// The trace of one path of each desk, in the order of the desks: desks of a market whose paths are of the same eight
  /// share the market that is made again.
  ///
  /// - Parameter paths: by the number of the desk.
  func traces(of paths: [Int: Int64]) throws(StoreProblem) -> [StoredTrace] {
    var jobs: [(market: Int, firstPath: Int64, desks: [Int])] = []
    for (market, planned) in markets.enumerated() {
      var octets: [Int64: Int] = [:]
      for (index, desk) in planned.desks.enumerated() {
        guard let path = paths[desk.index] else { continue }
        if let job = octets[path & ~7] {
          jobs[job].desks.append(index)
        } else {
          octets[path & ~7] = jobs.count
          jobs.append((market, path & ~7, [index]))
        }
      }
    }
    let wanted = jobs
    let made = orderedMap(wanted.count, threads: threads) { number in
      let job = wanted[number]
      let planned = markets[job.market]
      let desks = job.desks.map { planned.desks[$0] }
      let traces = Replay(planned: planned, firstPath: job.firstPath).traces(
        of: desks.map { ($0, paths[$0.index] ?? 0) })
      return zip(desks, traces).map { ($0.index, $1) }
    }
    return try made.joined().sorted { $0.0 < $1.0 }.map { desk, trace throws(StoreProblem) in
      try StoredTrace(desk: desk, trace: trace)
    }
  }

  /// The parts of a range that lie in eight neighbouring paths each.
  private static func octets(_ paths: Range<Int64>) -> [Range<Int64>] { parts(paths, groups: 1) }

  /// The parts of a range that lie in so many neighbouring groups of eight paths each.
  static func parts(_ paths: Range<Int64>, groups: Int64) -> [Range<Int64>] {
    var parts: [Range<Int64>] = []
    var next = paths.lowerBound
    while next < paths.upperBound {
      let end = min(((next >> 3) + groups) << 3, paths.upperBound)
      parts.append(next..<end)
      next = end
    }
    return parts
  }
}
