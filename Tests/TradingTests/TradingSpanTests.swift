import MarketData
import Testing
import Trading

@Suite("Spans in studies")
struct TradingSpanTests {
  /// Sessions of six and a half hours in steps of five minutes: 78 a day.
  private func clock() throws -> Clock {
    let open = try #require(TimeOfDay("09:30"))
    let close = try #require(TimeOfDay("16:00"))
    return try Clock(
      calendar: .sessions(open: open, close: close, timeZone: "UTC"), step: 300, length: 23_400, warmup: 0,
      start: CalendarDay(daysSince1970: 19_724))
  }

  @Test("steps, durations of several units and days mean what they say on a clock")
  func steps() throws {
    let clock = try clock()
    let cases: [(text: String, steps: Double)] = [
      ("50 steps", 50), ("1 step", 1), ("30m", 6), ("2h30m", 30), ("10d", 780), ("1d1h", 90), ("1d2m30s", 78.5),
      ("1.5d", 117),
    ]
    for (text, steps) in cases {
      let span = try #require(TradingSpan(text), "\(text)")
      #expect(span.steps(clock) == steps, "\(text)")
      #expect(TradingSpan(span.text) == span, "\(text)")
    }
    for text in ["", "2 step", "-1h", "1h2d", "1.5h2m", "1h 2m", "50steps", "1h2 steps"] {
      #expect(TradingSpan(text) == nil, "\(text)")
    }
  }
}
