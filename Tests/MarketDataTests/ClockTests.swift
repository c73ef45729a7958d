import Documents
import MarketData
import Testing

/// The clock of a document.
func clock(_ text: String) throws(Problems) -> Clock {
  let document = try DocumentLoader { _ in nil }.load([UInt8](text.utf8), file: "clock.json")
  return try Clock.form.read(document)
}

let newYork = """
  "calendar": {"model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York"}
  """

struct ClockTests {
  @Test("a clock of minutes has the design's steps, gaps and variance")
  func minutes() throws {
    let clock = try clock(
      "{\(newYork), \"step\": \"1m\", \"length\": \"13h\", \"warmup\": \"130m\", \"start\": \"2024-01-03\"}")
    #expect(clock.steps == 780)
    #expect(clock.warmupSteps == 130)
    #expect(clock.stepsPerDay == 390)
    #expect(clock.opensSession(0) && clock.opensSession(390) && clock.opensSession(-390))
    #expect(!clock.opensSession(1) && !clock.opensSession(-1))
    #expect(clock.timestamp(0) == "2024-01-03T09:31:00-05:00")
    #expect(clock.timestamp(-1) == "2024-01-02T16:00:00-05:00")
    #expect(clock.timestamp(779) == "2024-01-04T16:00:00-05:00")
    let day = (0..<390).map { clock.varianceYears($0) }.reduce(0) { $0 + $1.gap + $1.intraday }
    #expect(abs(day - 1 / 252.0) < 1e-15)
    #expect(clock.varianceYears(0).gap == 0.35 / 252)
  }
}
