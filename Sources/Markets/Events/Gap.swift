import Documents
import Lanes
import MarketData
import Randomness

/// A gap: the price jumps, up or down, with no trading inside. Stops, margin calls and ruin are met at the first price
/// beyond it, so that deficits arise.
///
/// It lands at the open of the sub-step that begins at its moment, or first after it, and with `"at": "open"` at the first
/// open of a session from there on, together with the overnight move. With a change c the log offset is θ·ln(1 + c) from
/// there on; an asset that catches it jumps by beta times that, a lag later. What does not last, such as a rebound or a
/// volatile day, is an event of its own that starts after it.
package struct Gap: MarketFollowing, Parametric {
  /// Where it may land.
  package enum Landing: String, Sendable, Hashable, CaseIterable {
    /// At its moment.
    case moment
    /// At the open of a session.
    case open
  }

  /// The asset that jumps first, or `Contagion.market`.
  package let asset: String
  /// When.
  package let start: EventStart
  /// Where it may land.
  package let landing: Landing
  /// Change c of the price, a signed fraction, at severity 1; above −1.
  package let change: Draw
  /// The assets that catch it, or move otherwise than the market, by name.
  package let contagion: Named<Contagion>
  /// Log move of each asset over that of the market, where it moves that and `contagion` does not say another; 1 of those
  /// that are not named.
  package var marketBetas: Named<Double> = Named()

  /// States a gap.
  package init(
    asset: String, start: EventStart, landing: Landing = .moment, change: Draw,
    contagion: Named<Contagion> = Named()
  ) {
    self.asset = asset
    self.start = start
    self.landing = landing
    self.change = change
    self.contagion = contagion
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      "asset", .reference(to: "asset", or: Contagion.market),
      "the asset that jumps first, or all of them at once: \(quoted(Contagion.market))"),
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(
      "at", .word(Landing.self), default: .moment,
      "at that moment, or at the first open of a session from there on"),
    ModelField(
      \.change, "change", .draw(.fractionOfPrice, in: .above(-1, atMost: 1000)),
      "signed change of the price at severity 1: -0.5 halves it"),
    ModelField(\.contagion, "contagion", names: .of("asset"), Contagion.meaning),
    make: { (asset, start, landing, change, contagion) throws(FormViolation) in
      if let complaint = contagion.complaint(first: asset, field(\.contagion), "jumps") { throw complaint }
      if change.fixedValue == 0 { throw FormViolation(field(\.change), "a change of 0 could not be seen") }
      return Gap(asset: asset, start: start, landing: landing, change: change, contagion: contagion)
    })

  /// What it does, in a sentence.
  static let story = Story(
    "{asset} jumps by {change}", " (start: {start})",
    "; {*} follows {contagion/*/beta} as far[, {contagion/*/lag} later]",
    "; no trade fills in between")

  package var direction: PriceDirection? { PriceDirection(change: change, contagion, marketBetas) }

  package func touchedAssets(of assets: [String]) -> [String] { contagion.touched(from: asset, of: assets) }

  /// Yes.
  package var jumps: Bool { true }

  /// None: it lands where a sub-step begins.
  package var knotNames: [String] { [] }

  /// θ times |ln(1 + c)| at the largest of its betas.
  package func reach(of asset: String, severity: Double) -> EventReach {
    EventReach(offset: severity * contagion.largestBeta(of: asset, marketBetas) * change.largestLogMove, factor: 0)
  }

  /// Opens of sessions where there are none; a moment after the last of them.
  package func violations(in setting: EventSetting) -> [FormViolation] {
    guard landing == .open else { return [] }
    let calendar = setting.clock.calendar
    if calendar.isContinuous { return [FormViolation("at", "a market that never closes has no opens of sessions")] }
    if case .at(let draw) = start, draw.lowerBound > setting.lengthSeconds - calendar.secondsPerDay {
      return [
        FormViolation(
          "start", "no session opens from \(TradingTime.text(seconds: draw.lowerBound)) to the end of the scenario")
      ]
    }
    return []
  }

  package func makeState(_ site: EventSite) -> any EventState { GapState(self, site) }
}

/// A gap on the paths of one tile.
private final class GapState: EventState {
  /// One touched asset.
  private struct Touched {
    /// Which asset, how far and how much later.
    var moved: MovedAsset
    /// The step at whose open it lands, and the log offset from there on, by lane group.
    var landings: ContiguousArray<Lanes>
    var offsets: ContiguousArray<Lanes>
  }

  private let severity: Double
  private let stepSeconds: Double
  private let arrivesAtOpen: Bool
  /// Steps of the event from which on it may land, in a session; 1 for anywhere.
  private let stepsToOpen: Double
  private var drawn: DrawnParameters<Gap>
  private var onset: EventOnset
  private var touched: [Touched]
  private(set) var windowEnd: ContiguousArray<Lanes>

  init(_ event: Gap, _ site: EventSite) {
    severity = site.severity
    stepSeconds = site.stepSeconds
    arrivesAtOpen = site.arrivalFraction == 0
    stepsToOpen = event.landing == .open ? Double(site.clock.stepsPerDay * site.substeps) : 1
    drawn = site.parameters(of: event)
    onset = EventOnset(event.start, site)
    let none = ContiguousArray(repeating: Lanes.zero, count: site.groups)
    touched = MovedAsset.all(event, event.contagion, site).map { Touched(moved: $0, landings: none, offsets: none) }
    windowEnd = none
  }

  var parameters: [PathParameter] { drawn.all }
  /// Where it lands.
  var start: ContiguousArray<Lanes> { touched.first?.landings ?? onset.times }
  var isReactive: Bool { onset.isReactive }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    onset.reset(drawn)
    let (changes, contagion) = (drawn.change, drawn.contagion)
    for index in touched.indices {
      touched[index].moved.draw(contagion, stepSeconds: stepSeconds)
      for group in changes.indices {
        touched[index].offsets[group] = touched[index].moved.betas[group] * (severity * log1p(changes[group]))
      }
    }
    schedule()
  }

  func react(to sight: MarketSight) -> Bool {
    guard onset.look(sight) else { return false }
    schedule()
    return true
  }

  private func schedule() {
    for group in windowEnd.indices { windowEnd[group] = .zero }
    for index in touched.indices {
      for (group, time) in onset.times.enumerated() {
        // A moment that is the open of a step but for rounding lands there. With a lag an asset follows wherever that is.
        let landing = Self.roundedUp(time, to: stepsToOpen)
        let own = Self.roundedUp(landing + touched[index].moved.lags[group], to: 1)
        touched[index].landings[group] = own
        windowEnd[group] = max(windowEnd[group], own + 1)
      }
      touched[index].moved.begin(at: touched[index].landings)
    }
  }

  private static func roundedUp(_ time: Lanes, to steps: Double) -> Lanes {
    Lanes { time[$0] < .infinity ? (time[$0] / steps - 1e-9).rounded(.up) * steps : .infinity }
  }

  func advance(_ step: Int, _ effects: inout MarketEffects) {
    guard severity > 0 else { return }
    for index in touched.indices where step >= touched[index].moved.firstStep {
      let asset = touched[index].moved.asset
      effects.assets[asset].activate()
      Self.add(
        Double(step), arrivesAtOpen, touched[index].landings, touched[index].offsets,
        &effects.assets[asset].values)
    }
  }

  @inline(never)
  private static func add(
    _ step: Double, _ arrivesAtOpen: Bool, _ landings: ContiguousArray<Lanes>, _ offsets: ContiguousArray<Lanes>,
    _ effects: inout ContiguousArray<EventEffect>
  ) {
    for group in landings.indices {
      let level = select(landings[group] .<= step, offsets[group], .zero)
      let jump = select(landings[group] .== step, offsets[group], .zero)
      effects[group].openOffset += jump
      effects[group].jump += jump
      effects[group].arrivalOffset += arrivesAtOpen ? jump : level
      effects[group].closeOffset += level
    }
  }

  func offset(asset: Int, group: Int, at time: Lanes) -> Lanes {
    guard severity > 0, let touched = touched.first(where: { $0.moved.asset == asset }) else { return .zero }
    return select(touched.landings[group] .<= time, touched.offsets[group], .zero)
  }

  func jump(asset: Int, group: Int, at time: Lanes) -> Lanes {
    guard severity > 0, let touched = touched.first(where: { $0.moved.asset == asset }) else { return .zero }
    return select(touched.landings[group] .== time, touched.offsets[group], .zero)
  }
}
