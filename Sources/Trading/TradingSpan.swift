import Documents
import Lanes
import MarketData

/// A length of trading time that a study writes without knowing the scenarios' clocks: `"50 steps"`, `"2h30m"`, `"10d"`.
package enum TradingSpan: Sendable, Hashable {
  /// So many steps, however long they are.
  case steps(Double)
  /// Seconds of trading time.
  case seconds(Double)
  /// Sessions, or 24 hours where trading is continuous.
  case days(Double)
  /// Days, and seconds beside them.
  case daysAndSeconds(Double, Double)

  /// What should stand there, for messages.
  static let expected = #"a span such as "50 steps", "30m", "2h30m" or "10d""#

  /// No clock has more steps; a longer span means as much, and would not fit a number of steps.
  private static let longest = 0x1p40

  /// Reads `"50 steps"` or a duration; nil when it is neither.
  package init?(_ text: String) {
    if text.hasSuffix(" steps") || text == "1 step" {
      guard let count = Int(text.prefix { $0 != " " }), count >= 0, count <= 1_000_000_000 else { return nil }
      self = .steps(Double(count))
    } else if let (days, seconds) = TradingTime.parts(text), days >= 0, seconds >= 0, (days + seconds).isFinite {
      self = text.hasSuffix("d") ? .days(days) : days == 0 ? .seconds(seconds) : .daysAndSeconds(days, seconds)
    } else {
      return nil
    }
  }

  /// The span in steps of a clock, not rounded.
  package func steps(_ clock: Clock) -> Double {
    switch self {
    case .steps(let count): count
    case .seconds(let seconds): seconds / clock.stepSeconds
    case .days(let days): clock.steps(days: days)
    case .daysAndSeconds(let days, let seconds): clock.steps(days: days) + seconds / clock.stepSeconds
    }
  }

  /// The whole steps that cover the span.
  package func stepsCovering(_ clock: Clock) -> Int {
    // A span that is whole but for rounding is not one step longer.
    Int(min(steps(clock) * (1 - 1e-12), Self.longest).rounded(.up))
  }

  /// What one step leaves of a weight with this half-life, 2^(−step/span); 0 for a span of nothing.
  package func keptPerStep(_ clock: Clock) -> Double { kept(after: 1, clock) }

  /// What a session, or a day where trading is continuous, leaves of a weight with this half-life.
  package func keptPerDay(_ clock: Clock) -> Double { kept(after: clock.steps(days: 1), clock) }

  private func kept(after steps: Double, _ clock: Clock) -> Double {
    let halfLife = min(self.steps(clock), Self.longest)
    // The library's own exponential: the C library's differs from machine to machine.
    return halfLife > 0 ? exp2(Lanes(-steps / halfLife))[0] : 0
  }

  /// The span as it would be written.
  package var text: String {
    switch self {
    case .steps(let count): count == 1 ? "1 step" : "\(Int(count)) steps"
    case .seconds(let seconds): TradingTime.text(seconds: seconds)
    case .days(let days): "\(JSONWriter.number(days))d"
    case .daysAndSeconds(let days, let seconds): "\(JSONWriter.number(days))d\(TradingTime.text(seconds: seconds))"
    }
  }

  /// Whether it is longer than nothing.
  var isPositive: Bool {
    switch self {
    case .steps(let value), .seconds(let value), .days(let value): value > 0
    case .daysAndSeconds(let days, let seconds): days > 0 || seconds > 0
    }
  }
}

extension FieldKind where Value == TradingSpan {
  /// A span in steps or trading time, 0 allowed.
  package static var span: FieldKind {
    FieldKind(
      FieldType("duration", unit: "trading time or steps", range: "at least 0"),
      schema: { _ in
        .string(pattern: "^(\(TradingTime.unsignedPattern)|[0-9]+ steps|1 step)$")
          .with("examples", ["50 steps", "2h30m", "10d"])
      },
      json: { .string($0.text) }
    ) { node, reading in
      guard let text = node.string, let span = TradingSpan(text) else {
        reading.report(expected: TradingSpan.expected, at: node)
        return nil
      }
      return span
    }
  }

  /// A span that is longer than nothing.
  package static var positiveSpan: FieldKind {
    var kind = FieldKind.made(from: .span, json: { .string($0.text) }) { span throws(FormViolation) in
      guard span.isPositive else { throw FormViolation("a span of nothing; longer than 0 is needed") }
      return span
    }
    kind.type.range = "above 0"
    return kind
  }
}
