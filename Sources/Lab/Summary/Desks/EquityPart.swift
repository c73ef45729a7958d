/// What moves the equity of a desk.
package enum EquityCause: String, Codable, Sendable, Hashable, CaseIterable {
  /// What an event adds to the price of what is held, away from where that would be without it; its subject is the event.
  case event
  /// The same on the way back: what an event gives back of what it had added.
  case rebound
  /// A move of a price that can jump which no diffusion explains: an open away from the close before with neither a
  /// night nor a halt between, or a move beyond five standard deviations (ten in an event's window); its subject is the asset.
  case jump
  /// A price that opens away from the close before, otherwise; its subject is the asset.
  case gap
  /// All other moves of the price of what is held; its subject is the asset.
  case market
  /// Half-spreads paid; forced sales apart, as in what follows.
  case halfSpread
  /// The desk's own pressure on the price.
  case impact
  /// Fees of the venue.
  case fees
  /// All that forced sales cost, recalls among them: half-spread, impact, fees.
  case forcedSale
  /// Interest on borrowed cash, funding, and fees on short positions.
  case financing

  /// Whether the price did it, and not trading.
  package var isOfPrice: Bool {
    switch self {
    case .event, .rebound, .jump, .gap, .market: true
    case .halfSpread, .impact, .fees, .forcedSale, .financing: false
    }
  }
}

/// A part of the change of a desk's equity on one path; all parts add up to the change from start to end.
package struct EquityPart: Codable, Sendable, Equatable {
  /// What did it.
  package let cause: EquityCause
  /// The event's or the asset's name; nil of what trading costs.
  package let subject: String?
  /// Over starting equity; negative where equity fell.
  package let change: Double

  /// Made when a path is replayed.
  package init(cause: EquityCause, subject: String?, change: Double) {
    self.cause = cause
    self.subject = subject
    self.change = change
  }
}
