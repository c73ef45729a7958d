import Documents

/// How an agent spreads its leverage over the assets: by name, signed; absent assets get nothing.
package struct AssetWeights: Sendable, Hashable {
  /// By asset name; empty for equal weights over all assets.
  let byAsset: [String: Double]

  /// Equal weights over all assets of whatever scenario.
  package static let equal = AssetWeights([:])

  /// Weights by asset name.
  package init(_ byAsset: [String: Double]) { self.byAsset = byAsset }

  /// The weights in the order of `assets`.
  package func resolved(_ assets: [String]) -> [Double] {
    byAsset.isEmpty ? assets.map { _ in 1 / Double(assets.count) } : assets.map { byAsset[$0] ?? 0 }
  }
}

extension FieldKind where Value == AssetWeights {
  /// Signed numbers by asset name, none of them naming nothing.
  static var assetWeights: FieldKind {
    .made(from: .named(.number(.factor, in: .between(-1000, 1000)), names: .anything)) {
      weights throws(FormViolation) in
      AssetWeights(Dictionary(uniqueKeysWithValues: weights.map { ($0.name, $0.value) }))
    }
    .told { $0.byAsset.isEmpty ? "equal" : nil }
  }
}
