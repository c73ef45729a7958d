/// What a number in a document counts, for messages, schema and docs.
package struct QuantityUnit: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The unit in words; empty when there is none.
  package let text: String

  /// A unit in words.
  package init(_ text: String) { self.text = text }

  /// A unit in words.
  package init(stringLiteral value: String) { text = value }

  /// A pure number.
  package static let none = QuantityUnit("")
  /// 1/year.
  package static let perYear = QuantityUnit("1/year")
  /// Standard deviation of log returns over a year.
  package static let perSquareRootYear = QuantityUnit("1/√year")
  /// A fraction: 0.1 is 10 %.
  package static let fraction = QuantityUnit("fraction")
  /// A fraction of price.
  package static let fractionOfPrice = QuantityUnit("fraction of price")
  /// A fraction of equity.
  package static let fractionOfEquity = QuantityUnit("fraction of equity")
  /// A log return.
  package static let logReturn = QuantityUnit("log return")
  /// Hundredths of a percent.
  package static let basisPoints = QuantityUnit("basis points")
  /// Units of the asset: shares, coins.
  package static let shares = QuantityUnit("units of the asset")
  /// The quote currency.
  package static let currency = QuantityUnit("quote currency")
  /// A factor on something else.
  package static let factor = QuantityUnit("×")
  /// Trading time.
  static let tradingTime = QuantityUnit("trading time")
}
