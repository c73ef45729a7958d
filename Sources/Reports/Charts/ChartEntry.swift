/// A line of the catalogue: a chart's name and how it is made from a scene.
package struct ChartEntry<Scene: Sendable>: Sendable {
  /// Part of the chart's anchor and of its file's name; lower case and hyphens.
  package let name: String
  /// What the chart shows, for `stresslab list`.
  package let summary: String
  /// Whether a large report keeps it in the page; the others are then files beside it, with a link.
  package let isLeading: Bool
  /// The chart, or nil where the scene has nothing to draw.
  package let make: @Sendable (Scene) -> (any Chart)?

  /// An entry for a chart that can be made from the scene. Only what every report must show is leading: each leading
  /// chart of a desk takes some 130 kB of a large report.
  package init(
    _ name: String, _ summary: String, isLeading: Bool = false, _ make: @escaping @Sendable (Scene) -> (any Chart)?
  ) {
    self.name = name
    self.summary = summary
    self.isLeading = isLeading
    self.make = make
  }
}
