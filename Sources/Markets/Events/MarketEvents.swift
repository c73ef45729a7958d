import Documents

/// The events that a scenario can name; a new one is one file and one line here.
package enum MarketEvents {
  /// All of them.
  package static let catalogue = Catalogue<any MarketEvent>("events", eachPathsOwn + everyPaths)

  /// Those that start on a path or don't, so that they may be one of several alternatives.
  static let eachPathsOwn: [CatalogueEntry<any MarketEvent>] = [
    .entry(
      "flashCrash", FlashCrash.form,
      "a fall or a rise and what comes back of it, with factors on volatility, spread, depth and volume around it"
    ) { $0 }.told(by: FlashCrash.story),
    .entry(
      "arithmeticCrash", ArithmeticCrash.form,
      "a fall or a rise in money, of prices that may be negative, and what comes back of it, with the factors of a flashCrash"
    ) { $0 }.told(by: ArithmeticCrash.story),
    .entry("gap", Gap.form, "a jump of the price, up or down, with no trading inside: stops fill beyond it") { $0 }
      .told(by: Gap.story),
    .entry(
      "drought", Drought.form, "liquidity goes, for hours or days: spread, depth, volume, refill; no fall needed"
    ) { $0 },
    .entry("volatility", VolatilityEvent.form, "prices move by a multiple of what they do in calm") { $0 },
    .entry("trend", Trend.form, "a slow rise or fall over days or months that stays, such as a bear market") { $0 }
      .told(by: Trend.story),
  ]

  /// Those that are in force on every path, or that the whole market has to know of.
  private static let everyPaths: [CatalogueEntry<any MarketEvent>] = [
    .entry(
      "correlation", CorrelationEvent.form,
      "correlations change: everything moves together, or what moved together no longer does"
    ) { $0 },
    .entry(
      "cascade", Cascade.form, "other traders who are liquidated as the price falls, and push it further"
    ) { $0 },
    .entry(
      "circuitBreaker", CircuitBreaker.form, "a market-wide halt when an asset has fallen by so much in a session"
    ) { $0 },
    .entry(
      "limitUpLimitDown", LimitUpLimitDown.form, "bands around an asset's mean price, and a pause when it stands at one"
    ) { $0 },
    .entry("priceLimit", PriceLimit.form, "the furthest that a price may go in a session") { $0 },
    .entry("reservePause", ReservePause.form, "a pause of trading when a price moves too fast") { $0 },
    .entry("marginCall", MarginCall.form, "the venue raises its margins and fees; no price moves") { $0 },
    .entry(
      "squeeze", Squeeze.form, "short positions cost a fee, are recalled by force, or may not be opened any more"
    ) { $0 },
    .entry(
      "outage", Outage.form, "the venue takes no orders, stops do not act, the feed is frozen; margin calls go on"
    ) { $0 },
    .entry("slowVenue", SlowVenue.form, "orders take a multiple of the latency to the venue") { $0 },
    .entry("rejects", Rejects.form, "a share of orders is refused at random") { $0 },
    .entry("oneOf", OneOf.form, "one of several events, and on each path just one of them") { $0 },
  ]
}

extension FieldKind where Value == any MarketEvent {
  /// An event, checked against the clock.
  static var event: FieldKind {
    .model(MarketEvents.catalogue).then { event, node, reading in
      guard let clock = reading[ScenarioClock.self] else { return }
      let setting = EventSetting(
        clock: clock, splitsSteps: !reading[IsRecorded.self], dependence: reading.marketDependence,
        venue: reading[ScenarioVenue.self])
      let starts = event.starts.flatMap { part, start in
        start.violations(in: setting).map { part.isEmpty ? $0 : $0.under(part) }
      }
      for violation in starts + event.violations(in: setting) { violation.report(at: node, reading) }
    }
  }
}
