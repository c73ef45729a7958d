import Documents

/// Why somebody should look at a monitor.
package struct MonitorAlarm: Sendable, Hashable {
  /// What it is about.
  package enum Kind: String, Sendable, CaseIterable {
    /// The market has left what is usual.
    case market
    /// No bar has come for more than three steps.
    case stale
    /// Bars are missing among the newest, or look like a split.
    case data
    /// The account is ruined on paper.
    case ruin
    /// Collecting or computing failed.
    case failure
  }

  /// What it is about.
  package let kind: Kind
  /// In a sentence.
  package let words: String

  /// Steps without a new bar from which on bars are stale.
  static let staleSteps: Int64 = 3

  /// The alarm of bars that are no longer new; nil where they are, and of a recording that nobody goes on with.
  ///
  /// - Parameters:
  ///   - end: when the newest bar was over, in milliseconds since 1970.
  ///   - step: how long a bar lasts.
  ///   - closed: how long the market may have been closed.
  package static func stale(end: Int64, step: Int64, closed: Int64, now: Int64) -> MonitorAlarm? {
    let late = now - end
    guard late > staleSteps * step + closed else { return nil }
    let steps = Double(late) / Double(step)
    return MonitorAlarm(
      kind: .stale,
      words: "No new bar for \(JSONWriter.number((steps * 10).rounded() / 10)) steps: the newest was over at "
        + "\(Moment.text(seconds: Int(end / 1000))).")
  }

  /// The alarms of a market that has left what is usual.
  static func market(_ judgements: [MarketRange.Judgement], bars: Int) -> [MonitorAlarm] {
    judgements.filter(\.isAlarm).map { judgement in
      MonitorAlarm(
        kind: .market,
        words: "The \(judgement.measure.words) of the newest \(bars) bars is \(figure(judgement.value)), "
          + "\(judgement.isAbove ? "above" : "below") what is usual: \(figure(judgement.low)) to "
          + "\(figure(judgement.high)) in 99 of 100 stretches (p = \(figure(judgement.p))).")
    }
  }

  /// A figure with three digits.
  static func figure(_ value: Double) -> String { JSONWriter.number(value.rounded(toDigits: 3)) }
}
