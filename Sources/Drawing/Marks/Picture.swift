/// One drawing of a chart: its marks and where a reader's crosshair may stand.
package struct Picture: Sendable {
  package let layout: Layout
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
