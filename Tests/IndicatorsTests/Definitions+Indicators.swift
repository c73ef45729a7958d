import Foundation
import MarketData

extension Definitions {
  /// The output columns of an indicator with its default parameters.
  static func columns(_ name: String, _ bars: BarSeries) -> [Column] {
    let (o, h, l, c) = (bars.open, bars.high, bars.low, bars.close)
    let close: Column = c
    switch name {
    case "SMA": return [sma(close, 30)]
    case "EMA": return [ema(close, 30)]
    case "WMA": return [window(close, 30, wma)]
    case "DEMA":
      let first = ema(close, 30)
      return [combine(first, ema(first, 30)) { 2 * $0 - $1 }]
    case "TEMA":
      let first = ema(close, 30)
      let second = ema(first, 30)
      return [combine(combine(first, second) { 3 * ($0 - $1) }, ema(second, 30), +)]
    case "TRIMA":
      // Weights 1, 2, …, 15, 15, …, 2, 1.
      let weights = (0..<30).map { Double(Swift.min($0 + 1, 30 - $0)) }
      return [window(close, 30) { zip($0, weights).map(*).reduce(0, +) / weights.reduce(0, +) }]
    case "T3": return [tillson(close, 5, 0.7)]
    case "KAMA": return [kaufman(c, 30)]
    case "MAMA": return [Cycle(c, from: 12).averages().mama]
    case "FAMA": return [Cycle(c, from: 12).averages().fama]
    case "HT_DCPERIOD": return [Cycle(c, from: 12).smoothedPeriods(lookBack: 32)]
    case "HT_TRENDLINE": return [Cycle(c, from: 37).trendline()]
    case "BBANDS":
      let (middle, deviation) = (sma(close, 20), window(close, 20) { variance($0).squareRoot() })
      return [combine(middle, deviation) { $0 + 2 * $1 }, middle, combine(middle, deviation) { $0 - 2 * $1 }]
    case "MIDPOINT": return [window(close, 14) { ($0.max()! + $0.min()!) / 2 }]
    case "MIDPRICE": return [combine(window(h, 14) { $0.max()! }, window(l, 14) { $0.min()! }) { ($0 + $1) / 2 }]
    case "SAR": return [parabolic(h, l, 0.02, 0.2)]
    case "MACD":
      let lead = combine(ema(close, 12, skipping: 14), ema(close, 26), -)
      let signal = ema(lead, 9)
      return [zip(lead, signal).map { $1 == nil ? nil : $0 }, signal, combine(lead, signal, -)]
    case "RSI": return [strength(close, 14)]
    case "CMO":
      let (gain, loss) = gains(close, 14)
      return [combine(gain, loss) { $0 + $1 == 0 ? 0 : 100 * ($0 - $1) / ($0 + $1) }]
    case "STOCH":
      let k = sma(position(close, h, l, 5), 3)
      return together(k, sma(k, 3))
    case "STOCHF":
      let k = position(close, h, l, 5)
      return together(k, sma(k, 3))
    case "STOCHRSI":
      let strength = strength(close, 14)
      let k = position(strength, strength, strength, 5)
      return together(k, sma(k, 3))
    case "WILLR":
      let (high, low) = (window(h, 14) { $0.max()! }, window(l, 14) { $0.min()! })
      let range = combine(high, low, -)
      return [combine(range, combine(high, close, -)) { $0 == 0 ? 0 : -100 * $1 / $0 }]
    case "CCI": return [window(typical(bars), 14, channel)]
    case "ROC": return [combine(close, delayed(close, 10)) { 100 * ($0 - $1) / $1 }]
    case "ROCP": return [combine(close, delayed(close, 10)) { ($0 - $1) / $1 }]
    case "MOM": return [combine(close, delayed(close, 10), -)]
    case "PPO": return [combine(sma(close, 12), sma(close, 26)) { 100 * ($0 - $1) / $1 }]
    case "APO": return [combine(sma(close, 12), sma(close, 26), -)]
    case "TRIX":
      let third = ema(ema(ema(close, 30), 30), 30)
      return [combine(third, delayed(third, 1)) { 100 * ($0 - $1) / $1 }]
    case "ULTOSC": return [ultimate(bars)]
    case "MFI": return [moneyFlow(bars, 14)]
    case "AROON": return [aroon(l, 14, <), aroon(h, 14, >)]
    case "AROONOSC": return [combine(aroon(h, 14, >), aroon(l, 14, <), -)]
    case "PLUS_DM": return [wilderSum(movement(h, l).plus, 14, from: 13)]
    case "MINUS_DM": return [wilderSum(movement(h, l).minus, 14, from: 13)]
    case "PLUS_DI": return [directional(bars).plus]
    case "MINUS_DI": return [directional(bars).minus]
    case "DX":
      var last = 0.0
      return [
        index(bars).map {
          $0.map {
            if !$0.isNaN { last = $0 }; return last
          }
        }
      ]
    case "ADX": return [rating(bars)]
    case "ADXR": return [combine(rating(bars), delayed(rating(bars), 13)) { ($0 + $1) / 2 }]
    case "BOP": return [c.indices.map { h[$0] > l[$0] ? (c[$0] - o[$0]) / (h[$0] - l[$0]) : 0 }]
    case "TRANGE": return [trueRange(bars)]
    case "ATR": return [wilder(trueRange(bars), 14)]
    case "NATR": return [combine(wilder(trueRange(bars), 14), close) { 100 * $0 / $1 }]
    case "OBV": return [onBalance(bars)]
    case "AD": return [flowLine(bars)]
    case "ADOSC":
      let line = flowLine(bars)
      let lead = combine(ema(line, 1, share: 0.5), ema(line, 1, share: 2 / 11.0), -)
      return [lead.enumerated().map { index, figure in index < 9 ? nil : figure }]
    case "LINEARREG": return [window(close, 14) { line($0).start + 13 * line($0).slope }]
    case "LINEARREG_SLOPE": return [window(close, 14) { line($0).slope }]
    case "LINEARREG_ANGLE": return [window(close, 14) { atan(line($0).slope) * 180 / .pi }]
    case "LINEARREG_INTERCEPT": return [window(close, 14) { line($0).start }]
    case "TSF": return [window(close, 14) { line($0).start + 14 * line($0).slope }]
    case "STDDEV": return [window(close, 5) { variance($0).squareRoot() }]
    case "VAR": return [window(close, 5, variance)]
    case "BETA":
      let (x, y) = (returns(h), returns(l))
      return [pairs(x, y, 5) { 25 * variance($0) < 1e-14 ? 0 : covariance($0, $1) / variance($0) }]
    case "CORREL":
      return [
        pairs(h, l, 30) { x, y in
          let product = variance(x) * variance(y)
          return 900 * product < 1e-14 ? 0 : covariance(x, y) / product.squareRoot()
        }
      ]
    case "TYPPRICE": return [typical(bars)]
    case "MEDPRICE": return [c.indices.map { (h[$0] + l[$0]) / 2 }]
    case "AVGPRICE": return [c.indices.map { (o[$0] + h[$0] + l[$0] + c[$0]) / 4 }]
    case "WCLPRICE": return [c.indices.map { (h[$0] + l[$0] + 2 * c[$0]) / 4 }]
    case "MAX": return [window(close, 30) { $0.max()! }]
    case "MIN": return [window(close, 30) { $0.min()! }]
    default: return []
    }
  }

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
      return range == 0 ? 0 : range < 1e-9 ? .nan : 100 * (x - bottom) / range
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
      return all < 1 ? 0 : 100 * into / all
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
