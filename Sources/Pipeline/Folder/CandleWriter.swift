import Documents
import Lab
import MarketData

/// Writes the candles of one series into the data folder, page by page.
///
/// A page counts with its rows and the stretch of time that was asked for, or not at all: whoever is killed in between
/// leaves what was there before. Rows that the series has already must come again as they were. The bytes of the files
/// follow from the rows alone, whatever the pages were.
package final class CandleWriter {
  private let dataset: RawDataset
  private let origin: CandleOrigin
  /// Milliseconds since 1970-01-01 UTC.
  private let now: () -> Int64
  /// The rows of the file that was last looked at.
  private var last: (key: String, candles: [Candle])?

  /// A source that says something else of a time than it did before.
  package struct ChangedSource: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whose candles.
    package let origin: CandleOrigin
    /// The bar's time, milliseconds since 1970-01-01 UTC.
    package let time: Int64
    /// What the series has.
    package let kept: Candle
    /// What came; nil for no bar.
    package let came: Candle?

    /// In a sentence.
    package var description: String {
      let at = Timestamp.text(milliseconds: time)
      func row(_ candle: Candle?) -> String {
        candle.map { "open \($0.open), high \($0.high), low \($0.low), close \($0.close), volume \($0.volume)" }
          ?? "no bar"
      }
      return "\(origin.words) has changed at \(at): kept are \(row(kept)), now came \(row(came))"
    }
  }

  /// Opens the series for writing.
  ///
  /// - Parameter now: the clock that says when files were written.
  /// - Throws: a `Refusal` where the name is of something else or another writer has it; `StoreProblem`.
  package init(_ folder: DataFolder, _ name: DatasetName, _ origin: CandleOrigin, now: @escaping () -> Int64) throws {
    dataset = try RawDataset(folder, name)
    self.origin = origin
    self.now = now
    guard let manifest = dataset.manifest else { return }
    guard let known = manifest.origin else {
      throw Refusal("\(name) holds an imported file: choose another name with --as")
    }
    guard known.isSameSeries(as: origin) else {
      throw Refusal("\(name) holds \(known.words), not \(origin.words): choose another name with --as")
    }
  }

  /// The stretches of time that were asked for and answered.
  package var covered: Coverage { dataset.manifest?.covered ?? Coverage() }

  /// The bars of the series.
  package var rows: Int { dataset.manifest?.rows ?? 0 }

  /// Adds a page, all of it or nothing.
  ///
  /// - Parameters:
  ///   - candles: in the order of time, inside the range.
  ///   - range: what they answer: where it has no candle there is none.
  /// - Throws: `ChangedSource` where the series has something else in the range; `StoreProblem`.
  package func add(_ candles: [Candle], covering range: Range<Int64>) throws {
    precondition(
      zip(candles, candles.dropFirst()).allSatisfy { $0.time < $1.time }
        && candles.allSatisfy { range.contains($0.time) }, "Invariant: a page is in order and in its range")
    guard !range.isEmpty else { return }
    let covered = covered
    var files = dataset.manifest?.files ?? []
    for (key, stretch) in parts(of: range) {
      let number = files.firstIndex { $0.name.hasPrefix(key + ".") }
      let kept = try number.map { try self.candles(of: files[$0], key) } ?? []
      let news = candles.filter { stretch.contains($0.time) }
      try compare(kept.filter { stretch.contains($0.time) }, news, where: covered)
      let merged = kept.filter { !stretch.contains($0.time) } + news
      guard !news.isEmpty, merged.count > kept.count else { continue }
      let sorted = merged.sorted { $0.time < $1.time }
      let bytes = Array(Candle.header.utf8) + sorted.flatMap { Array($0.row.utf8) }
      let file = try dataset.write(bytes, stem: key, ending: "csv", rows: sorted.count, now: now())
      if let number { files[number] = file } else { files.append(file) }
      last = (key, sorted)
    }
    var all = covered
    all.insert(range)
    try dataset.become(RawManifest(origin: origin, covered: all, files: files.sorted { $0.name < $1.name }))
  }

  /// The stretches inside what was asked for that have no bar where the step wants one.
  package func gaps() throws -> [Range<Int64>] {
    var times: [Int64] = []
    for file in dataset.manifest?.files ?? [] {
      times += try candles(of: file, String(file.name.prefix { $0 != "." })).map(\.time)
    }
    return Self.gaps(of: times, step: origin.stepMilliseconds, in: covered)
  }

  /// The stretches inside what was covered without a time where the step wants one, from the first time to the last.
  static func gaps(of times: [Int64], step: Int64, in covered: Coverage) -> [Range<Int64>] {
    zip(times, times.dropFirst()).flatMap { (before, after) -> [Range<Int64>] in
      guard after - before > step else { return [] }
      let hole = (before + step)..<after
      let asked = Coverage(covered.missing(in: hole))
      return asked.missing(in: hole)
    }
  }

  /// Ends the writing.
  ///
  /// - Returns: the dataset, still kept from others, for what is to be made of it.
  package func finish() -> RawDataset { dataset }

  /// The rows of a file.
  private func candles(of file: RawFile, _ key: String) throws -> [Candle] {
    if let last, last.key == key { return last.candles }
    let bytes = try RawDataset.bytes(of: file, dataset.name, in: dataset.folder)
    guard let candles = Candle.candles(in: bytes) else {
      throw StoreProblem("\(dataset.path)/\(file.name) is no file of candles", .damaged)
    }
    last = (key, candles)
    return candles
  }

  /// Refuses a page that says something else of what was covered before. A bar where there was none is no contradiction: the
  /// exchange has it now.
  private func compare(_ kept: [Candle], _ news: [Candle], where covered: Coverage) throws(ChangedSource) {
    let before = Dictionary(uniqueKeysWithValues: kept.map { ($0.time, $0) })
    let after = Dictionary(uniqueKeysWithValues: news.map { ($0.time, $0) })
    for time in Set(before.keys).union(after.keys).sorted() where covered.contains(time) {
      guard let kept = before[time], kept != after[time] else { continue }
      throw ChangedSource(origin: origin, time: time, kept: kept, came: after[time])
    }
  }

  /// The files that a range touches, each with its part of the range: a month of bars under half an hour, a year of others.
  private func parts(of range: Range<Int64>) -> [(key: String, range: Range<Int64>)] {
    let isByMonth = origin.stepMilliseconds < 1_800_000
    var parts: [(key: String, range: Range<Int64>)] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let day = CalendarDay(daysSince1970: Int(start).floorDivided(by: 86_400_000))
      let month = isByMonth ? day.month : 12
      let next = CalendarDay(year: month == 12 ? day.year + 1 : day.year, month: month == 12 ? 1 : month + 1, day: 1)
      let end = min(range.upperBound, next.map { Int64($0.daysSince1970) * 86_400_000 } ?? range.upperBound)
      let year = String(repeating: "0", count: max(0, 4 - "\(day.year)".count)) + "\(day.year)"
      parts.append((isByMonth ? "\(year)-\(day.month < 10 ? "0" : "")\(day.month)" : year, start..<end))
      start = end
    }
    return parts
  }
}
