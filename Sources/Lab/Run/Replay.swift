import Lanes
import Markets
import Trading

/// Lives through single paths again, to look at them: a path is the same bits in whatever tile it is made.
struct Replay {
  let planned: PlannedMarket
  /// Steps that a trace keeps; a longer path is thinned, its trades are not.
  private static let maximumTraceSteps = 2000

  /// Values of some paths at the times of the clock's fans, by series number, for the quantities that keep them.
  func samples(of paths: Range<Int64>) -> [Int: [[Double]]] {
    let description = planned.market.description
    let tile = planned.market.makeTile(groups: 1)
    let panel = PanelTile(planned.desks, market: description, terms: planned.terms, groups: 1)
    let times = planned.fans.times
    let readings = planned.fans.series.map { FanReading($0, firstDesk: planned.deskNumbers.lowerBound) }
      .filter { $0.quantity.hasSamples && !$0.series.isInEventTime }
    var values: ContiguousArray<Lanes> = [.zero]
    var samples: [Int: [[Double]]] = [:]
    for path in paths {
      let lane = Int(path & 7)
      tile.reset(firstPath: UInt64(path & ~7))
      panel.reset(tile)
      var kept = readings.map { reading in reading.quantity.start.map { [$0 * reading.series.scale] } ?? [] }
      for _ in 0..<description.clock.warmupSteps + description.clock.steps {
        tile.advance()
        panel.advance(tile)
        guard tile.step >= 0, times.clockPoint(afterStep: tile.step) != nil else { continue }
        for (index, reading) in readings.enumerated() {
          reading.read(tile, panel.desks, into: &values)
          kept[index].append(values[0][lane] * reading.quantity.factor)
        }
      }
      for (reading, values) in zip(readings, kept) { samples[reading.series.number, default: []].append(values) }
    }
    return samples
  }

  /// One path of one desk, step by step.
  func trace(desk: Desk, path: Int64) -> Trace {
    let description = planned.market.description
    let lane = Int(path & 7)
    let tile = planned.market.makeTile(groups: 1)
    let panel = PanelTile([desk], market: description, terms: planned.terms, groups: 1)
    let deskTile = panel.desks[0]
    deskTile.recordFills()
    tile.reset(firstPath: UInt64(path & ~7))
    panel.reset(tile)
    let step = description.clock.stepSeconds
    var seconds = [0.0]
    var prices = description.initialPrices.map { [$0] }
    var positions = description.assets.map { _ in [0.0] }
    var equity = [1.0]
    var trades: [Trade] = []
    let stride = max(1, description.clock.steps / Self.maximumTraceSteps)
    for _ in 0..<description.clock.warmupSteps + description.clock.steps {
      tile.advance()
      panel.advance(tile)
      guard tile.step >= 0 else { continue }
      let now = Double(tile.step + 1) * step
      trades += deskTile.fills(path: lane).map { fill in
        Trade(
          seconds: now, asset: description.assets[fill.asset], quantity: fill.quantity, price: fill.price,
          midAtDecision: fill.decisionPrice, reason: fill.reason.rawValue)
      }
      guard (tile.step + 1).isMultiple(of: stride) || tile.step == description.clock.steps - 1 else { continue }
      seconds.append(now)
      for asset in prices.indices {
        prices[asset].append(tile.bars[asset].close[lane])
        positions[asset].append(deskTile.account.positions[asset].quantity[lane])
      }
      equity.append(deskTile.equityRatio(group: 0)[lane])
    }
    let outcome = deskTile.outcome(path: lane, number: path)
    let markers = self.markers(tile, lane, outcome)
    return Trace(
      path: path, seconds: seconds,
      prices: zip(description.assets, prices).map { AssetSeries(asset: $0, values: $1) }, equity: equity,
      positions: zip(description.assets, positions).map { AssetSeries(asset: $0, values: $1) }, trades: trades,
      markers: markers,
      parameters: tile.parameters(ofPath: lane).map { DrawnParameter(path: $0.path, value: $0.value) },
      text: TraceText(
        outcome: outcome, trades: trades, markers: markers, stepSeconds: step,
        sessionSeconds: description.clock.calendar.secondsPerDay
      ).text)
  }

  private func markers(_ tile: MarketTile, _ lane: Int, _ outcome: OutcomeRow) -> [Marker] {
    let clock = planned.market.description.clock
    var markers: [Marker] = []
    for (event, name) in planned.market.description.events.enumerated() where planned.severity > 0 {
      let start = tile.eventStart(event)[0][lane]
      if start < Double(clock.steps) {
        markers.append(Marker(seconds: start * clock.stepSeconds, label: "\(name) starts"))
      }
    }
    let label: String? =
      switch outcome.cause {
      case .none: nil
      case .liquidation: "liquidated"
      case .zeroEquity: "equity gone"
      case .equityBelow: "ruined"
      }
    if let label { markers.append(Marker(seconds: (outcome[.ruinStep] + 1) * clock.stepSeconds, label: label)) }
    return markers.sorted { ($0.seconds, $0.label) < ($1.seconds, $1.label) }
  }
}
