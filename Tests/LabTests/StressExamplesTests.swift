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
    /// What was drawn, by path and JSON pointer.
    var drawn: [[String: Double]] = []
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
      drawn = (0..<8).map { path in
        Dictionary(uniqueKeysWithValues: tile.parameters(ofPath: path).map { ($0.path, $0.value) })
      }
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
    for step in 32..<97 {
      for (now, usual) in zip(struck.bars[step], calm.bars[step]) {
        for path in 0..<8 {
          #expect(abs((now.halfSpread / usual.halfSpread)[path] - 8) < 1e-9, "step \(step)")
          #expect(abs((now.depth / usual.depth)[path] - 0.1) < 1e-9)
          #expect(abs((now.volume / usual.volume)[path] - 0.4) < 1e-9)
        }
      }
    }
    // Before the third session, and after the day in which it fades.
    for step in Array(0..<26) + Array(110..<130) {
      for (now, usual) in zip(struck.bars[step], calm.bars[step]) {
        #expect(now.depth == usual.depth && now.halfSpread == usual.halfSpread && now.volume == usual.volume)
      }
    }
  }

  @Test("a squeeze: up, up again and down at three opens, while the stock moves more and the book is thin")
  func squeeze() throws {
    let (struck, calm) = try Self.both("squeeze.json")
    // Events by name: end, first, second, thin, wild. An open after the gaps has wilder moves in it than the calm one.
    for (event, open) in [(1, 78.0), (2, 156), (0, 234), (4, 78), (3, 78)] {
      for path in 0..<8 { #expect(struck.starts[event][0][path] == open, "event \(event)") }
    }
    // Of the calm night's log move g = −v/2 + s·z, with v = s² = 0.3²·0.35/252, four times the volatility make 4g − 6v.
    let variance = 0.09 * 0.35 / 252
    let night = { (lived: Lived, step: Int, path: Int) in
      log(lived.bars[step][0].open[path] / lived.bars[step - 1][0].close[path])
    }
    for (event, open, isWild, low, high) in [
      ("first", 78, false, 0.15, 0.6), ("second", 156, true, 0.1, 1), ("end", 234, true, -0.7, -0.2),
    ] {
      for path in 0..<8 {
        let change = try #require(struck.drawn[path]["/events/\(event)/change"])
        #expect((low...high).contains(change))
        let usual = night(calm, open, path)
        let expected = log1p(change) + (isWild ? 4 * usual - 6 * variance : usual)
        #expect(abs(night(struck, open, path) - expected) < 1e-9, "\(event), path \(path)")
      }
    }
    let range = { (lived: Lived, asset: Int) in
      (80..<234).reduce(0.0) { sum, step in
        (0..<8).reduce(sum) { $0 + log(lived.bars[step][asset].high / lived.bars[step][asset].low)[$1] }
      }
    }
    // Volatility alone scales a step's range by four, but for the drift of half its variance.
    #expect((3.9...4.1).contains(range(struck, Self.acme) / range(calm, Self.acme)))
    for step in 78..<234 {
      let (now, usual) = (struck.bars[step], calm.bars[step])
      for path in 0..<8 {
        #expect(abs((now[0].depth / usual[0].depth)[path] - 0.2) < 1e-9)
        #expect(abs((now[0].halfSpread / usual[0].halfSpread)[path] - 10) < 1e-9)
      }
      for asset in [Self.bank, Self.peer] {
        #expect(now[asset].close == usual[asset].close && now[asset].depth == usual[asset].depth)
      }
    }
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
      // Of the lost price a tenth comes back in the end: ρ of the log offset, by halves of 40 sessions.
      let back = 1 - log(1 - 0.33 * 0.9) / log(0.67)
      let since = 252 - start[path] - 120
      let end = struck.shift(calm, Self.acme, 251, \.close)[path]
      #expect(abs(end - log(0.67) * (1 - back * (1 - exp2(-since / 40)))) < 1e-9)
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
    // The crash comes back meanwhile, on lines that widen the ranges of ACME and PEER a little; BANK has none of it.
    #expect(ratios.allSatisfy { (3.9...4.8).contains($0) } && ratios[Self.bank] < 4.1, "\(ratios)")
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
    // Of eight paths with a deviation of 3.8 % in all, most but not all.
    #expect(left > 2 && left < 8, "\(left)")
  }
}
