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
      return [pairs(x, y, 5) { isLevel($0) ? 0 : covariance($0, $1) / variance($0) }]
    case "CORREL":
      return [
        pairs(h, l, 30) { x, y in
          isLevel(x) || isLevel(y) ? 0 : covariance(x, y) / (variance(x) * variance(y)).squareRoot()
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
}
