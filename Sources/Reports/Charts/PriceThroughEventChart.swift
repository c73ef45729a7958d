import Drawing
import Lab

extension EventTimeChart {
  /// The price through the event as a share of the last close before it; nil without events.
  static func price(_ scene: MarketScene) -> (any Chart)? {
    guard scene.severity > 0, let fan = scene.fans[.priceThroughEvent] else { return nil }
    let calm = scene.calm?[.priceThroughEvent]
    guard !scene.fans.mayBeNegative else {
      return EventTimeChart(
        scene, fan, calm: calm, name: "price (of the starting price, 100\u{A0}% at the last close before)",
        axis: "price, % of the starting price, 100\u{A0}% at the last close before", unit: .percent, isOfPrice: true)
    }
    return EventTimeChart(
      scene, fan, calm: calm, name: "price (of the last close before)", axis: "price, % of the last close before",
      unit: .percent, isOfPrice: true)
  }
}
