/// Reads pages that are whole, or lack only what three answers lack.
struct PageReader {
  private let collector: CandleCollector
  private let checks: CandleChecks
  private let tell: (Persistence.Pause) -> Void
  /// Bars that begin before this are over, by our clock and the exchange's; it only comes to lie earlier.
  private(set) var finished: Int64

  init(_ collector: CandleCollector, tell: @escaping (Persistence.Pause) -> Void) {
    self.collector = collector
    self.tell = tell
    checks = CandleChecks(step: collector.step, market: collector.market)
    finished = CandleCollector.finished(collector.step, at: collector.sleeper.now)
  }

  /// The finished bars of a range, in the order of time.
  mutating func read(_ range: Range<Int64>) throws(ExchangeFault) -> [Candle] {
    let found = try ask(range)
    return isWhole(found, range) ? found : try readAgain(range, found)
  }

  /// Asks again for what is not whole: the whole, then its halves, and where these bring something, theirs.
  private mutating func readAgain(_ range: Range<Int64>, _ first: [Candle]) throws(ExchangeFault) -> [Candle] {
    var found = try Self.merged(first, ask(range))
    if isWhole(found, range) { return found }
    let count = collector.step.count(in: range)
    guard count > 1 else { return try Self.merged(found, ask(range)) }
    let middle = range.lowerBound + Int64(count / 2) * collector.step.milliseconds
    let halves = [range.lowerBound..<middle, middle..<range.upperBound]
    let before = found.count
    for half in halves where !isWhole(found, half) { found = try Self.merged(found, ask(half)) }
    if isWhole(found, range) || found.count == before { return found }
    for half in halves where !isWhole(found, half) {
      let own = found.filter { half.contains($0.time) }
      found = try Self.merged(found, readAgain(half, own))
    }
    return found
  }

  /// Whether no finished bar of a range is missing.
  private func isWhole(_ candles: [Candle], _ range: Range<Int64>) -> Bool {
    let finished = range.lowerBound..<max(range.lowerBound, min(range.upperBound, finished))
    return candles.count { finished.contains($0.time) } == collector.step.count(in: finished)
  }

  /// The bars of two answers.
  ///
  /// - Throws: `untrue` where both have one and do not agree.
  private static func merged(_ left: [Candle], _ right: [Candle]) throws(ExchangeFault) -> [Candle] {
    var all: [Candle] = []
    all.reserveCapacity(max(left.count, right.count))
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      if left[i].time == right[j].time {
        guard left[i] == right[j] else { throw CandleChecks.differing(left[i].time) }
        all.append(left[i])
        i += 1
        j += 1
      } else if left[i].time < right[j].time {
        all.append(left[i])
        i += 1
      } else {
        all.append(right[j])
        j += 1
      }
    }
    return all + left[i...] + right[j...]
  }

  /// What one answer has of a range, checked.
  private mutating func ask(_ range: Range<Int64>) throws(ExchangeFault) -> [Candle] {
    let (source, market, step) = (collector.source, collector.market, collector.step)
    let page = try attempt { () throws(ExchangeFault) in try source.page(market, step, range) }
    if let time = page.exchangeTime { finished = min(finished, CandleCollector.finished(step, at: time)) }
    let limit = finished
    return try checks.checked(page.candles, in: range, outside: source.outside).filter { $0.time < limit }
  }

  /// A moment before which nothing in a range is served; nil where it has no bars. Asked for three times, since one answer
  /// may lack what it should have.
  func earliest(in range: Range<Int64>) throws(ExchangeFault) -> Int64? {
    guard !range.isEmpty else { return nil }
    var first: Int64?
    for _ in 0..<3 {
      let time = try collector.source.earliest(
        collector.market, collector.step, in: range,
        attempt: { (request: () throws(ExchangeFault) -> CandlePage) throws(ExchangeFault) in try attempt(request) })
      if let time, range.contains(time) { first = min(first ?? time, time) }
      if first == range.lowerBound { break }
    }
    return first
  }

  /// Sees that a bar is given a second time as it was.
  func check(_ candle: Candle?, is known: Candle) throws(ExchangeFault) {
    guard let candle, candle.time == known.time else {
      throw .untrue("gave a bar at \(CandleChecks.text(known.time)), and does not give it again")
    }
    guard candle == known else { throw CandleChecks.differing(known.time) }
  }

  private func attempt(
    _ request: () throws(ExchangeFault) -> CandlePage
  ) throws(ExchangeFault) -> CandlePage {
    do throws(ExchangeFault) {
      return try collector.persistence.attempt(
        sleeper: collector.sleeper, fraction: collector.fraction, tell: tell, request)
    } catch .unknownSymbol {
      throw .lasting("says that it does not know \(collector.market.symbol), which it has in its list")
    }
  }
}
