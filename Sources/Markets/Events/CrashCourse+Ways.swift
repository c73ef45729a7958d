import Lanes
import Randomness

extension CrashCourse {
  /// Courses by their drawn times, shapes and multipliers, by lane group; they move no price yet.
  ///
  /// - Parameters:
  ///   - starts: T₀, in steps.
  ///   - stepSeconds: seconds in a step.
  static func ways(
    _ starts: ContiguousArray<Lanes>, _ fall: DrawnParameters<FlashCrash.Fall>,
    _ recovery: DrawnParameters<FlashCrash.Recovery>, _ multipliers: DrawnParameters<FlashCrash.Multipliers>?,
    severity: Double, stepSeconds: Double, arrivalFraction: Double
  ) -> ContiguousArray<CrashCourse> {
    let (durations, shapes, halfLives) = (fall.duration, fall.shape, recovery.halfLife)
    let powers = { (factors: ContiguousArray<Lanes>?) in
      factors.map { ContiguousArray($0.map { severity * log($0) }) }
        ?? ContiguousArray(repeating: .zero, count: starts.count)
    }
    let (volatility, halfSpread) = (powers(multipliers?.volatility), powers(multipliers?.halfSpread))
    let (depth, volume) = (powers(multipliers?.depth), powers(multipliers?.volume))
    let windowHalfLives = multipliers?.halfLife
    return ContiguousArray(
      starts.indices.map { group in
        let duration = durations[group] / stepSeconds
        let recoveryRate = stepSeconds / halfLives[group]
        let windowRate = windowHalfLives.map { stepSeconds / $0[group] } ?? .one
        return CrashCourse(
          start: starts[group], trough: starts[group] + duration, speed: 1 / duration, shape: shapes[group],
          depth: .zero, recovered: .zero, recoveryRate: recoveryRate, windowRate: windowRate,
          leftAtArrival: exp2(-arrivalFraction * recoveryRate), windowOfFall: duration / (shapes[group] + 1),
          windowAfter: 1 / (windowRate * 0.6931471805599453), volatility: volatility[group],
          halfSpread: halfSpread[group], bookDepth: depth[group], volume: volume[group])
      })
  }
}
