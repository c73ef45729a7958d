import Documents

/// An asset whose price an event counts in fractions, or in money.
package struct PricedAsset: Sendable, Hashable {
  /// The field of the event that names it; a JSON pointer from the event.
  package let field: String
  /// Its name.
  package let asset: String
  /// In what the event counts its price.
  package let scale: PriceScale.Kind

  /// States an asset.
  package init(_ field: String, _ asset: String, _ scale: PriceScale.Kind) {
    self.field = field
    self.asset = asset
    self.scale = scale
  }
}

extension MarketEvent {
  /// The assets that it touches, where it counts prices at all: the first by `asset`, the others by their contagion.
  package func pricedAssets(of assets: [String]) -> [PricedAsset] {
    guard let scale else { return [] }
    return touchedAssets(of: assets).enumerated().map { index, name in
      PricedAsset(index == 0 ? "asset" : "contagion/\(JSONPointer.escape(name))", name, scale)
    }
  }
}

/// Whether events count prices as the processes of their assets do.
enum EventScales {
  /// Events of log prices on prices that may be negative, and events of money on log prices; fields are those of the scenario.
  static func violations(
    _ events: [NamedEvent], of assets: [AssetTerms], _ scales: [PriceScale]
  ) -> [FormViolation] {
    let names = assets.map(\.name)
    return triggers(events, names, scales)
      + events.flatMap { named in
        named.event.pricedAssets(of: names).compactMap { priced in
          guard let index = names.firstIndex(of: priced.asset) else { return nil }
          let place = "events/\(JSONPointer.escape(named.name))/\(priced.field)"
          switch (priced.scale, scales[index].isArithmetic) {
          case (.logarithmic, true):
            return FormViolation(
              place,
              "the price of \(quoted(priced.asset)) may be negative, and this event counts in fractions of price, which such a "
                + "price has none of: \"arithmeticCrash\" counts in starting prices")
          case (.arithmetic, false):
            return FormViolation(
              place,
              "the price of \(quoted(priced.asset)) stays above 0, and this event counts in starting prices: it is for a "
                + "\"bachelier\" process; \"flashCrash\" counts in fractions of price")
          default: return nil
          }
        }
      }
  }

  /// Triggers that watch the market where one of its prices has no logarithm.
  private static func triggers(
    _ events: [NamedEvent], _ names: [String], _ scales: [PriceScale]
  ) -> [FormViolation] {
    guard let index = scales.firstIndex(where: \.isArithmetic) else { return [] }
    return events.flatMap { named in
      named.event.starts.filter { $0.start.watchedAsset == Contagion.market }.map { part, _ in
        let event = "events/\(JSONPointer.escape(named.name))"
        return FormViolation(
          part.isEmpty ? "\(event)/start/asset" : "\(event)/\(part)/start/asset",
          "the price of \(quoted(names[index])) may be negative, and \(quoted(Contagion.market)) is the mean of all log prices: name an asset"
        )
      }
    }
  }
}
