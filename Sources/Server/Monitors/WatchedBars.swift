import Documents
import Foundation
import MarketData
import Pipeline

/// The bars of a dataset that a monitor looks at: one asset's, as they lie in the data folder.
struct WatchedBars: Sendable {
  /// The asset, by a name that documents may have.
  let asset: String
  /// All bars.
  let series: BarSeries
  /// The most frequent distance of neighbours, in milliseconds.
  let step: Int64
  /// Days of the week on which there are none.
  let hasClosedDays: Bool
  /// What is wrong with the newest bars, each in a sentence: gaps, what looks like splits.
  let faults: [String]
  /// Which columns there are.
  let fields: [BarField]

  /// The bars of a dataset.
  ///
  /// - Parameters:
  ///   - wanted: the asset; nil for the first by name.
  ///   - newest: bars whose faults are told.
  /// - Throws: a `Failure` where there are none, and what is wrong with the file.
  init(_ data: DatasetName, asset wanted: String?, newest: Int, _ folder: DataFolder) throws {
    guard let bytes = try folder.bars(of: data) else {
      throw Failure.notFound("there are no bars of \(data): collect or import them first")
    }
    let file = try BarFile(bytes, file: "\(FileContents.dataPrefix)\(data)")
    let bars = RecordedBars(file.bars)
    let chosen = wanted ?? bars.names.sorted()[0]
    guard let series = bars.bars(of: chosen) else {
      throw Failure(
        .unprocessableContent, "refused",
        "\(data) has no asset \(quoted(chosen))\(Suggestion.hint(for: chosen, among: bars.names))")
    }
    guard series.count > 2, let clock = BarClock(series.time) else {
      throw Failure(.unprocessableContent, "refused", "\(data) has \(series.count) bars of it: too few for a clock")
    }
    let words = "\(data)".split(separator: "/")
    asset = chosen.isEmpty ? String(words.count > 1 ? words[words.count - 2] : words[0]) : chosen
    self.series = series
    step = clock.step
    hasClosedDays = !clock.closedWeekdays.isEmpty || clock.closesAtNight
    fields = BarField.allCases.filter { file.bars.layout.isWide ? $0 == .close : file.bars.layout.fields[$0] != nil }
    let from = series.time[max(0, series.count - newest)]
    let gaps = file.bars.gaps(of: bars.names == [""] ? nil : [chosen], within: from..<Int64.max).map(\.message)
    var splits: [String] = []
    if fields.count > 3, let history = try? RecordedHistory(bars, assets: [chosen]) {
      splits = history.suspectedSplits(in: max(0, history.count - newest)..<history.count)
    }
    faults = gaps + splits
  }

  /// The newest bars.
  func newest(_ count: Int) -> [Bar] { (max(0, series.count - count)..<series.count).map { series[$0] } }

  /// When the newest bar was over, in milliseconds since 1970.
  var end: Int64 { series.time[series.count - 1] + step }

  /// Bars as a file in the schema of the data folder.
  func csv(_ bars: Range<Int>) -> String {
    var text = "time" + fields.map { ",\($0.rawValue)" }.joined() + "\n"
    for index in bars {
      text += Timestamp.text(milliseconds: series.time[index])
      for field in fields { text += "," + JSONWriter.number(series[field][index]) }
      text += "\n"
    }
    return text
  }
}
