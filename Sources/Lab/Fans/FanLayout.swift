import Markets
import Trading

/// Which fans a market has, and where their counts lie.
struct FanLayout: Sendable, Hashable, Codable {
  let times: FanTimes
  let series: [FanSeries]
  /// Slots of all series together.
  let slots: Int

  /// The fans of one market: the quantities of each asset, then those of each desk.
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
    func append(_ quantity: FanQuantity, asset: Int?, desk: Int?) {
      guard hasEvents || quantity.timeline != .event else { return }
      let isInEventTime = quantity.isInEventTime(hasEvents: hasEvents)
      let seconds = isInEventTime ? times.eventSeconds : times.clockSeconds
      series.append(
        FanSeries(
          number: firstNumber + series.count, market: number, desk: desk, asset: asset, quantity: quantity.name,
          isInEventTime: isInEventTime, scale: quantity.isRelative ? 1 : quantity.size(description, asset: asset),
          reference: quantity.followsPrice ? asset.flatMap { description.scales[$0].reference } : nil,
          firstSlot: slots, seconds: seconds))
      slots += seconds.count
    }
    for asset in description.assets.indices {
      for quantity in FanQuantities.ofAssets { append(quantity, asset: asset, desk: nil) }
    }
    for desk in desks {
      for quantity in FanQuantities.ofDesks { append(quantity, asset: nil, desk: desk) }
    }
    self.times = times
    self.series = series
    self.slots = slots
  }
}
