import Documents
import Lanes
import Randomness

/// A liquidation cascade: other traders hold the asset on borrowed money; as its price falls they are liquidated, and their
/// sales push it further, which liquidates more.
///
/// With a fall d₀ of the unaffected price from its highest since t = 0, beyond a threshold, a share g of the open interest OI
/// is liquidated for each unit of fall d, and moves the price by its size over the depth D per unit of return. In a step
/// the fixed point d = d₀ + (OI/D)·g·d is d₀/(1 − n), n = OI·g/D (`docs/definitions.md`). Where n ≥ 1 nothing stops it but
/// the end of the open interest: the push is OI/D at most. Falls count from close to close of sub-steps, in units of the
/// highest price, and only where they are deeper than before: nobody is liquidated twice. What was pushed does not come back.
/// The depth is the file's times the factors of events at that time. Severity multiplies the open interest.
package struct Cascade: MarketEvent, Parametric {
  /// The asset.
  package let asset: String
  /// Units of it that are held on borrowed money; above 0.
  package let openInterest: Draw
  /// Fall from the highest price at which the first are liquidated, a fraction; at least 0, below 1.
  package let threshold: Draw
  /// Share of the open interest that is liquidated for each 1 % of further fall; above 0, at most 1.
  package let liquidatedPerPercent: Draw

  /// States a cascade.
  package init(asset: String, openInterest: Draw, threshold: Draw = .fixed(0), liquidatedPerPercent: Draw) {
    self.asset = asset
    self.openInterest = openInterest
    self.threshold = threshold
    self.liquidatedPerPercent = liquidatedPerPercent
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("asset", .reference(to: "asset"), "the asset"),
    ModelField(
      \.openInterest, "openInterest", .draw(.shares, in: .above(0, atMost: 1e12)),
      "what other traders hold on borrowed money"),
    ModelField(
      \.threshold, "threshold", .draw(.fractionOfPrice, in: .atLeast(0, below: 1)), default: .fixed(0),
      "fall from the highest price since t = 0 at which the first are liquidated"),
    ModelField(
      \.liquidatedPerPercent, "liquidatedPerPercent", .draw(.fraction, in: .above(0, atMost: 1)),
      "share of the open interest that is liquidated for each 1 % of further fall"),
    make: {
      Cascade(asset: $0, openInterest: $1, threshold: $2, liquidatedPerPercent: $3)
    })

  /// In force from t = 0; it starts on a path where the first are liquidated.
  package var start: EventStart { .fixed(0) }

  /// Yes: it is a fall that liquidates.
  package var watchesPrices: Bool { true }
  package var direction: PriceDirection? { .down }

  package func touchedAssets(of assets: [String]) -> [String] { [asset] }

  /// None: a push is a line from close to close.
  package var knotNames: [String] { [] }

  /// At most to a millionth of the price: what is pushed further is worth nothing.
  package func reach(of asset: String, severity: Double) -> EventReach {
    EventReach(offset: severity > 0 ? -log(Lanes(CascadeState.leastLeft))[0] : 0, factor: 0)
  }

  package func violations(in setting: EventSetting) -> [FormViolation] { [] }

  package func makeState(_ site: EventSite) -> any EventState { CascadeState(self, site) }
}

/// A cascade on the paths of one tile.
final class CascadeState: EventState {
  /// What is left of the price, at least, of its highest.
  static let leastLeft = 1e-6

  private let severity: Double
  private let arrivalFraction: Double
  private let asset: Int
  private var drawn: DrawnParameters<Cascade>
  private var paths: ContiguousArray<Path>
  private var isNews = false
  private(set) var start: ContiguousArray<Lanes>
  private(set) var windowEnd: ContiguousArray<Lanes>
  private var step = -1

  /// What was drawn for eight paths, and what has happened on them.
  private struct Path {
    /// Open interest at the severity, threshold, and share of it that is liquidated for a unit of fall.
    var interest = Lanes.zero
    var threshold = Lanes.zero
    var share = Lanes.zero
    /// Highest log price over that at t = 0, without the push.
    var highest = Lanes.zero
    /// Deepest fall beyond the threshold, and what has been pushed, both in units of the highest price.
    var deepest = Lanes.zero
    var pushed = Lanes.zero
    /// Log offset at the close before, and at the last.
    var before = Lanes.zero
    var now = Lanes.zero
  }

  init(_ event: Cascade, _ site: EventSite) {
    severity = site.severity
    arrivalFraction = site.arrivalFraction
    asset = site.assets.firstIndex(of: event.asset) ?? 0
    drawn = site.parameters(of: event)
    paths = ContiguousArray(repeating: Path(), count: site.groups)
    start = ContiguousArray(repeating: .infinity, count: site.groups)
    windowEnd = start
  }

  var parameters: [PathParameter] { drawn.all }
  var isReactive: Bool { true }

  func react(to sight: MarketSight) -> Bool {
    defer { isNews = false }
    return isNews
  }

  func reset(_ paths: TilePaths) {
    drawn.draw(for: paths)
    step = -1
    let (interest, threshold, share) = (drawn.openInterest, drawn.threshold, drawn.liquidatedPerPercent)
    for group in start.indices {
      self.paths[group] = Path(
        interest: interest[group] * severity, threshold: threshold[group], share: share[group] * 100)
      start[group] = .infinity
      windowEnd[group] = .infinity
    }
  }

  func advance(_ step: Int, _ effects: inout MarketEffects) {}

  func respond(_ step: Int, _ market: LatentMove, _ effects: inout MarketEffects) {
    guard severity > 0 else { return }
    self.step = step
    let depth = market.depth(asset) * 100
    for group in paths.indices {
      let close = market.close(asset, group, effects)
      var path = paths[group]
      path.before = path.now
      path.highest = max(path.highest, close)
      let fall = 1 - exp(close - path.highest)
      let beyond = max(path.deepest, fall - path.threshold)
      let grows = beyond .> path.deepest
      if grows.isAny {
        let perReturn = effects.assets[asset].values[group].depth * depth
        let most = path.interest / perReturn
        let feedback = most * path.share
        // n/(1 − n) of the further fall, or all that is left where nothing stops it.
        let factor = select(feedback .< 1, feedback / (1 - select(feedback .< 1, feedback, .zero)), Lanes(1e12))
        let pushed = min(fma(factor, beyond - path.deepest, path.pushed), max(most, path.pushed))
        path.pushed.replace(with: pushed, where: grows)
        path.deepest.replace(with: beyond, where: grows)
        let isFirst = grows & (start[group] .== Lanes.infinity)
        start[group].replace(with: Lanes(Double(step)), where: isFirst)
        isNews = isNews || isFirst.isAny
        windowEnd[group].replace(with: Lanes(Double(step + 1)), where: grows)
        // The push is a fraction of the highest price; as a log offset it is taken where the price was deepest.
        let left = 1 - path.deepest - path.threshold
        let offset = log(max(Lanes(Self.leastLeft), left - path.pushed) / max(Lanes(Self.leastLeft), left))
        path.now.replace(with: min(.zero, offset), where: grows)
      }
      paths[group] = path
      guard (path.now .!= 0).isAny else { continue }
      effects.assets[asset].activate()
      if arrivalFraction > 0 {
        effects.assets[asset].values[group].arrivalOffset += path.before + arrivalFraction * (path.now - path.before)
      }
      effects.assets[asset].values[group].closeOffset += path.now
    }
  }

  func offset(asset: Int, group: Int, at time: Lanes) -> Lanes {
    guard asset == self.asset else { return .zero }
    let path = paths[group]
    return path.before + max(.zero, min(.one, time - Double(step))) * (path.now - path.before)
  }
}
