import Documents
import Lanes
import Randomness

/// The venue asks for more in the crisis: factors on its margins and fees, while a window lasts.
///
/// Each factor acts as M^(θ·w̄) with the window's mean over the step. The initial margin ends at 1, the maintenance margin at
/// the initial one and at 0.99. A maintenance margin that rises over what an account has left liquidates it at the first
/// price of the step in which it rises. Sources: what exchanges did in March 2020 is told in BCBS, CPMI & IOSCO (2022),
/// Review of margining practices; that margins rise when prices fall, and make them fall, in Brunnermeier & Pedersen (2009),
/// Review of Financial Studies 22(6).
package struct MarginCall: VenueEvent {
  /// When it starts.
  package let start: EventStart
  /// How strongly it acts in time.
  package let window: EventWindow
  /// Factor of the initial margin at full strength.
  package let initialMargin: Draw
  /// Factor of the maintenance margin.
  package let maintenanceMargin: Draw
  /// Factor of the fee of a trade.
  package let takerFee: Draw
  /// Factor of the extra fee of a forced sale.
  package let liquidationFee: Draw

  /// States what a venue asks for.
  package init(
    start: EventStart, window: EventWindow, initialMargin: Draw = .fixed(1), maintenanceMargin: Draw = .fixed(1),
    takerFee: Draw = .fixed(1), liquidationFee: Draw = .fixed(1)
  ) {
    self.start = start
    self.window = window
    self.initialMargin = initialMargin
    self.maintenanceMargin = maintenanceMargin
    self.takerFee = takerFee
    self.liquidationFee = liquidationFee
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(\.window, "window", "how strongly it acts in time"),
    ModelField(
      \.initialMargin, "initialMargin", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1),
      "of the initial margin, which ends at 1"),
    ModelField(
      \.maintenanceMargin, "maintenanceMargin", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1),
      "of the maintenance margin, which ends at the initial one and at 0.99"),
    ModelField(
      \.takerFee, "takerFee", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1), "of the fee of a trade"),
    ModelField(
      \.liquidationFee, "liquidationFee", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1),
      "of the extra fee of a forced sale"),
    make: { (start, window, initial, maintenance, taker, liquidation) throws(FormViolation) in
      if [initial, maintenance, taker, liquidation].allSatisfy({ $0.fixedValue == 1 }) {
        throw FormViolation(
          "a margin call without a factor could not be seen: it needs initialMargin, maintenanceMargin, takerFee or "
            + "liquidationFee")
      }
      return MarginCall(
        start: start, window: window, initialMargin: initial, maintenanceMargin: maintenance, takerFee: taker,
        liquidationFee: liquidation)
    })

  /// Factors of terms that are 0.
  package func violations(in setting: EventSetting) -> [FormViolation] {
    guard let venue = setting.venue else { return [] }
    let terms = [
      ("maintenanceMargin", maintenanceMargin, venue.maintenanceMargin), ("takerFee", takerFee, venue.takerFeeBps),
      ("liquidationFee", liquidationFee, venue.liquidationFeeBps),
    ]
    return terms.compactMap { name, factor, term in
      guard factor.fixedValue != 1, term == 0 else { return nil }
      return FormViolation(name, "the venue's own is 0, and so is every multiple of it")
    }
  }

  struct Action: VenueAction {
    private let severity: Double
    /// Logarithms of the factors at full strength, severity included; by lane group.
    private var initial, maintenance, taker, liquidation: ContiguousArray<Lanes>

    init(_ event: MarginCall, _ site: EventSite) {
      severity = site.severity
      (initial, maintenance, taker, liquidation) = ([], [], [], [])
    }

    mutating func reset(_ drawn: DrawnParameters<MarginCall>, _ paths: TilePaths) {
      initial = logs(drawn.initialMargin)
      maintenance = logs(drawn.maintenanceMargin)
      taker = logs(drawn.takerFee)
      liquidation = logs(drawn.liquidationFee)
    }

    private func logs(_ factors: ContiguousArray<Lanes>) -> ContiguousArray<Lanes> {
      ContiguousArray(factors.map { log($0) * severity })
    }

    func act(on step: Int, _ window: StepWindow, _ effects: inout VenueEffects) {
      for group in initial.indices {
        let strength = window.mean(over: step, group: group)
        guard (strength .!= 0).isAny else { continue }
        effects.groups[group].initialMargin *= exp(strength * initial[group])
        effects.groups[group].maintenanceMargin *= exp(strength * maintenance[group])
        effects.groups[group].takerFee *= exp(strength * taker[group])
        effects.groups[group].liquidationFee *= exp(strength * liquidation[group])
      }
    }
  }
}
