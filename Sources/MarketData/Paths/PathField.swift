import Documents

/// What a column of a file of paths can hold of a row, besides its path, time and asset.
package enum PathField: String, Sendable, Hashable, CaseIterable {
  case open, high, low, close, volume, halfSpreadBps, depthTo1Percent

  /// What a cell may hold.
  var range: QuantityRange {
    switch self {
    case .open, .high, .low, .close: .above(0)
    case .volume: .between(0, 1e18)
    case .halfSpreadBps: .between(0, 5000)
    case .depthTo1Percent: .between(1e-9, 1e18)
    }
  }

  /// What it counts.
  var unit: QuantityUnit {
    switch self {
    case .open, .high, .low, .close: .none
    case .volume, .depthTo1Percent: .shares
    case .halfSpreadBps: .basisPoints
    }
  }
}
