/// A chart: what it found in a sentence, and how it is drawn.
///
/// A new chart is a file with a type like this and a line in the catalogue of its pages.
package protocol Chart: Sendable {
  /// A sentence with the finding.
  var title: String { get }
  /// On how much data it rests, which estimator, which confidence level, up to when.
  var subtitle: String { get }
  /// What is drawn and what it says, for a reader who cannot see it.
  var description: String { get }
  /// The numbers behind the chart.
  var table: DataTable { get }
  /// The chart in the given size.
  func draw(_ layout: Layout) -> Picture
}
