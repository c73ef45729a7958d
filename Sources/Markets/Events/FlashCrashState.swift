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
    /// Offset over that of the first asset; nil for the first one itself.
    var beta: PathParameter?
    /// Delay in seconds; nil for the first one.
    var lag: PathParameter?
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
  private var drawn: [PathParameter]
  private var touched: [Touched]
  private var courses: ContiguousArray<Course> = []
  private(set) var start: ContiguousArray<Lanes> = []
  private(set) var windowEnd: ContiguousArray<Lanes> = []
  private(set) var knots: [KnotColumn]

  init(_ event: FlashCrash, _ site: EventSite) {
    severity = site.severity
    stepSeconds = site.stepSeconds
    arrivalFraction = site.arrivalFraction
    hasMultipliers = event.multipliers != nil
    drawn = event.draws.filter { !$0.name.hasPrefix("contagion/") }.map { site.parameter($0.name, $0.draw) }
    touched = event.touchedAssets.compactMap { name in
      guard let asset = site.assets.firstIndex(of: name) else { return nil }
      let contagion = event.contagion[name]
      return Touched(
        asset: asset, beta: contagion.map { site.parameter("contagion/\(name)/beta", $0.beta) },
        lag: contagion.map { site.parameter("contagion/\(name)/lag", $0.lag) },
        lags: ContiguousArray(repeating: .zero, count: site.groups),
        progress: ContiguousArray(repeating: Progress(), count: site.groups))
    }
    knots = touched.map { touched in
      KnotColumn(
        asset: touched.asset, key: site.streams.key("event/\(site.event)/knot/\(site.assets[touched.asset])"),
        groups: site.groups)
    }
  }

  var trough: ContiguousArray<Lanes> { ContiguousArray(courses.map(\.trough)) }

  var parameters: [PathParameter] { drawn + touched.flatMap { [$0.beta, $0.lag].compactMap(\.self) } }

  func reset(_ paths: TilePaths) {
    for index in drawn.indices { drawn[index].draw(for: paths) }
    courses = ContiguousArray((0..<paths.groups).map(course))
    start = ContiguousArray(courses.map(\.start))
    windowEnd = ContiguousArray(
      courses.map { course in
        let slowest = hasMultipliers ? min(course.recoveryRate, course.windowRate) : course.recoveryRate
        return course.trough + 4 / slowest
      })
    let ends = windowEnd
    for index in touched.indices {
      touched[index].beta?.draw(for: paths)
      touched[index].lag?.draw(for: paths)
      if let lag = touched[index].lag { touched[index].lags = ContiguousArray(lag.values.map { $0 / stepSeconds }) }
      touched[index].progress = ContiguousArray(repeating: Progress(), count: paths.groups)
      var earliest = Double.infinity
      for group in 0..<paths.groups {
        let begin = start[group] + touched[index].lags[group]
        for lane in 0..<Lanes.count { earliest = min(earliest, begin[lane]) }
      }
      touched[index].firstStep = earliest < 1e15 ? Int(earliest.rounded(.down)) : Int.max
      for group in 0..<paths.groups {
        windowEnd[group] = max(windowEnd[group], ends[group] + touched[index].lags[group])
      }
      knots[index].times = ContiguousArray(
        (0..<paths.groups).map { group in courses[group].trough + touched[index].lags[group] })
    }
  }

  /// The course on the paths of one lane group.
  private func course(_ group: Int) -> Course {
    let start = drawn[0].values[group] / stepSeconds
    let duration = drawn[2].values[group] / stepSeconds
    let drop = drawn[1].values[group]
    let fall = log1p(-drop)
    let kept = log1p(-drop * (1 - drawn[4].values[group]))
    // A drop of 0 has nothing to recover from.
    let recovered = select(fall .< 0, 1 - kept / fall, .zero)
    func power(_ index: Int) -> Lanes { hasMultipliers ? severity * log(drawn[index].values[group]) : .zero }
    let recoveryRate = stepSeconds / drawn[5].values[group]
    let windowRate = hasMultipliers ? stepSeconds / drawn[10].values[group] : .one
    return Course(
      start: start, trough: start + duration, speed: 1 / duration, shape: drawn[3].values[group],
      depth: severity * fall, recovered: recovered, recoveryRate: recoveryRate, windowRate: windowRate,
      leftAtArrival: exp2(-arrivalFraction * recoveryRate), windowOfFall: duration / (drawn[3].values[group] + 1),
      windowAfter: 1 / (windowRate * 0.6931471805599453), volatility: power(6),
      halfSpread: power(7), bookDepth: power(8), volume: power(9))
  }

  func advance(_ step: Int, _ effects: inout [AssetEffects]) {
    guard severity > 0 else { return }
    for index in touched.indices where step >= touched[index].firstStep {
      effects[touched[index].asset].activate()
      Self.add(
        Double(step), arrivalFraction, courses, touched[index].beta?.values, touched[index].lags, hasMultipliers,
        &touched[index].progress, &effects[touched[index].asset].values)
    }
  }

  func offset(asset: Int, group: Int, at time: Lanes) -> Lanes {
    guard severity > 0, let touched = touched.first(where: { $0.asset == asset }) else { return .zero }
    let offset = Self.offset(courses[group], time - touched.lags[group])
    return touched.beta.map { $0.values[group] * offset } ?? offset
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
