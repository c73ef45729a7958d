import Foundation
import Lab
import Lanes
import Markets
import Testing

/// The examples of docs/writing-a-stress.md: each is valid, and does what the text says of it.
@Suite("The examples of how to write a stress")
struct StressExamplesTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Name and text of each.
  private static let examples = Result { () throws -> [(name: String, text: String)] in
    let page = try String(contentsOf: root.appendingPathComponent("docs/writing-a-stress.md"), encoding: .utf8)
    let expression = try NSRegularExpression(pattern: "(?s)`([a-z-]+\\.json)`:\n\n```json\n(.*?)```")
    let whole = page as NSString
    return expression.matches(in: page, range: NSRange(location: 0, length: whole.length)).map {
      (whole.substring(with: $0.range(at: 1)), whole.substring(with: $0.range(at: 2)))
    }
  }

  /// Eight paths of a market, step by step: closes, half-spreads and depths by asset in the order of names.
  private struct Lived {
    var bars: [[AssetStep]] = []
    var starts: [ContiguousArray<Lanes>] = []
    let steps: Int
    let stepSeconds: Double

    init(_ name: String, severity: Double) throws {
      let folder = try TemporaryFolder()
      for example in try examples.get() { try folder.write(example.name, example.text) }
      let file = try StudyFile(reading: [folder.path(name)], repository: nil)
      let tile = try Market(scenario: file.scenarios[0].scenario, severity: severity, seed: 1).makeTile(groups: 1)
      steps = tile.description.clock.steps
      stepSeconds = tile.description.clock.stepSeconds
      tile.reset(firstPath: 0)
      while tile.step < steps - 1 {
        tile.advance()
        if tile.step >= 0 { bars.append(Array(tile.bars)) }
      }
      starts = tile.description.events.indices.map { tile.eventStart($0) }
    }

    /// Log of one price over another's, path by path.
    func shift(_ calm: Lived, _ asset: Int, _ step: Int, _ price: KeyPath<AssetStep, Lanes>) -> [Double] {
      (0..<8).map { log(bars[step][asset][keyPath: price][$0] / calm.bars[step][asset][keyPath: price][$0]) }
    }
  }

  private static func both(_ name: String) throws -> (struck: Lived, calm: Lived) {
    (try Lived(name, severity: 1), try Lived(name, severity: 0))
  }

  /// ACME, BANK, PEER in the order of their names.
  private static let (acme, bank, peer) = (0, 1, 2)

  @Test("are seven files, each of which is valid and can be run")
  func valid() throws {
    let examples = try Self.examples.get()
    #expect(
      examples.map(\.name) == [
        "market.json", "two-laggards.json", "dry-week.json", "squeeze.json", "bear-market.json", "aftermath.json",
        "makers-leave.json",
      ])
    let folder = try TemporaryFolder()
    for example in examples { try folder.write(example.name, example.text) }
    for example in examples {
      let file = try StudyFile(reading: [folder.path(example.name)], repository: nil)
      #expect(throws: Never.self) { try RunPlan(file, RunSettings(paths: 16)) }
    }
  }

  @Test(
    "a gap and two that follow: a quarter at the open, half of it ten minutes later, a fifth of it half an hour later")
  func laggards() throws {
    let (struck, calm) = try Self.both("two-laggards.json")
    let whole = log(0.75)
    for (asset, step, share) in [
      (Self.acme, 77, 0.0), (Self.acme, 78, 1), (Self.peer, 79, 0), (Self.peer, 80, 0.5), (Self.bank, 83, 0),
      (Self.bank, 84, 0.2), (Self.acme, 311, 1), (Self.peer, 311, 0.5),
    ] {
      for shift in struck.shift(calm, asset, step, \.open) + struck.shift(calm, asset, step, \.close) {
        #expect(abs(shift - share * whole) < 1e-12, "asset \(asset), step \(step)")
      }
    }
  }

  @Test(
    "a dry week: no price is another, spreads are eight times as wide and a tenth of the book is there for five days")
  func dryWeek() throws {
    let (struck, calm) = try Self.both("dry-week.json")
    for step in 0..<struck.steps {
      for asset in 0..<3 {
        let (now, usual) = (struck.bars[step][asset], calm.bars[step][asset])
        #expect(now.close == usual.close && now.high == usual.high && now.low == usual.low)
      }
    }
    // From 2 d 3 h on for five sessions of thirteen half-hours.
    for step in [32, 60, 96] {
      let (now, usual) = (struck.bars[step][0], calm.bars[step][0])
      #expect(abs((now.halfSpread / usual.halfSpread)[3] - 8) < 1e-9)
      #expect(abs((now.depth / usual.depth)[3] - 0.1) < 1e-9)
    }
    #expect(struck.bars[25][0].depth == calm.bars[25][0].depth && struck.bars[115][0].depth == calm.bars[115][0].depth)
  }

  @Test("a squeeze: up, up again and down at three opens, while the stock moves more and the book is thin")
  func squeeze() throws {
    let (struck, calm) = try Self.both("squeeze.json")
    // Events by name: end, first, second, thin, wild. An open after the gaps has wilder moves in it than the calm one.
    for (event, open) in [(1, 78.0), (2, 156), (0, 234), (4, 78), (3, 78)] {
      for path in 0..<8 { #expect(struck.starts[event][0][path] == open, "event \(event)") }
    }
    let gap = { (step: Int) in
      (0..<8).map { path -> Double in
        struck.bars[step][0].open[path] / struck.bars[step - 1][0].close[path] - 1
      }
    }
    // The nights' own moves are four times 0.3·√(0.35/252), 4.5 %: 20 % is beyond four standard deviations.
    #expect(gap(78).allSatisfy { $0 > 0.1 } && gap(234).allSatisfy { $0 < 0.05 })
    let range = { (lived: Lived) in
      (80..<200).reduce(0.0) { $0 + log(lived.bars[$1][0].high / lived.bars[$1][0].low)[0] }
    }
    #expect((3.5...4.5).contains(range(struck) / range(calm)))
    #expect(struck.bars[100][1].depth == calm.bars[100][1].depth)
  }

  /// ln 0.67 at the trough; at the end the share of log price that is a tenth of the lost price is back, less what waits.
  @Test("a slow bear market: a third is lost on a line over 120 sessions, and the others follow")
  func bear() throws {
    let (struck, calm) = try Self.both("bear-market.json")
    let start = struck.starts[0][0]
    for path in 0..<8 {
      let (first, trough) = (Int(start[path]) + 1, Int(start[path] + 120))
      #expect(start[path] >= 20 && start[path] < 60)
      let shifts = [first + 59, trough].map { struck.shift(calm, Self.acme, $0, \.close)[path] }
      #expect(abs(shifts[0] / log(0.67) - 0.5) < 0.01 && abs(shifts[1] / log(0.67) - 1) < 0.01)
      let later = struck.shift(calm, Self.peer, trough + 5, \.close)[path]
      #expect(abs(later / (0.9 * log(0.67)) - 1) < 0.01)
    }
  }

  @Test("the aftermath starts where the crash is at its worst, and all three move four times as much")
  func aftermath() throws {
    let (struck, calm) = try Self.both("aftermath.json")
    var ratios = [0.0, 0, 0]
    for path in 0..<8 {
      #expect(abs(struck.starts[1][0][path] - struck.starts[0][0][path] - 2) < 1e-9)
      let first = Int(struck.starts[1][0][path]) + 1
      for asset in 0..<3 {
        let sums = [struck, calm].map { lived in
          (first..<first + 23).reduce(0.0) {
            $0 + log(lived.bars[$1][asset].high / lived.bars[$1][asset].low)[path]
          }
        }
        ratios[asset] += sums[0] / sums[1] / 8
      }
    }
    // The crash comes back meanwhile, on a line that widens ACME's ranges a little.
    #expect(ratios.allSatisfy { (3.6...4.8).contains($0) }, "\(ratios)")
  }

  @Test("makers leave five minutes after the step in which the stock is 4 % under its highest, and on no other path")
  func makersLeave() throws {
    let (struck, calm) = try Self.both("makers-leave.json")
    var left = 0
    for path in 0..<8 {
      var highest = 0.0
      var expected = Double.infinity
      for (step, bars) in struck.bars.enumerated() {
        let bar = bars[Self.acme]
        highest = max(highest, bar.open[path])
        if expected == .infinity, bar.low[path] <= 0.96 * highest { expected = Double(step + 2) }
        highest = max(highest, bar.high[path])
      }
      #expect(struck.starts[0][0][path] == expected)
      guard expected < Double(struck.steps) else { continue }
      left += 1
      let (now, usual) = (struck.bars[Int(expected)][Self.acme], calm.bars[Int(expected)][Self.acme])
      #expect(abs(now.depth[path] / usual.depth[path] - 0.08) < 1e-9 && now.close[path] == usual.close[path])
    }
    #expect(left > 0 && left < 9)
  }
}
