import Drawing

/// A part of the page under a heading of its own. A new section is one file and one line in `Report.sections`.
protocol PageSection: Sendable {
  /// The section's markup; the builder takes its heading, its anchors and its charts.
  func body(_ page: inout PageBuilder) -> [Markup]
}
