import Drawing
import Testing

@Suite("The frame of a page")
struct PageFrameTests {
  private func page(_ sections: [Markup]) -> String {
    var outline = PageOutline()
    let headings = [outline.heading(2, "First"), outline.heading(3, "Under it"), outline.heading(2, "Second")]
    let frame = PageFrame(title: "A page", kind: "test", eyebrow: "over it", headings: outline.headings)
    return frame.markup([Markup("section", [:], headings)] + sections, parts: [])
  }

  /// Planted mistakes: the link behind the contents; the main part without its name.
  @Test("the first thing that Tab comes to leads past the contents to the main part")
  func skips() throws {
    let text = page([])
    let first = try #require(text.firstMatch(of: /<(a|button|summary)[ >].*?>/))
    #expect(first.0.contains("href=\"#main\""))
    #expect(text.contains(/<main id="main"/))
  }

  /// Planted mistake: what is nested beside its entry, not in it.
  @Test("the contents are a menu in the navigation, with what stands under a heading inside its entry")
  func contents() throws {
    let text = page([])
    let menu = try #require(
      text.firstMatch(of: /<nav aria-label="Contents"><details><summary>Contents<\/summary>(.*?)<\/details><\/nav>/))
    let nested = ##"<li><a href="#first">First</a><ul><li><a href="#under-it">Under it</a></li></ul></li>"##
    #expect(menu.1.contains(nested))
    #expect(menu.1.hasSuffix(##"<li><a href="#second">Second</a></li></ul>"##))
  }

  /// Planted mistake: sections kept as they come.
  @Test("a section with nothing in it is left out")
  func empty() {
    #expect(page([Markup("section")]) == page([]))
    #expect(page([Markup("section", [:], [Markup("p", text: "x")])]).matches(of: /<section>/).count == 2)
  }

  /// Planted mistake: pictures from anywhere let in.
  @Test("the policy lets nothing in, and the style sheet asks for nothing")
  func policy() throws {
    let text = page([])
    let policy = try #require(text.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)).1
    #expect(policy.hasPrefix("default-src &#39;none&#39;;"))
    for source in policy.split(separator: ";").dropFirst() {
      #expect(!source.contains("http") && !source.contains("*"))
    }
    #expect(!text.contains("url(http") && !text.contains("@import"))
  }
}
