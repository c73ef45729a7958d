import ArgumentParser
import Documents
import Lab
import MarketData

/// `stresslab import`: what a file of recorded bars holds, as it was understood.
struct ImportCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Shows how a file of recorded bars is understood, with three of its bars.",
    discussion: """
      The kind of file, what stands between its fields, how numbers and times are written, what its columns hold, what is \
      left out and why, gaps, and the first, a middle and the last bar with times in UTC. Files of Binance, Kraken, \
      CryptoDataDownload, Yahoo, Alpha Vantage, Stooq, MetaTrader, Dukascopy, HistData.com, investing.com, NSE, pandas, \
      Interactive Brokers, Polygon, Coinbase and FirstRate Data are read as they come; docs/recorded-files.md has them all. \
      A file that can be read in two ways is refused, with both.

        stresslab import BTCUSDT-1h-2024-01.csv
        stresslab import quotes.csv --names time=Datum,close=Schluss --json
      """)

  @Argument(
    help: ArgumentHelp("A file of recorded bars; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["csv", "txt"]))
  var file: String

  @Option(
    help: ArgumentHelp(
      "The file's own names of columns: time, asset, open, high, low, close, volume, unadjustedClose.",
      valueName: "what=column,..."))
  var names: String?

  @Flag(help: "Print everything as JSON.")
  var json = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let bytes = try FileContents.needed(file, StandardInput.contents(for: [file]))
    let read = try BarFile(bytes, file: file, named: BarsOptions.roles(names))
    let report = ImportReport(read)
    if json { return try Output.write(JSONWriter.write(report.json, indented: true)) }
    try Output.write(report.lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
  }
}
