import ArgumentParser
import Documents
import Glibc
import Indicators
import Lab
import MarketData

/// `stresslab features`: feature columns of recorded bars.
struct FeaturesCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "features", abstract: "Computes feature columns of recorded bars: CSV in; CSV, NumPy or Parquet out.",
    discussion: """
      The file has bars of one asset, bars of several with a column that says which, or closes alone: in one column, \
      or in a column for each asset. Its columns are found by their usual names (timestamp, date, symbol, Close, ...) \
      or named with --names. A row comes out for each bar: time, asset where there are several, then the columns; \
      fields in the look-back are empty.

      --format, or the ending of --out, says how they are written: csv; npy, an array of NumPy of rows × columns, with \
      their times and names in files beside it (features.npy, features.time.npy, features.columns.json); or parquet, which \
      needs a Python with pyarrow (STRESSLAB_PYTHON, else python3).

      Impossible bars are refused, each with its line and reason, and so are gaps: bars that are missing inside the \
      file's regular clock. Nights, weekends and holidays of up to four days are no gaps.

        stresslab features bars.csv --set classic44 --out features.csv
        stresslab features bars.csv --set wide --out features.npy
        stresslab features data:binance/BTC-USDT/1h --set classic44 --as classic44
        stresslab features stocks.csv --asset IBM --columns SMA_20,RSI_14,MACD_signal
        stresslab features quotes.csv --names time=Datum,close=Schluss --columns RSI
      """)

  @Argument(
    help: ArgumentHelp("CSV of recorded bars; - is standard input.", valueName: "data"),
    completion: .file(extensions: ["csv"]))
  var data: String

  @Option(
    help: ArgumentHelp("A feature set: classic44 or wide.", valueName: "name"),
    completion: .list(FeatureSet.all.map(\.name)))
  var set: String?

  @Option(
    help: ArgumentHelp(
      "Columns with commas between them; `stresslab list indicators` has their names.", valueName: "names"))
  var columns: String?

  @Option(help: ArgumentHelp("Only this asset of several; may be given more than once.", valueName: "name"))
  var asset: [String] = []

  @OptionGroup
  var reading: BarsOptions

  @Option(
    help: ArgumentHelp("The file to write; standard output unless given.", valueName: "file"), completion: .file())
  var out: String?

  @Option(help: "How they are written: csv, npy or parquet; as --out ends unless given, else csv.")
  var format: FeatureFormat?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Keep them in the data folder under this name, as the next version of a set; of bars of that folder.",
      valueName: "set"))
  var keptAs: String?

  @OptionGroup
  var folder: DataOption

  @Flag(help: "Replace the file if there is one.")
  var overwrite = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let columns = try chosenColumns()
    let roles = try reading.roles()
    let folder = try folder.folder()
    if keptAs != nil, out != nil || !asset.isEmpty {
      throw Refusal("--as keeps the features of all assets in the data folder; --out and --asset go without it")
    }
    let kept = try keptAs.map { try FeatureKeeping($0, of: data, in: folder, format: format) }
    let files = try kept == nil ? FeatureFiles(out, format, overwrite: overwrite) : nil
    let bytes = try FileContents.needed(data, StandardInput.contents(for: [data]))
    let file = try BarFile(
      bytes, file: data, named: roles, assets: asset.isEmpty ? nil : asset, needs: Self.needs(of: columns))
    reading.say(file)
    try BarsNotice.say(of: [data])
    let bars = file.bars
    try reading.check(bars, otherwise: "computes as if none were")
    try files?.write(FeatureTable(columns, of: bars))
    if let kept {
      try Output.write(
        PrintableText.escaped(
          kept.keep(columns, rows: bars.order.count, of: bytes) { FeatureTable(columns, of: bars) }))
    }
  }

  private func chosenColumns() throws(Refusal) -> [FeatureColumn] {
    switch (set, columns) {
    case (nil, nil):
      throw Refusal("say which columns: --set classic44 or wide, or --columns SMA_20,RSI_14,...")
    case (_?, _?):
      throw Refusal("--set and --columns exclude each other: --columns takes the names of a set's columns too")
    case (let name?, nil):
      guard let set = FeatureSet.all.first(where: { $0.name == name }) else {
        throw Refusal(
          "no feature set named \(quoted(name))\(Suggestion.hint(for: name, among: FeatureSet.all.map(\.name)))")
      }
      return set.columns
    case (nil, let text?):
      do throws(FeatureNameProblems) {
        return try FeatureColumn.list(text)
      } catch {
        throw Refusal(error.all.map { "--columns: \($0)" }.joined(separator: "\nstresslab: "))
      }
    }
  }

  /// What of a bar the columns need, with the reason in words.
  private static func needs(of columns: [FeatureColumn]) -> [BarField: String] {
    var users: [BarField: [String]] = [:]
    for column in columns {
      for field in column.inputs { users[field, default: []].append(column.name) }
    }
    return users.mapValues { names in
      names.count == 1
        ? "\(names[0]) needs"
        : names.count <= 4
          ? "\(names.joined(separator: ", ")) need"
          : "\(names.prefix(3).joined(separator: ", ")) and \(names.count - 3) more need"
    }
  }
}
