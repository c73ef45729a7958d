import Documents
import Foundation
import Trading

/// Works off what the account holds along the trajectory of Almgren and Chriss: of all schedules the one with the least
/// E + λV of the implementation shortfall, where impact is linear and gone before the next slice.
///
/// An order of n units at the start of a slice of length τ pays the half-spread and ½κnP a unit: their temporary impact with
/// η = ½κPτ and γ = 0, κ = 0.01/`depthTo1Percent`. After the j-th of N slices there is left
/// x_j = X sinh k(N − j)τ / sinh kNτ, with 2(cosh kτ − 1)/τ² = λσ²/η and σ = P · `annualVolatility` · √time. Sources: Almgren and
/// Chriss (2000), Optimal execution of portfolio transactions, Journal of Risk 3, equations 13, 14 and 18; `P` is the price
/// at t = 0. Several assets are worked off apart: what they share of their risk is not looked at, nor is a night told from
/// the hours of trading.
package struct AlmgrenChriss: ExecutionSchedule {
  /// λ, in 1/quote currency; at least 0. 0 is an even schedule.
  package let riskAversion: Double
  /// What the agent takes for the standard deviation of log returns over a year; at least 0.
  package let annualVolatility: Double
  /// N: parts of the horizon, with one order at the start of each; at least 1.
  package let slices: Int

  /// The trajectory of a risk aversion.
  package init(riskAversion: Double, annualVolatility: Double, slices: Int) {
    self.riskAversion = riskAversion
    self.annualVolatility = annualVolatility
    self.slices = slices
  }

  /// How many refill half-lives of the book a slice must have at least: then under 0.1 % of an order's impact meets the next.
  package static let halfLives = 10.0

  static let form = Form(
    Field(
      "riskAversion", .number("1/quote currency", in: .between(0, 1e9)),
      "λ of E + λV: what a unit of variance of the shortfall is worth"),
    Field(
      "annualVolatility", .number(.perSquareRootYear, in: .between(0, 100)),
      "what the agent takes for the assets' volatility"),
    Field(
      "slices", .integer(in: 1...1_000_000), default: 10, "parts of the horizon, with one order at the start of each"),
    make: AlmgrenChriss.init)

  /// A book that has not refilled before the next slice: then its impact is not temporary.
  package func complaint(_ market: MarketTerms) -> String? {
    let slice = Double(market.decisions) / Double(max(1, min(slices, market.decisions))) * market.clock.stepSeconds
    let slow = market.assets.indices.filter {
      market.liquidity[$0].refillHalfLifeSeconds * Self.halfLives > slice * (1 + 1e-9)
    }
    guard let first = slow.first else { return nil }
    let halfLife = TradingTime.text(seconds: market.liquidity[first].refillHalfLifeSeconds)
    return
      "impact is not temporary: the book of \(quoted(market.assets[first])) refills with a half-life of \(halfLife), over a "
      + "tenth of a slice of \(TradingTime.text(seconds: slice)); take fewer slices, or obizhaevaWang"
  }

  func left(_ asset: Int, _ market: MarketTerms) -> [Double] {
    let starts = market.sliceStarts(slices)
    let count = Double(starts.count)
    let kappa = 0.01 / market.liquidity[asset].depthTo1Percent
    let clock = market.clock
    let years = Double(market.decisions) / count / clock.stepsPerYear
    let price = market.initialPrices[asset]
    // λσ²τ²/η: a slice's variance over what its impact costs.
    let urgency = riskAversion * annualVolatility * annualVolatility * price * years / (kappa / 2)
    let rate = Self.rate(urgency)
    return market.schedule(starts, left: starts.indices.map { Self.share(Double($0 + 1), of: count, rate) })
  }

  /// kτ, from 2(cosh kτ − 1) = λσ²τ²/η; as asinh, which keeps its digits where that is small.
  private static func rate(_ urgency: Double) -> Double { 2 * asinh((urgency / 4).squareRoot()) }

  /// sinh k(N − j)τ / sinh kNτ, without its overflow.
  private static func share(_ slice: Double, of count: Double, _ rate: Double) -> Double {
    guard rate * count > 1e-6 else { return 1 - slice / count }
    return exp(-rate * slice) * expm1(-2 * rate * (count - slice)) / expm1(-2 * rate * count)
  }
}
