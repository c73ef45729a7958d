import Documents
import MarketData

/// The rows of one asset's bars as a file has them: before anything is refused, in the order of the file.
package struct BarRows: Sendable {
  /// A row of the file.
  package struct Row: Sendable {
    /// The line of the file, from 1; 0 for a row that comes from none.
    package var line: Int
    /// Milliseconds since 1970-01-01 UTC; nil where the file has no time there that can be read.
    package var time: Int64?
    // NaN where there is no number.
    private var open = Double.nan
    private var high = Double.nan
    private var low = Double.nan
    private var close = Double.nan
    private var volume = Double.nan

    /// A row.
    package init(line: Int = 0, time: Int64?, values: [BarField: Double] = [:]) {
      self.line = line
      self.time = time
      for (field, value) in values { self[field] = value }
    }

    /// A field; nil where there is no number that can be read.
    package subscript(field: BarField) -> Double? {
      get {
        let value =
          switch field {
          case .open: open
          case .high: high
          case .low: low
          case .close: close
          case .volume: volume
          }
        return value.isNaN ? nil : value
      }
      set {
        let value = newValue ?? .nan
        switch field {
        case .open: open = value
        case .high: high = value
        case .low: low = value
        case .close: close = value
        case .volume: volume = value
        }
      }
    }

    /// Whether two rows say the same of the same moment.
    package func isSame(as other: Row) -> Bool {
      time == other.time && BarField.allCases.allSatisfy { self[$0] == other[$0] }
    }
  }

  /// The file, for messages.
  package let file: String
  /// The asset; without a name where the file holds one.
  package let asset: String
  /// The fields that the file has; closes always are among them.
  package let fields: [BarField]
  /// The rows.
  package var rows: [Row]

  /// Rows of an asset.
  package init(file: String, asset: String, fields: [BarField], rows: [Row]) {
    self.file = file
    self.asset = asset
    self.fields = fields
    self.rows = rows
  }

  /// Bars that are sound already, each on the line that a file with a header would have it on.
  package init(_ series: BarSeries, file: String = "bars", asset: String = "") {
    let fields = BarField.allCases.filter { field in series.count == 0 || !series[field].allSatisfy(\.isNaN) }
    self.init(
      file: file, asset: asset, fields: fields,
      rows: (0..<series.count).map { index in
        var row = Row(line: index + 2, time: series.time[index])
        for field in fields { row[field] = series[field][index] }
        return row
      })
  }
}

extension BarRows {
  /// Rows of assets as a file of bars: `time` in ISO 8601, the asset where there are several, and their fields. A row without
  /// a time is left out, since nothing can be said of when it was.
  package static func csv(_ all: [BarRows]) -> [UInt8] {
    let fields = BarField.allCases.filter { field in all.contains { $0.fields.contains(field) } }
    let isSeveral = all.count > 1
    var text = Array((["time"] + (isSeveral ? ["asset"] : []) + fields.map(\.rawValue)).joined(separator: ",").utf8)
    text.append(UInt8(ascii: "\n"))
    for asset in all {
      let name = asset.asset.contains { "\",\n\r".contains($0) } ? quotedField(asset.asset) : asset.asset
      for row in asset.rows {
        guard let time = row.time else { continue }
        let values = fields.map { row[$0].map(JSONWriter.number) ?? "" }
        let line = [Timestamp.text(milliseconds: time)] + (isSeveral ? [name] : []) + values
        text += line.joined(separator: ",").utf8
        text.append(UInt8(ascii: "\n"))
      }
    }
    return text
  }

  private static func quotedField(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }
}
