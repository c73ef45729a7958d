import Foundation
import Randomness
import Statistics
import Testing

@Suite("The stationary bootstrap of a series")
struct StationaryBlocksTests {
  private static func stream(_ number: Int) -> SparseStream {
    SparseStream(RandomStreams(seed: 2, namespace: .test).key("blocks"), path: UInt64(number))
  }

  /// Of 400,000 neighbours; the share's standard error is under 0.0007. A new block may begin behind the old one's end by chance.
  @Test("blocks end with the chance that their mean length says, and the series is a ring", arguments: [1, 2.5, 20])
  func blocks(_ length: Double) {
    let blocks = StationaryBlocks(count: 100, meanBlock: length)
    var (breaks, neighbours) = (0, 0)
    var times = Array(repeating: 0, count: 100)
    for number in 0..<4040 {
      var stream = Self.stream(number)
      let places = blocks.places(&stream)
      #expect(places.count == 100)
      for place in places { times[place] += 1 }
      for (place, next) in zip(places, places.dropFirst()) {
        neighbours += 1
        if next != (place + 1) % 100 { breaks += 1 }
      }
    }
    #expect(abs(Double(breaks) / Double(neighbours) - 0.99 / length) < 0.004)
    // Every place comes as often, 4,040 times: the deviation of one is under √(4040·2·length).
    for count in times { #expect(abs(Double(count) - 4040) < 5 * (4040 * 2 * length).squareRoot()) }
  }

  /// Var = Σ over the ring of R(k)·((1 − k/n)(1 − p)^k + (k/n)(1 − p)^(n − k)), over n: Politis & Romano (1994), lemma 1, with the
  /// series' own circular covariances. 20,000 resamples know a variance to 1 %.
  @Test("the variance of a resample's mean is that of the closed form, within 4 %", arguments: [1, 3, 12.5])
  func variance(_ length: Double) {
    let n = 60
    let series = (0..<n).map { sin(Double($0) * 0.5) + 0.3 * cos(Double($0 * $0)) }
    let mean = series.reduce(0, +) / Double(n)
    let kept = 1 - 1 / length
    var expected = 0.0
    for lag in 0..<n {
      var covariance = 0.0
      for index in 0..<n { covariance += (series[index] - mean) * (series[(index + lag) % n] - mean) / Double(n) }
      let share = Double(lag) / Double(n)
      let weight =
        lag == 0 ? 1 : (1 - share) * pow(kept, Double(lag)) + share * pow(kept, Double(n - lag))
      expected += covariance * weight / Double(n)
    }
    let blocks = StationaryBlocks(count: n, meanBlock: length)
    var squares = 0.0
    for number in 0..<20_000 {
      var stream = Self.stream(number)
      let deviation = blocks.places(&stream).reduce(0) { $0 + series[$1] } / Double(n) - mean
      squares += deviation * deviation / 20_000
    }
    #expect(abs(squares / expected - 1) < 0.04)
  }

  /// `fixtures/statistics/block-lengths.json`: arch's `optimal_block_length`.
  @Test("the length of blocks is that of arch, to 1e-9")
  func lengths() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("fixtures/statistics/block-lengths.json")
    struct Fixture: Decodable {
      struct Series: Decodable {
        let name: String
        let values: [Double]
        let stationary: Double
      }
      let series: [Series]
    }
    let fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
    #expect(fixture.series.count > 5)
    for series in fixture.series {
      let found = StationaryBlocks.meanBlock(series.values)
      // Under 1 there is no block: theirs go down to 0.
      #expect(abs(found / max(1, series.stationary) - 1) < 1e-9, "\(series.name): \(found), not \(series.stationary)")
    }
    #expect(fixture.series.contains { $0.stationary > 8 } && fixture.series.contains { $0.stationary < 1 })
  }

  @Test("a series that tells nothing of lags is drawn one by one")
  func degenerate() {
    #expect(StationaryBlocks.meanBlock([]) == 1 && StationaryBlocks.meanBlock([1, 2, 3]) == 1)
    #expect(StationaryBlocks.meanBlock(Array(repeating: 0.5, count: 100)) == 1)
    #expect(StationaryBlocks(count: 1, meanBlock: 5).count == 1)
  }
}
