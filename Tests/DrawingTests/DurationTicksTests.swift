import Drawing
import Statistics
import Testing

@Suite("Ticks of time")
struct DurationTicksTests {
  private func ticks(_ range: ClosedRange<Double>, day: Double, length: Double) -> [Tick] {
    DurationTicks.ticks(range, day: day, length: length, leastGap: 64) { Unit.decimal($0, decimals: $1) }
  }

  @Test("fall on round durations, a label every 64 units")
  func durations() {
    let twoDays = ticks(0...46_800, day: 23_400, length: 560)
    #expect(twoDays.map(\.label) == ["0", "2\u{A0}h", "4\u{A0}h", "6\u{A0}h", "8\u{A0}h", "10\u{A0}h", "12\u{A0}h"])
    let year = ticks(0...252 * 23_400, day: 23_400, length: 560)
    #expect(year.map(\.label) == ["0", "50\u{A0}d", "100\u{A0}d", "150\u{A0}d", "200\u{A0}d", "250\u{A0}d"])
    let around = ticks(-1_800...7_200, day: 23_400, length: 560)
    #expect(around.map(\.label) == ["\u{2212}0.5\u{A0}h", "0", "0.5\u{A0}h", "1.0\u{A0}h", "1.5\u{A0}h", "2.0\u{A0}h"])
  }
}
