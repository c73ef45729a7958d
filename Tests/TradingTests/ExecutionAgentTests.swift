import Agents
import Lanes
import Markets
import Testing
import Trading

/// Agents that work off what the account starts with, on prices written by hand: what they order when, by formula or by hand.
@Suite("Agents that execute")
struct ExecutionAgentTests {
  /// What happened on a path: what was held after each step, what was ordered and filled in each, and the outcome.
  private struct Course {
    var held: [Double] = []
    var fills: [PathFill] = []
    let row: OutcomeRow
  }

  /// One asset at 100, of which `quantity` is held at t = 0 and equity is its value.
  private static func course(
    _ agent: any Agent, closes: [Double], quantity: Double = 1000, liquidity: Liquidity = deepLiquidity(),
    venue: VenueTerms = freeVenue(), rules: [any RiskRule] = [], equity: Double? = nil
  ) throws -> Course {
    let market = try Market(
      scenario: Scenario(
        title: "order", clock: try continuousClock(step: 60, steps: closes.count),
        assets: [AssetTerms(name: "A", price: 100, liquidity: liquidity)],
        movement: .processes([Tape(closes: closes, from: 100)], GaussianDependence()), venue: venue), seed: 1)
    var held: [Double] = []
    var fills: [PathFill] = []
    let rows = outcomes(
      market, agent, rules: rules, equity: equity ?? abs(quantity) * 100,
      opening: [OpeningPosition(quantity: quantity, entryPrice: 100)], paths: 1, groups: 1
    ) { _, desk in
      held.append(desk.account.positions[0].quantity[0])
      fills += desk.fills(path: 0).filter { $0.quantity != 0 }
    }
    return Course(held: held, fills: fills, row: rows[0])
  }

  private static func still(_ steps: Int) -> [Double] { Array(repeating: 100, count: steps) }

  private func expect(_ found: [Double], _ expected: [Double], within tolerance: Double = 1e-6) {
    #expect(found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance }, "\(found)")
  }

  // MARK: Schedules

  /// Planted mistake that it was seen to fail with: the first slice only at the second close.
  @Test("an even schedule trades the same at the start of each slice, both ways", arguments: [1000.0, -1000])
  func even(quantity: Double) throws {
    let course = try Self.course(TimeWeighted(slices: 4), closes: Self.still(8), quantity: quantity)
    expect(course.held, [0.75, 0.75, 0.5, 0.5, 0.25, 0.25, 0, 0].map { $0 * quantity })
    #expect(course.row[.unfinished] == 0 && course.row[.orders] == 4)
    let each = try Self.course(TimeWeighted(), closes: Self.still(5), quantity: quantity)
    expect(each.held, [0.8, 0.6, 0.4, 0.2, 0].map { $0 * quantity })
  }

  /// The holdings of the example of Almgren and Chriss (2000), section 4: κ = 0.607076 a day, five days, in units of X, as
  /// their formula gives them; here the slices are minutes, and λ is what makes κτ the same.
  /// Planted mistake: λσ²τ/η for λσ²τ²/η.
  @Test("the trajectory of Almgren and Chriss is their example's")
  func trajectory() throws {
    let (rate, volatility, depth) = (0.607076, 0.3, 1e6)
    // 2(cosh kτ − 1) = λ·σ²P·τ / (κ/2), κ = 0.01/depth, P = 100, a year of 525,600 minutes.
    let cosh = (exp(Lanes(rate)) + exp(Lanes(-rate)))[0] / 2
    let aversion = 2 * (cosh - 1) * (0.01 / depth / 2) * 525_600 / (volatility * volatility * 100)
    let course = try Self.course(
      AlmgrenChriss(riskAversion: aversion, annualVolatility: volatility, slices: 5), closes: Self.still(5),
      liquidity: deepLiquidity(depth: depth, refillSeconds: 1))
    expect(course.held.map { $0 / 1000 }, [0.542, 0.290, 0.148, 0.062, 0], within: 6e-4)
    let neutral = try Self.course(
      AlmgrenChriss(riskAversion: 0, annualVolatility: volatility, slices: 5), closes: Self.still(5),
      liquidity: deepLiquidity(depth: depth, refillSeconds: 1))
    expect(neutral.held, [800, 600, 400, 200, 0])
    // However urgent, it sells once and never more than there is.
    let urgent = try Self.course(
      AlmgrenChriss(riskAversion: 1e9, annualVolatility: 100, slices: 5), closes: Self.still(5),
      liquidity: deepLiquidity(depth: depth, refillSeconds: 1))
    #expect(urgent.held.allSatisfy { abs($0) < 1e-3 } && urgent.row[.unfinished] == 0, "\(urgent.held)")
  }

  /// The table of `science.md` 3.4, which follows from Obizhaeva and Wang's closed form: N = 10, ρT = 1.5, so the first order is
  /// 0.307349 X and the impact costs 0.285944 κX², where eleven equal orders cost 0.310985 κX².
  /// Planted mistake that it was seen to fail with: N in place of N − 1.
  @Test("the schedule of Obizhaeva and Wang is their closed form's, and costs what it says")
  func resilience() throws {
    // Eleven orders ten minutes apart: ρ = 1.5/100 a minute.
    let liquidity = deepLiquidity(depth: 1e6, refillSeconds: naturalLogarithm(2) * 6000 / 1.5)
    let unit = 0.01 / 1e6 * 1000 * 1000 * 100
    let best = try Self.course(ObizhaevaWang(orders: 11), closes: Self.still(101), liquidity: liquidity)
    #expect(best.fills.count == 11 && abs(-best.fills[0].quantity / 1000 - 0.307349) < 1e-6, "\(best.fills)")
    #expect(abs(best.row[.impact, .calm] / unit - 0.285944) < 1e-6, "\(best.row[.impact, .calm] / unit)")
    let even = try Self.course(TimeWeighted(slices: 11), closes: Self.still(110), liquidity: liquidity)
    #expect(abs(even.row[.impact, .calm] / unit - 0.310985) < 1e-6, "\(even.row[.impact, .calm] / unit)")
  }

  // MARK: What the market gives

  /// 144,000 a day are 100 a minute; a fifth of that is 20. At t = 0 of a market without warm-up no volume is known.
  @Test("who participates orders a share of the last step's volume, and what is left is closed at the horizon")
  func participation() throws {
    let liquidity = deepLiquidity(volumePerDay: 144_000)
    let course = try Self.course(
      Participation(rate: 0.2), closes: [100, 100, 100, 110], quantity: 100, liquidity: liquidity,
      venue: freeVenue(participation: 0.5))
    expect(course.held, [100, 80, 60, 0])
    // 40 at the 100 of t = 0, whatever they are worth at the horizon.
    #expect(abs(course.row[.unfinished] - 4000) < 1e-9, "\(course.row[.unfinished])")
  }

  /// 10 a minute of which 5 may be taken: 30 in three slices of one minute want 20, 10, 0 left, and get 25, 20, 15.
  @Test("what an order has not filled is asked for again")
  func rests() throws {
    let course = try Self.course(
      TimeWeighted(), closes: Self.still(3), quantity: 30, liquidity: deepLiquidity(volumePerDay: 14_400),
      venue: freeVenue(participation: 0.5))
    expect(course.held, [25, 20, 0])
    #expect(abs(course.row[.unfinished] - 1500) < 1e-6)
  }

  /// A cap of one time equity leaves 10 of 30 units of 100 on 1,000; the schedule wants 20, 10 and 0 left.
  /// Planted mistake: the schedule's quantity is the target, so that ten are bought back.
  @Test("what a rule has sold is not bought back")
  func rule() throws {
    let course = try Self.course(
      TimeWeighted(), closes: Self.still(4), quantity: 30, rules: [LeverageCap(leverage: 1)], equity: 1000)
    expect(course.held, [10, 10, 7.5, 0])
  }

  /// 10 units of 100 on an equity of 300: when half of it is gone, at 70, two of four orders are through.
  @Test("what is held at ruin was not done in time")
  func ruin() throws {
    let course = try Self.course(
      TimeWeighted(), closes: [100, 50, 50, 50], quantity: 10, equity: 300)
    #expect(course.row.cause != .none && abs(course.row[.unfinished] - 500) < 1e-6, "\(course.row[.unfinished])")
  }

  @Test("a book that refills slowly is refused for Almgren and Chriss, with what to do")
  func slow() throws {
    let market = try Market(
      scenario: Scenario(
        title: "order", clock: try continuousClock(step: 60, steps: 60),
        assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(refillSeconds: 20))],
        movement: .processes([Tape(closes: Self.still(60), from: 100)], GaussianDependence()), venue: freeVenue()),
      seed: 1)
    let terms = MarketTerms(market.description)
    func complaint(_ slices: Int) -> String? {
      AlmgrenChriss(riskAversion: 0, annualVolatility: 0.3, slices: slices).complaint(terms)
    }
    #expect(complaint(18) == nil)
    #expect(
      complaint(20)
        == "impact is not temporary: the book of \"A\" refills with a half-life of 20s, over a tenth of a slice of "
        + "3m; take fewer slices, or obizhaevaWang")
  }
}
