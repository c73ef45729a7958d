import Documents
import Lanes
import Randomness

/// When the unaffected price of an asset, or of the market (`WatchedPrice`), moves as much as this: the square root of an exponential
/// average of its squared moves, of log price, or in starting prices where it may be negative, from close to close of the sub-steps,
/// gaps included, over that of their variance time.
///
/// It is asked once a half-life has passed since t = 0; the event starts at the sub-step's close, plus the delay.
package struct VolatilityTrigger: EventTrigger, Parametric {
  /// The asset, or `Contagion.market`.
  package let asset: String
  /// The volatility that starts the event, annual; above 0.
  package let annualVolatility: Draw
  /// Half-life of the average, seconds of trading time; above 0.
  package let halfLife: Draw
  /// How much later the event starts, seconds of trading time; at least 0.
  package let delay: Draw

  /// States what it waits for.
  package init(asset: String, annualVolatility: Draw, halfLife: Draw, delay: Draw = .fixed(0)) {
    self.asset = asset
    self.annualVolatility = annualVolatility
    self.halfLife = halfLife
    self.delay = delay
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("asset", .reference(to: "asset", or: Contagion.market), WatchedPrice.meaning),
    ModelField(\.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .above(0)), "how much it moves"),
    ModelField(\.halfLife, "halfLife", .drawnDuration(in: .above(0)), "half-life of the average over past moves"),
    ModelField(\.delay, "delay", .drawnDuration(), default: .fixed(0), "how much later the event starts"),
    make: { VolatilityTrigger(asset: $0, annualVolatility: $1, halfLife: $2, delay: $3) })

  package var watchedAsset: String? { asset }

  package func violations(in setting: EventSetting) -> [FormViolation] { [] }

  package func makeState(_ site: EventSite) -> any TriggerState { VolatilityState(self, site) }
}

private final class VolatilityState: TriggerState {
  private let watched: WatchedPrice
  private let clock: VarianceClock
  private let substeps: Int
  private let stepSeconds: Double
  private let scale: PriceScale
  /// Whether no close has been seen yet.
  private var isFirst = true
  private var levels, delays, halfLives, kept: ContiguousArray<Lanes>
  private var squares, years, last: ContiguousArray<Lanes>

  init(_ model: VolatilityTrigger, _ site: EventSite) {
    watched = WatchedPrice(model.asset, of: site.assets)
    clock = VarianceClock(site.clock, substeps: site.substeps)
    substeps = site.substeps
    stepSeconds = site.stepSeconds
    scale = watched.asset.map { site.scales[$0] } ?? PriceScale(.logarithmic, start: 1)
    (levels, delays, halfLives, kept) = ([], [], [], [])
    squares = ContiguousArray(repeating: .zero, count: site.groups)
    years = squares
    last = squares
  }

  func reset(_ parameter: (String) -> ContiguousArray<Lanes>, _ times: inout ContiguousArray<Lanes>) {
    levels = ContiguousArray(parameter("annualVolatility").map { $0 * $0 })
    delays = ContiguousArray(parameter("delay").map { $0 / stepSeconds })
    halfLives = ContiguousArray(parameter("halfLife").map { $0 / stepSeconds })
    kept = ContiguousArray(halfLives.map { exp2(-1 / $0) })
    isFirst = true
    for group in squares.indices {
      squares[group] = .zero
      years[group] = .zero
    }
  }

  func look(_ sight: MarketSight, _ times: inout ContiguousArray<Lanes>) -> Bool {
    guard sight.showsPrices else { return false }
    defer { isFirst = false }
    let time = clock.time(sight.substep / substeps, sight.substep % substeps)
    let passed = time.gapYears + time.intradayYears
    var isNews = false
    for group in times.indices {
      let bar = watched.bar(sight.bars, group, groups: sight.groups)
      let move = scale.move(from: isFirst ? bar.open : last[group], to: bar.close)
      squares[group] = fma(squares[group], kept[group], move * move)
      years[group] = fma(years[group], kept[group], Lanes(passed))
      last[group] = bar.close
      let isAsked = (Lanes(sight.close) .>= halfLives[group]) & (times[group] .== Lanes.infinity)
      let fires = isAsked & (squares[group] .>= years[group] * levels[group])
      guard fires.isAny else { continue }
      times[group].replace(with: delays[group] + sight.close, where: fires)
      isNews = true
    }
    return isNews
  }
}
