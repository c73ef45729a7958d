import Drawing
import Testing

@Suite("Anchors")
struct AnchorsTests {
  @Test("hold letters, digits and hyphens, whatever the names hold")
  func plain() {
    var anchors = Anchors()
    #expect(anchors.make("Flash crash", "s1", "hold · none") == "flash-crash-s1-hold-none")
    #expect(anchors.make("../../etc/<passwd>") == "etc-passwd")
    #expect(anchors.make("日本") == "part")
    #expect(anchors.make("7 sins") == "part-7-sins")
  }

  @Test("of names that differ by their signs alone, or after eighty letters, are told apart")
  func unique() {
    var anchors = Anchors()
    let long = String(repeating: "x", count: 90)
    let made = ["a b", "a-b", "a+b", long + "1", long + "2", "theme"].map { anchors.make($0) }
    #expect(Set(made).count == made.count)
    #expect(!made.contains("theme"), "the button has that one")
  }
}
