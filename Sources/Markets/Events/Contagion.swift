import Documents
import Lanes
import Randomness

/// How an asset catches what an event does to another's price.
package struct Contagion: Parametric {
  /// Offset of the asset's log price over that of the first.
  package let beta: Draw
  /// How much later, seconds of trading time; at least 0.
  package let lag: Draw

  /// States a contagion.
  package init(beta: Draw, lag: Draw = .fixed(0)) {
    self.beta = beta
    self.lag = lag
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.beta, "beta", .draw(.factor, in: .between(-10, 10)), "offset of the log price over that of the first asset"),
    ModelField(\.lag, "lag", .drawnDuration(), default: .fixed(0), "how much later"),
    make: { Contagion(beta: $0, lag: $1) })
}

extension Named<Contagion> {
  /// The largest offset of an asset over that of the first, up or down: 1 for the first, which is not among them.
  func largestBeta(of asset: String) -> Double {
    guard let beta = self[asset]?.beta.plausible else { return 1 }
    return Swift.max(abs(beta.lowerBound), abs(beta.upperBound))
  }

  /// The complaint that an asset catches what it has itself; nil where it doesn't.
  ///
  /// - Parameters:
  ///   - field: which the contagion fills.
  ///   - verb: what the first asset does.
  func complaint(first asset: String, _ field: String, _ verb: String) -> FormViolation? {
    guard names.contains(asset) else { return nil }
    return FormViolation(
      "\(field)/\(JSONPointer.escape(asset))", "\(quoted(asset)) is the asset that \(verb) first")
  }
}

extension Draw {
  /// The largest |ln(1 + c)| of a change c of price that may plausibly be drawn.
  var largestLogMove: Double {
    [plausible.lowerBound, plausible.upperBound].map { abs(log1p(Lanes(max($0, -1 + 0x1p-53)))[0]) }.max() ?? 0
  }
}
