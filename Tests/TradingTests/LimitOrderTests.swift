import Agents
import Lanes
import Markets
import Testing
import Trading

@Suite("Agents' limit orders")
struct LimitOrderTests {
  /// The fills of an agent that asks for a weight by a limit order, and the outcome, whose costs add up to the shortfall;
  /// prices 100 up to the close of step 0.
  private func run(
    _ weight: Double, at limit: Double, _ bars: [(open: Double, close: Double)], halfSpreadBps: Double = 0,
    volume: Double = 1e15
  ) throws -> ([PathFill], OutcomeRow) {
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: bars.count + 1),
      assets: [
        AssetTerms(
          name: "A", price: 100, liquidity: deepLiquidity(halfSpreadBps: halfSpreadBps, volumePerDay: volume * 1440))
      ],
      movement: .processes([Tape(bars: [(100, 100)] + bars, from: 100)], GaussianDependence()), venue: freeVenue())
    var fills: [PathFill] = []
    let rows = outcomes(
      try Market(scenario: scenario, seed: 1), Asking(asks: [(weight, .limit(at: Lanes(limit)))]), paths: 1,
      groups: 1
    ) { _, desk in fills += desk.fills(path: 0).filter { $0.reason != .closeOut } }
    var sum = 0.0
    for window in CostWindow.allCases { for term in CostTerm.allCases { sum += rows[0][term, window] } }
    #expect(abs(sum - rows[0][.shortfall]) < 1e-9 * 1000, "terms \(sum), shortfall \(rows[0][.shortfall])")
    return (fills, rows[0])
  }

  /// A tape with the price at which the order must fill; nil: it must not.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let weight: Double
    let limit: Double
    let bars: [(open: Double, close: Double)]
    let price: Double?

    var testDescription: String { name }
  }

  /// Planted mistakes: waiting for the wrong side; what isn't reached counted as not wanted.
  @Test(
    "fill at the limit or at the first price that is better, and were wanted where they don't",
    arguments: [
      Case(name: "a buy under the market", weight: 1, limit: 98, bars: [(100, 96), (96, 96)], price: 98),
      Case(name: "a buy that a gap passes", weight: 1, limit: 98, bars: [(97, 96), (96, 96)], price: 97),
      Case(name: "a buy over the market", weight: 1, limit: 101, bars: [(100, 105), (105, 105)], price: 100),
      Case(name: "a buy never touched", weight: 1, limit: 98, bars: [(100, 104), (104, 90)], price: nil),
      Case(name: "a sale over the market", weight: -1, limit: 102, bars: [(100, 104), (104, 104)], price: 102),
      Case(name: "a sale that a gap passes", weight: -1, limit: 102, bars: [(103, 104), (104, 104)], price: 103),
      Case(name: "a sale never touched", weight: -1, limit: 102, bars: [(100, 96), (96, 104)], price: nil),
    ])
  func waiting(_ example: Case) throws {
    let (fills, row) = try run(example.weight, at: example.limit, example.bars)
    #expect(fills.count == (example.price == nil ? 0 : 1), "\(fills)")
    #expect(
      abs(row[.wanted, .calm] - row[.filled, .calm] - (example.price == nil ? 1000 : 0)) < 1e-6,
      "wanted \(row[.wanted, .calm]), filled \(row[.filled, .calm])")
    guard let price = example.price else { return }
    let fill = try #require(fills.first)
    #expect(abs(fill.price - price) < 1e-9)
    #expect(abs(fill.quantity - example.weight * 10) < 1e-9)
    #expect(fill.reason == .order)
  }

  /// Planted mistake: half-spread paid on top of the limit.
  @Test("never pay beyond the limit, half-spread and all")
  func spread() throws {
    let (fills, _) = try run(1, at: 98, [(100, 96), (96, 96)], halfSpreadBps: 20)
    #expect(fills.count == 1 && fills.allSatisfy { $0.price <= 98 + 1e-9 }, "\(fills)")
    let (sales, _) = try run(-1, at: 102, [(100, 104), (104, 104)], halfSpreadBps: 20)
    #expect(sales.count == 1 && sales.allSatisfy { $0.price >= 102 - 1e-9 }, "\(sales)")
  }

  @Test("are filled under the participation cap, and the rest is cancelled at the close")
  func rest() throws {
    let (fills, _) = try run(1, at: 98, [(100, 96), (96, 96), (96, 90)], volume: 4)
    #expect(fills.count == 1 && abs(fills[0].quantity - 4) < 1e-9, "\(fills)")
  }
}
