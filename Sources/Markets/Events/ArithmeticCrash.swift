import Documents
import Lanes
import Randomness

/// A crash or rally in money, of prices that may be negative: a change of c starting prices within τ_f, after which a fraction
/// R of it goes back with a half-life h, while volatility, spread, depth and volume of the touched assets are multiplied.
///
/// With u = (t − T₀)/τ_f the price is off by θ·c·S₀·u^q on the way, and by θ·c·S₀·(1 − R(1 − 2^{−(t − T₀ − τ_f)/h})) after it:
/// severity acts linearly, and θ₁ together with θ₂ is θ₁ + θ₂. Times and multipliers are those of `FlashCrash`; an asset that
/// catches it gets beta times as many of its own starting prices, a lag later. At c = −3.12 a price of 17.73 falls to −37.63.
package struct ArithmeticCrash: MarketFollowing, Parametric {
  /// The asset that moves first, or `Contagion.market`.
  package let asset: String
  /// When it starts.
  package let start: EventStart
  /// Change c of the price in starting prices, signed, at severity 1.
  package let change: Draw
  /// How it gets there.
  package let fall: FlashCrash.Fall
  /// How it comes back.
  package let recovery: FlashCrash.Recovery
  /// The assets that catch it, or move otherwise than the market, by name.
  package let contagion: Named<Contagion>
  /// What is multiplied while it lasts; nil for nothing.
  package let multipliers: FlashCrash.Multipliers?
  /// Move of each asset over that of the market, where it moves that and `contagion` does not say another; 1 of those that are
  /// not named.
  package var marketBetas: Named<Double> = Named()

  /// States a crash.
  package init(
    asset: String, start: EventStart, change: Draw, fall: FlashCrash.Fall, recovery: FlashCrash.Recovery,
    contagion: Named<Contagion> = Named(), multipliers: FlashCrash.Multipliers? = nil
  ) {
    self.asset = asset
    self.start = start
    self.change = change
    self.fall = fall
    self.recovery = recovery
    self.contagion = contagion
    self.multipliers = multipliers
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      "asset", .reference(to: "asset", or: Contagion.market),
      "the asset that moves first, or all of them at once: \(quoted(Contagion.market))"),
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(
      \.change, "change", .draw("starting prices", in: .between(-100, 100)),
      "signed change of the price at severity 1: -3 takes three times the starting price off"),
    ModelField(\.fall, "fall", "how it gets there"),
    ModelField(\.recovery, "recovery", "how it comes back"),
    ModelField(\.contagion, "contagion", names: .of("asset"), Contagion.meaning),
    ModelField(\.multipliers, "multipliers", "what is multiplied while it lasts, at severity 1"),
    make: { (asset, start, change, fall, recovery, contagion, multipliers) throws(FormViolation) in
      if let complaint = contagion.complaint(first: asset, field(\.contagion), "moves") { throw complaint }
      if change.fixedValue == 0 { throw FormViolation(field(\.change), "a change of 0 could not be seen") }
      return ArithmeticCrash(
        asset: asset, start: start, change: change, fall: fall, recovery: recovery, contagion: contagion,
        multipliers: multipliers)
    })

  /// What it does, in a sentence.
  static let story = Story(
    "{asset} moves by {change}", ", within {fall/duration}[ as the power {fall/shape} of time]", " (start: {start})",
    "; what comes back of it: {recovery/fraction}, half of that in {recovery/halfLife}",
    "; {*} follows {contagion/*/beta} as far[, {contagion/*/lag} later]", "; volatility {multipliers/volatility}",
    ", half-spread {multipliers/halfSpread}", ", depth {multipliers/depth}", ", volume {multipliers/volume}",
    ", easing by half in {multipliers/halfLife}")

  /// Money.
  package var scale: PriceScale.Kind? { .arithmetic }

  package var direction: PriceDirection? { PriceDirection(change: change, contagion, marketBetas) }

  package func touchedAssets(of assets: [String]) -> [String] { contagion.touched(from: asset, of: assets) }

  /// The trough on each asset.
  package var knotNames: [String] { contagion.knotNames(from: asset) }

  /// θ times |c| and what comes back beyond the start, at the largest of its betas; θ times |ln M|.
  package func reach(of asset: String, severity: Double) -> EventReach {
    let change = change.plausible
    let offset = max(abs(change.lowerBound), abs(change.upperBound))
    let factors = multipliers.map { [$0.volatility, $0.halfSpread, $0.depth, $0.volume] } ?? []
    let logs = factors.flatMap { [$0.plausible.lowerBound, $0.plausible.upperBound] }.map { abs(log(Lanes($0))[0]) }
    return EventReach(
      offset: severity * contagion.largestBeta(of: asset, marketBetas) * offset, factor: severity * (logs.max() ?? 0))
  }

  /// None of its own: prices that may be negative are not recorded bars.
  package func violations(in setting: EventSetting) -> [FormViolation] { [] }

  /// A way shorter than the latency or a step: no agent can act on it, but stops fill on its line.
  package func warnings(in setting: EventSetting) -> [FormViolation] {
    fall.warnings(in: setting, Self.field(\.fall), direction == .up ? "rise" : "fall")
  }

  package func makeState(_ site: EventSite) -> any EventState { ArithmeticCrashState(self, site) }
}

/// A crash in money on the paths of one tile.
private final class ArithmeticCrashState: EventState {
  private let severity: Double
  private let stepSeconds: Double
  private let arrivalFraction: Double
  private let hasMultipliers: Bool
  private var drawn: DrawnParameters<ArithmeticCrash>
  private var onset: EventOnset
  private var courses: ContiguousArray<CrashCourse> = []
  private var touched: [MovedAsset]
  /// `[touched]`: how far it has come there at the last close, by lane group.
  private var progress: [ContiguousArray<CrashCourse.Progress>]
  private(set) var windowEnd: ContiguousArray<Lanes> = []
  private(set) var knots: [KnotColumn]

  init(_ event: ArithmeticCrash, _ site: EventSite) {
    severity = site.severity
    stepSeconds = site.stepSeconds
    arrivalFraction = site.arrivalFraction
    hasMultipliers = event.multipliers != nil
    drawn = site.parameters(of: event)
    onset = EventOnset(event.start, site)
    touched = MovedAsset.all(event, event.contagion, site)
    progress = touched.map { _ in ContiguousArray(repeating: CrashCourse.Progress(), count: site.groups) }
    knots = KnotColumn.all(event.knotNames, of: touched, groups: site.groups)
  }

  var parameters: [PathParameter] { drawn.all }
  var start: ContiguousArray<Lanes> { onset.times }
  var trough: ContiguousArray<Lanes> { ContiguousArray(courses.map(\.trough)) }
  var isReactive: Bool { onset.isReactive }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    onset.reset(drawn)
    let contagion = drawn.contagion
    for index in touched.indices {
      touched[index].draw(contagion, stepSeconds: stepSeconds)
      progress[index] = ContiguousArray(repeating: CrashCourse.Progress(), count: paths.groups)
    }
    schedule()
  }

  func react(to sight: MarketSight) -> Bool {
    guard onset.look(sight) else { return false }
    schedule()
    return true
  }

  /// States the courses for the starts that are known.
  private func schedule() {
    let (changes, fractions) = (drawn.change, drawn.recovery.fraction)
    courses = CrashCourse.ways(
      onset.times, drawn.fall, drawn.recovery, drawn.multipliers, severity: severity, stepSeconds: stepSeconds,
      arrivalFraction: arrivalFraction)
    for group in courses.indices {
      courses[group].depth = severity * changes[group]
      courses[group].recovered = fractions[group]
    }
    windowEnd = ContiguousArray(courses.map { $0.windowEnd(hasMultipliers: hasMultipliers) })
    let ends = windowEnd
    for index in touched.indices {
      let lags = touched[index].lags
      for group in courses.indices { windowEnd[group] = max(windowEnd[group], ends[group] + lags[group]) }
      touched[index].begin(at: zip(courses, lags).lazy.map { $0.start + $1 })
    }
    for index in knots.indices {
      guard let turning = touched.first(where: { $0.knot == knots[index].name }) else { continue }
      // What does not move has no kink.
      knots[index].times = ContiguousArray(
        zip(courses, turning.lags).map { select($0.depth .!= 0, $0.trough + $1, .infinity) })
    }
  }

  func advance(_ step: Int, _ effects: inout MarketEffects) {
    guard severity > 0 else { return }
    for (index, one) in touched.enumerated() where step >= one.firstStep {
      effects.assets[one.asset].activate()
      CrashCourse.add(
        Double(step), arrivalFraction, courses, one.betas, one.lags, hasMultipliers, &progress[index],
        &effects.assets[one.asset].values)
    }
  }

  func offset(asset: Int, group: Int, at time: Lanes) -> Lanes {
    guard severity > 0, let touched = touched.first(where: { $0.asset == asset }) else { return .zero }
    return touched.betas[group] * courses[group].offset(time - touched.lags[group])
  }
}
