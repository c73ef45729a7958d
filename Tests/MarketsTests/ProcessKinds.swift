import Markets
import Randomness
import Testing

/// A kind of process, for the laws that all of them keep; a new kind is one row.
struct ProcessKind: Sendable, CustomTestStringConvertible {
  /// As the catalogue has it.
  let name: String
  /// The process, with a parameter that is drawn per path where it has one to spare.
  let process: @Sendable () throws -> any PriceProcess
  /// Whether its state at t = 0 depends on how long the warm-up was.
  var hasMemory = false
  /// Whether its price may be negative, so that events count in money.
  var isArithmetic = false
  /// The same with a drift of 0.2 a year; nil where its price has no mean that could be asked for.
  var drifting: (@Sendable () throws -> any PriceProcess)?

  var testDescription: String { name }

  private static let drift = Draw.fixed(0.2)

  static let all: [ProcessKind] = [
    ProcessKind(name: "gbm", process: { GeometricBrownianMotion(annualVolatility: .between(0.2, 0.6)) }) {
      SmallMarket.gbm(0.4, drift: 0.2)
    },
    ProcessKind(name: "bachelier", process: { Bachelier(annualVolatility: .between(0.2, 0.6)) }, isArithmetic: true),
    ProcessKind(name: "merton", process: { try SmallMarket.merton(rate: 2000, mean: 0, deviation: 0.003) }) {
      try SmallMarket.merton(0.5, rate: 60, mean: -0.03, deviation: 0.04, drift: 0.2)
    },
    ProcessKind(name: "kou", process: { try kou(.between(0.4, 0.6), rate: 2000, up: 0.002, down: 0.003) }) {
      try kou(.fixed(0.6), rate: 60, up: 0.03, down: 0.05, drift: drift)
    },
    ProcessKind(name: "hawkes", process: { try hawkes(.between(0.4, 0.6), rate: 2000, size: 0.002) }, hasMemory: true) {
      try hawkes(.fixed(0.6), rate: 60, size: 0.04, drift: drift)
    },
    ProcessKind(name: "heston", process: { try heston(.between(0.2, 0.6)) }, hasMemory: true) {
      try heston(.fixed(0.4), drift: drift)
    },
    ProcessKind(name: "bates", process: { try bates(.between(0.4, 0.6), rate: 2000, size: 0.003) }, hasMemory: true) {
      try bates(.fixed(0.5), rate: 60, size: 0.04, drift: drift)
    },
    ProcessKind(name: "garch", process: { try garch(.between(0.2, 0.6)) }, hasMemory: true) {
      try garch(.fixed(0.4), drift: drift)
    },
    ProcessKind(name: "regimes", process: { try regimes(.between(0.2, 0.6)) }, hasMemory: true) {
      try regimes(.fixed(0.3), drift: drift)
    },
    ProcessKind(
      name: "stable",
      process: {
        Stable(annualDrift: .between(-0.5, 0.5), annualVolatility: 0.4, stability: 1.7, skew: -0.3, largestMove: 0.2)
      }
    ) {
      Stable(annualDrift: drift, annualVolatility: 0.5, stability: 1.6, skew: -0.5, largestMove: 0.3)
    },
    ProcessKind(
      name: "predictableReturns",
      process: {
        PredictableReturns(
          annualVolatility: .between(0.2, 0.6), signal: .init(deviation: .fixed(3), halfLife: .fixed(1800)))
      }, hasMemory: true),
  ]

  private static func kou(
    _ volatility: Draw, rate: Double, up: Double, down: Double, drift: Draw = .fixed(0)
  ) throws -> KouJumpDiffusion {
    try KouJumpDiffusion(
      annualDrift: drift, annualVolatility: volatility, jumpsPerYear: .fixed(rate), upProbability: .fixed(0.4),
      meanUpJump: .fixed(up), meanDownJump: .fixed(down))
  }

  private static func hawkes(
    _ volatility: Draw, rate: Double, size: Double, drift: Draw = .fixed(0)
  ) throws -> HawkesJumpDiffusion {
    try HawkesJumpDiffusion(
      annualDrift: drift, annualVolatility: volatility, jumpsPerYear: .fixed(rate), branchingRatio: .fixed(0.6),
      halfLife: .fixed(3600), meanJump: .fixed(-0.2 * size), jumpVolatility: .fixed(size))
  }

  private static func heston(_ volatility: Draw, drift: Draw = .fixed(0)) throws -> Heston {
    try Heston(
      annualDrift: drift, annualVolatility: volatility, reversion: .fixed(20), volatilityOfVariance: .fixed(2),
      correlation: .fixed(-0.7))
  }

  private static func garch(_ volatility: Draw, drift: Draw = .fixed(0)) throws -> Garch {
    try Garch(
      annualDrift: drift, annualVolatility: volatility, halfLife: .fixed(23_400), reaction: .fixed(0.05),
      asymmetry: .fixed(0.08), degreesOfFreedom: 5)
  }

  /// Two states that last an hour and a quarter of one.
  private static func regimes(_ volatility: Draw, drift: Draw = .fixed(0)) throws -> Regimes {
    try Regimes(states: [
      "calm": .init(annualDrift: drift, annualVolatility: volatility, meanDuration: .fixed(3600)),
      "stress": .init(annualDrift: drift, annualVolatility: .fixed(0.9), meanDuration: .fixed(900)),
    ])
  }

  private static func bates(
    _ volatility: Draw, rate: Double, size: Double, drift: Draw = .fixed(0)
  ) throws -> Bates {
    try Bates(
      annualDrift: drift, annualVolatility: volatility, reversion: .fixed(20), volatilityOfVariance: .fixed(2),
      correlation: .fixed(-0.7), jumpsPerYear: .fixed(rate), meanJump: .fixed(0), jumpVolatility: .fixed(size))
  }
}
