import Drawing

/// How much a chart matters when a report has more charts than a page of a megabyte holds. What is not drawn in the page
/// is a file beside it, with a link.
enum ChartRank: Int, Sendable, Comparable {
  /// In every report; each leading chart of a desk takes some 130 kB of a large one.
  case leading
  /// In all but large reports.
  case usual
  /// In small reports.
  case further

  static func < (one: ChartRank, other: ChartRank) -> Bool { one.rawValue < other.rawValue }
}

/// A line of the catalogue: a chart's name and how it is made from a scene.
struct ChartEntry<Scene: Sendable>: Sendable {
  /// Part of the chart's anchor and of its file's name; lower case and hyphens.
  let name: String
  /// Up to which size of report it is drawn in the page.
  let rank: ChartRank
  /// The chart, or nil where the scene has nothing to draw.
  let make: @Sendable (Scene) -> (any Chart)?

  /// An entry for a chart that can be made from the scene.
  init(
    _ name: String, rank: ChartRank = .further, _ make: @escaping @Sendable (Scene) -> (any Chart)?
  ) {
    self.name = name
    self.rank = rank
    self.make = make
  }
}
