import Documents

/// The events that a scenario can name; a new one is one file and one line here.
package enum MarketEvents {
  /// All of them.
  package static let catalogue = Catalogue<any MarketEvent>(
    "events",
    .entry(
      "flashCrash", FlashCrash.form,
      "a fall and what comes back of it, with factors on volatility, spread, depth and volume around it"
    ) { $0 },
    .entry("gap", Gap.form, "a jump of the price, up or down, with no trading inside: stops fill beyond it") { $0 },
    .entry(
      "drought", Drought.form, "liquidity goes, for hours or days: spread, depth, volume, refill; no fall needed"
    ) { $0 },
    .entry("volatility", VolatilityEvent.form, "prices move by a multiple of what they do in calm") { $0 },
    .entry("marginCall", MarginCall.form, "the venue raises its margins and fees; no price moves") { $0 },
    .entry(
      "squeeze", Squeeze.form, "short positions cost a fee, are recalled by force, or may not be opened any more"
    ) { $0 },
    .entry(
      "outage", Outage.form, "the venue takes no orders, stops do not act, the feed is frozen; margin calls go on"
    ) { $0 },
    .entry("slowVenue", SlowVenue.form, "orders take a multiple of the latency to the venue") { $0 },
    .entry("rejects", Rejects.form, "a share of orders is refused at random") { $0 },
  )
}

extension FieldKind where Value == any MarketEvent {
  /// An event, checked against the clock.
  static var event: FieldKind {
    .model(MarketEvents.catalogue).then { event, node, reading in
      guard let clock = reading[ScenarioClock.self] else { return }
      let setting = EventSetting(
        clock: clock, splitsSteps: !reading[IsRecorded.self], venue: reading[ScenarioVenue.self])
      for violation in event.start.violations(in: setting) + event.violations(in: setting) {
        violation.report(at: node, reading)
      }
    }
  }
}
