/// One collection while it goes on.
struct Collection {
  private let collector: CandleCollector
  private let wanted: Range<Int64>
  private let covered: Coverage
  private let add: ([Candle], Range<Int64>) throws -> Void
  private let tell: (CandleCollector.News) -> Void
  private var pages: PageReader
  private var collected = CandleCollector.Collected()
  /// Whether nothing is served before what is wanted, once that was asked.
  private var isFirst: Bool?
  /// A page that waits for the next answer to agree with its last bar.
  private var held: Page?

  /// Bars, and the range that they are all of.
  private struct Page {
    let candles: [Candle]
    let range: Range<Int64>
  }

  init(
    _ collector: CandleCollector, _ range: Range<Int64>, _ covered: Coverage,
    _ add: @escaping ([Candle], Range<Int64>) throws -> Void, _ tell: @escaping (CandleCollector.News) -> Void
  ) {
    (self.collector, self.covered, self.add, self.tell) = (collector, covered, add, tell)
    let step = collector.step
    let start = step.firstOpen(from: max(range.lowerBound, 0))
    wanted = start..<max(start, step.firstOpen(from: max(range.upperBound, 0)))
    pages = PageReader(collector) { tell(.pause($0)) }
  }

  private var step: CandleStep { collector.step }

  mutating func run() throws -> CandleCollector.Collected {
    for stretch in covered.missing(in: wanted.lowerBound..<end) { try fill(stretch) }
    collected.end = end
    return collected
  }

  /// Where bars end that are wanted and finished.
  private var end: Int64 { max(wanted.lowerBound, min(wanted.upperBound, pages.finished)) }

  /// Brings home a stretch of which nothing is there.
  private mutating func fill(_ stretch: Range<Int64>) throws {
    var cursor = stretch.lowerBound
    // Where nothing lies before it, the market may be younger than what was asked for.
    var isLeading = stretch.lowerBound == wanted.lowerBound
    while cursor < min(stretch.upperBound, end) {
      let range = cursor..<min(collector.pageEnd(after: cursor), stretch.upperBound, end)
      let anchor = held?.candles.last.flatMap { $0.time == cursor - step.milliseconds ? $0 : nil }
      var candles = try pages.read((anchor?.time ?? cursor)..<range.upperBound)
      if let anchor {
        try pages.check(candles.first, is: anchor)
        candles.removeFirst()
        try keepHeld(isConfirmed: true)
      }
      // What the exchange's own clock says is not finished has been left out.
      let limit = min(stretch.upperBound, end)
      let page = cursor..<min(range.upperBound, limit)
      guard !page.isEmpty else { break }
      if isLeading, candles.first?.time != stretch.lowerBound, try isFirst(stretch.lowerBound) {
        guard let first = candles.first?.time else {
          guard let next = try pages.earliest(in: page.upperBound..<limit) else { return try passOver(stretch) }
          cursor = step.open(of: next)
          continue
        }
        cursor = first
        collected.start = first
      }
      isLeading = false
      guard !candles.isEmpty else {
        cursor = try passOverSilence(from: cursor, page, limit)
        continue
      }
      let isLast = page.upperBound == pages.finished
      let last = candles[candles.count - 1].time + step.milliseconds
      try hold(Page(candles: candles, range: cursor..<(isLast ? last : page.upperBound)))
      if isLast, last < page.upperBound { collected.quietSince = last }
      cursor = page.upperBound
    }
    try keepHeld(isConfirmed: false)
  }

  /// Whether nothing is served before a moment.
  private mutating func isFirst(_ moment: Int64) throws -> Bool {
    if let isFirst { return isFirst }
    let answer = try pages.earliest(in: collector.earliestMoment..<max(collector.earliestMoment, moment)) == nil
    isFirst = answer
    return answer
  }

  /// Nothing is served in the first stretch, nor before it.
  private mutating func passOver(_ range: Range<Int64>) throws {
    if let next = covered.ranges.first(where: { $0.lowerBound >= range.upperBound }) {
      collected.start = next.lowerBound
    } else if collected.new == 0 {
      throw ExchangeFault.lasting("has no bars of \(collector.market.symbol) from \(CandleChecks.text(range))")
    }
  }

  /// Goes past a page without bars to the next bar that there is: what lies between is a gap.
  ///
  /// - Returns: where to go on.
  private mutating func passOverSilence(
    from cursor: Int64, _ page: Range<Int64>, _ limit: Int64
  ) throws -> Int64 {
    let next = try page.upperBound < limit ? pages.earliest(in: page.upperBound..<limit) : nil
    try keepHeld(isConfirmed: false)
    guard let next else {
      // What is silent up to now may speak later.
      if limit == pages.finished {
        collected.quietSince = cursor
      } else {
        try add([], cursor..<limit)
        tell(.reached(limit, new: collected.new))
      }
      return limit
    }
    let open = step.open(of: next)
    try add([], cursor..<open)
    tell(.reached(open, new: collected.new))
    return open
  }

  private mutating func hold(_ page: Page) throws {
    try keepHeld(isConfirmed: false)
    held = page
  }

  /// Keeps the page that waits, if there is one.
  ///
  /// - Parameter isConfirmed: whether its last bar was given a second time; else it is asked for.
  private mutating func keepHeld(isConfirmed: Bool) throws {
    guard let page = held, let last = page.candles.last else { return }
    held = nil
    if !isConfirmed {
      try pages.check(pages.read(last.time..<(last.time + step.milliseconds)).first, is: last)
    }
    try add(page.candles, page.range)
    collected.new += page.candles.count
    tell(.reached(page.range.upperBound, new: collected.new))
  }
}
