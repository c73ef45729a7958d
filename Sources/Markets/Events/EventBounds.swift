import Documents

/// What the events of a scenario may come to together on one asset, so that all that is computed stays a number.
enum EventBounds {
  /// Of the sum of log offsets: a factor of 10⁴³ of the price; of offsets in money, that many starting prices.
  static let offset = 100.0
  /// Of the sum of the logarithms of a factor: 10²⁶.
  static let factor = 60.0

  /// What is wrong with events at a severity; fields are those of the scenario.
  static func violations(
    _ events: [NamedEvent], of assets: [AssetTerms], _ scales: [PriceScale], severity: Double
  ) -> [FormViolation] {
    let names = assets.map(\.name)
    return zip(assets, scales).compactMap { asset, scale in
      let reaches = events.filter { $0.event.touchedAssets(of: names).contains(asset.name) }
        .map { (name: $0.name, reach: $0.event.reach(of: asset.name, severity: severity)) }
      let sums = reaches.reduce((offset: 0.0, factor: 0.0)) {
        ($0.offset + $1.reach.offset, $0.factor + $1.reach.factor)
      }
      let at = "at severity \(JSONWriter.number(severity))"
      if sums.offset > offset, let most = reaches.max(by: { $0.reach.offset < $1.reach.offset }) {
        return FormViolation(
          "events/\(JSONPointer.escape(most.name))",
          "\(at) events can move the price of \(quoted(asset.name)) by "
            + (scale.isArithmetic ? "more than 100 starting prices" : "a factor of more than 1e43")
            + ", and what is computed with it is no number any more: a smaller severity, drop or beta is needed")
      }
      if sums.factor > factor, let most = reaches.max(by: { $0.reach.factor < $1.reach.factor }) {
        return FormViolation(
          "events/\(JSONPointer.escape(most.name))/multipliers",
          "\(at) multipliers of \(quoted(asset.name)) can come to more than 1e26: a smaller severity or smaller "
            + "multipliers are needed")
      }
      return nil
    }
  }
}
