import Drawing
import Testing

@Suite("Margins of a plot")
struct PlotMarginTests {
  /// A worst path of 3·10⁴⁵ made labels of sixty digits, a plot narrower than nothing, and an illegal instruction.
  @Test("labels of any length leave two fifths of the drawing to draw in", arguments: [1, 8, 30, 4000])
  func labels(digits: Int) {
    let label = String(repeating: "0", count: digits)
    let x = Axis("", 0...1) { _ in [] }
    let plot = Plot(.narrow, x: x, y: Axis("", 0...1) { _ in [Tick(0.5, label)] })
    #expect(plot.layout.plotWidth >= 0.4 * plot.layout.width)
    #expect(plot.layout.left >= Layout.narrow.left)
  }
}
