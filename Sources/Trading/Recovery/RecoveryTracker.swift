import Lanes

/// Follows the recovery of a desk on eight paths.
///
/// The clock starts with an event or with the first drawdown of 5 %. The reference is the equity at the last close
/// before the event, or the running peak. For each level ρ (0.95 and 1): impaired at the first close at or under
/// (ρ − 0.01) of the reference, recovered at a later close at or over ρ of it. Ruin competes. An equity trough is not a
/// stopping time, and no clock ever starts there.
struct RecoveryTracker: Sendable {
  /// The levels ρ, in the order of the outcome's columns.
  static let levels: [Double] = [0.95, 1]
  /// How far under the level a close has to be to count as impaired.
  static let impairment = 0.01
  /// The drawdown that starts the clock where no event does.
  static let clockDrawdown = 0.05

  /// One level's times, as steps; −1 while it hasn't happened.
  struct Level: Sendable {
    var impaired = Lanes(-1)
    var recovered = Lanes(-1)
  }

  var reference: Lanes
  var level95 = Level()
  var level100 = Level()
  /// Where the clock runs.
  var hasStarted = Mask.none

  init(startEquity: Double) { reference = Lanes(startEquity) }

  /// Sees a close.
  ///
  /// - Parameters:
  ///   - step: the step that closes, at time step + 1 (in steps).
  ///   - eventStart: start of the event in steps; nil when drawdowns start the clock.
  ///   - peak: the running peak of closes, this one included.
  ///   - watched: where the desk was alive at this close.
  @inline(__always)
  mutating func close(step: Int, equity: Lanes, peak: Lanes, eventStart: Lanes?, watched: Mask) {
    if let eventStart {
      // A close at the very moment of the start is the last one before it.
      let isBefore = Lanes(Double(step + 1)) .<= eventStart
      reference.replace(with: equity, where: isBefore & watched)
      hasStarted = !isBefore
    } else {
      let starts = !hasStarted & (equity .<= peak * (1 - Self.clockDrawdown)) & watched
      reference.replace(with: peak, where: starts)
      hasStarted = hasStarted | starts
    }
    let active = hasStarted & watched
    guard active.isAny else { return }
    Self.update(&level95, Self.levels[0], step: step, equity: equity, reference: reference, active)
    Self.update(&level100, Self.levels[1], step: step, equity: equity, reference: reference, active)
  }

  @inline(__always)
  private static func update(
    _ state: inout Level, _ level: Double, step: Int, equity: Lanes, reference: Lanes, _ active: Mask
  ) {
    let time = Lanes(Double(step))
    let waits = state.impaired .< 0
    let recovers = active & !waits & (state.recovered .< 0) & (equity .>= reference * level)
    state.recovered.replace(with: time, where: recovers)
    state.impaired.replace(with: time, where: active & waits & (equity .<= reference * (level - impairment)))
  }
}
