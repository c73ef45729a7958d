import Drawing
import Testing

@Suite("Markup that is given back")
struct MarkupExactTests {
  private static let text = "אבג 12 % \u{202E}x\u{2068} <b> & \"q\" 'a'\r\n\tend"

  @Test("Text that is edited comes back to the last character")
  func text() {
    let written = Markup("textarea", [:], [.exact(Self.text)]).rendered
    #expect(written.hasPrefix("<textarea>") && written.hasSuffix("</textarea>"))
    #expect(Self.read(String(written.dropFirst(10).dropLast(11))) == Self.text)
    #expect(!written.contains("<b>"))
  }

  @Test("What programs read of an attribute comes back", arguments: ["value", "href", "data-name", "data-api", "id"])
  func data(name: String) {
    var element = Markup("p")
    element = element.with(name, Self.text)
    let written = element.rendered
    #expect(written.hasPrefix("<p \(name)=\"") && written.contains("אבג 12"))
    let value = written.dropFirst(5 + name.count).prefix { $0 != "\"" }
    #expect(Self.read(String(value)) == Self.text)
  }

  @Test(
    "What people see of an attribute is isolated still",
    arguments: ["title", "aria-label", "placeholder", "data-label"])
  func seen(name: String) {
    #expect(Markup("p").with(name, "אבג 12 %").rendered.contains("\u{2068}אבג"))
  }

  @Test("Characters that XML has no word for are replaced")
  func controls() { #expect(Markup("p", [:], [.exact("a\u{0}\u{1B}b")]).rendered == "<p>a\u{FFFD}\u{FFFD}b</p>") }

  /// What a reader of the markup gets.
  private static func read(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}
