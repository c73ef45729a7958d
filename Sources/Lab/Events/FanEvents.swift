import Documents

/// Tells the equity fans of desks while they fill up, market by market: the one whose last fans say least of its paths first,
/// and again when it has a tenth more paths. So a fan is told some fifty times however long the run is, and in the end once more.
struct FanEvents {
  private let file: EventFile
  private let facts: [RunContext.DeskFacts]
  private var markets: [PlannedMarket]
  /// Paths of each market at its last fans.
  private var told: [Int]
  private var counts: HistogramCounts
  /// When the next are due.
  private var due = -Double.infinity
  /// False once the store could not be read: the run itself will say so.
  private var isReadable = true

  /// Times of a fan, at most.
  static let points = 60
  /// By how much the paths of a market have grown when its fans are told again.
  private static let growth = 1.1
  /// Seconds between two markets, at least; five lines a second of more desks.
  private static let pause = 1.0

  init(_ file: EventFile, _ plan: RunPlan, _ facts: [RunContext.DeskFacts]) {
    self.file = file
    self.facts = facts
    markets = plan.markets
    told = markets.map { _ in 0 }
    counts = HistogramCounts(slots: markets.map(\.fans.slots).max() ?? 0)
  }

  /// The same for more paths of the run.
  func going(on plan: RunPlan) -> FanEvents {
    var next = self
    next.markets = plan.markets
    return next
  }

  /// Tells the fans of the market that needs it most, if one does.
  mutating func tellDue(_ progress: RunProgress, _ store: ResultsStore) {
    let now = file.now
    guard now >= due else { return }
    func isKnown(_ market: Int) -> Double { Double(told[market]) / Double(max(paths(market, progress), 1)) }
    let grown = markets.indices.filter { Double(paths($0, progress)) >= max(Double(told[$0]) * Self.growth, 1) }
    guard let market = grown.min(by: { isKnown($0) < isKnown($1) }) else { return }
    tell(market, progress, store)
    due = now + max(Self.pause, Double(markets[market].desks.count) * EventFile.pause)
  }

  /// Tells the fans of every market that has more paths than when they were told.
  mutating func tellAll(_ progress: RunProgress, _ store: ResultsStore) {
    for market in markets.indices where paths(market, progress) > told[market] { tell(market, progress, store) }
  }

  private func paths(_ market: Int, _ progress: RunProgress) -> Int {
    markets[market].desks.first.map { progress.desks[$0.index].paths } ?? 0
  }

  private mutating func tell(_ market: Int, _ progress: RunProgress, _ store: ResultsStore) {
    let series = markets[market].fans.series.filter { $0.desk != nil && $0.quantity == FanQuantity.equity.name }
    guard isReadable, let fans = try? store.fansSoFar(series, market: market, using: &counts) else {
      isReadable = false
      return
    }
    told[market] = paths(market, progress)
    for (series, fan) in zip(series, fans) {
      guard let desk = series.desk else { continue }
      file.tell(Self.event(fan, facts[desk]))
    }
  }

  /// A desk's fan at some of its times, the first and the last among them.
  static func event(_ fan: Fan, _ desk: RunContext.DeskFacts) -> ToldEvent {
    let last = fan.seconds.count - 1
    let places = last < points ? Array(fan.seconds.indices) : (0..<points).map { $0 * last / (points - 1) }
    func numbers(_ all: [Double]) -> JSONValue { .array(places.map { .number(all[$0]) }) }
    return ToldEvent(
      .fan,
      [
        "desk": .integer(desk.desk), "scenario": .string(desk.scenario), "severity": .number(desk.severity),
        "agent": .string(desk.agent), "risk": .string(desk.risk), "quantity": .string(FanQuantity.equity.key),
        "paths": .integer(fan.n), "seconds": numbers(fan.seconds), "levels": .array(Fan.levels.map { .number($0) }),
        "values": .array(fan.lines.map(numbers)),
      ])
  }
}
