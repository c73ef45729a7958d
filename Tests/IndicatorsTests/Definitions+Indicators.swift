import Foundation
import MarketData

extension Definitions {
  /// Both columns from where the second begins.
  static func together(_ first: Column, _ second: Column) -> [Column] {
    [zip(first, second).map { $1 == nil ? nil : $0 }, second]
  }

  static func ema(_ x: Column, _ n: Int, share: Double) -> Column { exponential(x, n, share: share) }

  static func typical(_ bars: BarSeries) -> Column {
    bars.close.indices.map { (bars.high[$0] + bars.low[$0] + bars.close[$0]) / 3 }
  }

  static func returns(_ x: [Double]) -> Column { x.indices.map { $0 == 0 ? nil : x[$0] / x[$0 - 1] - 1 } }

  static func changes(_ x: Column) -> Column { combine(x, delayed(x, 1), -) }

  static func gains(_ x: Column, _ n: Int) -> (Column, Column) {
    let changes = changes(x)
    return (
      wilder(changes.map { $0.map { Swift.max($0, 0) } }, n), wilder(changes.map { $0.map { Swift.max(-$0, 0) } }, n)
    )
  }

  static func strength(_ x: Column, _ n: Int) -> Column {
    let (gain, loss) = gains(x, n)
    return combine(gain, loss) { $0 + $1 == 0 ? 0 : 100 * ($0 / ($0 + $1)) }
  }

  /// %K; NaN where the range is rounding.
  static func position(_ x: Column, _ high: Column, _ low: Column, _ n: Int) -> Column {
    let (highest, lowest) = (window(high, n) { $0.max()! }, window(low, n) { $0.min()! })
    return x.indices.map { i in
      guard let x = x[i], let top = highest[i], let bottom = lowest[i] else { return nil }
      let range = top - bottom
      return range == 0 ? 0 : range < 1e-12 * abs(top) ? .nan : 100 * (x - bottom) / range
    }
  }

  static func trueRange(_ bars: BarSeries) -> Column {
    bars.close.indices.map { i in
      i == 0 ? nil : Swift.max(bars.high[i], bars.close[i - 1]) - Swift.min(bars.low[i], bars.close[i - 1])
    }
  }

  static func tillson(_ x: Column, _ n: Int, _ v: Double) -> Column {
    // The generalized DEMA (1 + v) EMA − v EMA(EMA), three times, has these six averages in it.
    var averages = [ema(x, n)]
    for _ in 1..<6 { averages.append(ema(averages[averages.count - 1], n)) }
    let (a, b) = (1 + v, -v)
    let weights = [0, 0, a * a * a, 3 * a * a * b, 3 * a * b * b, b * b * b]
    return x.indices.map { i in
      averages[5][i] == nil ? nil : (2..<6).map { weights[$0] * (averages[$0][i] ?? .nan) }.reduce(0, +)
    }
  }

  static func kaufman(_ c: [Double], _ n: Int) -> Column {
    var average = c[n - 1]
    return c.indices.map { i in
      guard i >= n else { return nil }
      let path = ((i - n + 1)...i).map { abs(c[$0] - c[$0 - 1]) }.reduce(0, +)
      let way = abs(c[i] - c[i - n])
      let efficiency = path == 0 ? 1 : Swift.min(way / path, 1)
      let smoothing = efficiency * (2.0 / 3 - 2.0 / 31) + 2.0 / 31
      average += smoothing * smoothing * (c[i] - average)
      return average
    }
  }

  static func ultimate(_ bars: BarSeries) -> Column {
    let ranges = trueRange(bars)
    return bars.close.indices.map { i in
      guard i >= 28 else { return nil }
      let parts = [7, 14, 28].map { n -> Double in
        let steps = (i - n + 1)...i
        let pressure = steps.map { bars.close[$0] - Swift.min(bars.low[$0], bars.close[$0 - 1]) }.reduce(0, +)
        let range = steps.map { ranges[$0] ?? .nan }.reduce(0, +)
        return range == 0 ? 0 : pressure / range
      }
      return 100 * (4 * parts[0] + 2 * parts[1] + parts[2]) / 7
    }
  }

  static func moneyFlow(_ bars: BarSeries, _ n: Int) -> Column {
    let t = typical(bars).map { $0 ?? .nan }
    return t.indices.map { i in
      guard i >= n else { return nil }
      let flows = ((i - n + 1)...i).map { (t[$0] - t[$0 - 1]).signum * t[$0] * bars.volume[$0] }
      let (into, all) = (flows.map { Swift.max($0, 0) }.reduce(0, +), flows.map(abs).reduce(0, +))
      return all == 0 ? 0 : 100 * into / all
    }
  }

  static func aroon(_ x: [Double], _ n: Int, _ isBeyond: (Double, Double) -> Bool) -> Column {
    x.indices.map { i in
      guard i >= n else { return nil }
      var best = i
      for j in stride(from: i - 1, through: i - n, by: -1) where isBeyond(x[j], x[best]) { best = j }
      return 100 * Double(n - (i - best)) / Double(n)
    }
  }

  static func movement(_ h: [Double], _ l: [Double]) -> (plus: Column, minus: Column) {
    var (plus, minus): (Column, Column) = ([nil], [nil])
    for i in 1..<h.count {
      let (up, down) = (h[i] - h[i - 1], l[i - 1] - l[i])
      plus.append(up > down && up > 0 ? up : 0)
      minus.append(down > up && down > 0 ? down : 0)
    }
    return (plus, minus)
  }

  static func directional(_ bars: BarSeries) -> (plus: Column, minus: Column) {
    let (plus, minus) = movement(bars.high, bars.low)
    let range = wilderSum(trueRange(bars), 14, from: 14)
    let share = { (moved: Double, range: Double) in range == 0 ? 0 : 100 * moved / range }
    return (
      combine(wilderSum(plus, 14, from: 14), range, share), combine(wilderSum(minus, 14, from: 14), range, share)
    )
  }

  /// DX; NaN where it is 0/0.
  static func index(_ bars: BarSeries) -> Column {
    let (plus, minus) = directional(bars)
    return combine(plus, minus) { $0 + $1 < 1e-12 ? .nan : 100 * abs($0 - $1) / ($0 + $1) }
  }

  /// ADX: an undefined index counts 0 at the start, and later leaves the average as it is.
  static func rating(_ bars: BarSeries) -> Column {
    let index = index(bars)
    var average: Double?
    return index.indices.map { i in
      guard i >= 27 else { return nil }
      if let before = average {
        if let now = index[i], !now.isNaN { average = (before * 13 + now) / 14 }
      } else {
        average = mean(index[14...27].map { $0.map { $0.isNaN ? 0 : $0 } ?? .nan })
      }
      return average
    }
  }

  static func channel(_ t: [Double]) -> Double {
    let m = mean(t)
    let deviation = mean(t.map { abs($0 - m) })
    return t.allSatisfy { $0 == t[0] } ? 0 : (t[13] - m) / (0.015 * deviation)
  }

  static func onBalance(_ bars: BarSeries) -> Column {
    let c = bars.close
    let signed: [Double] = c.indices.map { i in
      let direction: Double = i == 0 ? 1 : (c[i] - c[i - 1]).signum
      return direction * bars.volume[i]
    }
    return c.indices.map { i in signed[0...i].reduce(0, +) }
  }

  static func flowLine(_ bars: BarSeries) -> Column {
    var line = 0.0
    return bars.close.indices.map { i in
      let (h, l, c) = (bars.high[i], bars.low[i], bars.close[i])
      if h > l { line += bars.volume[i] * (2 * c - h - l) / (h - l) }
      return line
    }
  }

  /// Wilder's rules as he gives them, with a branch for each side.
  static func parabolic(_ h: [Double], _ l: [Double], _ step: Double, _ most: Double) -> Column {
    let (up, down) = (h[1] - h[0], l[0] - l[1])
    var isLong = !(down > 0 && down > up)
    var (stop, extreme, pace) = (isLong ? l[0] : h[0], isLong ? h[1] : l[1], step)
    var figures: Column = [nil]
    for i in 1..<h.count {
      // In the second bar there is no bar before the last.
      let before = i == 1 ? 1 : i - 1
      if isLong, l[i] <= stop {
        isLong = false
        stop = [extreme, h[before], h[i]].max()!
        figures.append(stop)
        (extreme, pace) = (l[i], step)
        stop = [stop + pace * (extreme - stop), h[before], h[i]].max()!
      } else if !isLong, h[i] >= stop {
        isLong = true
        stop = [extreme, l[before], l[i]].min()!
        figures.append(stop)
        (extreme, pace) = (h[i], step)
        stop = [stop + pace * (extreme - stop), l[before], l[i]].min()!
      } else if isLong {
        figures.append(stop)
        if h[i] > extreme { (extreme, pace) = (h[i], Swift.min(pace + step, most)) }
        stop = [stop + pace * (extreme - stop), l[before], l[i]].min()!
      } else {
        figures.append(stop)
        if l[i] < extreme { (extreme, pace) = (l[i], Swift.min(pace + step, most)) }
        stop = [stop + pace * (extreme - stop), h[before], h[i]].max()!
      }
    }
    return figures
  }
}

extension Double {
  /// −1, 0 or 1.
  fileprivate var signum: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}

/// Ehlers' dominant cycle with a column for each quantity, indexed by the bar; before the first bar everything is 0.
struct Cycle {
  private var price: [Double]
  private var inPhase, quadrature, period: [Double]
  private let begin: Int
  /// The first bar whose detrended price is rounding alone: from there on phase and period are, too.
  private var end: Int

  init(_ close: [Double], from begin: Int) {
    self.begin = begin
    price = close
    let count = close.count
    end = count
    let zero = [Double](repeating: 0, count: count)
    var (smooth, detrended, advancedI, advancedQ) = (zero, zero, zero, zero)
    var (i2, q2, re, im) = (zero, zero, zero, zero)
    (inPhase, quadrature, period) = (zero, zero, zero)
    func past(_ x: [Double], _ i: Int) -> Double { i < 0 ? 0 : x[i] }
    for i in begin..<Swift.max(begin, count) {
      let last = past(period, i - 1)
      let adjust = 0.075 * last + 0.54
      func hilbert(_ x: [Double]) -> Double {
        adjust * (0.0962 * x[i] + 0.5769 * past(x, i - 2) - 0.5769 * past(x, i - 4) - 0.0962 * past(x, i - 6))
      }
      smooth[i] = (4 * close[i] + 3 * close[i - 1] + 2 * close[i - 2] + close[i - 3]) / 10
      detrended[i] = hilbert(smooth)
      if i >= begin + 6, abs(detrended[i]) < 1e-9 * close[i] { end = Swift.min(end, i) }
      quadrature[i] = hilbert(detrended)
      inPhase[i] = past(detrended, i - 3)
      advancedI[i] = hilbert(inPhase)
      advancedQ[i] = hilbert(quadrature)
      i2[i] = 0.2 * (inPhase[i] - advancedQ[i]) + 0.8 * past(i2, i - 1)
      q2[i] = 0.2 * (quadrature[i] + advancedI[i]) + 0.8 * past(q2, i - 1)
      re[i] = 0.2 * (i2[i] * past(i2, i - 1) + q2[i] * past(q2, i - 1)) + 0.8 * past(re, i - 1)
      im[i] = 0.2 * (i2[i] * past(q2, i - 1) - q2[i] * past(i2, i - 1)) + 0.8 * past(im, i - 1)
      var next = last
      if re[i] != 0, im[i] != 0 { next = 2 * .pi / atan(im[i] / re[i]) }
      next = Swift.max(Swift.min(next, 1.5 * last), 0.67 * last)
      next = Swift.max(Swift.min(next, 50), 6)
      period[i] = 0.2 * next + 0.8 * last
    }
  }

  /// 0.33 period + 0.67 of the figure before.
  private var smoothed: [Double] {
    var last = 0.0
    return period.map { period in
      last = 0.33 * period + 0.67 * last
      return last
    }
  }

  func smoothedPeriods(lookBack: Int) -> Definitions.Column {
    smoothed.enumerated().map { $0 < lookBack ? nil : $0 < end ? $1 : .nan }
  }

  func averages() -> (mama: Definitions.Column, fama: Definitions.Column) {
    var (phase, mama, fama) = (0.0, 0.0, 0.0)
    var columns: (mama: Definitions.Column, fama: Definitions.Column) = ([], [])
    for i in price.indices {
      if i >= begin {
        let next = inPhase[i] == 0 ? 0 : atan(quadrature[i] / inPhase[i]) * 180 / .pi
        let fall = Swift.max(phase - next, 1)
        phase = next
        let share = Swift.max(0.5 / fall, 0.05)
        mama = share * price[i] + (1 - share) * mama
        fama = share / 2 * mama + (1 - share / 2) * fama
      }
      columns.mama.append(i < 32 ? nil : i < end ? mama : .nan)
      columns.fama.append(i < 32 ? nil : i < end ? fama : .nan)
    }
    return columns
  }

  func trendline() -> Definitions.Column {
    var trends = [0.0, 0.0, 0.0]
    let smoothed = smoothed
    return price.indices.map { i in
      guard i >= begin else { return nil }
      let bars = Int(smoothed[i] + 0.5)
      trends.append(bars == 0 ? 0 : Definitions.mean(Array(price[(i - bars + 1)...i])))
      let last = Array(trends.suffix(4))
      return i < 63 ? nil : (4 * last[3] + 3 * last[2] + 2 * last[1] + last[0]) / 10
    }
  }
}
