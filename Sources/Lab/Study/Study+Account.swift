import Documents
import Trading

extension Study {
  /// The account that every desk starts with.
  package struct Account: Sendable, Hashable {
    /// In quote currency, positions at their prices at t = 0 included; nil: what the positions are worth, or without any
    /// 0.1 % of one day's traded value of the scenario's least traded asset.
    package let equity: Double?
    /// What is held at t = 0, by asset; none: all is cash.
    package let positions: OpeningBook
  }

  /// What a desk may start with: from a billionth of the currency's unit to a sextillion of them.
  static let equities = QuantityRange.between(1e-9, 1e21)

  static let accountForm = Form(
    Field(
      "equity", .optional(.number(.currency, in: equities)),
      "starting equity, positions included; left out: what the positions are worth, or without any 0.1 % of one day's traded "
        + "value of the least traded asset"),
    Field(
      "positions", .openingBook, default: .cashOnly, "what is held at t = 0, by asset, or a table with a row for each"),
    make: Account.init)
}
