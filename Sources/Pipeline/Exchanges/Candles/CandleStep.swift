import MarketData

/// How long a bar of an exchange lasts: `1m`, `4h` or `1d`. Bars begin at its multiples since 1970-01-01 UTC.
package struct CandleStep: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// As exchanges and people write it.
  package let description: String
  /// In milliseconds.
  package let milliseconds: Int64

  /// In seconds.
  package var seconds: Int { Int(milliseconds / 1000) }

  /// A step of minutes, hours or one day, or nil where the text is none.
  package init?(_ text: String) {
    guard let unit = text.last, let count = Int64(text.dropLast()), text.first != "+", (1...1440).contains(count) else {
      return nil
    }
    let length: Int64? =
      switch unit {
      case "m": 60_000
      case "h": 3_600_000
      case "d": 86_400_000
      default: nil
      }
    // Longer bars begin on days of their own on every exchange.
    guard let length, count * length <= 86_400_000, "\(count)\(unit)" == text else { return nil }
    description = text
    milliseconds = count * length
  }

  /// The bar that a moment lies in begins here, milliseconds since 1970.
  package func open(of time: Int64) -> Int64 { time - Int64(Int(time).floorModulo(Int(milliseconds))) }

  /// The first beginning of a bar that is not before a moment.
  package func firstOpen(from time: Int64) -> Int64 { open(of: time + milliseconds - 1) }

  /// How many bars begin in a range that begins with one.
  package func count(in range: Range<Int64>) -> Int {
    Int((range.upperBound - range.lowerBound + milliseconds - 1) / milliseconds)
  }

  /// Shorter ones first.
  package static func < (left: CandleStep, right: CandleStep) -> Bool { left.milliseconds < right.milliseconds }
}

extension [CandleStep] {
  /// Steps by their texts; those that are none, such as weeks, are left out. The shortest comes first.
  package init(named names: some Sequence<String>) { self = names.compactMap { CandleStep($0) }.sorted() }
}
