extension BarShape {
  /// Bars whose header names its columns.
  static let named = BarShape(name: "bars with named columns", mark: "a header with the usual names") { _ in Knowledge()
  }
}
