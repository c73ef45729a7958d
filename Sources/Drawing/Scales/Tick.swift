/// A value on an axis with what is written beside it.
package struct Tick: Sendable, Hashable {
  /// In the unit of the values on the axis.
  package let value: Double
  /// As written, such as `50 %`.
  package let label: String

  /// A value and its label.
  package init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}
