import ArgumentParser
import Documents
import Foundation
import Lab
import MarketData
import Pipeline

/// `stresslab import`: what a file of recorded bars holds, as it was understood; on request into the data folder.
struct ImportCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Shows how a file of recorded bars is understood, and takes it into the data folder.",
    discussion: """
      The kind of file, what stands between its fields, how numbers and times are written, what its columns hold, what is \
      left out and why, gaps, and the first, a middle and the last bar with times in UTC. Files of Binance, Kraken, \
      CryptoDataDownload, Yahoo, Alpha Vantage, Stooq, MetaTrader, Dukascopy, HistData.com, investing.com, NSE, pandas, \
      Interactive Brokers, Polygon, Coinbase and FirstRate Data are read as they come; docs/recorded-files.md has them all. \
      A file that can be read in two ways is refused, with both.

      With --as the file is kept in the data folder as it came, and its bars in one schema, as data:NAME.

        stresslab import BTCUSDT-1h-2024-01.csv
        stresslab import BTCUSDT-1h-2024-01.csv --as dumps/BTC-USDT/1h
        stresslab import quotes.csv --names time=Datum,close=Schluss --json
      """)

  @Argument(
    help: ArgumentHelp("A file of recorded bars; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["csv", "txt"]))
  var file: String

  @Option(name: .customLong("as"), help: ArgumentHelp("Take it into the data folder by this name.", valueName: "name"))
  var dataset: String?

  @OptionGroup
  var option: DataOption

  @Option(
    help: ArgumentHelp(
      "The file's own names of columns: time, asset, open, high, low, close, volume, unadjustedClose.",
      valueName: "what=column,..."))
  var names: String?

  @OptionGroup
  var repairing: RepairOptions

  @Flag(help: "Replace another file that the dataset holds.")
  var overwrite = false

  @Flag(help: "Print everything as JSON.")
  var json = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let name = try dataset.map { text in
      guard let name = DatasetName(text) else {
        throw Refusal("--as: \(quoted(text)) is no name of a dataset: \(DatasetName.rule)")
      }
      return name
    }
    let repairs = try repairing.repairs()
    if name == nil, overwrite || option.data != nil || !repairs.isEmpty {
      let given = overwrite ? "--overwrite" : option.data != nil ? "--data" : repairing.drop != nil ? "--drop" : "--fix"
      throw Refusal("\(given) goes with --as, which takes the file into the data folder")
    }
    let roles = try BarsOptions.roles(names)
    let bytes = try FileContents.needed(file, StandardInput.contents(for: [file]))
    let read = try repairs.file(bytes, file: file, named: roles).file
    let report = ImportReport(read)
    let taken = try name.map { try take(bytes, read, roles, repairs, as: $0) }
    if json {
      let json = report.json(taken: taken?.place, findings: taken?.manifest.findings)
      return try Output.write(JSONWriter.write(json, indented: true))
    }
    var lines = report.lines
    if let name, let taken {
      lines += ["", taken.sentence, "  check      \(DataText.findings(taken.manifest, of: name))"]
    }
    try Output.write(lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
  }

  /// Keeps the file's bytes as they came, and its bars in one schema.
  private func take(
    _ bytes: [UInt8], _ read: BarFile, _ roles: [BarLayout.Role: String], _ repairs: Repairs, as name: DatasetName
  ) throws -> (place: String, sentence: String, manifest: ProcessedManifest) {
    let folder = try option.folder()
    let raw = try RawDataset(folder, name)
    // Repairs leave fewer rows than the file has.
    let rows =
      try repairs.isEmpty
      ? read.bars.table.rowCount
      : BarRows.rows(of: bytes, file: file, named: roles).reduce(0) { $0 + $1.rows.count }
    let intake = try raw.take(
      bytes, from: file, names: roles.map { "\($0.key.rawValue)=\($0.value)" }.sorted(), rows: rows,
      replace: overwrite, now: Int64(Date().timeIntervalSince1970 * 1000))
    let manifest = try ProcessedBars.make(from: raw, repairs: repairs)
    try DataIndex(folder).refresh()
    let what =
      switch intake {
      case .kept: "Kept as"
      case .known: "Kept already as"
      case .replaced: "Kept in place of another file as"
      }
    let count = manifest.changes.count
    let changes = count == 0 ? "" : ", \(count) change\(count == 1 ? "" : "s")"
    let bars = "\(manifest.rows) bar\(manifest.rows == 1 ? "" : "s")\(changes)"
    let place = folder.processed(name)
    return (place, "\(what) \(FileContents.dataPrefix)\(name): \(bars) in \(place)", manifest)
  }
}
