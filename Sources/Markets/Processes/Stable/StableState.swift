import Lanes
import Randomness

/// Truncated stable moves on the paths of one tile.
final class StableState: VarianceDriven {
  private let law: StableLaw
  private var drawn: DrawnParameters<Stable>
  /// Of all lengths of a sub-step and of a gap.
  private let intraday, nights: [Span]
  private var drift: ContiguousArray<Lanes>
  private var paths: TilePaths
  var varianceInnovations: ContiguousArray<Innovation>

  /// The moves of one length of time.
  private struct Span {
    let moves: StableMoves
    let years: Double
    /// log E[e^r] of a move that is no jump, without events.
    let compensator: Double
    /// Of moves that are drawn again.
    let key: StreamKey

    init(_ model: Stable, _ tails: inout StableTails, years: Double, _ key: StreamKey) {
      guard let moves = model.moves(&tails, years: years) else {
        preconditionFailure("Invariant: a process without violations has its variance")
      }
      self.moves = moves
      self.years = years
      self.key = key
      compensator = moves.calmCompensator
    }
  }

  init(_ model: Stable, _ site: ProcessSite) {
    law = model.law
    drawn = site.parameters(of: model)
    var tails = StableTails(law)
    var (intraday, nights): ([Span], [Span]) = ([], [])
    for years in site.substepSpans { intraday.append(Span(model, &tails, years: years, site.key(Stable.again))) }
    for years in site.gapSpans { nights.append(Span(model, &tails, years: years, site.key(Stable.overnightAgain))) }
    (self.intraday, self.nights) = (intraday, nights)
    drift = ContiguousArray(repeating: .zero, count: site.groups)
    paths = TilePaths(firstPath: 0, groups: site.groups)
    varianceInnovations = ContiguousArray(repeating: .none, count: site.groups)
  }

  var parameters: [PathParameter] { drawn.all }

  func reset(_ paths: TilePaths) {
    self.paths = paths
    drawn.draw(for: paths)
    drift = drawn.annualDrift
  }

  func restart() {}

  func advance(
    _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>, _ effects: ContiguousArray<EventEffect>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    for group in moves.indices { moves[group] = .none }
    if let night = nights.first(where: { $0.years == time.gapYears }) {
      move(night, isNight: true, time, innovations, effects, &moves)
    }
    if let span = intraday.first(where: { $0.years == time.intradayYears }) {
      move(span, isNight: false, time, innovations, effects, &moves)
    }
  }

  /// Writes the moves of a night, all into the gap; or those from open to close, but for what jumps at the open.
  @inline(never)
  private func move(
    _ span: Span, isNight: Bool, _ time: VarianceTime, _ innovations: ContiguousArray<Innovation>,
    _ effects: ContiguousArray<EventEffect>, _ moves: inout ContiguousArray<LogMove>
  ) {
    let law = law
    let (scale, near, far) = (span.moves.scale, Lanes(span.moves.nearest), Lanes(span.moves.farthest))
    for group in moves.indices {
      let normal = isNight ? innovations[group].overnight : innovations[group].diffusion
      let other = isNight ? varianceInnovations[group].overnight : varianceInnovations[group].diffusion
      let multiplier = isNight ? effects[group].gapVolatility : effects[group].volatility
      let tail = exp(minusTwoLogNormalProbability(.zero - abs(normal)) * -0.5)
      let isLow = normal .< 0
      var x = law.variable(
        select(isLow, tail, 1 - tail), rest: select(isLow, 1 - tail, tail),
        minusTwoLogNormalProbability(other) * 0.5)
      let isKept = abs(x) .<= far
      if (!isKept).isAny {
        for lane in 0..<Lanes.count where !isKept[lane] { x[lane] = again(span, time.substep, paths.path(group, lane)) }
      }
      let isJump = abs(x) .> near
      let jump = select(isJump, x * scale, .zero)
      let compensator =
        (multiplier .!= 1).isNone
        ? Lanes(span.compensator) : StableMoves.compensator(span.moves.series, multiplier: multiplier)
      let inside = select(isJump, .zero, fma(x * scale, multiplier, .zero - compensator))
      let drift = drift[group] * span.years
      if isNight {
        moves[group].gap = jump - span.moves.jumpCompensator + inside + drift
      } else {
        moves[group].gap += jump - span.moves.jumpCompensator
        moves[group].move = inside + drift
        moves[group].deviation = multiplier * span.moves.deviation
      }
    }
  }

  /// A variable that stays within reach, from the sub-step's own place in a stream.
  private func again(_ span: Span, _ substep: Int, _ path: UInt64) -> Double {
    var stream = SparseStream(span.key, path: path, lastWord: Int32(substep))
    // At least every second one stays: of these, one stays but for a chance of 2⁻²⁵⁶.
    for _ in 0..<256 {
      let p = stream.uniform()
      let w = -log(Lanes(stream.uniform()))
      let x = law.variable(Lanes(p), rest: Lanes(1 - p), w)[0]
      if abs(x) <= span.moves.farthest { return x }
    }
    return 0
  }
}
