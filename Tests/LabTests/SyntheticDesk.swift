import Foundation
import Lab
import Statistics
import Testing
import Trading

/// A desk whose outcomes follow laws of which every figure of the summary is known in closed form.
///
/// Ruin and recovery have constant hazards per step, so that the time from an impairment to its end does not depend on
/// when it began, as the censoring at the horizon asks of Aalen and Johansen's estimate.
struct SyntheticDesk: Sendable, CustomTestStringConvertible {
  /// Paths of a sample.
  let paths: Int
  /// Of all paths, ruined by the horizon.
  let ruined: Double
  /// Of a desk that trades, the share of paths with a forced sale, and of those with unfilled orders.
  let forced, unfilled: Double
  /// Probability of recovering in a step.
  let recovery: Double

  var testDescription: String { "\(paths) paths, \(ruined) ruined, \(forced) forced, \(unfilled) unfilled" }

  static let steps = 78
  static let stepSeconds = 300.0
  static let startEquity = 1000.0
  private static let impairments = 40
  private static let impaired = 0.7
  private static let trading = 0.85
  private static let liquidationShare = 0.5
  private static let equityBelowShare = 0.4
  /// Of the paths that are ruined, and of the others, those that are ruined at severity 0 too.
  private static let calmAmongRuined = 0.3
  private static let calmAmongOthers = 0.002
  /// Losses: −0.05 + a generalised Pareto law of scale 0.04 and shape 0.2, with mean 0 and four moments.
  private static let (shift, scale, shape) = (-0.05, 0.04, 0.2)
  private static let forcedCost = 40.0

  /// P(ruined in a step | alive before).
  private var hazard: Double { 1 - pow(1 - ruined, 1 / Double(Self.steps)) }
  /// P(neither recovered nor ruined in a step | neither before).
  private var staying: Double { (1 - recovery) * (1 - hazard) }

  // MARK: A sample

  /// The columns of a sample, those of the desk at severity 0 among them.
  func sample(_ random: inout Uniforms) -> (desk: [MeasureColumn: [Double]], calm: [MeasureColumn: [Double]]) {
    var columns = Dictionary(
      uniqueKeysWithValues: Measures.columns.map { ($0, [Double](repeating: 0, count: paths)) })
    var calm = [Double](repeating: 0, count: paths)
    func set(_ column: MeasureColumn, _ path: Int, _ value: Double) { columns[column]?[path] = value }
    for path in 0..<paths {
      let ruin = random.geometric(hazard)
      let isRuined = ruin < Self.steps
      let kind = random.next()
      let cause: RuinCause =
        !isRuined
        ? .none
        : kind < Self.liquidationShare
          ? .liquidation : kind < Self.liquidationShare + Self.equityBelowShare ? .equityBelow : .zeroEquity
      set(.fact(.ruinStep), path, isRuined ? Double(ruin) : -1)
      set(.fact(.cause), path, Double(cause.rawValue))
      let isCalm = random.next() < (isRuined ? Self.calmAmongRuined : Self.calmAmongOthers)
      calm[path] = isCalm ? 3 : 0
      let depth = random.next() * 0.5
      set(.fact(.minimumEquity), path, Self.startEquity * (isRuined ? 0.5 : 1 - depth))
      set(.fact(.finalEquity), path, Self.startEquity * (1 - Self.loss(random.next())))
      let fall = random.next()
      set(.fact(.maximumDrawdown), path, fall * fall)
      set(.fact(.timeUnderWater), path, (random.next() * Double(Self.steps + 1)).rounded(.down))
      recover(path, ruin: ruin, set, &random)
      trade(path, set, &random)
    }
    return (columns, [.fact(.cause): calm])
  }

  private func recover(_ path: Int, ruin: Int, _ set: (MeasureColumn, Int, Double) -> Void, _ random: inout Uniforms) {
    let start = Int(random.next() * Double(Self.impairments))
    let isImpaired = random.next() < Self.impaired && start < ruin
    let back = start + 1 + random.geometric(recovery)
    let isBack = isImpaired && back < ruin && back < Self.steps
    let state: RecoveryState =
      isBack ? .recovered : ruin < Self.steps ? .ruined : isImpaired ? .unresolved : .unimpaired
    set(.recovery(.state), path, Double(state.rawValue))
    set(.recovery(.impairedStep), path, isImpaired ? Double(start) : -1)
    set(.recovery(.recoveryStep), path, isBack ? Double(back) : -1)
  }

  private func trade(_ path: Int, _ set: (MeasureColumn, Int, Double) -> Void, _ random: inout Uniforms) {
    let trades = random.next() < Self.trading
    let isForced = random.next() < forced
    let rest = random.next() < unfilled ? random.next() : 0
    for window in CostWindow.allCases {
      let notional = 500 + 1000 * random.next()
      set(.outcome(.notional(.wanted, window)), path, trades ? notional : 0)
      set(.outcome(.notional(.filled, window)), path, trades ? notional * (1 - rest) : 0)
      for term in CostTerm.allCases {
        let (one, other) = (random.exponential(), random.exponential())
        let amount = term == .liquidation ? (isForced ? Self.forcedCost * one : 0) : Self.size(term) * (one - other / 2)
        set(.outcome(.cost(term, window)), path, trades ? amount : 0)
      }
    }
  }

  private static func size(_ term: CostTerm) -> Double { Double(1 + term.rawValue) }
  private static func loss(_ level: Double) -> Double { shift + scale * (pow(1 - level, -shape) - 1) / shape }

  // MARK: What is true

  /// A figure of the summary: its name, what is true, and what a sample says.
  struct Figure {
    let name: String
    let truth: Double
    let estimate: Estimate
  }

  /// All figures that a summary of a sample gives.
  func figures(_ values: MeasureValues) -> [Figure] {
    outcomes(values) + curves(values) + recoveries(values) + costs(values)
  }

  private func outcomes(_ values: MeasureValues) -> [Figure] {
    let alive = 1 - ruined
    let lived = (0..<Self.steps).reduce(0) { $0 + pow(1 - hazard, Double($1)) } * Self.stepSeconds
    let calm = ruined * Self.calmAmongRuined + alive * Self.calmAmongOthers
    let tail = Self.loss(0.95)
    let shortfall = tail + (Self.scale + Self.shape * (tail - Self.shift)) / (1 - Self.shape)
    var figures = [
      Figure(name: "survival", truth: alive, estimate: values[always: Measures.Survival()]),
      Figure(name: "time survived", truth: lived, estimate: values[always: Measures.TimeSurvived()]),
      Figure(name: "ruin from event", truth: ruined - calm, estimate: values[always: Measures.RuinFromEvent()]),
      Figure(name: "mean return", truth: 0, estimate: values[always: Measures.FinalReturnMean()]),
      Figure(name: "shortfall", truth: shortfall, estimate: values[always: Measures.ExpectedShortfall()]),
      Figure(
        name: "time under water", truth: Double(Self.steps / 2) * Self.stepSeconds,
        estimate: values[always: Measures.TimeUnderWater()]),
    ]
    for line in values[always: Measures.RuinCauses()] {
      let share =
        line.cause == .liquidation
        ? Self.liquidationShare
        : line.cause == .equityBelow ? Self.equityBelowShare : 1 - Self.liquidationShare - Self.equityBelowShare
      figures.append(Figure(name: "ruin by \(line.cause)", truth: ruined * share, estimate: line.share))
    }
    for line in values[always: Measures.FinalReturnQuantiles()] {
      figures.append(
        Figure(
          name: "return at \(line.probability)", truth: -Self.loss(1 - line.probability), estimate: line.estimate))
    }
    for line in values[always: Measures.DrawdownQuantiles()] {
      let truth = line.probability * line.probability
      figures.append(Figure(name: "drawdown at \(line.probability)", truth: truth, estimate: line.estimate))
    }
    return figures
  }

  private func curves(_ values: MeasureValues) -> [Figure] {
    let survival = values[always: Measures.SurvivalInTime()]
    let losses = values[always: Measures.SurvivalByLoss()]
    func point(_ curve: LossCurve, _ index: Int) -> Estimate {
      Estimate(
        value: curve.survival[index], low: curve.low[index], high: curve.high[index], n: curve.n, method: curve.method)
    }
    return [30, 60, 120].map { index in
      let truth = pow(1 - hazard, (survival.seconds[index] / Self.stepSeconds).rounded(.down))
      return Figure(name: "survival at point \(index)", truth: truth, estimate: survival.point(index))
    }
      + [1, 19, 49].map { index in
        let truth = (1 - ruined) * min(1, 2 * losses.loss[index])
        return Figure(name: "survival at loss \(losses.loss[index])", truth: truth, estimate: point(losses, index))
      }
  }

  private func recoveries(_ values: MeasureValues) -> [Figure] {
    let curves = [
      ("recovered", values[always: Measures.RecoveredInTime()], recovery * (1 - hazard)),
      ("ruined", values[always: Measures.RuinedInTime()], hazard),
    ]
    func incidence(_ rate: Double, by steps: Double) -> Double {
      rate * (1 - pow(staying, (steps + 1e-9).rounded(.down))) / (1 - staying)
    }
    let starts = (0..<Self.impairments).map { start in
      (
        weight: pow(1 - hazard, Double(start + 1)) / Double(Self.impairments) * Self.impaired,
        watched: Double(Self.steps - 1 - start)
      )
    }
    func sum(_ part: (Double) -> Double) -> Double { starts.reduce(0) { $0 + $1.weight * part($1.watched) } }
    let back = sum { incidence(recovery * (1 - hazard), by: $0) }
    let open = sum { pow(staying, $0) }
    let calm = (1 - Self.impaired) * (1 - ruined)
    let time = sum { (1 - pow(staying, $0)) / (1 - staying) } / sum { _ in 1 } * Self.stepSeconds
    let states = values[always: Measures.RecoveryShares()]
    var figures = [
      Figure(name: "unimpaired", truth: calm, estimate: states.unimpaired),
      Figure(name: "recovered", truth: back, estimate: states.recovered),
      Figure(name: "unresolved", truth: open, estimate: states.unresolved),
      Figure(name: "ruined first", truth: 1 - calm - back - open, estimate: states.ruined),
      Figure(name: "time impaired", truth: time, estimate: values[always: Measures.TimeImpaired()]),
    ]
    for (name, curve, rate) in curves {
      for index in [40, 120] where curve.seconds.count > index {
        let truth = incidence(rate, by: curve.seconds[index] / Self.stepSeconds)
        figures.append(Figure(name: "\(name) at point \(index)", truth: truth, estimate: curve.point(index)))
      }
    }
    if let end = curves[0].1.seconds.last {
      let truth = incidence(curves[0].2, by: end / Self.stepSeconds)
      figures.append(Figure(name: "recovery", truth: truth, estimate: values[always: Measures.Recovery()]))
    }
    let median = (1...Self.steps).first { incidence(curves[0].2, by: Double($0)) >= 0.5 }
    figures.append(
      Figure(
        name: "median recovery", truth: median.map { Double($0) * Self.stepSeconds } ?? .greatestFiniteMagnitude,
        estimate: values[always: Measures.MedianRecovery()]))
    return figures
  }

  private func costs(_ values: MeasureValues) -> [Figure] {
    func mean(_ term: CostTerm) -> Double {
      Self.trading * (term == .liquidation ? forced * Self.forcedCost : Self.size(term) / 2)
    }
    let wanted = Self.trading * 2000
    let filled = wanted * (1 - unfilled / 2)
    let execution = CostTerm.allCases.filter(\.isExecution).reduce(0) { $0 + 2 * mean($1) }
    var figures = [
      Figure(name: "filled", truth: filled / wanted, estimate: values[always: Measures.FilledShare()]),
      Figure(name: "cost", truth: execution / filled * 1e4, estimate: values[always: Measures.ExecutionCost()]),
      Figure(
        name: "cost with forced sales", truth: (execution + 2 * mean(.liquidation)) / filled * 1e4,
        estimate: values[always: Measures.CostWithForcedSales()]),
      Figure(
        name: "impact", truth: 2 * mean(.impact) / execution, estimate: values[always: Measures.ImpactShare()]),
      Figure(
        name: "forced sales", truth: 2 * mean(.liquidation) / (execution + 2 * mean(.liquidation)),
        estimate: values[always: Measures.ForcedSaleShare()]),
    ]
    for line in values[always: Measures.CostSplit()] {
      let truth = mean(line.term) / Self.startEquity * 1e4
      figures.append(Figure(name: "\(line.term), calm", truth: truth, estimate: line.calm))
      figures.append(Figure(name: "\(line.term), event", truth: truth, estimate: line.event))
    }
    return figures
  }
}

extension Curve {
  /// The estimate at one of the curve's times.
  fileprivate func point(_ index: Int) -> Estimate {
    Estimate(
      value: value[index], low: low[index], high: high[index], n: n, method: method ?? .proportion)
  }
}

/// Uniform numbers with a fixed seed. Source: Steele, Lea & Flood (2014), OOPSLA.
struct Uniforms {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Uniform strictly between 0 and 1.
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53
  }

  /// Exponential with mean 1.
  mutating func exponential() -> Double { -log(next()) }

  /// The failures before the first success.
  mutating func geometric(_ success: Double) -> Int { Int(min(1e9, (log(next()) / log1p(-success)).rounded(.down))) }
}
