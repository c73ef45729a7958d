/// A technical indicator as a streaming value: bars go in one after the other, figures come out.
///
/// An implementation is generic over its number and written once: with `Double` it runs over recorded history, with
/// `Lanes` over eight simulated paths at a time. A step allocates nothing and, unless its file says otherwise, takes
/// O(1). Its memory is its own, so nothing later can reach an earlier figure.
///
/// A new indicator is one file with a type that conforms to this, and one line in `IndicatorCatalogue`. Mark `step` and
/// what it calls `@inline(__always)`.
package protocol Indicator: SendableMetatype {
  /// One lane or eight.
  associatedtype Number: IndicatorNumber
  /// `Single`, `Pair` or `Triple`: one figure for each output column.
  associatedtype Figures: IndicatorFigures where Figures.Number == Number

  /// Name, parameters, outputs and look-back.
  static var form: IndicatorForm { get }

  /// An indicator that has seen no bar.
  ///
  /// - Parameter parameters: as many as the form has, each in its range.
  /// - Parameter memory: gives the slots of its windows; it must outlive the indicator.
  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>)

  /// Takes the next bar.
  ///
  /// - Returns: the figures at the close of this bar; `nil` in the look-back, which is the same for all lanes.
  mutating func step(_ bar: IndicatorBar<Number>) -> Figures
}
