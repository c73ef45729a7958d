/// Why a desk was ruined. The raw value is the number in the store.
package enum RuinCause: Int, Sendable, Hashable, CodedByName {
  /// Not ruined.
  case none = 0
  /// The venue closed the position because equity fell under the maintenance margin.
  case liquidation = 1
  /// Equity reached 0.
  case zeroEquity = 2
  /// Equity reached the study's `equityBelow`.
  case equityBelow = 3
}
