import Documents
import Lanes
import Randomness

/// Short positions become dear and are recalled: a fee on what is borrowed, a purchase by force, no new shorts.
///
/// The fee is added to the venue's, θ·w̄ times what is written, with the window's mean over the step. A recall buys back the
/// share 1 − (1 − f)^θ of every short position at the first open of a step from its moment on, without a participation cap;
/// all that it costs is booked as a forced sale's. While new shorts are refused, of an order only what closes a position is
/// taken, where the window is on as it arrives.
package struct Squeeze: VenueEvent {
  /// Whether short positions may be opened.
  package enum NewShorts: String, Sendable, Hashable, CaseIterable {
    /// As ever.
    case allowed
    /// Not while the window lasts.
    case refused
  }

  /// The assets that it touches; empty for all.
  package let assets: [String]
  /// When it starts.
  package let start: EventStart
  /// How strongly the fee acts in time, and how long new shorts are refused.
  package let window: EventWindow
  /// Added to the fee on short positions at full strength, a fraction a year.
  package let borrowFee: Draw
  /// The share of a short position that is recalled, at severity 1.
  package let recall: Draw
  /// When it is recalled, seconds after the start.
  package let recallAfter: Draw
  /// Whether short positions may be opened.
  package let newShorts: NewShorts

  /// States a squeeze.
  package init(
    assets: [String] = [], start: EventStart, window: EventWindow, borrowFee: Draw = .fixed(0),
    recall: Draw = .fixed(0), recallAfter: Draw = .fixed(0), newShorts: NewShorts = .allowed
  ) {
    self.assets = assets
    self.start = start
    self.window = window
    self.borrowFee = borrowFee
    self.recall = recall
    self.recallAfter = recallAfter
    self.newShorts = newShorts
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("assets", .eventAssets, default: [], "the assets that it touches; all when left out"),
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(\.window, "window", "how strongly the fee acts in time, and how long new shorts are refused"),
    ModelField(
      \.borrowFee, "borrowFee", .draw(.perYear, in: .between(0, 100)), default: .fixed(0),
      "added to the fee on short positions"),
    ModelField(
      \.recall, "recall", .draw(.fraction, in: .between(0, 1)), default: .fixed(0),
      "share of every short position that is bought back by force"),
    ModelField(
      \.recallAfter, "recallAfter", .drawnDuration(), default: .fixed(0), "when that is, from the start on"),
    ModelField("newShorts", .word(NewShorts.self), default: .allowed, "whether short positions may be opened"),
    make: { (assets, start, window, borrowFee, recall, recallAfter, newShorts) throws(FormViolation) in
      if borrowFee.fixedValue == 0, recall.fixedValue == 0, newShorts == .allowed {
        throw FormViolation(
          "a squeeze that asks for nothing could not be seen: it needs borrowFee, recall or newShorts")
      }
      if recall.fixedValue == 0, recallAfter.fixedValue != 0 {
        throw FormViolation(field(\.recallAfter), "without a recall there is nothing that could come later")
      }
      return Squeeze(
        assets: assets, start: start, window: window, borrowFee: borrowFee, recall: recall, recallAfter: recallAfter,
        newShorts: newShorts)
    })

  /// A recall after the end.
  package func violations(in setting: EventSetting) -> [FormViolation] {
    guard recall.upperBound > 0, recallAfter.lowerBound >= setting.lengthSeconds else { return [] }
    return [FormViolation(Self.field(\.recallAfter), "so long after its start the scenario is over")]
  }

  package func touchedAssets(of assets: [String]) -> [String] { self.assets.isEmpty ? assets : self.assets }

  struct Action: VenueAction {
    private let severity: Double
    private let stepSeconds: Double
    private let substeps: Double
    /// When orders arrive in a step, in sub-steps from its open.
    private let arrival: Double
    private let refusesShorts: Bool
    private let touched: [Int]
    private let groups: Int
    /// By lane group: the fee at full strength, what a recall leaves, its delay in sub-steps, the step in which it lands.
    private var fees, kept, delays, landings: ContiguousArray<Lanes>

    init(_ event: Squeeze, _ site: EventSite) {
      severity = site.severity
      stepSeconds = site.stepSeconds
      substeps = Double(site.substeps)
      arrival = Double(site.arrivalSubstep) + site.arrivalFraction
      refusesShorts = event.newShorts == .refused
      touched = event.touchedAssets(of: site.assets).compactMap { site.assets.firstIndex(of: $0) }
      groups = site.groups
      (fees, kept, delays) = ([], [], [])
      landings = ContiguousArray(repeating: .infinity, count: site.groups)
    }

    mutating func reset(_ drawn: DrawnParameters<Squeeze>, _ paths: TilePaths) {
      fees = ContiguousArray(drawn.borrowFee.map { $0 * severity })
      // Of a whole recall nothing is left at any severity.
      kept = ContiguousArray(
        drawn.recall.map { recall in
          select(recall .< 1, exp(log1p(-select(recall .< 1, recall, .zero)) * severity), .zero)
        })
      delays = ContiguousArray(drawn.recallAfter.map { $0 / stepSeconds })
    }

    mutating func plan(_ starts: ContiguousArray<Lanes>) -> Double {
      var last = 0.0
      for group in starts.indices {
        let moment = starts[group] + delays[group]
        // A moment that is the open of a step but for rounding is that open.
        let landing = Lanes { moment[$0] < .infinity ? (moment[$0] / self.substeps - 1e-9).rounded(.up) : .infinity }
        landings[group] = select(kept[group] .< 1, landing, .infinity)
        for lane in 0..<Lanes.count where landings[group][lane] < .infinity {
          last = max(last, (landings[group][lane] + 1) * substeps)
        }
      }
      return last
    }

    func act(on step: Int, _ window: StepWindow, _ effects: inout VenueEffects) {
      let moment = Double(step) * substeps + arrival
      effects.chargesShorts = true
      for group in landings.indices {
        let fee = fees[group] * window.mean(over: step, group: group)
        let left = select(landings[group] .== Double(step), kept[group], .one)
        let refuses = refusesShorts ? window.isOn(at: moment, group: group) : .none
        for asset in touched {
          let index = asset * groups + group
          effects.assets[index].annualBorrowFee += fee
          effects.assets[index].keptShorts *= left
          effects.assets[index].refusesShorts |= refuses
        }
      }
    }
  }
}
