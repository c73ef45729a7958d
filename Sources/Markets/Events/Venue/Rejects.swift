import Documents
import Lanes
import Randomness

/// A share of orders is refused at random while a window lasts: cancelled, and the agent may ask again at the next close.
///
/// An order is refused with probability 1 − (1 − p)^(θ·w̄), with the window's mean over the step in which it arrives; by one
/// draw for each path, step and asset, the same for all desks.
package struct Rejects: VenueEvent {
  /// The assets that it touches; empty for all.
  package let assets: [String]
  /// When it starts.
  package let start: EventStart
  /// How strongly it acts in time.
  package let window: EventWindow
  /// The share of orders that is refused at full strength; above 0, below 1.
  package let share: Draw

  /// States how many orders are refused.
  package init(assets: [String] = [], start: EventStart, window: EventWindow, share: Draw) {
    self.assets = assets
    self.start = start
    self.window = window
    self.share = share
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("assets", .eventAssets, default: [], "the assets that it touches; all when left out"),
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(\.window, "window", "how strongly it acts in time"),
    ModelField(
      \.share, "share", .draw(.fraction, in: .above(0, below: 1)),
      "of orders that are refused; where all of them are, it is an outage"),
    make: { Rejects(assets: $0, start: $1, window: $2, share: $3) })

  package func touchedAssets(of assets: [String]) -> [String] { self.assets.isEmpty ? assets : self.assets }

  /// One uniform for each asset, path and step.
  package var assetStreamNames: [String] { [Action.refusals] }

  struct Action: VenueAction {
    static let refusals = "refusals"

    private let severity: Double
    private let groups: Int
    private let touched: [(asset: Int, key: StreamKey)]
    /// ln(1 − p) with the severity in it, by lane group.
    private var logs: ContiguousArray<Lanes> = []
    /// `[place in touched * groups + group]`.
    private var streams: ContiguousArray<DenseStream> = []

    init(_ event: Rejects, _ site: EventSite) {
      severity = site.severity
      groups = site.groups
      touched = event.touchedAssets(of: site.assets).compactMap { name in
        site.assets.firstIndex(of: name).map { ($0, site.key(Self.refusals, asset: name)) }
      }
    }

    mutating func reset(_ drawn: DrawnParameters<Rejects>, _ paths: TilePaths) {
      logs = ContiguousArray(drawn.share.map { log1p(-$0) * severity })
      streams = ContiguousArray(
        touched.flatMap { touched in (0..<groups).map { DenseStream(touched.key, paths.group($0)) } })
    }

    func act(on step: Int, _ window: StepWindow, _ effects: inout VenueEffects) {
      for group in logs.indices {
        let strength = window.mean(over: step, group: group)
        guard (strength .!= 0).isAny else { continue }
        let share = -expm1(strength * logs[group])
        for (place, touched) in touched.enumerated() {
          let uniform = streams[place * groups + group].uniforms52(step: Int32(step)).0
          effects.assets[touched.asset * groups + group].refusesOrders |= uniform .< share
        }
      }
    }
  }
}
