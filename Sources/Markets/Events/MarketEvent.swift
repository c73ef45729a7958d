import Documents
import Lanes
import Randomness

/// A named shock inside a scenario: an immutable model, whose state per tile is an `EventState`.
///
/// A new event is one file with its `form`, and one line in `MarketEvents.catalogue`.
package protocol MarketEvent: Sendable {
  /// The assets that it touches, the one it starts from first.
  var touchedAssets: [String] { get }
  /// The model's state for a tile.
  func makeState(_ site: EventSite) -> any EventState
  /// Names of all streams that its states draw from, for the check of collisions.
  func streamNames(event: String) -> [String]
  /// What is wrong with it in a market: an event after the horizon, or one that would vanish between two closes.
  func violations(in setting: EventSetting) -> [FormViolation]
}

/// The events that a scenario can name.
package enum MarketEvents {
  /// All of them.
  package static let catalogue = Catalogue<any MarketEvent>(
    "events",
    .entry("flashCrash", FlashCrash.form, "a fall and a partial recovery, with thin and wild markets around it") { $0 },
  )
}

/// What an event gets to know about where it runs.
package struct EventSite {
  /// Name of the event.
  package let event: String
  /// Names of the market's assets, in order.
  package let assets: [String]
  /// Lane groups of the tile.
  package let groups: Int
  /// Seconds in a step.
  package let stepSeconds: Double
  /// Fraction of a step after which orders arrive.
  package let arrivalFraction: Double
  /// Severity θ ≥ 0: log offsets times θ, multipliers to the power θ.
  package let severity: Double
  /// The scenario's random streams.
  package let streams: RandomStreams

  /// A parameter of the event, drawn per path where the document says so.
  package func parameter(_ name: String, _ draw: Draw) -> PathParameter {
    PathParameter(name, draw, .event(event), streams, groups: groups)
  }
}

/// The market around an event, for checks before anything runs.
package struct EventSetting: Sendable {
  /// Seconds of trading time after t = 0.
  package let lengthSeconds: Double
  /// Seconds in a step.
  package let stepSeconds: Double
  /// Whether steps can be split at the moment at which an event turns; not so for recorded bars.
  package let splitsSteps: Bool

  /// States a setting.
  package init(lengthSeconds: Double, stepSeconds: Double, splitsSteps: Bool) {
    self.lengthSeconds = lengthSeconds
    self.stepSeconds = stepSeconds
    self.splitsSteps = splitsSteps
  }
}

/// The state of an event on the paths of one tile; confined to one worker.
package protocol EventState: AnyObject {
  /// The parameters as they were drawn for the paths.
  var parameters: [PathParameter] { get }
  /// When the event starts on each path, by lane group: in steps after t = 0, fractional; +∞ where it never does.
  var start: ContiguousArray<Lanes> { get }
  /// When the event's window ends, likewise: what is traded from `start` until then counts as traded in the event.
  var windowEnd: ContiguousArray<Lanes> { get }
  /// When it is at its worst on each path, likewise: for the eyes of a report only.
  var trough: ContiguousArray<Lanes> { get }
  /// The moments at which the offset of an asset has a kink while it isn't zero.
  var knots: [KnotColumn] { get }
  /// Starts new paths: draws the parameters.
  func reset(_ paths: TilePaths)
  /// Adds what the event does in one step to the assets' effects; steps come in order, from 0.
  func advance(_ step: Int, _ effects: inout [AssetEffects])
  /// Log offset of an asset at a time in steps after t = 0, lane by lane; for the sparse moments at knots.
  func offset(asset: Int, group: Int, at time: Lanes) -> Lanes
}

extension EventState {
  package var trough: ContiguousArray<Lanes> { start }
}

/// The moments at which an event's offset of one asset turns, one for each path.
package struct KnotColumn {
  /// Index of the asset.
  package let asset: Int
  /// Name of the stream that draws the price at the knot and the extremes around it.
  package let key: StreamKey
  /// In steps after t = 0, fractional, by lane group; +∞ where there is none.
  package var times: ContiguousArray<Lanes> {
    didSet { updateRange() }
  }
  /// First and last step that has a knot on any path of the tile.
  private(set) var steps: ClosedRange<Int>?

  /// A column without knots yet.
  package init(asset: Int, key: StreamKey, groups: Int) {
    self.asset = asset
    self.key = key
    times = ContiguousArray(repeating: .infinity, count: groups)
  }

  private mutating func updateRange() {
    var low = Double.infinity
    var high = -Double.infinity
    for group in times {
      for lane in 0..<Lanes.count where group[lane].isFinite {
        low = min(low, group[lane])
        high = max(high, group[lane])
      }
    }
    let limit = 1e15
    steps = low <= high && high < limit ? Int(low.rounded(.down))...Int(high.rounded(.down)) : nil
  }
}
