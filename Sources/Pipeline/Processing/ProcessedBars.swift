import Digests
import Documents
import Foundation
import Lab
import MarketData

/// Bars on one clock in one schema: `time` in ISO 8601 UTC, `asset` where there are several, then those of open, high,
/// low, close and volume that the source has; in the order of time, then of the assets' names.
package struct ProcessedBars {
  /// The file.
  package let bytes: [UInt8]
  private let table: BarTable

  /// The most findings of one kind that a manifest lists.
  private static let mostFindings = 1000

  /// The bars of a table.
  package init(_ table: BarTable) {
    self.table = table
    let fields = BarField.allCases.filter { table.layout.isWide ? $0 == .close : table.layout.fields[$0] != nil }
    let isSeveral = table.names.count > 1
    var text = "time\(isSeveral ? ",asset" : "")"
    for field in fields { text += ",\(field.rawValue)" }
    var bytes = Array(text.utf8) + [UInt8(ascii: "\n")]
    let order = table.names.indices.sorted { table.names[$0] < table.names[$1] }
    var cursors = [Int](repeating: 0, count: table.names.count)
    while let asset = Self.next(order, cursors, table.series) {
      let bar = table.series[asset][cursors[asset]]
      cursors[asset] += 1
      bytes += Timestamp.text(milliseconds: bar.time).utf8
      if isSeveral {
        bytes.append(UInt8(ascii: ","))
        bytes += Self.field(table.names[asset]).utf8
      }
      for field in fields {
        bytes.append(UInt8(ascii: ","))
        bytes += JSONWriter.number(bar[field]).utf8
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    self.bytes = bytes
  }

  /// Puts them into the data folder, with a manifest of what was found in them.
  ///
  /// - Parameters:
  ///   - raw: what they were made from.
  ///   - gaps: missing bars where the source knows them better than the clock of the bars does; nil: by that clock.
  ///   - changes: what was changed on the way, each in a sentence.
  package func save(
    from raw: RawDataset, gaps: [String]? = nil, changes: [String] = []
  ) throws(StoreProblem) -> ProcessedManifest {
    let times = table.series.flatMap { [$0.time.first, $0.time.last].compactMap(\.self) }
    let manifest = ProcessedManifest(
      madeFrom: raw.manifest?.digest ?? "", sha256: Digest.sha256(bytes), assets: table.names.sorted(),
      rows: table.order.count, first: times.min() ?? 0, last: times.max() ?? 0,
      step: table.series.lazy.compactMap { BarClock($0.time)?.step }.first,
      gaps: gaps ?? table.gaps(atMost: Self.mostFindings).map(\.message), splits: splits, changes: changes,
      findings: FindingCounts(in: table))
    try DataFolder.write(bytes, to: raw.folder.processed(raw.name))
    try DataFolder.write(Data(manifest.text.utf8), to: raw.folder.processedManifest(raw.name))
    return manifest
  }

  /// Bars that open as after a split that prices were not adjusted for.
  private var splits: [String] {
    guard table.layout.fields[.open] != nil, table.layout.fields[.high] != nil, table.layout.fields[.low] != nil else {
      return []
    }
    let bars = RecordedBars(table)
    return table.names.sorted().flatMap { name -> [String] in
      guard let history = try? RecordedHistory(bars, assets: [name]) else { return [] }
      return history.suspectedSplits(in: 0..<history.count)
    }
  }

  /// The asset whose next bar comes first; nil when all are through.
  private static func next(_ order: [Int], _ cursors: [Int], _ series: [BarSeries]) -> Int? {
    order.filter { cursors[$0] < series[$0].count }.min { series[$0].time[cursors[$0]] < series[$1].time[cursors[$1]] }
  }

  private static func field(_ text: String) -> String {
    text.contains { "\",\n\r".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}

extension Bar {
  fileprivate subscript(field: BarField) -> Double {
    switch field {
    case .open: open
    case .high: high
    case .low: low
    case .close: close
    case .volume: volume
    }
  }
}

extension ProcessedBars {
  /// Makes a dataset's bars from its raw files and puts them into the data folder.
  ///
  /// - Parameter repairs: what is changed on the way.
  /// - Returns: the manifest, which has each change in a sentence.
  /// - Throws: `StoreProblem` for a raw file that is gone or changed; `Problems` for bars that can't be; a `Refusal` where
  ///   there are none.
  package static func make(from raw: RawDataset, repairs: Repairs? = nil) throws -> ProcessedManifest {
    guard let manifest = raw.manifest, !manifest.files.isEmpty else { throw Refusal("\(raw.name) has no bars yet") }
    let bytes = try RawDataset.bytes(of: raw.name, manifest, in: raw.folder)
    let (file, changes) = try (repairs ?? Repairs()).file(bytes, file: raw.path, named: manifest.roles)
    // Exchanges that never close have a bar at every step, or a gap.
    let gaps = manifest.origin.map { origin in
      CandleWriter.gaps(of: file.bars.series[0].time, step: origin.stepMilliseconds, in: manifest.covered)
        .map { words($0, step: origin.stepMilliseconds) }
    }
    return try ProcessedBars(file.bars).save(from: raw, gaps: gaps, changes: changes + file.changes)
  }

  /// A gap in a sentence.
  static func words(_ gap: Range<Int64>, step: Int64) -> String {
    let count = Int((gap.upperBound - gap.lowerBound) / step)
    let bars = count == 1 ? "a bar of \(BarTable.duration(step)) is" : "\(count) bars of \(BarTable.duration(step)) are"
    return "expected \(Timestamp.text(milliseconds: gap.lowerBound)), found "
      + "\(Timestamp.text(milliseconds: gap.upperBound)): \(bars) missing"
  }
}
