import Foundation
import Statistics
import Testing

@Suite("Histograms")
struct HistogramTests {
  @Test("edges are regular in asinh(ln x/scale), with 1 at the centre of the middle bin")
  func edges() {
    let bins = HistogramBins.standard
    #expect(bins.count == 879 && bins.edges.count == 878)
    #expect(bins.edges[0] <= 1e-4 && bins.edges[877] >= 1e4)
    for (index, edge) in bins.edges.enumerated() {
      let place = 64 * asinh(log(edge) / 0.02)
      #expect(abs(place - (Double(index) - 438.5)) < 1e-6)
    }
    let middle = bins.index(of: 1)
    #expect(middle == 439)
    #expect(abs(bins.edges[middle] - bins.edges[middle - 1] - 0.02 / 64) < 1e-7)
  }

  @Test(
    "the table finds the bin that a search through the edges finds, for every edge, its neighbours and any number",
    arguments: [(0.02, 64, 1e4), (0.01, 600, 1e9), (3, 2, 1.5)])
  func index(scale: Double, perUnit: Double, reach: Double) {
    let bins = HistogramBins(scale: scale, perUnit: perUnit, reach: reach)
    func search(_ x: Double) -> Int {
      var low = 0
      var high = bins.edges.count
      while low < high {
        let middle = (low + high) / 2
        if bins.edges[middle] <= x { low = middle + 1 } else { high = middle }
      }
      return low
    }
    var random = SplitMix64(seed: 21)
    var numbers = bins.edges.flatMap { [$0.nextDown, $0, $0.nextUp] }
    numbers += (0..<20_000).map { _ in exp(random.normal() * pow(10, 2 - 6 * random.uniform())) }
    numbers += [0, -0.0, -1, -.infinity, .infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1]
    let wrong = numbers.filter { bins.index(of: $0) != search($0) }
    #expect(wrong.isEmpty, "\(wrong.count) of \(numbers.count), such as \(wrong.prefix(5))")
  }

  static func sample(_ count: Int, seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { index in index % 50 == 0 ? -random.uniform() : exp(0.3 * random.normal()) }
  }

  static func histogram(_ values: some Sequence<Double>) -> Histogram {
    var histogram = Histogram()
    for value in values { histogram.add(value) }
    return histogram
  }

  @Test("parts merged in any order, of any cut, are the histogram of the whole")
  func merging() {
    let values = Self.sample(5000, seed: 22)
    let whole = Self.histogram(values)
    var random = SplitMix64(seed: 23)
    for _ in 0..<20 {
      let cuts = ([0, 5000] + (0..<6).map { _ in Int.random(in: 0...5000, using: &random) }).sorted()
      var parts = zip(cuts, cuts.dropFirst()).map { Self.histogram(values[$0..<$1]) }
      parts.shuffle(using: &random)
      var merged = Histogram()
      for part in parts { merged.merge(part) }
      let isTheWhole = merged == whole && merged.bytes == whole.bytes
      #expect(isTheWhole, "cut at \(cuts)")
    }
    #expect(Self.histogram(values.shuffled(using: &random)) == whole && whole.total == 5000)
  }

  @Test("quantiles are those of the sample to the width of a bin; what lies under 0 counts as 0")
  func quantiles() throws {
    let values = Self.sample(20_000, seed: 24)
    let histogram = Self.histogram(values)
    let sorted = SortedSample(values)
    for level in [0.05, 0.25, 0.5, 0.75, 0.95, 0.999] {
      let ours = try #require(histogram.quantile(level))
      let exact = try #require(sorted.quantile(level).value)
      let bin = histogram.bins.index(of: exact)
      let width = histogram.bins.edges[bin] - histogram.bins.edges[bin - 1]
      #expect(abs(ours - exact) <= width, "\(level): \(ours) against \(exact)")
    }
    #expect(histogram.quantile(0.01) == 0 && Histogram().quantile(0.5) == nil)
    #expect(Self.histogram([1e300, 1e300]).quantile(0.5) == HistogramBins.standard.edges.last)
    #expect(abs(try #require(Self.histogram([1, 1, 1]).quantile(0.5)) - 1) < 1e-7)
  }

  @Test("bytes give the histogram back, bit for bit, and are few")
  func bytes() throws {
    for values in [[], [1], [0, 1e9], Self.sample(3000, seed: 25)] {
      let histogram = Self.histogram(values)
      #expect(try Histogram(bytes: histogram.bytes) == histogram)
    }
    var full = Histogram(bins: .standard, counts: [UInt32](repeating: .max, count: 879))
    #expect(try Histogram(bytes: full.bytes) == full)
    full = Self.histogram([0.5, 0.5, 2])
    // Version 1, 879 bins, then bin, count, distance, count.
    let low = UInt64(HistogramBins.standard.index(of: 0.5) + 1)
    let distance = UInt64(HistogramBins.standard.index(of: 2)) + 1 - low
    func number(_ value: UInt64) -> [UInt8] { [UInt8(value & 0x7F) | 0x80, UInt8(value >> 7)] }
    #expect(full.bytes == [1] + number(879) + number(low) + [2] + number(distance) + [1])
  }

  @Test("bytes that are no histogram are refused, each with its reason")
  func damagedBytes() {
    func refusal(_ bytes: [UInt8]) -> HistogramBytesError? {
      do throws(HistogramBytesError) {
        _ = try Histogram(bytes: bytes)
        return nil
      } catch { return error }
    }
    let good = Self.histogram([0.9, 1.1]).bytes
    #expect(refusal([]) == .damaged(offset: 0))
    #expect(refusal([2] + good.dropFirst()) == .unknownVersion(2))
    #expect(refusal([1, 5]) == .differentBins(expected: 879, found: 5))
    #expect(refusal(Array(good.dropLast())) == .damaged(offset: good.count - 1))
    #expect(refusal(good + [0, 1]) == .damaged(offset: good.count))
    #expect(refusal(good + [1, 0]) == .damaged(offset: good.count))
    #expect(refusal(good + [0xFF, 0x7F, 1]) == .damaged(offset: good.count))
    #expect(refusal(good + [1] + [UInt8](repeating: 0xFF, count: 12)) == .damaged(offset: good.count + 1))
    #expect(refusal(good + [1, 0x80, 0x80, 0x80, 0x80, 0x10]) == .damaged(offset: good.count))
    var random = SplitMix64(seed: 26)
    for _ in 0..<20_000 {
      // Any bytes at all: an answer or an error, never a trap.
      var bytes = good
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      _ = refusal(bytes)
    }
  }
}
