/// Sums of powers of values about their common mean, series by series.
struct PowerSums {
  /// A variance that is so little of the mean square was left by rounding.
  static let rounding = 1e-12

  private let centre: Double
  private let sums: [(count: Int, first: Double, second: Double, third: Double, fourth: Double)]

  init(_ series: [[Double]]) {
    let count = series.reduce(0) { $0 + $1.count }
    let centre = series.reduce(0) { $0 + $1.reduce(0, +) } / Double(max(count, 1))
    self.centre = centre
    sums = series.map { values in
      var sum = (count: values.count, first: 0.0, second: 0.0, third: 0.0, fourth: 0.0)
      for value in values {
        let x = value - centre
        sum.first += x
        sum.second += x * x
        sum.third += x * x * x
        sum.fourth += x * x * x * x
      }
      return sum
    }
  }

  /// How many values count, their mean, and the sums of squares and fourth powers about it.
  func moments(_ weights: [Int]) -> (count: Double, mean: Double, squares: Double, fourths: Double) {
    var (n, s1, s2, s3, s4) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (sum, weight) in zip(sums, weights) where weight > 0 {
      let w = Double(weight)
      n += w * Double(sum.count)
      s1 += w * sum.first
      s2 += w * sum.second
      s3 += w * sum.third
      s4 += w * sum.fourth
    }
    let d = n > 0 ? s1 / n : 0
    let squares = s2 - n * d * d > Self.rounding * s2 ? s2 - n * d * d : 0
    let fourths = s4 - 4 * d * s3 + 6 * d * d * s2 - 3 * n * d * d * d * d
    return (n, centre + d, squares, fourths)
  }
}
