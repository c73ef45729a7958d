import Documents
import MarketData

/// Which rows of which file a model takes.
///
/// A row's return starts from the row before it: bars that are missing would become one return of many steps. So they are
/// refused, by the rule of `BarTable.gaps`, unless the document allows them; then the report says that there are some.
package struct BarSource: Sendable, Hashable {
  /// Path of a file of bars.
  package let file: String
  /// Names of the file's columns, where they are not found.
  package let columns: BarColumns
  /// First day whose rows are taken; nil for the file's first.
  package let from: CalendarDay?
  /// Last day whose rows are taken; nil for the file's last.
  package let to: CalendarDay?
  /// What is done about bars that are missing.
  package let gaps: GapHandling
  /// What is done about rows that look like a split in prices that were not adjusted.
  package let splits: SplitHandling

  /// States a source.
  package init(
    file: String, columns: BarColumns = BarColumns(), from: CalendarDay? = nil, to: CalendarDay? = nil,
    gaps: GapHandling = .refuse, splits: SplitHandling = .refuse
  ) {
    self.file = file
    self.columns = columns
    self.from = from
    self.to = to
    self.gaps = gaps
    self.splits = splits
  }
}

extension BarSource {
  /// The fields of a form that names a source; `reading` makes it of them.
  static let fileField = Field<String>(
    "file", .filePath, "file of bars, as docs/recorded-files.md has them, relative to this document")
  static let columnsField = Field<BarColumns>(
    "columns", .formOrDefaults(BarColumns.form), "names of the file's columns; those left out are found")
  static let fromField = Field<CalendarDay?>("from", .optional(.date), "first day whose rows are taken")
  static let toField = Field<CalendarDay?>("to", .optional(.date), "last day whose rows are taken")
  static let gapsField = Field<GapHandling>(
    "gaps", .word(), default: .refuse, "what is done about bars that are missing inside the file's clock")

  static let splitsField = Field<SplitHandling>(
    "splits", .word(), default: .refuse,
    "what is done about rows that look like a split in prices that were not adjusted")

  /// The source that the fields name.
  ///
  /// - Throws: a last day before the first.
  static func reading(
    _ file: String, _ columns: BarColumns, _ from: CalendarDay?, _ to: CalendarDay?, _ gaps: GapHandling,
    _ splits: SplitHandling
  ) throws(FormViolation) -> BarSource {
    if let from, let to, to < from { throw FormViolation(toField.name, "\(to) is before \(from)") }
    return BarSource(file: file, columns: columns, from: from, to: to, gaps: gaps, splits: splits)
  }
}
