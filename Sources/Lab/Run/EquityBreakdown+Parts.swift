import MarketData
import Markets
import Statistics

extension EquityBreakdown {
  /// Which moves of a price are jumps: of prices that can jump, what no diffusion explains.
  struct Jumps {
    private let clock: Clock
    /// By asset.
    private let canJump: [Bool]
    /// Annual volatility by asset, in calm times, and in events' windows, where it may be another; nil where too few moves
    /// tell it.
    private let volatilities: [(calm: Double?, struck: Double?)]

    /// Of the path that was taken apart: its volatility is the median size of its moves, what events add left out.
    init(_ steps: [Step], canJump: [Bool], clock: Clock) {
      self.clock = clock
      self.canJump = canJump
      volatilities = canJump.indices.map { asset in
        (
          Self.volatility(steps.filter(\.isCalm), asset, clock),
          Self.volatility(steps.filter { !$0.isCalm }, asset, clock)
        )
      }
    }

    private static func volatility(_ steps: [Step], _ asset: Int, _ clock: Clock) -> Double? {
      var sizes: [Double] = []
      for step in steps {
        let move = step.assets[asset]
        let years = clock.varianceYears(step.number)
        sizes.append(abs(move.ownLog) / years.intraday.squareRoot())
        if years.gap > 0 { sizes.append(abs(move.gap.log) / years.gap.squareRoot()) }
      }
      guard sizes.count >= 10, let median = SortedSample(sizes).quantile(0.5).value else { return nil }
      // A normal's median size is 0.6745 of its standard deviation.
      return median / 0.6745
    }

    /// Whether the price of an asset jumps at the open of a step: where neither a night nor a halt lies before it, by any
    /// distance from the close.
    func isAtOpen(_ step: Step, asset: Int) -> Bool {
      let size = abs(step.assets[asset].gap.log)
      guard canJump[asset], size > 1e-12, !step.assets[asset].isAfterHalt else { return false }
      let years = clock.varianceYears(step.number).gap
      return years == 0 || isOut(size, years: years, step, asset)
    }

    /// Whether it jumps between open and close.
    func isInside(_ step: Step, asset: Int) -> Bool {
      canJump[asset]
        && isOut(
          abs(step.assets[asset].ownLog), years: clock.varianceYears(step.number).intraday, step, asset)
    }

    /// Beyond five standard deviations; in an event's window, through which volatility changes, ten of the larger.
    private func isOut(_ size: Double, years: Double, _ step: Step, _ asset: Int) -> Bool {
      let (calm, struck) = volatilities[asset]
      let known = step.isCalm ? calm.map { 5 * $0 } : [calm, struck].compactMap { $0 }.max().map { 10 * $0 }
      return known.map { size > $0 * years.squareRoot() } ?? false
    }
  }

  /// The parts of one step's change over starting equity, the largest first.
  func parts(_ step: Step, _ market: MarketDescription, _ jumps: Jumps) -> [EquityPart] {
    var parts: [EquityPart] = []
    for (asset, move) in step.assets.enumerated() {
      let name = market.assets[asset]
      parts.append(part(jumps.isAtOpen(step, asset: asset) ? .jump : .gap, name, move.gap.change))
      for (event, change) in move.events.enumerated() { parts.append(part(.event, market.events[event], change)) }
      for (event, change) in move.rebounds.enumerated() { parts.append(part(.rebound, market.events[event], change)) }
      parts.append(part(jumps.isInside(step, asset: asset) ? .jump : .market, name, move.market))
    }
    for cause in EquityCause.allCases { parts.append(part(cause, nil, step.costs[cause] ?? 0)) }
    return Self.sum(parts)
  }

  /// The parts of the whole path's change over starting equity, the largest first; they add up to it.
  func parts(_ market: MarketDescription, _ jumps: Jumps) -> [EquityPart] {
    Self.sum(steps.flatMap { parts($0, market, jumps) })
  }

  private func part(_ cause: EquityCause, _ subject: String?, _ change: Double) -> EquityPart {
    EquityPart(cause: cause, subject: subject, change: change / startEquity)
  }

  /// What parts are put together by.
  private struct Subject: Hashable {
    let cause: EquityCause
    let name: String?
  }

  /// Parts of one cause and subject as one; those that changed nothing are left out. The largest come first.
  static func sum(_ parts: [EquityPart]) -> [EquityPart] {
    var sums: [EquityPart] = []
    var places: [Subject: Int] = [:]
    for part in parts where part.change != 0 {
      let key = Subject(cause: part.cause, name: part.subject)
      if let place = places[key] {
        sums[place] = EquityPart(
          cause: part.cause, subject: part.subject, change: sums[place].change + part.change)
      } else {
        places[key] = sums.count
        sums.append(part)
      }
    }
    return sums.enumerated().sorted { one, other in
      let sizes = (abs(one.element.change), abs(other.element.change))
      return sizes.0 != sizes.1 ? sizes.0 > sizes.1 : one.offset < other.offset
    }.map(\.element)
  }
}
