import Drawing
import Testing

@Suite("Ticks of time")
struct DurationTicksTests {
  @Test("fall on round durations, a label every 64 units")
  func durations() {
    let twoDays = DurationTicks.ticks(0...46_800, day: 23_400, length: 560, leastGap: 64)
    #expect(twoDays.map(\.label) == ["0", "2\u{A0}h", "4\u{A0}h", "6\u{A0}h", "8\u{A0}h", "10\u{A0}h", "12\u{A0}h"])
    let year = DurationTicks.ticks(0...252 * 23_400, day: 23_400, length: 560, leastGap: 64)
    #expect(year.map(\.label) == ["0", "50\u{A0}d", "100\u{A0}d", "150\u{A0}d", "200\u{A0}d", "250\u{A0}d"])
    let around = DurationTicks.ticks(-1_800...7_200, day: 23_400, length: 560, leastGap: 64)
    #expect(around.map(\.label) == ["\u{2212}0.5\u{A0}h", "0", "0.5\u{A0}h", "1.0\u{A0}h", "1.5\u{A0}h", "2.0\u{A0}h"])
  }
}
