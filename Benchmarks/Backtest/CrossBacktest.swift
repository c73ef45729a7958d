import Lanes

/// A backtest of a moving-average cross in vectorbt's accounting, eight series side by side: what the benchmark times
/// against vectorbt, like for like. It is a kernel of the benchmark, made for this one comparison; no run of StressLab
/// uses it, whose desks trade at a venue.
///
/// All cash buys at the close at which the mean of the last `fast` closes has come to be over that of the last `slow`,
/// after it was under it once; all is sold at the close at which it has come to be under it. A difference of exactly 0
/// changes nothing. A fee is a share of what is bought or sold, and nothing else costs.
///
/// What is computed, not how, is vectorbt's: growth of equity, bar by bar, takes the place of its orders, cash and positions,
/// in blocks small enough that they stay in the nearest cache.
struct CrossBacktest {
  /// Closes in the means.
  static let fast = 10
  static let slow = 50
  /// Share of what is bought or sold.
  static let fee = 0.001
  static let startEquity = 100.0
  /// vectorbt's year of daily bars.
  static let barsPerYear = 365.0

  /// What a backtest of a group ends in.
  struct Figures {
    let finalEquity: Lanes
    /// Mean over standard deviation (n − 1) of the returns of all bars, annualised.
    let sharpe: Lanes
    /// The largest loss from a running peak, as a fraction of the peak.
    let maximumDrawdown: Lanes
  }

  private static let block = 50
  private var signals = Signals()
  private var tally = Tally()

  /// Sums and positions at a close.
  private struct Signals {
    /// `slow / fast` times the sum of the fast mean's closes, less the sum of the slow one's: has the sign of their difference.
    var trend = Lanes.zero
    /// Whether the fast mean was under the slow one once.
    var wasUnder = Mask.none
    var isLong = Mask.none
    var equity = Lanes(CrossBacktest.startEquity)
  }

  /// Figures of the returns so far.
  private struct Tally {
    /// Equity as a share of its running peak.
    var share = Lanes.one
    /// The least share so far.
    var least = Lanes.one
    var sum = Lanes.zero
    var squares = Lanes.zero
  }

  /// Runs a group through its closes, more of them than `slow`.
  static func figures(_ closes: UnsafePointer<Lanes>, bars: Int) -> Figures {
    var state = CrossBacktest()
    state.walk(closes, bars: bars) { _, _ in }
    let (tally, count) = (state.tally, Double(bars))
    let variance = (tally.squares - tally.sum * tally.sum / count) / (count - 1)
    return Figures(
      finalEquity: state.signals.equity,
      sharpe: tally.sum / count / sqrt(variance) * barsPerYear.squareRoot(),
      maximumDrawdown: 1 - tally.least)
  }

  /// Equity at each close of one series of a group.
  static func equity(_ closes: UnsafePointer<Lanes>, bars: Int, lane: Int) -> [Double] {
    var curve = [Double](repeating: startEquity, count: slow)
    var state = CrossBacktest()
    state.walk(closes, bars: bars) { growth, count in
      for bar in 0..<count { curve.append(curve[curve.count - 1] * growth[bar][lane]) }
    }
    return curve
  }

  /// Leads a group through its closes and shows the growth of equity in each bar of a block.
  @inline(__always)
  private mutating func walk(_ closes: UnsafePointer<Lanes>, bars: Int, _ show: (UnsafePointer<Lanes>, Int) -> Void) {
    let (fast, slow, block) = (Self.fast, Self.slow, Self.block)
    // Neither mean is known before, and nothing is bought at the first close at which both are.
    let scale = Double(slow) / Double(fast)
    for bar in 0..<slow {
      signals.trend += closes[bar] * (scale - 1)
      if bar >= fast { signals.trend -= closes[bar - fast] * scale }
    }
    signals.wasUnder = signals.trend .< .zero

    withUnsafeTemporaryAllocation(
      byteCount: block * MemoryLayout<Lanes>.stride, alignment: 64
    ) { memory in
      let growth = memory.bindMemory(to: Lanes.self).baseAddress!
      var first = slow
      while first < bars {
        let count = min(block, bars - first)
        if signals.wasUnder.isAll {
          Self.trade(&signals, closes + first, count, growth)
        } else {
          Self.tradeFirst(&signals, closes + first, count, growth)
        }
        Self.tally(&tally, growth, count)
        show(growth, count)
        first += count
      }
    }
  }

  /// Trades at some closes of series of which each was under once; writes the growth of equity in each bar.
  @inline(never)
  private static func trade(
    _ signals: inout Signals, _ closes: UnsafePointer<Lanes>, _ count: Int, _ growth: UnsafeMutablePointer<Lanes>
  ) {
    trade(&signals, closes, count, growth, wereUnder: true)
  }

  /// The same where some were never under yet.
  @inline(never)
  private static func tradeFirst(
    _ signals: inout Signals, _ closes: UnsafePointer<Lanes>, _ count: Int, _ growth: UnsafeMutablePointer<Lanes>
  ) {
    trade(&signals, closes, count, growth, wereUnder: false)
  }

  @inline(__always)
  private static func trade(
    _ signals: inout Signals, _ closes: UnsafePointer<Lanes>, _ count: Int, _ growth: UnsafeMutablePointer<Lanes>,
    wereUnder: Bool
  ) {
    var (trend, wasUnder, isLong, equity) = (signals.trend, signals.wasUnder, signals.isLong, signals.equity)
    let scale = Double(slow) / Double(fast)
    // What is left of equity when it buys, and when it sells.
    let (bought, sold) = (Lanes(1 / (1 + fee)), Lanes(1 - fee))
    for bar in 0..<count {
      let close = closes + bar
      trend += fma(close[0], scale - 1, fma(close[-fast], -scale, close[-slow]))
      let under = trend .< .zero
      var above = Lanes.zero .< trend
      if !wereUnder {
        wasUnder |= under
        above &= wasUnder
      }
      let staysLong = !under & (isLong | above)
      let ofHeld = close[0] / close[-1] * select(staysLong, .one, sold)
      let ofBar = select(isLong, ofHeld, select(staysLong, bought, .one))
      isLong = staysLong
      equity *= ofBar
      growth[bar] = ofBar
    }
    signals = Signals(trend: trend, wasUnder: wasUnder, isLong: isLong, equity: equity)
  }

  /// Adds the bars of a block to the figures. Apart from the trades, since both together are more than the registers hold.
  @inline(never)
  private static func tally(_ figures: inout Tally, _ growth: UnsafePointer<Lanes>, _ count: Int) {
    var (share, least, sum, squares) = (figures.share, figures.least, figures.sum, figures.squares)
    for bar in 0..<count {
      let simpleReturn = growth[bar] - 1
      sum += simpleReturn
      squares = fma(simpleReturn, simpleReturn, squares)
      share = min(share * growth[bar], .one)
      least = min(least, share)
    }
    figures = Tally(share: share, least: least, sum: sum, squares: squares)
  }
}
