/// What a column of a file of bars can hold of a bar, besides its time.
package enum BarField: String, Sendable, Hashable, CaseIterable {
  case open, high, low, close, volume
}

extension BarSeries {
  /// The column of a field.
  package subscript(field: BarField) -> [Double] {
    switch field {
    case .open: open
    case .high: high
    case .low: low
    case .close: close
    case .volume: volume
    }
  }
}
