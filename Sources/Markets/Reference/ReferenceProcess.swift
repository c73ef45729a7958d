import Randomness

/// How a price process moves one path, written from its formulas and drawn by GSL's samplers: the slow twin of a `ProcessState`.
protocol ReferenceProcess {
  /// Goes to the first step of the warm-up, and draws what does not come step by step.
  mutating func begin(_ generator: GSLGenerator)
  /// Moves over one sub-step; they come in order.
  ///
  /// - Parameters:
  ///   - normals: the asset's of the sub-step, correlated with other assets'.
  ///   - stress: the events' volatility multipliers.
  mutating func step(
    _ time: VarianceTime, _ normals: ReferenceNormals, _ stress: ReferenceStress, _ generator: GSLGenerator
  ) -> ReferenceMove
  /// Variance over its mean at the end of the last sub-step; 1 where that mean is 0, and where none moves of its own.
  var unexpectedVariance: Double { get }
}

extension ReferenceProcess {
  /// A variance that events alone move.
  var unexpectedVariance: Double { 1 }
  /// Nothing to draw, and nothing to remember.
  mutating func begin(_ generator: GSLGenerator) {}
}

/// One asset's normals of a sub-step on one path; those of the gap at session openings only.
struct ReferenceNormals {
  var overnight = 0.0
  var diffusion = 0.0
  /// Of a variance of its own.
  var varianceOvernight = 0.0
  var varianceDiffusion = 0.0
}

/// Factors of the volatility by events.
struct ReferenceStress {
  /// Across the gap before the open, and from open to close.
  let gap, intraday: Double
}

/// What a sub-step does to log price on one path, or to price over that at t = 0: `LogMove` of one lane.
struct ReferenceMove {
  var gap = 0.0
  var move = 0.0
  var deviation = 0.0
}

/// A price process that GSL's samplers can draw, too.
protocol ReferenceDrawn: PriceProcess {
  /// Its parameters on the paths of a tile, and what moves each of them.
  func makeReference(_ site: ReferenceSite) -> any ReferenceSource
  /// What of its law is not written again there but reckoned by the same code, in words; nil unless it says so.
  var reckonedAlike: String? { get }
}

extension ReferenceDrawn {
  /// Nothing.
  var reckonedAlike: String? { nil }
}

/// What a reference process gets to know about where it runs.
struct ReferenceSite {
  /// As the process itself would.
  let process: ProcessSite
  /// Whether the asset's normals are independent of all others', so that laws that are no function of a normal need none.
  let isAlone: Bool
}

/// One asset's process on the paths of a tile.
protocol ReferenceSource: AnyObject {
  /// The drawn parameters.
  var parameters: [PathParameter] { get }
  /// Draws the parameters for new paths.
  func draw(for paths: TilePaths)
  /// The process of one path.
  func process(_ group: Int, _ lane: Int) -> any ReferenceProcess
}

/// A model's parameters, drawn as for its own state: by inversion, from named streams.
final class ReferenceParameters<Model: Parametric>: ReferenceSource {
  private var drawn: DrawnParameters<Model>
  private let make: (_ drawn: DrawnParameters<Model>, _ group: Int, _ lane: Int) -> any ReferenceProcess

  init(
    _ model: Model, _ site: ReferenceSite,
    make: @escaping (_ drawn: DrawnParameters<Model>, _ group: Int, _ lane: Int) -> any ReferenceProcess
  ) {
    drawn = site.process.parameters(of: model)
    self.make = make
  }

  var parameters: [PathParameter] { drawn.all }

  func draw(for paths: TilePaths) { drawn.draw(for: paths) }

  func process(_ group: Int, _ lane: Int) -> any ReferenceProcess { make(drawn, group, lane) }
}
