import Drawing
import Statistics
import Testing

@Suite("Ticks of time")
struct DurationTicksTests {
  private func ticks(_ range: ClosedRange<Double>, day: Double, isInDays: Bool = false, length: Double) -> [Tick] {
    DurationTicks.ticks(range, day: day, isInDays: isInDays, length: length, leastGap: 64) {
      Unit.decimal($0, decimals: $1)
    }
  }

  @Test("fall on round durations, a label every 64 units")
  func durations() {
    let twoDays = ticks(0...46_800, day: 23_400, length: 560)
    #expect(twoDays.map(\.label) == ["0", "2\u{A0}h", "4\u{A0}h", "6\u{A0}h", "8\u{A0}h", "10\u{A0}h", "12\u{A0}h"])
    let year = ticks(0...252 * 23_400, day: 23_400, isInDays: true, length: 560)
    #expect(year.map(\.label) == ["0", "50\u{A0}d", "100\u{A0}d", "150\u{A0}d", "200\u{A0}d", "250\u{A0}d"])
    let around = ticks(-1_800...7_200, day: 23_400, length: 560)
    #expect(around.map(\.label) == ["\u{2212}0.5\u{A0}h", "0", "0.5\u{A0}h", "1.0\u{A0}h", "1.5\u{A0}h", "2.0\u{A0}h"])
  }

  /// Planted mistake that it was seen to fail with: hours under a day, and whole days beyond.
  @Test(
    "count hours however little room there is, and days however much, as is asked",
    arguments: [560.0, 200, 130, 110, 70])
  func units(_ length: Double) {
    let hours = ticks(0...46_800, day: 23_400, length: length)
    let days = ticks(0...5 * 23_400, day: 23_400, isInDays: true, length: length)
    #expect(hours.dropFirst().allSatisfy { $0.label.hasSuffix("\u{A0}h") } && hours.first?.label == "0")
    #expect(days.dropFirst().allSatisfy { $0.label.hasSuffix("\u{A0}d") } && days.first?.label == "0")
    #expect(hours.allSatisfy { $0.value.truncatingRemainder(dividingBy: 3_600) == 0 }, "\(hours.map(\.label))")
    #expect(hours.count >= 2 || length < 90, "\(hours.map(\.label))")
    for (tick, unit) in hours.map({ ($0, 3_600.0) }) + days.map({ ($0, 23_400) }) where tick.value > 0 {
      #expect(Double(tick.label.prefix { $0.isNumber || $0 == "." }).map { $0 * unit } == tick.value, "\(tick)")
    }
  }
}
