import Statistics
import Testing

@Suite("Durations in words")
struct DurationTests {
  struct Golden: CustomTestStringConvertible {
    let seconds: Double
    let text: String
    var testDescription: String { text }
  }

  @Test(
    "a duration counts trading time, in days from three sessions on",
    arguments: [
      Golden(seconds: 45, text: "45\u{A0}s"), Golden(seconds: 90, text: "1.5\u{A0}min"),
      Golden(seconds: 720, text: "12\u{A0}min"), Golden(seconds: 12_000, text: "3\u{A0}h\u{A0}20\u{A0}min"),
      Golden(seconds: 46_800, text: "13\u{A0}h"), Golden(seconds: 70_200, text: "3\u{A0}d"),
      Golden(seconds: 252 * 23_400, text: "252\u{A0}d"), Golden(seconds: -600, text: "\u{2212}10\u{A0}min"),
      Golden(seconds: 0, text: "0\u{A0}s"), Golden(seconds: .infinity, text: "not known"),
    ])
  func durations(_ golden: Golden) {
    #expect(Duration.text(golden.seconds, day: 23_400) == golden.text)
  }
}
