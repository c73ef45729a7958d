/// A value on an axis with what is written beside it.
package struct Tick: Sendable, Hashable {
  package let value: Double
  package let label: String

  /// A value and its label.
  package init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}
