import Drawing
import Testing

@Suite("A chart on the page and in its file")
struct FigureTests {
  /// A chart with long words.
  private struct Wordy: Chart {
    let title =
      "hold · a stop at three percent of the account: mean return −2.9 % [−3.7, −2.1]; the worst 5 % of paths lose 7.5 %"
    let subtitle = "40 paths, bootstrap of 2,000 samples at 95 %, over 13 hours of trading in two sessions, seed 1"
    let description = "Share of paths by their return."
    let table = DataTable(["return", "share"], [["0 %", "100 %"]])

    func draw(_ layout: Layout) -> Picture {
      var plot = Plot(layout, x: Axis("", 0...1) { _ in [] }, y: Axis("share", 0...1) { _ in [] })
      plot.histogramBar(100, 100, 20, 50, style: "i s1", note: "all")
      return plot.picture(crosshair: [0.5])
    }
  }

  private let figure = Figure(id: "wordy", number: 1, chart: Wordy())

  /// Planted mistake: titles measured in the common face.
  @Test("the words over a chart in its own file fit into it in the widest face, and none is lost")
  func file() {
    let file = figure.file
    for (style, size, face, words) in [
      ("title", 16.0, Typeface.widestBold, Wordy().title), ("subtitle", 14, .widest, Wordy().subtitle),
    ] {
      let lines = file.matches(of: /<text class="(title|subtitle)"[^>]*>([^<]*)/).filter { $0.1 == style }.map {
        String($0.2)
      }
      #expect(lines.joined(separator: " ") == words)
      for line in lines { #expect(TextWidth.of(line, size: size, face: face) <= 720 - 12, "\(line)") }
    }
  }

  /// Planted mistake: the description alone.
  @Test("a drawing has a name, and its description says what was found")
  func words() throws {
    for drawing in [figure.file, try #require(figure.drawn(inPage: true).page)] {
      let words = drawing.matches(of: /<(title|desc) [^>]*>([^<]*)/).map { (element: $0.1, text: $0.2) }
      #expect(words.count == drawing.matches(of: /<svg/).count * 2)
      for found in words where found.element == "desc" { #expect(found.text.contains(Wordy().title)) }
      let name = drawing.contains("xmlns") ? Wordy().title : Wordy().description
      for found in words where found.element == "title" { #expect(found.text == name) }
      #expect(drawing.contains("aria-labelledby=\"t") && drawing.contains("aria-describedby=\"d"))
    }
  }

  /// Planted mistake: no outline in the narrow drawing.
  @Test("the caption is no heading, so that it stands under headings of any level, and every bar has an outline")
  func caption() throws {
    let page = try #require(figure.drawn(inPage: true).page)
    #expect(!page.contains(/<h[1-6]/))
    #expect(page.matches(of: /class="bar i s1"/).count == 2)
  }
}
