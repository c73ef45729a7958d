import Documents
import Lanes
import Randomness

/// A trend: the price goes up or down by a line in log price over days or months, and stays there, such as a slow bear
/// market.
///
/// With a change c over τ the log offset is θ·ln(1 + c)·u with u = (t − T₀)/τ, and θ·ln(1 + c) afterwards; an asset that
/// catches it moves by beta times that, a lag later. What comes back is a trend of its own that starts after it.
package struct Trend: MarketFollowing, Parametric {
  /// The asset that moves first, or `Contagion.market`.
  package let asset: String
  /// When it starts.
  package let start: EventStart
  /// Change c of the price, a signed fraction, at severity 1; above −1.
  package let change: Draw
  /// How long it takes τ, seconds of trading time; above 0.
  package let duration: Draw
  /// The assets that catch it, or move otherwise than the market, by name.
  package let contagion: Named<Contagion>
  /// Log move of each asset over that of the market, where it moves that and `contagion` does not say another; 1 of those
  /// that are not named.
  package var marketBetas: Named<Double> = Named()

  /// States a trend.
  package init(
    asset: String, start: EventStart, change: Draw, duration: Draw, contagion: Named<Contagion> = Named()
  ) {
    self.asset = asset
    self.start = start
    self.change = change
    self.duration = duration
    self.contagion = contagion
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      "asset", .reference(to: "asset", or: Contagion.market),
      "the asset that moves first, or all of them at once: \(quoted(Contagion.market))"),
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(
      \.change, "change", .draw(.fractionOfPrice, in: .above(-1, atMost: 1000)),
      "signed change of the price at severity 1: -0.5 halves it"),
    ModelField(\.duration, "duration", .drawnDuration(in: .above(0)), "how long it takes"),
    ModelField(\.contagion, "contagion", names: .of("asset"), Contagion.meaning),
    make: { (asset, start, change, duration, contagion) throws(FormViolation) in
      if let complaint = contagion.complaint(first: asset, field(\.contagion), "moves") { throw complaint }
      if change.fixedValue == 0 { throw FormViolation(field(\.change), "a change of 0 could not be seen") }
      return Trend(asset: asset, start: start, change: change, duration: duration, contagion: contagion)
    })

  /// What it does, in a sentence.
  static let story = Story(
    "{asset} moves by {change}", " in {duration}", " (start: {start})", " and stays there",
    "; {*} follows {contagion/*/beta} as far[, {contagion/*/lag} later]")

  package var direction: PriceDirection? { PriceDirection(change: change, contagion, marketBetas) }

  package func touchedAssets(of assets: [String]) -> [String] { contagion.touched(from: asset, of: assets) }

  /// Its end on each asset; where it starts its offset is 0.
  package var knotNames: [String] { contagion.knotNames(from: asset) }

  /// θ times |ln(1 + c)| at the largest of its betas.
  package func reach(of asset: String, severity: Double) -> EventReach {
    EventReach(offset: severity * contagion.largestBeta(of: asset, marketBetas) * change.largestLogMove, factor: 0)
  }

  /// On recorded bars a trend that can be shorter than a step.
  package func violations(in setting: EventSetting) -> [FormViolation] {
    guard !setting.splitsSteps, duration.lowerBound < setting.stepSeconds else { return [] }
    let text = { TradingTime.text(seconds: $0) }
    return [
      FormViolation(
        Self.field(\.duration),
        "can be \(text(duration.lowerBound)), shorter than a step of \(text(setting.stepSeconds)): between two recorded "
          + "closes it would be a \"gap\"")
    ]
  }

  package func makeState(_ site: EventSite) -> any EventState { TrendState(self, site) }
}

/// A trend on the paths of one tile.
private final class TrendState: EventState {
  /// Its course on eight paths, in steps after t = 0.
  private struct Course {
    /// When it starts and ends.
    let start, end: Lanes
    /// 1/τ, per step, and θ·ln(1 + c).
    let speed, level: Lanes

    /// The log offset at a time: exactly 0 up to the start.
    @inline(__always)
    func offset(_ time: Lanes) -> Lanes {
      let isMoving = (time .> start) & (time .< end)
      let u = select(isMoving, (time - start) * speed, select(time .>= end, .one, .zero))
      return level * u
    }
  }

  private let severity: Double
  private let stepSeconds: Double
  private let arrivalFraction: Double
  private var drawn: DrawnParameters<Trend>
  private var onset: EventOnset
  private var courses: ContiguousArray<Course> = []
  private var touched: [MovedAsset]
  private(set) var windowEnd: ContiguousArray<Lanes> = []
  private(set) var knots: [KnotColumn]

  init(_ event: Trend, _ site: EventSite) {
    severity = site.severity
    stepSeconds = site.stepSeconds
    arrivalFraction = site.arrivalFraction
    drawn = site.parameters(of: event)
    onset = EventOnset(event.start, site)
    touched = MovedAsset.all(event, event.contagion, site)
    knots = KnotColumn.all(event.knotNames, of: touched, groups: site.groups)
  }

  var parameters: [PathParameter] { drawn.all }
  var start: ContiguousArray<Lanes> { onset.times }
  /// Its end.
  var trough: ContiguousArray<Lanes> { ContiguousArray(courses.map(\.end)) }
  var isReactive: Bool { onset.isReactive }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    onset.reset(drawn)
    let contagion = drawn.contagion
    for index in touched.indices { touched[index].draw(contagion, stepSeconds: stepSeconds) }
    schedule()
  }

  func react(to sight: MarketSight) -> Bool {
    guard onset.look(sight) else { return false }
    schedule()
    return true
  }

  /// States the courses for the starts that are known.
  private func schedule() {
    let (changes, durations) = (drawn.change, drawn.duration)
    courses = ContiguousArray(
      onset.times.indices.map { group in
        let duration = durations[group] / stepSeconds
        return Course(
          start: onset.times[group], end: onset.times[group] + duration, speed: 1 / duration,
          level: severity * log1p(changes[group]))
      })
    windowEnd = trough
    for index in touched.indices {
      let lags = touched[index].lags
      for group in courses.indices { windowEnd[group] = max(windowEnd[group], courses[group].end + lags[group]) }
      touched[index].begin(at: zip(courses, lags).lazy.map { $0.start + $1 })
    }
    for index in knots.indices {
      guard let turning = touched.first(where: { $0.knot == knots[index].name }) else { continue }
      // What does not move has no kink.
      knots[index].times = ContiguousArray(
        zip(courses, turning.lags).map { select($0.level .!= 0, $0.end + $1, .infinity) })
    }
  }

  func advance(_ step: Int, _ effects: inout MarketEffects) {
    guard severity > 0 else { return }
    for one in touched where step >= one.firstStep {
      effects.assets[one.asset].activate()
      Self.add(Double(step), arrivalFraction, courses, one.betas, one.lags, &effects.assets[one.asset].values)
    }
  }

  @inline(never)
  private static func add(
    _ step: Double, _ arrivalFraction: Double, _ courses: ContiguousArray<Course>, _ betas: ContiguousArray<Lanes>,
    _ lags: ContiguousArray<Lanes>, _ effects: inout ContiguousArray<EventEffect>
  ) {
    for group in courses.indices {
      let (course, beta) = (courses[group], betas[group])
      let open = Lanes(step) - lags[group]
      if arrivalFraction > 0 { effects[group].arrivalOffset += beta * course.offset(open + arrivalFraction) }
      effects[group].closeOffset += beta * course.offset(open + 1)
    }
  }

  func offset(asset: Int, group: Int, at time: Lanes) -> Lanes {
    guard severity > 0, let touched = touched.first(where: { $0.asset == asset }) else { return .zero }
    return touched.betas[group] * courses[group].offset(time - touched.lags[group])
  }
}
