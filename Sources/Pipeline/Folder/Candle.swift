import MarketData

/// A bar as an exchange gives it: the texts of its numbers, so that nothing is rounded before it is kept.
package struct Candle: Sendable, Hashable {
  /// When it opens: milliseconds since 1970-01-01 UTC.
  package let time: Int64
  /// The first price.
  package let open: String
  /// The highest price.
  package let high: String
  /// The lowest price.
  package let low: String
  /// The last price.
  package let close: String
  /// What was traded, in units of the asset.
  package let volume: String

  /// A candle. The texts are decimal numbers and hold no comma, quote or line break.
  package init(time: Int64, open: String, high: String, low: String, close: String, volume: String) {
    self.time = time
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
  }

  /// The first row of files of candles.
  static let header = "time,open,high,low,close,volume\n"

  /// The candle as a row of such a file.
  var row: String { "\(Timestamp.text(milliseconds: time)),\(open),\(high),\(low),\(close),\(volume)\n" }

  /// The candles of such a file; nil where it is none.
  static func candles(in bytes: [UInt8]) -> [Candle]? {
    var lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, header.utf8.dropLast().elementsEqual(first) else { return nil }
    lines.removeFirst()
    var candles: [Candle] = []
    candles.reserveCapacity(lines.count)
    for line in lines {
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard fields.count == 6, let time = Timestamp.milliseconds(fields[0]) else { return nil }
      let texts = fields.dropFirst().map { String(decoding: $0, as: UTF8.self) }
      candles.append(
        Candle(time: time, open: texts[0], high: texts[1], low: texts[2], close: texts[3], volume: texts[4]))
    }
    return candles
  }
}
