import Documents
import Lanes
import Randomness

/// How an asset catches what an event does to another's price, or moves with the market.
///
/// What moves first is an asset, or all of them at once under the name `market`: then each has a beta of 1, or under a
/// dependence with a market factor its own, and no lag but those that have a contagion of their own. A knot, where an offset has a kink, belongs to the first move or to one such
/// asset, so that an event's draws do not depend on what else the market holds.
package struct Contagion: Parametric {
  /// What stands for all assets where an event names the one that moves first; no asset may have this name.
  package static let market = "market"

  /// What a field says that holds contagions by asset.
  static let meaning = "the assets that catch it, or that move otherwise than with the market"

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
  /// The assets that move: the first and those that catch it, or all of the market's.
  func touched(from first: String, of assets: [String]) -> [String] {
    first == Contagion.market ? assets : [first] + names
  }

  /// The knots of a kind at which the offset of an asset turns: one of the first move, and one of each contagion.
  func knotNames(from first: String) -> [String] { [first] + names }

  /// At which of these an asset turns.
  func knot(of asset: String, from first: String) -> String { self[asset] == nil ? first : asset }

  /// The largest offset of an asset over that of the first, up or down: 1 for the first, which is not among them, and of
  /// the market's that by its beta.
  func largestBeta(of asset: String, _ marketBetas: Named<Double>) -> Double {
    guard let beta = self[asset]?.beta.plausible else { return abs(marketBetas[asset] ?? 1) }
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
