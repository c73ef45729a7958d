import Drawing
import Testing

@Suite("Markup")
struct MarkupTests {
  @Test("text and attributes from outside cannot become markup")
  func escapes() {
    let hostile = "</title><script>alert('x')</script> \"&\u{0}\u{7}"
    let rendered = Markup("p", ["title": hostile], text: hostile).rendered
    let escaped = "&lt;/title&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;&amp;\u{FFFD}\u{FFFD}"
    #expect(rendered == "<p title=\"\(escaped)\">\(escaped)</p>")
  }

  @Test("a part that was written apart stands where its number is")
  func parts() {
    var output = ""
    Markup("div", [:], [.part(1), .text("&"), .part(0)]).write(to: &output, parts: ["<b>0</b>", "<b>1</b>"])
    #expect(output == "<div><b>1</b>&amp;<b>0</b></div>")
  }

  /// The quick way round the characters that stay as they are must not miss one that doesn't.
  ///
  /// Planted mistake: the first byte of U+FFFE taken for one of them.
  @Test("of all characters the same are escaped alone and among others")
  func everyCharacter() {
    for scalar in (0...0x10FFFF).lazy.compactMap(UnicodeScalar.init) {
      var alone = "", among = ""
      Markup.escape(String(scalar), into: &alone)
      Markup.escape("&\(scalar)", into: &among)
      if "&amp;" + alone != among { Issue.record("U+\(String(scalar.value, radix: 16))") }
    }
  }

  @Test("shapes and void elements close themselves, everything else has an end tag")
  func closes() {
    #expect(Markup("path", ["d": "M0 0"]).rendered == "<path d=\"M0 0\"/>")
    #expect(Markup("div").rendered == "<div></div>")
    #expect(Markup("circle", ["r": "5"]).noted("a note").rendered == "<circle r=\"5\"><title>a note</title></circle>")
  }
}
