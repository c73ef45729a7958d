import Glibc
import Randomness
import Statistics
import Testing

@Suite("Two series") struct TwoSeriesTests {
  private static let key = RandomStreams(seed: 11, namespace: .test).key("two series")

  private static func compare(_ first: [Double], _ second: [Double], levels: [Double] = [0.5], path: UInt64 = 0)
    -> TwoSeries
  {
    var stream = SparseStream(key, path: path)
    return TwoSeries(first, second, levels: levels, &stream)
  }

  /// Fractions that fill 0…1 evenly, in an order without memory.
  private static let first = (1...400).map { Double($0 * 7919 % 1009) / 1009 }
  private static let second = (1...120).map { pow(Double($0 * 6007 % 997) / 997, 1.3) }

  /// scipy 1.17.1: `ks_2samp(a, b)` has the distance 0.12, and 0.1302 by the limit or 0.1296 exactly; numpy's
  /// `quantile(…, method="inverted_cdf")` the quantiles.
  @Test("distance, its law for independent numbers, and quantiles are those of scipy and numpy") func scipy() {
    let series = Self.compare(Self.first, Self.second, levels: [0.05, 0.5, 0.95])
    #expect(abs(series.distance - 0.12) < 1e-12)
    // Stephens' correction lies within 0.004 of both.
    #expect(abs(series.probabilityOfIndependent - 0.1296) < 0.006)
    let known = [
      (0.05054509415262636, 0.010976566078515916), (0.5014866204162537, 0.3876902628399628),
      (0.9514370664023786, 0.9148099497329667),
    ]
    for (line, known) in zip(series.quantiles, known) {
      #expect(abs(line.first - known.0) < 1e-12 && abs(line.second - known.1) < 1e-12, "\(line)")
    }
    #expect(series.counts.first == 400 && series.counts.second == 120)
  }

  /// 200 pairs; a share of 0.05 has a standard error of 0.015.
  @Test("of numbers without memory the p-value is as often small as it says") func independent() {
    var stream = SparseStream(Self.key, path: 1 << 20)
    var (alarms, distance) = (0, 0.0)
    for path in 0..<200 {
      let numbers = (0..<360).map { _ in stream.uniform() }
      let series = Self.compare(Array(numbers[..<300]), Array(numbers[300...]), path: UInt64(path))
      if series.probability < 0.05 { alarms += 1 }
      distance += abs(series.probability - series.probabilityOfIndependent) / 200
    }
    #expect((1...22).contains(alarms), "\(alarms)")
    #expect(distance < 0.1, "\(distance)")
  }

  /// Volatility is random with a half-life of 23 steps: as if they were independent, some 40 of 100 pairs of one law are told
  /// apart under 0.05. By the stretches it is 5, with a standard error of 2.2: under 14.
  @Test("where wild times last, stretches of one law are no news, though independent ones would be") func memory() {
    var (naive, stretches) = (0, 0)
    for path in 0..<100 {
      var stream = SparseStream(Self.key, path: 1 << 21 + UInt64(path))
      let series = Self.wild(1100, &stream)
      let compared = Self.compare(
        series[..<1000].map { abs($0) }, series[1000...].map { abs($0) }, path: UInt64(path))
      if compared.probabilityOfIndependent < 0.05 { naive += 1 }
      if compared.shareOfStretches ?? 1 < 0.05 { stretches += 1 }
      #expect(compared.block > 1)
    }
    #expect(naive > 20 && stretches < 14, "\(naive) \(stretches)")
  }

  @Test("what varies twice as much is found by both answers, and its outer quantiles are unusual") func drift() {
    var stream = SparseStream(Self.key, path: 1 << 22)
    let series = (0..<2200).map { $0 < 2000 ? Self.normal(&stream) : 2 * Self.normal(&stream) }
    let compared = Self.compare(Array(series[..<2000]), Array(series[2000...]), levels: [0.05, 0.5, 0.95])
    #expect(compared.probability < 0.01 && compared.shareOfStretches == 0)
    #expect(compared.quantiles.map(\.isUnusual) == [true, false, true], "\(compared.quantiles)")
  }

  @Test("with less history than four stretches nothing is said of stretches") func short() {
    let compared = Self.compare(Array(Self.first[..<399]), Array(Self.first[299...]))
    #expect(compared.shareOfStretches == nil && compared.quantiles[0].usual == nil && !compared.quantiles[0].isUnusual)
    #expect(Self.compare(Array(Self.first[..<400]), Array(Self.first[300...])).shareOfStretches != nil)
  }

  @Test("the same numbers draw the same answer") func repeated() {
    let (one, other) = (Self.compare(Self.first, Self.second), Self.compare(Self.first, Self.second))
    #expect(one.probability == other.probability && one.quantiles == other.quantiles)
  }

  private static func normal(_ stream: inout SparseStream) -> Double {
    (-2 * log(stream.uniform())).squareRoot() * cos(2 * .pi * stream.uniform())
  }

  private static func wild(_ count: Int, _ stream: inout SparseStream) -> [Double] {
    var logarithm = 0.0
    return (-500..<count).compactMap { step in
      logarithm = 0.97 * logarithm + 0.15 * normal(&stream)
      let value = exp(logarithm) * normal(&stream)
      return step < 0 ? nil : value
    }
  }
}
