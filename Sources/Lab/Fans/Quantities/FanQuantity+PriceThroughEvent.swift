extension FanQuantity {
  /// The price of an asset through the event, each path counted from its own.
  package static let priceThroughEvent = FanQuantity(
    "priceThroughEvent", unit: "multiple",
    "close over the last close before the event; of a price that may be negative 1 and its change since, in starting prices",
    timeline: .event,
    scale: FanQuantity.price.scale, start: 1, isRelative: true, followsPrice: true, read: FanQuantity.price.reader)
}
