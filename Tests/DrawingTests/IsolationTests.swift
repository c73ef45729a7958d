import Drawing
import Testing

/// A page is written from left to right; what runs the other way stays where it is written (Unicode Standard Annex 9).
@Suite("Names from right to left")
struct IsolationTests {
  private static func isolate(_ text: String) -> String { "\u{2068}\(text)\u{2069}" }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text, written: String
  }

  static let cases = [
    Case(testDescription: "a number behind a name", text: "אבג 12 %", written: "\(isolate("אבג")) 12 %"),
    Case(
      testDescription: "the names of a list", text: "אבג, דהו and זחט",
      written:
        "\(isolate("אבג")), \(isolate("דהו")) and \(isolate("זחט"))"),
    Case(
      testDescription: "agent and risk profile", text: "سوق\u{A0}·\u{A0}حد",
      written:
        "\(isolate("سوق"))\u{A0}·\u{A0}\(isolate("حد"))"),
    Case(
      testDescription: "words of one name, with a number in it", text: "“אב 7 גד-הו” survives",
      written: "“\(isolate("אב 7 גד-הו"))” survives"),
    Case(testDescription: "vowel signs", text: "שָׁלוֹם 3", written: "\(isolate("שָׁלוֹם")) 3"),
    Case(
      testDescription: "an override in a name", text: "a\u{202E}b\u{2066}c\u{2069} 1", written: "abc 1"),
    Case(testDescription: "what runs from left to right", text: "−2.9 % – “né” 𝛼 日本", written: "−2.9 % – “né” 𝛼 日本"),
  ]

  /// Planted mistake, seen to fail: a comma taken for a part of a name.
  @Test("are isolated from what stands beside them, in text and in attributes", arguments: cases)
  func isolates(_ each: Case) {
    let written = each.written
    #expect(Markup("p", ["title": each.text], text: each.text).rendered == "<p title=\"\(written)\">\(written)</p>")
  }
}
