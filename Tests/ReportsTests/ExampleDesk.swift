import Foundation
import Lab
import Statistics

/// A desk of the example: a constant number of shares, with a stop or without, ruined at half its equity.
struct ExampleDesk {
  let market: ExampleMarket
  let leverage: Double
  let isGuarded: Bool
  /// Whether its trace holds as many trades as an agent makes that trades every step.
  let tradesOften: Bool

  /// Equity over start on each path, frozen after ruin, and the step of ruin.
  private var equities: [(values: [Double], ruin: Int?)] {
    market.prices.map { path in
      var values: [Double] = []
      var ruin: Int?
      var exit: Double?
      for (step, price) in path.enumerated() {
        var equity = exit ?? 1 + leverage * (price - 1)
        if exit == nil && isGuarded && equity < 0.9 { exit = equity - 0.01 }
        if ruin == nil && equity <= 0.5 {
          ruin = step
          exit = max(equity, 0.3)
        }
        equity = exit ?? equity
        values.append(equity)
      }
      return (values, ruin)
    }
  }

  private func share(_ count: Int, of total: Int, _ method: Estimate.Method = .wilson) -> Estimate {
    let n = total * 50
    guard total > 0 else { return .unknown(n: 0, method: method) }
    let value = Double(count) / Double(total)
    let half = 1.96 * sqrt(max(value * (1 - value), 1 / Double(n)) / Double(n))
    return Estimate(value: value, low: max(0, value - half), high: min(1, value + half), n: n, method: method)
  }

  private func mean(_ values: [Double]) -> Estimate {
    guard !values.isEmpty else { return .unknown(n: 0, method: .studentT) }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(max(values.count - 1, 1))
    let half = 1.96 * sqrt(variance / Double(values.count * 50))
    return Estimate(value: mean, low: mean - half, high: mean + half, n: values.count * 50, method: .studentT)
  }

  private func quantiles(_ values: [Double]) -> [QuantileLine] {
    let sorted = values.sorted()
    return [0.05, 0.5, 0.95].map { probability in
      let value = sorted[Int(probability * Double(sorted.count - 1))]
      return QuantileLine(
        probability: probability,
        estimate: Estimate(
          value: value, low: value - 0.004, high: value + 0.004, n: sorted.count * 50, method: .orderStatistics))
    }
  }

  private func frequencies(_ values: [Double], _ low: Double, _ high: Double) -> Frequencies {
    var counts = [Int](repeating: 0, count: 200)
    for value in values { counts[min(max(Int((value - low) / (high - low) * 200), 0), 199)] += 50 }
    let edges = (0...200).map { low + (high - low) * Double($0) / 200 }
    return Frequencies(edges: edges, counts: counts, below: 0, above: 0)
  }

  private func curve(_ steps: [Int], total: Int, isSurvival: Bool, atRisk: Bool = false) -> Curve {
    var seconds: [Double] = [], value: [Double] = []
    for (rank, step) in steps.sorted().enumerated() {
      let level = Double(rank + 1) / Double(max(total, 1))
      if seconds.last == Double(step) * market.stepSeconds { (seconds, value) = (seconds.dropLast(), value.dropLast()) }
      seconds.append(Double(step) * market.stepSeconds)
      value.append(isSurvival ? 1 - level : level)
    }
    return Curve(
      seconds: seconds, value: value, low: value.map { max(0, $0 - 0.012) }, high: value.map { min(1, $0 + 0.012) },
      n: total * 50, method: (isSurvival ? Estimate.Method.greenwoodLogLog : .incidenceLogLog).rawValue,
      confidence: 0.95,
      atRisk: atRisk ? value.map { Int((1 - $0) * Double(total * 50)) } : nil)
  }

  func summary(_ scenario: String, _ severity: Double, _ agent: String, _ risk: String, number: Int) -> DeskSummary {
    let equities = self.equities
    let count = equities.count
    let ruins = equities.compactMap(\.ruin)
    var recovered: [Int] = [], ruinedAfter: [Int] = []
    var impaired = 0
    for ((values, ruin), start) in zip(equities, market.starts) {
      let reference = values[start]
      guard let fall = (start..<values.count).first(where: { values[$0] <= 0.94 * reference }) else { continue }
      impaired += 1
      if let ruin { ruinedAfter.append(max(ruin - fall, 0)); continue }
      if let back = (fall..<values.count).first(where: { values[$0] >= 0.95 * reference }) {
        recovered.append(back - fall)
      }
    }
    let drawdowns = equities.map { values, _ in
      var peak = 1.0, deepest = 0.0
      for value in values { peak = max(peak, value); deepest = max(deepest, 1 - value / peak) }
      return deepest
    }
    let returns = equities.map { ($0.values.last ?? 1) - 1 }
    let tail = mean(Array(returns.sorted().prefix(max(count / 20, 1))).map { -$0 })
    let cost = severity > 0 ? 3.4 : 1.6
    let isFlat = leverage == 0
    let least = equities.map { $0.values.min() ?? 1 }
    let losses = (0...50).map { Double($0) / 100 }
    let lossShares = losses.map { loss in share(least.filter { $0 > 1 - loss }.count, of: count) }
    let half =
      recovered.count * 2 > impaired ? Double(recovered.sorted()[recovered.count / 2]) * market.stepSeconds : nil
    return DeskSummary(
      scenario: scenario, severity: severity, agent: agent, risk: risk, desk: number, startEquity: 1_000_000,
      survival: share(count - ruins.count, of: count),
      recovery: share(recovered.count, of: impaired, .incidenceLogLog),
      recoveryStates: RecoveryStates(
        unimpaired: share(count - impaired, of: count), recovered: share(recovered.count, of: count),
        ruined: share(ruinedAfter.count, of: count),
        unresolved: share(impaired - recovered.count - ruinedAfter.count, of: count)),
      medianRecoverySeconds: Estimate(
        value: half, low: half.map { $0 - market.stepSeconds }, high: half.map { $0 + 2 * market.stepSeconds },
        n: impaired * 50,
        method: .brookmeyerCrowley),
      expectedTimeImpairedSeconds: mean((recovered + ruinedAfter).map { Double($0) * market.stepSeconds }),
      executionCostBps: isFlat
        ? .unknown(n: 0, method: .ratioDelta)
        : Estimate(value: cost, low: cost - 0.04, high: cost + 0.05, n: count * 50, method: .ratioDelta),
      finalReturnMean: mean(returns), finalReturnQuantiles: quantiles(returns), expectedShortfall: tail,
      maximumDrawdownQuantiles: quantiles(drawdowns.map { isFlat ? 0 : $0 }),
      timeUnderWaterSeconds: Estimate(
        value: 291 * market.stepSeconds, low: 287 * market.stepSeconds, high: 294 * market.stepSeconds, n: count * 50,
        method: .orderStatistics),
      ruinCauses: ["liquidation", "zeroEquity", "equityBelow"].enumerated().map {
        CauseLine(
          cause: $0.element,
          share: share(
            $0.offset == 0 ? ruins.count * 2 / 3 : $0.offset == 2 ? ruins.count - ruins.count * 2 / 3 : 0, of: count))
      },
      filledShare: Estimate(value: 0.982, low: 0.981, high: 0.983, n: count * 50, method: .ratioDelta),
      costSplit: ["halfSpread", "impact", "fees", "delay", "drift", "opportunity", "financing", "liquidation"]
        .enumerated()
        .map { rank, term in
          let size = isFlat ? 0 : [0.9, 1.4, 2.1, -0.3, 0.6, 0.4, 0, 41][rank]
          let calm = Estimate(
            value: size * 0.4, low: size * 0.4 - 0.1, high: size * 0.4 + 0.1, n: 10_000, method: .studentT)
          let event = Estimate(value: size, low: size - 0.2, high: size + 0.2, n: 10_000, method: .studentT)
          return CostLine(term: term, calm: calm, event: event)
        },
      survivalCurve: curve(ruins, total: count, isSurvival: true),
      recoveredCurve: curve(recovered, total: impaired, isSurvival: false, atRisk: true),
      ruinedCurve: curve(ruinedAfter, total: impaired, isSurvival: false),
      lossCurve: LossCurve(
        loss: losses, survival: lossShares.map { $0.value ?? 1 }, low: lossShares.map { $0.low ?? 0 },
        high: lossShares.map { $0.high ?? 1 }, n: count * 50, method: Estimate.Method.wilson.rawValue, confidence: 0.95),
      equity: exampleFan(equities.map(\.values), stride: 4, seconds: { Double($0) * market.stepSeconds }, samples: 5),
      drawdownFrequencies: frequencies(drawdowns.map { isFlat ? 0 : $0 }, 0, 1),
      finalReturnFrequencies: frequencies(returns, -1, 1), worstPath: trace(equities),
      ruinFromEvent: severity > 0
        ? Estimate(
          value: share(ruins.count, of: count).value ?? 0, low: (share(ruins.count, of: count).low ?? 0),
          high: share(ruins.count, of: count).high, n: count * 50, method: .wilson) : nil,
      timeSurvivedSeconds: Estimate(
        value: 667 * market.stepSeconds, low: 663 * market.stepSeconds, high: 670 * market.stepSeconds, n: count * 50,
        method: .greenwood))
  }

  private func trace(_ equities: [(values: [Double], ruin: Int?)]) -> Trace? {
    guard let worst = equities.indices.min(by: { (equities[$0].values.min() ?? 1) < (equities[$1].values.min() ?? 1) })
    else { return nil }
    let prices = market.prices[worst]
    let start = market.starts[worst]
    let end = equities[worst].ruin ?? market.steps
    var trades: [Trade] = []
    if leverage > 0 {
      trades.append(
        Trade(
          seconds: market.stepSeconds, asset: "AAPL", quantity: 36_000, price: 180.03, midAtDecision: 180.01,
          reason: "order"))
      for step in stride(from: 30, to: start, by: tradesOften ? 1 : 40) {
        trades.append(
          Trade(
            seconds: Double(step) * market.stepSeconds, asset: "AAPL", quantity: step % 3 == 0 ? 400 : -300,
            price: 180 * prices[step],
            midAtDecision: 180 * prices[step] * 1.0001, reason: "order"))
      }
      trades.append(
        Trade(
          seconds: Double(end) * market.stepSeconds, asset: "AAPL", quantity: -36_000, price: 180 * prices[end] * 0.99,
          midAtDecision: 180 * prices[end], reason: end < market.steps ? "liquidation" : "closeOut"))
    }
    return Trace(
      path: Int64(worst), seconds: prices.indices.map { Double($0) * market.stepSeconds },
      prices: [
        AssetSeries(asset: "AAPL", values: prices.map { $0 * 180 }),
        AssetSeries(asset: "MSFT", values: prices.map { 370 * sqrt($0) }),
      ],
      equity: equities[worst].values,
      positions: [AssetSeries(asset: "AAPL", values: prices.indices.map { $0 < end ? 36_000 : 0 })], trades: trades,
      markers: market.severity > 0
        ? [
          Marker(seconds: Double(start) * market.stepSeconds, label: "crash starts"),
          Marker(seconds: Double(start + 6) * market.stepSeconds, label: "trough"),
          Marker(seconds: Double(end) * market.stepSeconds, label: "liquidated"),
        ] : [],
      parameters: [
        DrawnParameter(path: "event/crash/start", value: Double(start) * market.stepSeconds),
        DrawnParameter(path: "event/crash/drop", value: 0.1876),
      ],
      text: "The crash takes 19 % from AAPL in six minutes. The desk holds six and a half times its equity; after four "
        + "minutes the venue’s margin rule closes the whole position at 1 % under the mid.")
  }
}
