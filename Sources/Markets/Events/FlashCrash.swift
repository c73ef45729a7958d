import Documents
import Lanes
import Randomness

/// A flash crash with partial recovery, or a flash rally: a fall by D or a rise by U within τ_f, after which a fraction R of
/// it goes back with a half-life h, while volatility, spread, depth and volume of the touched assets are multiplied.
///
/// With u = (t − T₀)/τ_f, c = −D or U and ℓ = θ·ln(1 + c) the log offset is ℓu^q in the fall and
/// ℓ(1 − ρ(1 − 2^{−(t − T₀ − τ_f)/h})) after it; ρ = 1 − ln(1 + c(1 − R))/ln(1 + c) turns the recovered fraction of price at
/// θ = 1 into one of log price. The window of the multipliers rises as u^q and halves every `multipliers/halfLife`; over a
/// step a multiplier is M^(θ·w̄) with the window's mean w̄ over the step, so nothing shorter than a step vanishes. An asset
/// that catches it gets beta times the offset, and the same window, a lag later; through a network hop by hop (`Network`).
/// `Aftershocks` are smaller crashes of the same course. The base market's own noise stays on: the realised low is not the
/// offset's. The event's window, for the split of cost, ends four of the longer half-lives after the last trough.
/// The model and what severity does to it stand in docs/definitions.md.
package struct FlashCrash: MarketFollowing, Parametric {
  /// The asset that falls or rises first, or `Contagion.market`.
  package let asset: String
  /// When it starts.
  package let start: EventStart
  /// Depth D of a fall as a fraction of price, at severity 1; in 0…1, below 1. Nil for a rise.
  package let drop: Draw?
  /// Height U of a rise, likewise; at least 0. Nil for a fall.
  package let rise: Draw?
  /// How it falls; nil for a rise.
  package let fall: Fall?
  /// How it rises; nil for a fall.
  package let climb: Fall?
  /// How it comes back.
  package let recovery: Recovery
  /// The assets that catch it, or move otherwise than the market, by name.
  package let contagion: Named<Contagion>
  /// Log move of each asset over that of the market, where it moves that and `contagion` does not say another; 1 of those
  /// that are not named.
  package var marketBetas: Named<Double> = Named()
  /// How it goes from asset to asset, in place of `contagion`; nil without a network.
  package let network: Network?
  /// Smaller crashes that follow; nil for none.
  package let aftershocks: Aftershocks?
  /// What is multiplied while it lasts; nil for nothing.
  package let multipliers: Multipliers?

  /// States a fall.
  package init(
    asset: String, start: EventStart, drop: Draw, fall: Fall, recovery: Recovery, contagion: Named<Contagion> = Named(),
    network: Network? = nil, aftershocks: Aftershocks? = nil, multipliers: Multipliers? = nil
  ) {
    self.init(
      asset: asset, start: start, drop: drop, rise: nil, fall: fall, climb: nil, recovery: recovery,
      contagion: contagion, network: network, aftershocks: aftershocks, multipliers: multipliers)
  }

  /// States a rise.
  package init(
    asset: String, start: EventStart, rise: Draw, climb: Fall, recovery: Recovery,
    contagion: Named<Contagion> = Named(), network: Network? = nil, aftershocks: Aftershocks? = nil,
    multipliers: Multipliers? = nil
  ) {
    self.init(
      asset: asset, start: start, drop: nil, rise: rise, fall: nil, climb: climb, recovery: recovery,
      contagion: contagion, network: network, aftershocks: aftershocks, multipliers: multipliers)
  }

  private init(
    asset: String, start: EventStart, drop: Draw?, rise: Draw?, fall: Fall?, climb: Fall?, recovery: Recovery,
    contagion: Named<Contagion>, network: Network?, aftershocks: Aftershocks?, multipliers: Multipliers?
  ) {
    self.asset = asset
    self.start = start
    self.drop = drop
    self.rise = rise
    self.fall = fall
    self.climb = climb
    self.recovery = recovery
    self.contagion = contagion
    self.network = network
    self.aftershocks = aftershocks
    self.multipliers = multipliers
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      "asset", .reference(to: "asset", or: Contagion.market),
      "the asset that falls or rises first, or all of them at once: \(quoted(Contagion.market))"),
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(
      \.drop, "drop", optional: .draw(.fractionOfPrice, in: .atLeast(0, below: 1)),
      "depth of the fall at severity 1; with \"fall\""),
    ModelField(
      \.rise, "rise", optional: .draw(.fractionOfPrice, in: .between(0, 1000)),
      "in place of a drop, height of the rise at severity 1; with \"climb\""),
    ModelField(\.fall, "fall", "how it falls"),
    ModelField(\.climb, "climb", "how it rises"),
    ModelField(\.recovery, "recovery", "how it comes back"),
    ModelField(\.contagion, "contagion", names: .of("asset"), Contagion.meaning),
    ModelField(\.network, "network", "in place of contagion, how it goes from asset to asset"),
    ModelField(\.aftershocks, "aftershocks", "smaller crashes of the same kind that follow it"),
    ModelField(\.multipliers, "multipliers", "what is multiplied while it lasts, at severity 1"),
    make: {
      (
        asset, start, drop, rise, fall, climb, recovery, contagion, network, aftershocks, multipliers
      ) throws(FormViolation) in
      let event = FlashCrash(
        asset: asset, start: start, drop: drop, rise: rise, fall: fall, climb: climb, recovery: recovery,
        contagion: contagion, network: network, aftershocks: aftershocks, multipliers: multipliers)
      let contradictions = event.contradictions
      guard contradictions.isEmpty else { throw FormViolation(contradictions) }
      return event
    })

  /// What it does, in a sentence.
  static let story = Story(
    "{asset}", " falls {drop}", " rises {rise}", ", within {fall/duration}[ as the power {fall/shape} of time]",
    ", within {climb/duration}[ as the power {climb/shape} of time]", " (start: {start})",
    "; what comes back of it: {recovery/fraction}, half of that in {recovery/halfLife}",
    "; {*} follows {contagion/*/beta} as far[, {contagion/*/lag} later]", "; volatility {multipliers/volatility}",
    ", half-spread {multipliers/halfSpread}", ", depth {multipliers/depth}", ", volume {multipliers/volume}",
    ", easing by half in {multipliers/halfLife}")

  /// What does not go together.
  private var contradictions: [FormViolation] {
    var found: [FormViolation] = []
    switch (drop, rise) {
    case (nil, nil): found.append(FormViolation("\"drop\" is missing, or \"rise\": how far the price goes"))
    case (_?, nil):
      if fall == nil { found.append(FormViolation("\"fall\" is missing: how it falls")) }
      if climb != nil {
        found.append(FormViolation(Self.field(\.climb), "belongs to a \"rise\"; a \"drop\" has a \"fall\""))
      }
    case (nil, let rise?):
      if climb == nil { found.append(FormViolation("\"climb\" is missing: how it rises")) }
      if fall != nil {
        found.append(FormViolation(Self.field(\.fall), "belongs to a \"drop\"; a \"rise\" has a \"climb\""))
      }
      if rise.upperBound * (recovery.fraction.upperBound - 1) >= 1 {
        found.append(
          FormViolation(
            "\(Self.field(\.recovery))/\(Recovery.field(\.fraction))",
            "so much of a rise of up to \(JSONWriter.number(rise.upperBound)) cannot go back: it would leave no price"))
      }
    case (_?, _?):
      found.append(
        FormViolation(Self.field(\.rise), "one event falls or rises: \"drop\" and \"rise\" exclude each other"))
    }
    let complaint = contagion.complaint(
      first: asset, Self.field(\.contagion), rise == nil ? "falls" : "rises")
    if let complaint { found.append(complaint) }
    if let network {
      if !contagion.isEmpty {
        found.append(
          FormViolation(Self.field(\.network), "assets catch it by \"contagion\" or through a \"network\", not both"))
      }
      if asset == Contagion.market {
        found.append(
          FormViolation(Self.field(\.network), "a network starts at one asset, not at the market, which moves at once"))
      } else if !network.weights.values.contains(where: { $0.names.contains(asset) }) {
        found.append(
          FormViolation(
            "\(Self.field(\.network))/weights",
            "no asset here follows \(quoted(asset)), the asset that \(rise == nil ? "falls" : "rises") first"))
      }
    }
    return found
  }

  /// How it gets to its trough or peak.
  private var way: (field: String, fall: Fall)? {
    if let fall { (Self.field(\.fall), fall) } else { climb.map { (Self.field(\.climb), $0) } }
  }

  /// How one of its moves reaches an asset.
  struct Route {
    /// The asset.
    let asset: String
    /// What its trough there is called among the knots.
    let knot: String
    /// How many hops through the network; 0 without one.
    var hops = 0
    /// Offset over that of the first asset by this route; what is caught by contagion has its beta beside it.
    var share = 1.0
    /// Whether it brings the multipliers: the first route to an asset does.
    var multiplies = true
  }

  /// The ways by which it reaches assets of the market.
  func routes(of assets: [String]) -> [Route] {
    network?.routes(from: asset)
      ?? contagion.touched(from: asset, of: assets).map {
        Route(asset: $0, knot: contagion.knot(of: $0, from: asset), share: marketBetas[$0] ?? 1)
      }
  }

  /// Up where it rises; either way where an asset goes against those that it catches it from.
  package var direction: PriceDirection? {
    let goesAgainst =
      contagion.values.contains { $0.beta.lowerBound < 0 }
      || marketBetas.contains { $0.value < 0 && contagion[$0.name] == nil }
      || network?.weights.values.contains { $0.values.contains { $0 < 0 } } ?? false
    return goesAgainst ? .either : rise == nil ? .down : .up
  }

  /// The asset that falls first, then those that catch it, by name; or all.
  package func touchedAssets(of assets: [String]) -> [String] {
    var touched: [String] = []
    for asset in routes(of: assets).map(\.asset) where !touched.contains(asset) { touched.append(asset) }
    return touched
  }

  package var streamNames: [String] { aftershocks == nil ? [] : Aftershocks.streamNames }

  /// The trough of each asset by each route, then those of the aftershocks.
  package var knotNames: [String] {
    let own = network?.routes(from: asset).map(\.knot) ?? contagion.knotNames(from: asset)
    guard aftershocks != nil else { return own }
    return own + (1...Aftershocks.most).flatMap { number in own.map { Aftershocks.knot($0, of: number) } }
  }

  package func makeState(_ site: EventSite) -> any EventState { FlashCrashState(self, site) }

  /// θ times |ln(1 + c)| and what comes back beyond the start, at the largest of its betas; θ times |ln M|; and the same of
  /// as many aftershocks as there can be.
  package func reach(of asset: String, severity: Double) -> EventReach {
    let change = rise?.plausible.upperBound ?? -min(drop?.plausible.upperBound ?? 0, 1 - 0x1p-53)
    let beyond = rise == nil ? 0.1 : abs(log1p(Lanes(min(0, change * (1 - recovery.fraction.upperBound))))[0])
    var offset = abs(log1p(Lanes(change))[0]) + beyond
    let factors = multipliers.map { [$0.volatility, $0.halfSpread, $0.depth, $0.volume] } ?? []
    let logs = factors.flatMap { [$0.plausible.lowerBound, $0.plausible.upperBound] }.map { abs(log(Lanes($0))[0]) }
    var factor = logs.max() ?? 0
    if let aftershocks {
      let (own, ownFactor) = (offset, factor)
      var ratio = 1.0
      for _ in 1...Aftershocks.most {
        ratio *= aftershocks.ratio.plausible.upperBound
        offset += ratio > 0 ? own : 0
        factor += ratio * ownFactor
      }
    }
    var beta = routes(of: [asset]).filter { $0.asset == asset }.reduce(0) { $0 + abs($1.share) }
    if network == nil { beta = contagion.largestBeta(of: asset, marketBetas) }
    return EventReach(offset: severity * beta * offset, factor: severity * factor)
  }

  /// On recorded bars a fall or recovery that can be shorter than a step.
  package func violations(in setting: EventSetting) -> [FormViolation] {
    guard !setting.splitsSteps else { return [] }
    var violations: [FormViolation] = []
    let text = { TradingTime.text(seconds: $0) }
    let durations =
      (way.map { [("\($0.field)/\(Fall.field(\.duration))", $0.fall.duration)] } ?? [])
      + [("\(Self.field(\.recovery))/\(Recovery.field(\.halfLife))", recovery.halfLife)]
    for (field, draw) in durations
    where draw.lowerBound < setting.stepSeconds {
      violations.append(
        FormViolation(
          field,
          "can be \(text(draw.lowerBound)), shorter than a step of \(text(setting.stepSeconds)): between two recorded "
            + "closes it would vanish"))
    }
    return violations
  }

  /// A fall or rise shorter than the latency or a step: no agent can act in it, but stops fill on its line.
  package func warnings(in setting: EventSetting) -> [FormViolation] {
    guard let way else { return [] }
    return way.fall.warnings(in: setting, way.field, rise == nil ? "fall" : "rise")
  }
}

extension FlashCrash.Fall {
  /// What is right, but may not be what was meant: shorter than the latency or a step.
  ///
  /// - Parameters:
  ///   - field: of the event.
  ///   - word: what it is called.
  func warnings(in setting: EventSetting, _ field: String, _ word: String) -> [FormViolation] {
    let shortest = duration.quantile(0.05)
    let text = { TradingTime.text(seconds: $0) }
    let limits = [
      ("a step of \(text(setting.stepSeconds))", setting.stepSeconds),
      ("the latency of \(text(setting.latencySeconds))", setting.latencySeconds),
    ]
    let longer = limits.filter { shortest < $0.1 }.map(\.0)
    guard !longer.isEmpty else { return [] }
    let words = duration.fixedValue.map { "takes \(text($0)), less" } ?? "can take less"
    return [
      FormViolation(
        "\(field)/\(Self.field(\.duration))",
        "the \(word) \(words) than \(longer.joined(separator: " and ")): stops fill on its "
          + "line, at their levels, as if there were trading at every price; a \"gap\" has no trading inside")
    ]
  }
}
