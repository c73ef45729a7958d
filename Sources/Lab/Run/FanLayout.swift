import Markets
import Trading

/// Which fans a market has, and where their counts lie.
package struct FanLayout: Sendable, Hashable, Codable {
  package let times: FanTimes
  package let series: [FanSeries]
  /// Slots of all series together.
  package let slots: Int

  /// The fans of one market: five of each asset (four without events), and the equity of each desk.
  ///
  /// - Parameters:
  ///   - events: when the scenario's events happen; nil without events.
  ///   - firstNumber: the number of the first series; the others follow.
  init(
    _ description: MarketDescription, events: EventTimes?, number: Int, firstNumber: Int, terms: DeskTerms, desks: [Int]
  ) {
    let hasEvents = !description.events.isEmpty
    let clock = description.clock
    let times = FanTimes(
      stepSeconds: clock.stepSeconds, steps: clock.steps,
      eventWindow: events?.longWindow(terms.recoveryClock))
    var series: [FanSeries] = []
    var slots = 0
    func append(_ quantity: FanSeries.Quantity, asset: Int?, desk: Int?, inEventTime: Bool, scale: Double) {
      let seconds = inEventTime ? times.eventSeconds : times.clockSeconds
      series.append(
        FanSeries(
          number: firstNumber + series.count, market: number, desk: desk, asset: asset, quantity: quantity,
          isInEventTime: inEventTime, scale: scale, firstSlot: slots, seconds: seconds))
      slots += seconds.count
    }
    for (asset, liquidity) in description.liquidity.enumerated() {
      let price = description.initialPrices[asset]
      let volume = description.tradedValuePerDay[asset] / price / Double(clock.stepsPerDay)
      append(.price, asset: asset, desk: nil, inEventTime: false, scale: price)
      if hasEvents { append(.priceThroughEvent, asset: asset, desk: nil, inEventTime: true, scale: 1) }
      append(.halfSpread, asset: asset, desk: nil, inEventTime: hasEvents, scale: Self.scale(liquidity.halfSpreadBps))
      append(.depth, asset: asset, desk: nil, inEventTime: hasEvents, scale: Self.scale(liquidity.depthTo1Percent))
      append(.volume, asset: asset, desk: nil, inEventTime: hasEvents, scale: Self.scale(volume))
    }
    for desk in desks { append(.equity, asset: nil, desk: desk, inEventTime: false, scale: 1) }
    self.times = times
    self.series = series
    self.slots = slots
  }

  /// A size around which numbers are counted: bins are finest there.
  private static func scale(_ size: Double) -> Double { size > 0 && size.isFinite ? size : 1 }

  /// The series of a quantity of an asset.
  func series(_ quantity: FanSeries.Quantity, asset: Int) -> FanSeries? {
    series.first { $0.quantity == quantity && $0.asset == asset }
  }
}
