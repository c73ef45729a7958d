import Documents

/// The events that a scenario can name; a new one is one file and one line here.
package enum MarketEvents {
  /// All of them.
  package static let catalogue = Catalogue<any MarketEvent>(
    "events",
    .entry(
      "flashCrash", FlashCrash.form,
      "a fall or a rise and what comes back of it, with factors on volatility, spread, depth and volume around it"
    ) { $0 },
    .entry("gap", Gap.form, "a jump of the price, up or down, with no trading inside: stops fill beyond it") { $0 },
    .entry(
      "drought", Drought.form, "liquidity goes, for hours or days: spread, depth, volume, refill; no fall needed"
    ) { $0 },
    .entry("volatility", VolatilityEvent.form, "prices move by a multiple of what they do in calm") { $0 },
    .entry("trend", Trend.form, "a slow rise or fall over days or months that stays, such as a bear market") { $0 },
    .entry("oneOf", OneOf.form, "one of several events, and on each path just one of them") { $0 },
  )
}

extension FieldKind where Value == any MarketEvent {
  /// An event, checked against the clock.
  static var event: FieldKind {
    .model(MarketEvents.catalogue).then { event, node, reading in
      guard let clock = reading[ScenarioClock.self] else { return }
      let setting = EventSetting(clock: clock, splitsSteps: !reading[IsRecorded.self])
      let starts = event.starts.flatMap { part, start in
        start.violations(in: setting).map { part.isEmpty ? $0 : $0.under(part) }
      }
      for violation in starts + event.violations(in: setting) { violation.report(at: node, reading) }
    }
  }
}
