import Documents
import Lanes
import Randomness

/// When the unaffected price of an asset, or of the market (`WatchedPrice`), has come down by so much from its highest since t = 0.
///
/// Where the price may be negative the fall counts in starting prices. The low of a sub-step counts, against the highs of those before
/// it; the event starts at the sub-step's close, plus the delay.
package struct DrawdownTrigger: EventTrigger, Parametric {
  /// The asset, or `Contagion.market`.
  package let asset: String
  /// The fall from its highest, a fraction of price; above 0, below 1.
  package let depth: Draw
  /// How much later the event starts, seconds of trading time; at least 0.
  package let delay: Draw

  /// States what it waits for.
  package init(asset: String, depth: Draw, delay: Draw = .fixed(0)) {
    self.asset = asset
    self.depth = depth
    self.delay = delay
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("asset", .reference(to: "asset", or: Contagion.market), WatchedPrice.meaning),
    ModelField(
      \.depth, "depth", .draw(.fractionOfPrice, in: .above(0, below: 1)), "how far from its highest since t = 0"),
    ModelField(\.delay, "delay", .drawnDuration(), default: .fixed(0), "how much later the event starts"),
    make: { DrawdownTrigger(asset: $0, depth: $1, delay: $2) })

  package var watchedAsset: String? { asset }

  package func violations(in setting: EventSetting) -> [FormViolation] { [] }

  package func makeState(_ site: EventSite) -> any TriggerState { DrawdownState(self, site) }
}

private final class DrawdownState: TriggerState {
  private let watched: WatchedPrice
  private let stepSeconds: Double
  /// The starting price, where falls count in it.
  private let reference: Double?
  /// Whether no price has been seen yet.
  private var isFirst = true
  private var levels, delays, highest: ContiguousArray<Lanes>

  init(_ model: DrawdownTrigger, _ site: EventSite) {
    watched = WatchedPrice(model.asset, of: site.assets)
    stepSeconds = site.stepSeconds
    reference = watched.asset.flatMap { site.scales[$0].reference }
    levels = []
    delays = []
    highest = ContiguousArray(repeating: .zero, count: site.groups)
  }

  func reset(_ parameter: (String) -> ContiguousArray<Lanes>, _ times: inout ContiguousArray<Lanes>) {
    levels = ContiguousArray(parameter("depth").map { 1 - $0 })
    delays = ContiguousArray(parameter("delay").map { $0 / stepSeconds })
    isFirst = true
  }

  func look(_ sight: MarketSight, _ times: inout ContiguousArray<Lanes>) -> Bool {
    guard sight.showsPrices else { return false }
    defer { isFirst = false }
    var isNews = false
    for group in times.indices {
      let bar = watched.bar(sight.bars, group, groups: sight.groups)
      let peak = isFirst ? bar.open : max(highest[group], bar.open)
      let level = reference.map { peak - (1 - levels[group]) * $0 } ?? peak * levels[group]
      let fires = (bar.low .<= level) & (times[group] .== Lanes.infinity)
      highest[group] = max(peak, bar.high)
      guard fires.isAny else { continue }
      times[group].replace(with: delays[group] + sight.close, where: fires)
      isNews = true
    }
    return isNews
  }
}
