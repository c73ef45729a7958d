extension FanQuantity {
  /// The price of an asset through the event, each path counted from its own.
  package static let priceThroughEvent = FanQuantity(
    "priceThroughEvent", unit: "multiple", "close over the last close before the event", timeline: .event,
    scale: FanQuantity.price.scale, start: 1, isRelative: true, read: FanQuantity.price.reader)
}
