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

  @Test("shapes and void elements close themselves, everything else has an end tag")
  func closes() {
    #expect(Markup("path", ["d": "M0 0"]).rendered == "<path d=\"M0 0\"/>")
    #expect(Markup("div").rendered == "<div></div>")
    #expect(Markup("circle", ["r": "5"]).noted("a note").rendered == "<circle r=\"5\"><title>a note</title></circle>")
  }
}
