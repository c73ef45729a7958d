import ArgumentParser
import Documents
import Lab
import MarketData
import Pipeline

/// `stresslab data check FILE|NAME`.
struct DataCheckCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Says what may be wrong with bars; nothing is changed.",
    discussion: """
      Of a dataset its raw bars are looked at, of a file its rows (data:NAME is the file of the bars that were made of them, as \
      repairs have left them), before anything in them is refused: duplicates, gaps, \
      prices that can't be, what looks like a split, spikes against neighbours, closes that stand still, and with --against \
      closes that another source has otherwise. What can be done about it is told at the end; docs/cleaning.md has the rules.

        stresslab data check binance/BTC-USDT/1h
        stresslab data check bars.csv --against other.csv
      """)

  @Argument(help: ArgumentHelp("A dataset's name, or a file of bars.", valueName: "data"))
  var data: String

  @Option(help: ArgumentHelp("Another source of the same bars: a dataset's name or a file.", valueName: "data"))
  var against: String?

  @Option(
    help: ArgumentHelp(
      "The file's own names of columns: time, asset, open, high, low, close, volume, unadjustedClose.",
      valueName: "what=column,..."))
  var names: String?

  @OptionGroup
  var option: DataOption

  @Flag(help: "Print everything as JSON.")
  var json = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let folder = try option.folder()
    let rows = try Self.rows(data, in: folder, BarsOptions.roles(names))
    let others = try against.map { try Self.rows($0, in: folder) }
    let reports = try rows.map { asset in
      let other = others.flatMap { others in
        others.first { $0.asset == asset.asset } ?? (others.count == 1 && rows.count == 1 ? others[0] : nil)
      }
      if others != nil, other == nil {
        throw Refusal("\(against ?? "") has no asset named \(quoted(asset.asset))")
      }
      return CleaningReport(asset, against: other)
    }
    if json { return try Output.write(JSONWriter.write(.array(reports.map(\.json)), indented: true)) }
    try Output.write(CleaningReportText.lines(reports).map { PrintableText.escaped($0) }.joined(separator: "\n"))
  }

  /// The rows of a dataset's raw files, or of a file.
  private static func rows(
    _ text: String, in folder: DataFolder, _ roles: [BarLayout.Role: String] = [:]
  ) throws -> [BarRows] {
    if text.hasPrefix(FileContents.dataPrefix) {
      _ = try folder.dataset(text)
      return try BarRows.rows(of: FileContents.needed(text), file: text, named: roles)
    }
    if let bytes = try StandardInput.contents(for: [text])(text) {
      return try BarRows.rows(of: bytes, file: text, named: roles)
    }
    return try BarRows.rows(of: folder.dataset(text).name, in: folder, named: roles)
  }
}
