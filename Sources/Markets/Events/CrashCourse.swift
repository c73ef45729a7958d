import Lanes

/// The course of a flash crash, or of one of its aftershocks, on eight paths; in steps after t = 0.
struct CrashCourse {
  /// Start T₀ and trough T₀ + τ_f.
  var start, trough: Lanes
  /// 1/τ_f, per step, and the fall's exponent q.
  var speed, shape: Lanes
  /// θ·ln(1 + c), and the recovered fraction ρ of log price.
  var depth, recovered: Lanes
  /// Halvings per step of what has not recovered, and of the multipliers' window.
  var recoveryRate, windowRate: Lanes
  /// What is left of something at the arrival of orders, of what was left at the open.
  var leftAtArrival: Lanes
  /// Integral of the multipliers' window over the fall, and over all that comes after it, in steps.
  var windowOfFall, windowAfter: Lanes
  /// θ·ln M of the four multipliers.
  var volatility, halfSpread, bookDepth, volume: Lanes

  /// How far it has come at the last close.
  struct Progress {
    /// What has not come back yet of what will; 1 up to the trough.
    var remainder = Lanes.one
    /// Integral of the multipliers' window, in steps.
    var windowIntegral = Lanes.zero
  }

  /// States by how much the price moves.
  ///
  /// - Parameters:
  ///   - change: signed fraction c of price at severity 1; a change of 0 has nothing to recover from.
  ///   - fraction: of it that goes back, R.
  mutating func move(by change: Lanes, _ fraction: Lanes, severity: Double) {
    let full = log1p(change)
    let kept = log1p(change * (1 - fraction))
    depth = severity * full
    recovered = select(full .!= 0, 1 - kept / select(full .!= 0, full, .one), .zero)
  }

  /// Takes the multipliers to a power.
  mutating func weaken(to power: Lanes) {
    volatility *= power
    halfSpread *= power
    bookDepth *= power
    volume *= power
  }

  /// Four of the longer half-lives after the trough, where the split of cost is concerned.
  func windowEnd(hasMultipliers: Bool) -> Lanes {
    trough + 4 / (hasMultipliers ? min(recoveryRate, windowRate) : recoveryRate)
  }

  /// The log offset at a time: exactly 0 up to the start.
  @inline(__always)
  func offset(_ time: Lanes) -> Lanes {
    let left = time .>= trough
    return offset(time, left: left.isAny ? remainder(time) : .one)
  }

  /// The same, where it is known what has not come back yet of what will.
  @inline(__always)
  func offset(_ time: Lanes, left: Lanes) -> Lanes {
    let falling = (time .> start) & (time .< trough)
    var offset = select(time .>= trough, depth * fma(recovered, left, 1 - recovered), .zero)
    if falling.isAny {
      // Where it isn't falling the argument is set to 1, so that no lane makes an infinity.
      let u = select(falling, (time - start) * speed, .one)
      offset = select(falling, depth * pow(u, shape), offset)
    }
    return offset
  }

  /// What has not come back yet of what will, after the trough.
  @inline(__always)
  func remainder(_ time: Lanes) -> Lanes { exp2((trough - time) * recoveryRate) }

  /// The integral of the multipliers' window up to a time, in steps: τ_f·u^{q+1}/(q + 1) in the fall, and then
  /// (h/ln 2)(1 − 2^{−(t − trough)/h}) more.
  @inline(__always)
  func windowIntegral(_ time: Lanes) -> Lanes {
    let falling = (time .> start) & (time .< trough)
    let recovering = time .>= trough
    var integral = Lanes.zero
    if falling.isAny {
      let u = select(falling, (time - start) * speed, .one)
      integral = select(falling, windowOfFall * pow(u, shape + 1), integral)
    }
    if recovering.isAny {
      let gone = 1 - exp2((trough - time) * windowRate)
      integral = select(recovering, fma(gone, windowAfter, windowOfFall), integral)
    }
    return integral
  }

  /// Adds a step to the effects on an asset, which the course reaches with a beta.
  ///
  /// - Parameters:
  ///   - open: the step's open, less what the course comes late to the asset.
  ///   - progress: at the last close; moves on to that of the step.
  @inline(__always)
  func add(
    open: Lanes, arrivalFraction: Double, beta: Lanes, multiplies: Bool, _ progress: inout Progress,
    _ effect: inout EventEffect
  ) {
    let close = open + 1
    if arrivalFraction > 0 {
      let arrival = open + arrivalFraction
      // What was left at the open, less what comes back until the arrival; where the trough lies between the two, it
      // is counted from there.
      var left = progress.remainder * leftAtArrival
      let turned = (arrival .>= trough) & (open .< trough)
      if turned.isAny { left.replace(with: remainder(arrival), where: turned) }
      effect.arrivalOffset += beta * offset(arrival, left: left)
    }
    let recovering = close .>= trough
    let left = recovering.isAny ? select(recovering, remainder(close), .one) : .one
    progress.remainder = left
    effect.closeOffset += beta * offset(close, left: left)
    guard multiplies else { return }
    let integral = windowIntegral(close)
    let window = integral - progress.windowIntegral
    progress.windowIntegral = integral
    effect.volatility *= exp(window * volatility)
    effect.halfSpread *= exp(window * halfSpread)
    effect.depth *= exp(window * bookDepth)
    effect.volume *= exp(window * volume)
  }

  /// Adds a step of courses to the effects on one asset, group by group.
  ///
  /// - Parameters:
  ///   - betas: with which they reach it; nil for 1 each.
  ///   - lags: how much later, in steps.
  @inline(never)
  static func add(
    _ step: Double, _ arrivalFraction: Double, _ courses: ContiguousArray<CrashCourse>,
    _ betas: ContiguousArray<Lanes>?, _ lags: ContiguousArray<Lanes>, _ multiplies: Bool,
    _ progress: inout ContiguousArray<CrashCourse.Progress>, _ effects: inout ContiguousArray<EventEffect>
  ) {
    let courses = courses.span
    let lags = lags.span
    var progress = progress.mutableSpan
    var effects = effects.mutableSpan
    for group in courses.indices {
      let course = courses[group]
      let open = Lanes(step) - lags[group]
      if (open + 1 .> course.start).isNone { continue }
      course.add(
        open: open, arrivalFraction: arrivalFraction, beta: betas.map { $0[group] } ?? .one, multiplies: multiplies,
        &progress[group], &effects[group])
    }
  }
}
