/// One drawing of a chart: its marks and where a reader's crosshair may stand.
package struct Picture: Sendable {
  /// The size that it was drawn in.
  package let layout: Layout
  /// In the order of painting: later ones cover earlier ones.
  package let marks: [Markup]
  /// The x of each row of the chart's data table; empty where a crosshair would say nothing.
  package let crosshair: [Double]

  /// A drawing.
  package init(_ layout: Layout, _ marks: [Markup], crosshair: [Double] = []) {
    self.layout = layout
    self.marks = marks
    self.crosshair = crosshair
  }
}
