import Lanes
import Randomness

/// A flash crash on the paths of one tile.
final class FlashCrashState: EventState {
  /// The course of the event on eight paths, in steps.
  private struct Course {
    /// Start T₀ and trough T₀ + τ_f, in steps after t = 0.
    var start, trough: Lanes
    /// 1/τ_f, per step, and the fall's exponent q.
    var speed, shape: Lanes
    /// θ·ln(1 − D), and the recovered fraction ρ of log price.
    var depth, recovered: Lanes
    /// Halvings per step of what has not recovered, and of the multipliers' window.
    var recoveryRate, windowRate: Lanes
    /// What is left of something at the arrival of orders, of what was left at the open.
    var leftAtArrival: Lanes
    /// Integral of the multipliers' window over the fall, and over all that comes after it, in steps.
    var windowOfFall, windowAfter: Lanes
    /// θ·ln M of the four multipliers.
    var volatility, halfSpread, bookDepth, volume: Lanes
  }

  /// How far the event has come at the last close.
  private struct Progress {
    /// What has not come back yet of what will; 1 up to the trough.
    var remainder = Lanes.one
    /// Integral of the multipliers' window, in steps.
    var windowIntegral = Lanes.zero
  }

  /// One touched asset.
  private struct Touched {
    /// Index of the asset.
    let asset: Int
    /// Name of the asset.
    let name: String
    /// Offset over that of the first asset, by lane group; nil for the first one itself.
    var betas: ContiguousArray<Lanes>?
    /// Delay in steps, by lane group.
    var lags: ContiguousArray<Lanes>
    /// How far it has come at the last close, by lane group.
    var progress: ContiguousArray<Progress>
    /// First step in which anything can happen on any path.
    var firstStep = Int.max
  }

  private let severity: Double
  private let stepSeconds: Double
  private let arrivalFraction: Double
  private let hasMultipliers: Bool
  private var drawn: DrawnParameters<FlashCrash>
  private var touched: [Touched]
  private var courses: ContiguousArray<Course> = []
  private var onset: EventOnset
  private(set) var windowEnd: ContiguousArray<Lanes> = []
  private(set) var knots: [KnotColumn]

  init(_ event: FlashCrash, _ site: EventSite) {
    severity = site.severity
    stepSeconds = site.stepSeconds
    arrivalFraction = site.arrivalFraction
    hasMultipliers = event.multipliers != nil
    drawn = site.parameters(of: event)
    onset = EventOnset(event.start, site)
    touched = event.touchedAssets(of: site.assets).compactMap { name in
      guard let asset = site.assets.firstIndex(of: name) else { return nil }
      return Touched(
        asset: asset, name: name, lags: ContiguousArray(repeating: .zero, count: site.groups),
        progress: ContiguousArray(repeating: Progress(), count: site.groups))
    }
    knots = touched.map { touched in
      KnotColumn(asset: touched.asset, name: touched.name, groups: site.groups)
    }
  }

  var trough: ContiguousArray<Lanes> { ContiguousArray(courses.map(\.trough)) }

  var start: ContiguousArray<Lanes> { onset.times }

  var parameters: [PathParameter] { drawn.all }

  var isReactive: Bool { onset.isReactive }

  func react(to sight: MarketSight) -> Bool {
    guard onset.look(sight) else { return false }
    schedule()
    return true
  }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    onset.reset(drawn)
    let contagion = drawn.contagion
    for index in touched.indices {
      if let caught = contagion[touched[index].name] {
        touched[index].betas = caught.beta
        touched[index].lags = ContiguousArray(caught.lag.map { $0 / stepSeconds })
      }
      touched[index].progress = ContiguousArray(repeating: Progress(), count: paths.groups)
    }
    schedule()
  }

  /// States the courses for the starts that are known.
  private func schedule() {
    let groups = onset.times.count
    courses = makeCourses(groups: groups)
    windowEnd = ContiguousArray(
      courses.map { course in
        let slowest = hasMultipliers ? min(course.recoveryRate, course.windowRate) : course.recoveryRate
        return course.trough + 4 / slowest
      })
    let ends = windowEnd
    for index in touched.indices {
      var earliest = Double.infinity
      for group in 0..<groups {
        let begin = start[group] + touched[index].lags[group]
        for lane in 0..<Lanes.count { earliest = min(earliest, begin[lane]) }
      }
      touched[index].firstStep = earliest < 1e15 ? Int(earliest.rounded(.down)) : Int.max
      for group in 0..<groups {
        windowEnd[group] = max(windowEnd[group], ends[group] + touched[index].lags[group])
      }
      knots[index].times = ContiguousArray(
        (0..<groups).map { group in courses[group].trough + touched[index].lags[group] })
    }
  }

  /// The courses on the paths of a tile whose parameters were drawn, by lane group.
  private func makeCourses(groups: Int) -> ContiguousArray<Course> {
    let (starts, drops, fall, recovery) = (onset.times, drawn.drop, drawn.fall, drawn.recovery)
    let (durations, shapes, fractions, halfLives) = (fall.duration, fall.shape, recovery.fraction, recovery.halfLife)
    let multipliers = drawn.multipliers
    let powers = { (factors: ContiguousArray<Lanes>?) in
      factors.map { ContiguousArray($0.map { self.severity * log($0) }) }
        ?? ContiguousArray(repeating: .zero, count: groups)
    }
    let (volatility, halfSpread) = (powers(multipliers?.volatility), powers(multipliers?.halfSpread))
    let (depth, volume) = (powers(multipliers?.depth), powers(multipliers?.volume))
    let windowHalfLives = multipliers?.halfLife
    return ContiguousArray(
      (0..<groups).map { group in
        let start = starts[group]
        let duration = durations[group] / stepSeconds
        let fall = log1p(-drops[group])
        let kept = log1p(-drops[group] * (1 - fractions[group]))
        // A drop of 0 has nothing to recover from.
        let recovered = select(fall .< 0, 1 - kept / fall, .zero)
        let recoveryRate = stepSeconds / halfLives[group]
        let windowRate = windowHalfLives.map { stepSeconds / $0[group] } ?? .one
        return Course(
          start: start, trough: start + duration, speed: 1 / duration, shape: shapes[group], depth: severity * fall,
          recovered: recovered, recoveryRate: recoveryRate, windowRate: windowRate,
          leftAtArrival: exp2(-arrivalFraction * recoveryRate), windowOfFall: duration / (shapes[group] + 1),
          windowAfter: 1 / (windowRate * 0.6931471805599453), volatility: volatility[group],
          halfSpread: halfSpread[group], bookDepth: depth[group], volume: volume[group])
      })
  }

  func advance(_ step: Int, _ effects: inout MarketEffects) {
    guard severity > 0 else { return }
    for index in touched.indices where step >= touched[index].firstStep {
      effects.assets[touched[index].asset].activate()
      Self.add(
        Double(step), arrivalFraction, courses, touched[index].betas, touched[index].lags, hasMultipliers,
        &touched[index].progress, &effects.assets[touched[index].asset].values)
    }
  }

  func offset(asset: Int, group: Int, at time: Lanes) -> Lanes {
    guard severity > 0, let touched = touched.first(where: { $0.asset == asset }) else { return .zero }
    let offset = Self.offset(courses[group], time - touched.lags[group])
    return touched.betas.map { $0[group] * offset } ?? offset
  }

  /// The log offset of the first asset at a time in steps after t = 0: exactly 0 up to the start.
  @inline(__always)
  private static func offset(_ course: Course, _ time: Lanes) -> Lanes {
    let left = time .>= course.trough
    return offset(course, time, left: left.isAny ? remainder(course, time) : .one)
  }

  /// The same, where it is known what has not come back yet of what will.
  @inline(__always)
  private static func offset(_ course: Course, _ time: Lanes, left: Lanes) -> Lanes {
    let falling = (time .> course.start) & (time .< course.trough)
    var offset = select(
      time .>= course.trough, course.depth * fma(course.recovered, left, 1 - course.recovered), .zero)
    if falling.isAny {
      // Where it isn't falling the argument is set to 1, so that no lane makes an infinity.
      let u = select(falling, (time - course.start) * course.speed, .one)
      offset = select(falling, course.depth * pow(u, course.shape), offset)
    }
    return offset
  }

  /// What has not come back yet of what will, after the trough.
  @inline(__always)
  private static func remainder(_ course: Course, _ time: Lanes) -> Lanes {
    exp2((course.trough - time) * course.recoveryRate)
  }

  /// The integral of the multipliers' window up to a time, in steps: τ_f·u^{q+1}/(q + 1) in the fall, and then
  /// (h/ln 2)(1 − 2^{−(t − trough)/h}) more.
  @inline(__always)
  private static func windowIntegral(_ course: Course, _ time: Lanes) -> Lanes {
    let falling = (time .> course.start) & (time .< course.trough)
    let recovering = time .>= course.trough
    var integral = Lanes.zero
    if falling.isAny {
      let u = select(falling, (time - course.start) * course.speed, .one)
      integral = select(falling, course.windowOfFall * pow(u, course.shape + 1), integral)
    }
    if recovering.isAny {
      let gone = 1 - exp2((course.trough - time) * course.windowRate)
      integral = select(recovering, fma(gone, course.windowAfter, course.windowOfFall), integral)
    }
    return integral
  }

  /// Adds a step of the event to one asset.
  @inline(never)
  private static func add(
    _ step: Double, _ arrivalFraction: Double, _ courses: ContiguousArray<Course>, _ betas: ContiguousArray<Lanes>?,
    _ lags: ContiguousArray<Lanes>, _ hasMultipliers: Bool, _ progress: inout ContiguousArray<Progress>,
    _ effects: inout ContiguousArray<EventEffect>
  ) {
    let courses = courses.span
    let lags = lags.span
    var progress = progress.mutableSpan
    var effects = effects.mutableSpan
    for group in courses.indices {
      let course = courses[group]
      let open = Lanes(step) - lags[group]
      let close = open + 1
      if (close .> course.start).isNone { continue }
      let beta = betas.map { $0[group] } ?? .one
      if arrivalFraction > 0 {
        let arrival = open + arrivalFraction
        // What was left at the open, less what comes back until the arrival; where the trough lies between the two, it
        // is counted from there.
        var left = progress[group].remainder * course.leftAtArrival
        let turned = (arrival .>= course.trough) & (open .< course.trough)
        if turned.isAny { left.replace(with: remainder(course, arrival), where: turned) }
        effects[group].arrivalOffset += beta * offset(course, arrival, left: left)
      }
      let recovering = close .>= course.trough
      let left = recovering.isAny ? select(recovering, remainder(course, close), .one) : .one
      progress[group].remainder = left
      effects[group].closeOffset += beta * offset(course, close, left: left)
      guard hasMultipliers else { continue }
      let integral = windowIntegral(course, close)
      let window = integral - progress[group].windowIntegral
      progress[group].windowIntegral = integral
      effects[group].volatility *= exp(window * course.volatility)
      effects[group].halfSpread *= exp(window * course.halfSpread)
      effects[group].depth *= exp(window * course.bookDepth)
      effects[group].volume *= exp(window * course.volume)
    }
  }
}
