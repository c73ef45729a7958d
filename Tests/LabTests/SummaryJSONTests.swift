import Foundation
import Lab
import Randomness
import Testing
import Trading

@Suite("A summary as JSON")
struct SummaryJSONTests {
  /// The title holds what the list of desks is found by.
  ///
  /// Planted mistake: desks put in without commas between them.
  @Test("is what the encoder writes in one go, whatever the number of threads", arguments: [1, 2, 8])
  func inOneGo(threads: Int) throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let study = try folder.write(
      "study.json", SmallScenario.study().replacing("\"Small study\"", with: #""\"desks\":[1] and desks\":[2""#))
    let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(paths: 16, threads: 1))
    #expect(summary.title == #""desks":[1] and desks":[2"#)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(try summary.json(threads: threads) == encoder.encode(summary) + Data("\n".utf8))
  }

  private static func trace(_ trades: [Trade]) -> Trace {
    Trace(
      path: 3, seconds: [0, 60], prices: [AssetSeries(asset: #""trades":[]"#, values: [1, 2])], equity: [1, 0.5],
      positions: [], trades: trades, markers: [], parameters: [], text: #"said "trades":[] twice: "trades":[]"#)
  }

  private static func trade(_ numbers: [Double], _ asset: String, _ reason: Fill.Reason) -> Trade {
    Trade(
      seconds: numbers[0], asset: asset, quantity: numbers[1], price: numbers[2], midAtDecision: numbers[3],
      reason: reason)
  }

  /// Numbers of every size, names of every kind.
  ///
  /// Planted mistakes: whole numbers with `.0`; names without escapes.
  @Test("writes a path's trades as the encoder does")
  func trades() throws {
    var numbers: [Double] = [
      0, -0.0, 1, -1, 100, 1e15, 1e16, 123_456_789, 0.1, 1e-5, 1e-4, .leastNonzeroMagnitude, 1.7976931348623157e308,
    ]
    numbers += [9_007_199_254_740_992, 1e21, 1e22, 2.5e-8, -1e300, 12_345_678_901_234_567_168]
    var chance = SplitMix64(seed: 11)
    while numbers.count < 4000 {
      let number = Double(bitPattern: chance.next())
      if number.isFinite { numbers.append(number) }
    }
    let names = ["AAA", #"quote " and \ and /"#, "Ü €", "tab\tand\u{1}", ""]
    let trades = (0..<1000).map { index in
      Self.trade(
        Array(numbers[4 * index..<4 * index + 4]), names[index % names.count],
        Fill.Reason.allCases[index % Fill.Reason.allCases.count])
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for count in [0, 1, 2, 1000] {
      let trace = Self.trace(Array(trades.prefix(count)))
      #expect(try trace.json() == encoder.encode(trace), "\(count)")
    }
    #expect(throws: EncodingError.self) { try Self.trace([Self.trade([0, 1, .infinity, 1], "AAA", .order)]).json() }
  }
}
