import Documents
import Lanes
import Randomness

/// Extreme volatility: prices move by a multiple of what they do in calm, up and down alike, while a window lasts.
///
/// The factor acts inside the process, M^(θ·w̄) with the window's mean over the step, so that the drift's compensation uses
/// the stressed volatility and the mean price stays; on recorded bars it scales the deviations from the rows' means. The
/// overnight gap takes the factor of the step before it.
package struct VolatilityEvent: FactorEvent {
  /// The assets that it touches; empty for all.
  package let assets: [String]
  /// When it starts.
  package let start: EventStart
  /// How strongly it acts in time.
  package let window: EventWindow
  /// Factor of the volatility at full strength.
  package let volatility: Draw

  /// States an explosion of volatility, or a lull with a factor below 1.
  package init(assets: [String] = [], start: EventStart, window: EventWindow, volatility: Draw) {
    self.assets = assets
    self.start = start
    self.window = window
    self.volatility = volatility
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("assets", .eventAssets, default: [], "the assets that it touches; all when left out"),
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(\.window, "window", "how strongly it acts in time"),
    ModelField(\.volatility, "volatility", .draw(.factor, in: .between(0.001, 1000)), "of the volatility"),
    make: { (assets, start, window, volatility) throws(FormViolation) in
      if volatility.fixedValue == 1 {
        throw FormViolation(field(\.volatility), "a factor of 1 could not be seen")
      }
      return VolatilityEvent(assets: assets, start: start, window: window, volatility: volatility)
    })

  package var factors: [Draw] { [volatility] }

  static func factors(_ drawn: DrawnParameters<Self>, groups: Int) -> ContiguousArray<EventFactors> {
    ContiguousArray(drawn.volatility.map { EventFactors(volatility: log($0)) })
  }
}
