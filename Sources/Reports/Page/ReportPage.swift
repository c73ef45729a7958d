import Drawing

/// A page beside `index.html`, which links to it. A new kind of page is a type like this, a line in `Report.pages` and its
/// prefix in `ChartList.isPage`.
protocol ReportPage: Sendable {
  /// The file's name.
  var file: String { get }
  /// Its heading.
  var title: String { get }
  /// What sort of page it is, in a word or two, for the line over its heading.
  var kind: String { get }
  /// The anchor in `index.html` that the way back leads to.
  var origin: String { get }
  /// What it shows, section by section.
  func body(_ page: inout PageBuilder) -> [Markup]
}
