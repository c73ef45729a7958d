import Documents
import Testing

/// Planted mistakes that it was seen to fail with: a clause told without its value, `*` told for the first name alone, and what is
/// told counted among what is left.
@Suite("A model in a sentence")
struct StoryTests {
  private static let story = Story(
    "{asset} falls {drop}", ", within {fall/duration}",
    "; {*} follows {contagion/*/beta} as far[, {contagion/*/lag} later]",
    "; volatility {multipliers/volatility}")

  /// Values by the path of their keys.
  private static func values(_ values: (String, String)...) -> [Story.Value] {
    values.map { Story.Value(keys: $0.0.split(separator: "/").map(String.init), text: $0.1) }
  }

  @Test("has the values of the document in their places, and tells what it leaves")
  func told() {
    let values = Self.values(
      ("asset", "AAA"), ("drop", "8 %"), ("fall/duration", "6 min"), ("fall/shape", "1.5"),
      ("contagion/BBB/beta", "0.8 ×"),
      ("contagion/BBB/lag", "1 min"), ("contagion/CCC/beta", "0.5 ×"), ("multipliers/volatility", "5 ×"))
    let told = Self.story.told(values)
    #expect(
      told?.sentence
        == "AAA falls 8 %, within 6 min; BBB follows 0.8 × as far, 1 min later; CCC follows 0.5 × as far; volatility 5 ×"
    )
    #expect(told?.left == [["fall", "shape"]])
  }

  @Test("leaves out clauses without their values, and tells nothing without its first")
  func missing() {
    let told = Self.story.told(Self.values(("asset", "AAA"), ("drop", "8 %"), ("contagion/BBB/lag", "1 min")))
    #expect(told?.sentence == "AAA falls 8 %" && told?.left == [["contagion", "BBB", "lag"]])
    #expect(Self.story.told(Self.values(("asset", "AAA"))) == nil)
    #expect(Self.story.told([]) == nil)
  }
}
