import Foundation
import MarketData

/// Indicators written straight from their definitions: each figure anew from the bars, slowly, with no state that is
/// carried on where the definition can do without. Nil in the look-back; NaN where a figure hangs on rounding alone.
enum Definitions {
  typealias Column = [Double?]

  // Means over windows of a column; a window with a nil in it has none.

  static func window(_ x: Column, _ n: Int, _ figure: ([Double]) -> Double) -> Column {
    x.indices.map { i in
      guard i + 1 >= n else { return nil }
      let part = x[(i + 1 - n)...i].compactMap(\.self)
      return part.count == n ? figure(part) : nil
    }
  }

  static func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

  static func sma(_ x: Column, _ n: Int) -> Column { window(x, n, mean) }

  /// By its weights: (1 − k)^m on the mean of the first n, k (1 − k)^j on the value j steps ago.
  static func exponential(_ x: Column, _ n: Int, share k: Double, skipping: Int = 0) -> Column {
    guard let begin = x.firstIndex(where: { $0 != nil }) else { return x }
    let values = x[(begin + Swift.min(skipping, x.count - begin))...].compactMap(\.self)
    let figures: [Double?] = values.indices.map { i in
      guard i + 1 >= n else { return nil }
      var sum = pow(1 - k, Double(i + 1 - n)) * mean(Array(values[0..<n]))
      for j in 0..<(i + 1 - n) {
        let weight: Double = k * pow(1 - k, Double(j))
        sum += weight * values[i - j]
      }
      return sum
    }
    return [Double?](repeating: nil, count: x.count - figures.count) + figures
  }

  static func ema(_ x: Column, _ n: Int, skipping: Int = 0) -> Column {
    exponential(x, n, share: 2 / Double(n + 1), skipping: skipping)
  }

  static func wilder(_ x: Column, _ n: Int) -> Column { exponential(x, n, share: 1 / Double(n)) }

  /// Wilder's sum: n − 1 values, then each later one fading by 1 − 1/n; from the n-th value on, or the one before.
  static func wilderSum(_ x: Column, _ n: Int, from first: Int) -> Column {
    let values = x.compactMap(\.self)
    let kept = 1 - 1 / Double(n)
    let figures: [Double?] = values.indices.map { i in
      guard i + 1 >= first else { return nil }
      let smoothed = Swift.max(0, i + 1 - (n - 1))
      var sum = values[0..<Swift.min(n - 1, i + 1)].reduce(0, +) * pow(kept, Double(smoothed))
      for j in 0..<smoothed { sum += values[i - j] * pow(kept, Double(j)) }
      return sum
    }
    return [Double?](repeating: nil, count: x.count - figures.count) + figures
  }

  static func combine(_ a: Column, _ b: Column, _ figure: (Double, Double) -> Double) -> Column {
    zip(a, b).map { a, b in if let a, let b { figure(a, b) } else { nil } }
  }

  static func delayed(_ x: Column, _ n: Int) -> Column {
    [Double?](repeating: nil, count: Swift.min(n, x.count)) + x.dropLast(n)
  }

  static func wma(_ x: [Double]) -> Double {
    let weights = (1...x.count).map(Double.init)
    return zip(x, weights).map(*).reduce(0, +) / weights.reduce(0, +)
  }

  /// The least-squares line through values at 0, 1, …: its height at 0 and its slope.
  static func line(_ y: [Double]) -> (start: Double, slope: Double) {
    let x = y.indices.map(Double.init)
    let (mx, my) = (mean(x), mean(y))
    let slope: Double = covariance(x, y) / variance(x)
    return (my - slope * mx, slope)
  }

  static func variance(_ x: [Double]) -> Double {
    let m = mean(x)
    return mean(x.map { ($0 - m) * ($0 - m) })
  }

  /// Whether all values are the same.
  static func isLevel(_ x: [Double]) -> Bool { x.allSatisfy { $0 == x[0] } }

  static func covariance(_ x: [Double], _ y: [Double]) -> Double {
    let (mx, my): (Double, Double) = (mean(x), mean(y))
    let products: [Double] = x.indices.map { (x[$0] - mx) * (y[$0] - my) }
    return mean(products)
  }

  /// Two columns as one of pairs, for windows over both.
  static func pairs(_ x: Column, _ y: Column, _ n: Int, _ figure: ([Double], [Double]) -> Double) -> Column {
    x.indices.map { i in
      guard i + 1 >= n else { return nil }
      let (a, b) = (x[(i + 1 - n)...i].compactMap(\.self), y[(i + 1 - n)...i].compactMap(\.self))
      return a.count == n && b.count == n ? figure(a, b) : nil
    }
  }
}
