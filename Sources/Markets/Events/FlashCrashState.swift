import Lanes
import Randomness

/// A flash crash on the paths of one tile, with its aftershocks.
final class FlashCrashState: EventState {
  /// How its moves reach an asset.
  private struct Route {
    /// Index of the asset.
    let asset: Int
    /// As the event has it.
    let model: FlashCrash.Route
    /// Offset over that of the first asset, by lane group; nil for the first one itself.
    var betas: ContiguousArray<Lanes>?
    /// Delay in steps, by lane group.
    var lags: ContiguousArray<Lanes>
  }

  /// The crash itself, or an aftershock.
  private struct Wave {
    /// Its course, by lane group.
    var courses: ContiguousArray<CrashCourse> = []
    /// `[route]`: how far it has come there at the last close, by lane group.
    var progress: [ContiguousArray<CrashCourse.Progress>]
    /// `[route]`: the first step in which anything can happen there on any path.
    var firstSteps: [Int]
  }

  private let site: EventSite
  private let severity: Double
  private let stepSeconds: Double
  private let arrivalFraction: Double
  private let hasMultipliers: Bool
  private var drawn: DrawnParameters<FlashCrash>
  private var routes: [Route]
  /// The crash itself first.
  private var waves: [Wave]
  /// Seconds from the first trough to each aftershock, `[number][group]`.
  private var delays: [ContiguousArray<Lanes>] = []
  private var onset: EventOnset
  private(set) var windowEnd: ContiguousArray<Lanes> = []
  /// By wave, then as the event names them.
  private(set) var knots: [KnotColumn]
  /// `[knot]`: whose trough it is; of routes that have it together the first, and nil where none has.
  private let knotPlaces: [(wave: Int, route: Int?)]

  init(_ event: FlashCrash, _ site: EventSite) {
    self.site = site
    severity = site.severity
    stepSeconds = site.stepSeconds
    arrivalFraction = site.arrivalFraction
    hasMultipliers = event.multipliers != nil
    drawn = site.parameters(of: event)
    onset = EventOnset(event.start, site)
    let routes = event.routes(of: site.assets).compactMap { model in
      site.assets.firstIndex(of: model.asset).map { asset in
        Route(asset: asset, model: model, lags: ContiguousArray(repeating: .zero, count: site.groups))
      }
    }
    self.routes = routes
    let none = ContiguousArray(repeating: CrashCourse.Progress(), count: site.groups)
    let wave = Wave(
      progress: routes.map { _ in none }, firstSteps: routes.map { _ in Int.max })
    waves = Array(repeating: wave, count: 1 + (event.aftershocks == nil ? 0 : FlashCrash.Aftershocks.most))
    let names = event.knotNames
    let own = names.count / waves.count
    // A name at which nothing turns keeps its column: keys of draws go by place.
    knotPlaces = names.indices.map { knot in
      (knot / own, routes.firstIndex { $0.model.knot == names[knot % own] })
    }
    knots = zip(names, knotPlaces).map { name, place in
      KnotColumn(asset: place.route.map { routes[$0].asset } ?? 0, name: name, groups: site.groups)
    }
  }

  var trough: ContiguousArray<Lanes> { ContiguousArray(waves[0].courses.map(\.trough)) }

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
    let hop = drawn.network?.lag
    for index in routes.indices {
      let model = routes[index].model
      if let caught = contagion[model.asset] {
        routes[index].betas = caught.beta
        routes[index].lags = ContiguousArray(caught.lag.map { $0 / stepSeconds })
      } else if let hop, model.hops > 0 {
        routes[index].betas = ContiguousArray(repeating: Lanes(model.share), count: paths.groups)
        routes[index].lags = ContiguousArray(hop.map { $0 * (Double(model.hops) / stepSeconds) })
      } else if model.share != 1 {
        routes[index].betas = ContiguousArray(repeating: Lanes(model.share), count: paths.groups)
      }
      for wave in waves.indices {
        waves[wave].progress[index] = ContiguousArray(repeating: CrashCourse.Progress(), count: paths.groups)
      }
    }
    if let aftershocks = drawn.aftershocks { delays = FlashCrash.Aftershocks.delays(aftershocks, paths, site) }
    schedule()
  }

  /// States the courses for the starts that are known.
  private func schedule() {
    let groups = onset.times.count
    waves[0].courses = makeCourses(groups: groups)
    if let ratios = drawn.aftershocks?.ratio { scheduleAftershocks(ratios) }
    windowEnd = ContiguousArray(waves[0].courses.map { $0.windowEnd(hasMultipliers: hasMultipliers) })
    for wave in waves.dropFirst() {
      for group in 0..<groups {
        let end = wave.courses[group].windowEnd(hasMultipliers: hasMultipliers)
        windowEnd[group].replace(with: max(windowEnd[group], end), where: end .< Lanes.infinity)
      }
    }
    let ends = windowEnd
    for (index, route) in routes.enumerated() {
      for group in 0..<groups { windowEnd[group] = max(windowEnd[group], ends[group] + route.lags[group]) }
      for wave in waves.indices {
        let courses = waves[wave].courses
        var earliest = Double.infinity
        for group in 0..<groups {
          let begin = courses[group].start + route.lags[group]
          for lane in 0..<Lanes.count { earliest = min(earliest, begin[lane]) }
        }
        waves[wave].firstSteps[index] = earliest < 1e15 ? Int(earliest.rounded(.down)) : Int.max
      }
    }
    for (knot, place) in knotPlaces.enumerated() {
      guard let route = place.route else { continue }
      // What does not move has no kink.
      knots[knot].times = ContiguousArray(
        zip(waves[place.wave].courses, routes[route].lags).map { course, lag in
          select(course.depth .!= 0, course.trough + lag, .infinity)
        })
    }
  }

  /// The courses on the paths of a tile whose parameters were drawn, by lane group.
  private func makeCourses(groups: Int) -> ContiguousArray<CrashCourse> {
    guard let fall = drawn.fall ?? drawn.climb else { preconditionFailure("Invariant: it falls or climbs") }
    let (drops, rises, fractions) = (drawn.drop, drawn.rise, drawn.recovery.fraction)
    var courses = CrashCourse.ways(
      onset.times, fall, drawn.recovery, drawn.multipliers, severity: severity, stepSeconds: stepSeconds,
      arrivalFraction: arrivalFraction)
    for group in 0..<groups {
      let change = rises?[group] ?? drops.map { -$0[group] } ?? .zero
      courses[group].move(by: change, fractions[group], severity: severity)
    }
    return courses
  }

  /// States the courses of the aftershocks after that of the crash itself.
  private func scheduleAftershocks(_ ratios: ContiguousArray<Lanes>) {
    let (drops, rises, fractions) = (drawn.drop, drawn.rise, drawn.recovery.fraction)
    var sizes = ContiguousArray(repeating: Lanes.one, count: ratios.count)
    for wave in 1..<waves.count {
      waves[wave].courses = waves[0].courses
      for group in ratios.indices {
        sizes[group] *= ratios[group]
        let size = sizes[group]
        let main = waves[0].courses[group]
        let start = main.trough + delays[wave - 1][group] / stepSeconds
        waves[wave].courses[group].start = start
        waves[wave].courses[group].trough = start + 1 / main.speed
        let change = rises?[group] ?? drops.map { -$0[group] } ?? .zero
        waves[wave].courses[group].move(by: size * change, fractions[group], severity: severity)
        waves[wave].courses[group].weaken(to: size)
      }
    }
  }

  func advance(_ step: Int, _ effects: inout MarketEffects) {
    guard severity > 0 else { return }
    for wave in waves.indices {
      for (index, route) in routes.enumerated() where step >= waves[wave].firstSteps[index] {
        effects.assets[route.asset].activate()
        CrashCourse.add(
          Double(step), arrivalFraction, waves[wave].courses, route.betas, route.lags,
          hasMultipliers && route.model.multiplies, &waves[wave].progress[index],
          &effects.assets[route.asset].values)
      }
    }
  }

  func offset(asset: Int, group: Int, at time: Lanes) -> Lanes {
    var sum = Lanes.zero
    guard severity > 0 else { return sum }
    for wave in waves {
      for route in routes where route.asset == asset {
        let offset = wave.courses[group].offset(time - route.lags[group])
        sum += route.betas.map { $0[group] * offset } ?? offset
      }
    }
    return sum
  }
}
