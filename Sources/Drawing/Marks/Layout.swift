/// The size of a drawing and the room around its plot, in user units.
package struct Layout: Sendable, Hashable {
  /// Distinguishes the two drawings of one chart: `w` or `n`.
  package let name: String
  /// From edge to edge of the drawing, labels included.
  package let width: Double
  /// From top to bottom of the drawing, labels included.
  package let height: Double
  /// Room for the labels of the vertical axis.
  package let left: Double
  /// Room for the labels at the lines' ends.
  package let right: Double
  /// Room for the title of the vertical axis.
  package let top: Double
  /// Room for the labels and the title of the horizontal axis.
  package let bottom: Double
  /// How far a line may be from its values, in user units, so that it has fewer points.
  package let tolerance: Double

  /// For wide columns and for files of their own.
  static let wide = Layout(
    name: "w", width: 720, height: 360, left: 64, right: 96, top: 34, bottom: 44, tolerance: 0.5)
  /// For narrow columns and telephones, where the wide drawing's text would be too small.
  package static let narrow = Layout(
    name: "n", width: 420, height: 300, left: 54, right: 94, top: 30, bottom: 42, tolerance: 0.7)

  /// For pages of more charts than fit in full: the narrow drawing with coarser lines.
  static let compact = Layout(
    name: "n", width: 420, height: 300, left: 54, right: 94, top: 30, bottom: 42, tolerance: 1.2)

  /// Whether this is the narrow drawing.
  package var isNarrow: Bool { name == Layout.narrow.name }
  /// The plot's edges.
  package var plotLeft: Double { left }
  /// The x of the plot's right edge.
  package var plotRight: Double { width - right }
  /// The y of the plot's upper edge; y grows downwards.
  package var plotTop: Double { top }
  /// The y of the plot's lower edge.
  package var plotBottom: Double { height - bottom }
  /// From the plot's left edge to its right one.
  package var plotWidth: Double { plotRight - plotLeft }
  var plotHeight: Double { plotBottom - plotTop }

  /// The same drawing in another size or with other margins.
  package func with(
    width: Double? = nil, height: Double? = nil, left: Double? = nil, right: Double? = nil, top: Double? = nil,
    bottom: Double? = nil
  ) -> Layout {
    Layout(
      name: name, width: width ?? self.width, height: height ?? self.height, left: left ?? self.left,
      right: right ?? self.right,
      top: top ?? self.top, bottom: bottom ?? self.bottom, tolerance: tolerance)
  }
}
