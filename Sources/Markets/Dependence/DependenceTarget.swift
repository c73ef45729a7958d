import Lanes

/// What an event blends the assets' correlations towards, in one market.
///
/// Its normals are Lε, with independent ε from streams of the event's own: L is one column of signs where one normal moves
/// all, else the Cholesky factor of the target's correlations.
package struct DependenceTarget: Sendable {
  /// Index of the event.
  let event: Int
  /// Names of the independent normals, below the event's streams.
  let sources: [String]
  /// `[asset][source]`: L; nothing for an asset that the event does not touch, which keeps all its draws.
  let loadings: [[Double]]
  /// `[asset · assets + other]`: the target's correlations; 0 with an asset that is not touched.
  let correlations: ContiguousArray<Double>
  /// How the extremes of the assets hang together under the target alone; nil where they are independent.
  let extremes: ExtremesDependence?
  /// `[asset]`: whether its low is drawn first there and its high in calm, or the other way round.
  let turns: [Bool]
  /// Coefficients of s, s², … s⁵ in the share of legs whose extremes are drawn under the target, where it is blended by s.
  private let weights: [Double]

  /// The target of an event.
  ///
  /// - Parameters:
  ///   - event: its index.
  ///   - stress: what it blends towards.
  ///   - assets: names of the market's assets, in order.
  ///   - market: their own correlations.
  init(event: Int, _ stress: CorrelationStress, of assets: [String], _ market: [[Double]]) {
    let touched = stress.assets.compactMap { assets.firstIndex(of: $0) }
    var matrix = assets.indices.map { row in assets.indices.map { $0 == row ? 1.0 : 0 } }
    for (row, asset) in touched.enumerated() {
      for (column, other) in touched.enumerated() { matrix[asset][other] = stress.correlations[row][column] }
    }
    self.event = event
    var loadings: [[Double]] = assets.map { _ in [] }
    if let signs = stress.signs {
      sources = ["common"]
      for (asset, sign) in zip(touched, signs) { loadings[asset] = [sign] }
    } else {
      guard let factor = CholeskyFactor(stress.correlations) else {
        preconditionFailure("Invariant: a stress has the correlations of some joint law")
      }
      sources = stress.assets
      for (asset, row) in zip(touched, factor.rows) { loadings[asset] = row }
    }
    self.loadings = loadings
    correlations = ContiguousArray(
      assets.indices.flatMap { row in
        assets.indices.map { loadings[row].isEmpty || loadings[$0].isEmpty ? 0 : matrix[row][$0] }
      })
    let extremes = ExtremesDependence(matrix)
    let own = ExtremesDependence(market)
    self.extremes = extremes
    turns = assets.indices.map { asset in
      !loadings[asset].isEmpty
        && (extremes?.drawsLowFirst[asset] ?? false) != (own?.drawsLowFirst[asset] ?? false)
    }
    weights = Self.weights(touched, from: market, to: matrix)
  }

  /// Whether the event touches an asset.
  @inline(__always)
  func touches(_ asset: Int) -> Bool { !loadings[asset].isEmpty }

  /// The coefficients with which a mixture of both dependences has, by least squares over all pairs, the correlations of
  /// extremes that the blended prices have: q(s) = Σ(of(ρ₀ + sΔ) − of(ρ₀))·D/ΣD², with D = of(ρ₁) − of(ρ₀), Δ = ρ₁ − ρ₀.
  /// With one pair it is exact.
  private static func weights(_ touched: [Int], from market: [[Double]], to target: [[Double]]) -> [Double] {
    let binomials: [[Double]] = [[1, 1], [1, 3, 3, 1], [1, 5, 10, 10, 5, 1]]
    var sums = [0.0, 0, 0, 0, 0]
    var squares = 0.0
    for (place, asset) in touched.enumerated() {
      for other in touched[..<place] {
        let (own, change) = (market[asset][other], target[asset][other] - market[asset][other])
        let whole = ExtremesDependence.of(target[asset][other]) - ExtremesDependence.of(own)
        squares += whole * whole
        for (coefficient, row) in zip(ExtremesDependence.coefficients, binomials) {
          let degree = row.count - 1
          for power in 1...degree {
            sums[power - 1] +=
              whole * coefficient * row[power] * raised(own, degree - power) * raised(change, power)
          }
        }
      }
    }
    return squares > 0 ? sums.map { $0 / squares } : [1, 0, 0, 0, 0]
  }

  private static func raised(_ base: Double, _ power: Int) -> Double {
    (0..<power).reduce(1) { product, _ in product * base }
  }
}

extension DependenceTarget {
  /// The share of legs whose extremes are drawn under the target, in 0…1, where the blend is s in 0…1.
  @inline(__always)
  func weight(_ s: Lanes) -> Lanes {
    var share = Lanes(weights[4])
    for power in (0..<4).reversed() { share = fma(share, s, weights[power]) }
    return share * s
  }

  /// Names of the streams that it draws from step by step.
  func streamNames(of event: String) -> [String] {
    StressedDraw.allCases.flatMap { draw in sources.map { StreamName.stressed(draw, $0, by: event) } }
  }

  /// Names of those at a moment at which an event turns.
  func streamNames(of event: String, at knot: String, of other: String) -> [String] {
    sources.map { StreamName.stressed($0, by: event, at: knot, of: other) }
  }
}

/// The normals of a sub-step that events blend.
enum StressedDraw: String, CaseIterable {
  /// From the open to the close.
  case diffusion
  /// Across the gap before the open.
  case overnight
  /// Of the prices at which orders arrive.
  case arrival
}

/// Correlations towards which an event blends those of some assets.
package struct CorrelationStress: Sendable, Hashable {
  /// The assets, in the market's order.
  package let assets: [String]
  /// Their correlations.
  let correlations: [[Double]]
  /// 1 or −1 of each where one normal moves them all.
  let signs: [Double]?
}
