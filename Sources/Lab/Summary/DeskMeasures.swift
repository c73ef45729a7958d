import Statistics
import Trading

/// The measures of one desk, each from its outcomes with its interval.
struct DeskMeasures {
  private let outcomes: DeskOutcomes
  private let startEquity: Double
  private let step: Double
  private let steps: Int
  private let confidence: Double
  /// Final equity over starting equity, less one.
  let returns: [Double]
  /// Seconds from t = 0 to the close of the step of ruin; nil for survivors.
  private let ruinSeconds: [Double?]

  init(_ outcomes: DeskOutcomes, _ facts: RunContext.DeskFacts, _ clock: ClockSummary, _ confidence: Double) {
    self.outcomes = outcomes
    self.confidence = confidence
    startEquity = facts.startEquity
    step = clock.stepSeconds
    steps = clock.steps
    returns = outcomes[.finalEquity].map { $0 / facts.startEquity - 1 }
    let step = clock.stepSeconds
    ruinSeconds = outcomes[.ruinStep].map { $0 < 0 ? nil : ($0 + 1) * step }
  }

  private var horizon: Double { Double(steps) * step }

  private func share(_ count: Int) -> Estimate { Proportion(count, of: outcomes.count).wilson(confidence: confidence) }

  /// Numbers at some quantiles.
  func quantiles(of values: [Double], at levels: [Double]) -> [QuantileLine] {
    let sample = SortedSample(values)
    return levels.map {
      QuantileLine(probability: $0, estimate: sample.quantile($0, confidence: confidence))
    }
  }

  // MARK: Survival

  var survival: Estimate { share(ruinSeconds.count { $0 == nil }) }

  var timeSurvivedSeconds: Estimate {
    SurvivalCurve(eventTimes: ruinSeconds, horizon: horizon).restrictedMean(to: horizon, confidence: confidence)
  }

  var ruinCauses: [CauseLine] {
    let names: [(RuinCause, String)] = [
      (.liquidation, "liquidation"), (.zeroEquity, "zeroEquity"), (.equityBelow, "equityBelow"),
    ]
    return names.map { cause, name in
      CauseLine(cause: name, share: share(outcomes[.cause].count { $0 == Double(cause.rawValue) }))
    }
  }

  /// P(ruined) less P(ruined at severity 0), path by path.
  func ruinFromEvent(_ calm: [Bool]) -> Estimate {
    precondition(calm.count == outcomes.count, "Invariant: all desks have the same paths")
    let differences = zip(ruinSeconds, calm).map { ($0 == nil ? 0.0 : 1) - ($1 ? 1 : 0) }
    guard differences.allSatisfy({ $0 == 0 }) else { return Moments(differences).estimate(confidence: confidence) }
    // No path tells them apart: the bound is that on the share of paths that might.
    let bound = Proportion(0, of: outcomes.count).wilson(confidence: confidence).high
    return Estimate(
      value: 0, low: bound.map { -$0 }, high: bound, confidence: confidence, n: outcomes.count, method: .wilson)
  }

  var survivalCurve: Curve {
    let curve = SurvivalCurve(eventTimes: ruinSeconds, horizon: horizon)
    return Curve(
      at: Self.grid(to: horizon), times: ruinSeconds.map { $0 ?? horizon }, n: outcomes.count, confidence: confidence
    ) { curve.estimate(at: $0, confidence: confidence) }
  }

  /// P(smallest equity ever > (1 − λ)·start) for losses up to that which is ruin.
  func lossCurve(_ ruin: RuinSummary) -> LossCurve {
    let lowest = SortedSample(outcomes[.minimumEquity].map { $0 / startEquity }).values
    let losses = (1...100).map { Double($0) / 100 }.filter { $0 <= 1 - ruin.equityBelow + 1e-9 }
    let estimates = losses.map { loss in
      share(lowest.count - Self.count(of: lowest, atMost: 1 - loss))
    }
    return LossCurve(
      loss: losses, survival: estimates.map { $0.value ?? 0 }, low: estimates.map { $0.low ?? 0 },
      high: estimates.map { $0.high ?? 1 }, n: outcomes.count, method: Estimate.Method.wilson.rawValue,
      confidence: confidence)
  }

  private static func count(of sorted: [Double], atMost limit: Double) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= limit { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Recovery

  /// How an impairment ends.
  enum ImpairmentEnd: CaseIterable { case recovered, ruined }

  private func state(_ state: RecoveryState) -> Int { outcomes[.state].count { $0 == Double(state.rawValue) } }

  var recoveryStates: RecoveryStates {
    RecoveryStates(
      unimpaired: share(state(.unimpaired)), recovered: share(state(.recovered)), ruined: share(state(.ruined)),
      unresolved: share(state(.unresolved)))
  }

  /// Censoring is at the horizon alone, so the share that has recovered by then is a plain proportion.
  var recovery: Estimate {
    Proportion(state(.recovered), of: outcomes[.impairedStep].count { $0 >= 0 }).wilson(confidence: confidence)
  }

  /// How and when the impairments ended, in seconds from the impairment; impaired paths only.
  private var endings: [Ending<ImpairmentEnd>] {
    outcomes[.impairedStep].indices.compactMap { path in
      let impaired = outcomes[.impairedStep][path]
      guard impaired >= 0 else { return nil }
      switch RecoveryState(rawValue: Int32(outcomes[.state][path])) {
      case .recovered: return Ending(at: (outcomes[.recoveryStep][path] - impaired) * step, by: .recovered)
      case .ruined: return Ending(at: (outcomes[.ruinStep][path] - impaired) * step, by: .ruined)
      default: return Ending(at: (Double(steps - 1) - impaired) * step, by: nil)
      }
    }
  }

  var medianRecoverySeconds: Estimate {
    CumulativeIncidence(endings).median(of: .recovered, confidence: confidence)
  }

  var expectedTimeImpairedSeconds: Estimate { Moments(endings.map(\.time)).estimate(confidence: confidence) }

  func recoveryCurve(of end: ImpairmentEnd) -> Curve {
    let endings = endings
    let incidence = CumulativeIncidence(endings)
    let last = endings.map(\.time).max() ?? 0
    return Curve(
      at: Self.grid(to: last), times: endings.map(\.time), n: endings.count, confidence: confidence
    ) { incidence.estimate(of: end, at: $0, confidence: confidence) }
  }

  /// 121 times from 0 to the last.
  private static func grid(to last: Double) -> [Double] { (0...120).map { last * Double($0) / 120 } }

  // MARK: Money

  var finalReturnMean: Estimate { Moments(returns).estimate(confidence: confidence) }

  var executionCostBps: Estimate {
    var ratio = RatioOfSums()
    let cost: [DeskOutcomes.Column] = [
      .halfSpreadCalm, .impactCalm, .feesCalm, .halfSpreadEvent, .impactEvent, .feesEvent,
    ]
    let (costs, notional) = (cost.map { outcomes[$0] }, notional(.filledNotionalCalm, .filledNotionalEvent))
    for path in notional.indices {
      ratio.add(numerator: costs.reduce(0) { $0 + $1[path] }, denominator: notional[path])
    }
    return ratio.estimate(confidence: confidence).scaled(by: 1e4)
  }

  var filledShare: Estimate {
    var ratio = RatioOfSums()
    let wanted = notional(.wantedNotionalCalm, .wantedNotionalEvent)
    for (filled, wanted) in zip(notional(.filledNotionalCalm, .filledNotionalEvent), wanted) {
      ratio.add(numerator: filled, denominator: wanted)
    }
    return ratio.estimate(confidence: confidence)
  }

  private func notional(_ calm: DeskOutcomes.Column, _ event: DeskOutcomes.Column) -> [Double] {
    zip(outcomes[calm], outcomes[event]).map { $0 + $1 }
  }

  var costSplit: [CostLine] {
    let terms: [(String, DeskOutcomes.Column, DeskOutcomes.Column)] = [
      ("halfSpread", .halfSpreadCalm, .halfSpreadEvent), ("impact", .impactCalm, .impactEvent),
      ("fees", .feesCalm, .feesEvent), ("delay", .delayCalm, .delayEvent), ("drift", .driftCalm, .driftEvent),
      ("opportunity", .opportunityCalm, .opportunityEvent), ("financing", .financingCalm, .financingEvent),
      ("liquidation", .liquidationCalm, .liquidationEvent),
    ]
    return terms.map { name, calm, event in
      CostLine(term: name, calm: inBasisPoints(calm), event: inBasisPoints(event))
    }
  }

  private func inBasisPoints(_ column: DeskOutcomes.Column) -> Estimate {
    Moments(outcomes[column].map { $0 / startEquity }).estimate(confidence: confidence).scaled(by: 1e4)
  }
}

extension Curve {
  /// A curve at fixed times.
  ///
  /// - Parameter times: until when each path was watched, for the numbers at risk.
  fileprivate init(
    at seconds: [Double], times: [Double], n: Int, confidence: Double, estimate: (Double) -> Estimate
  ) {
    let estimates = n > 0 ? seconds.map(estimate) : []
    let sorted = times.sorted()
    var watched = 0
    let atRisk = seconds.map { second in
      while watched < sorted.count, sorted[watched] < second { watched += 1 }
      return sorted.count - watched
    }
    self.init(
      seconds: n > 0 ? seconds : [], value: estimates.map { $0.value ?? 0 }, low: estimates.map { $0.low ?? 0 },
      high: estimates.map { $0.high ?? 1 }, n: n, method: estimates.last?.method.rawValue ?? "none",
      confidence: confidence, atRisk: n > 0 ? atRisk : [])
  }
}
