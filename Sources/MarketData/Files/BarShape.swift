import Documents

/// A kind of file of recorded bars that people have: how it is told, and what is known of such files beyond what they say.
package struct BarShape: Sendable {
  /// What it is called.
  package let name: String
  /// What it is told by, for the documentation.
  package let mark: String
  /// What is known of a file that begins so; nil where it is of another kind.
  let recognise: @Sendable (BarFileHead) -> Knowledge?

  /// All kinds, in the order in which they are tried: what proves most comes first. The last takes what none of them does.
  package static let all: [BarShape] = [
    .binance, .kraken, .histData, .metaTrader4, .metaTrader5, .stooq, .dukascopy, .investing, .cryptoDataDownload,
    .yahoo, .yfinance,
    .nse, .interactiveBrokers, .polygon, .coinbase, .alphaVantage, .pandas, .headerless, .named,
  ]

  /// What is known of a file.
  struct Knowledge: Sendable {
    /// The names of its columns where no row has them as they are.
    var names: [String]?
    /// The rows that name the columns all the same, before the bars.
    var headerRows = 0
    /// Columns by what they hold, where their names don't say so.
    var roles: [BarLayout.Role: String] = [:]
    /// Columns that hold no volume, though their names say so.
    var hasVolume = true
    /// What the first column is called where its name is empty.
    var namelessFirst: String?
    /// Whether the day stands before the month; nil where the rows have to prove it.
    var isDayFirst: Bool?
    /// What its times are east of UTC, in milliseconds.
    var east: Int64 = 0
    /// The zone of its times in words, where the file does not say it.
    var zone: String?
    /// Whether volumes may end with K, M or B.
    var hasUnits = false
    /// Why it can't be read, and what to do.
    var refusal: String?
    /// What a reader of the bars should know.
    var notes: [String] = []
    /// What is wrong with its rows, beyond what is wrong with any bar.
    var proof: @Sendable (CSVTable, BarLayout) -> [Problem] = { _, _ in [] }
    /// What only all of its rows can tell, such as which column holds the volume.
    var settle: @Sendable (CSVTable, inout BarLayout, inout [String]) -> Void = { _, _, _ in }
  }
}
