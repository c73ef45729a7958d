import Documents
import Markets
import Trading

extension Study {
  /// What the panel is asked to do, and so what it is judged by.
  package enum Mandate: Sendable, Hashable {
    /// To trade as it sees fit: judged by survival, recovery and cost.
    case invest
    /// To close by the horizon what the account starts with; what is left then is closed at the venue's price. Judged by the
    /// implementation shortfall against the prices at t = 0, its risk, and how much was done before.
    case execute(Orders)

    /// What is to be traded: signed quantities by asset, above 0 bought. An account that has to buy starts short of it, one that
    /// has to sell starts with it. None: what the account's positions are.
    package struct Orders: Sendable, Hashable {
      /// By asset; not 0.
      package let quantities: Named<Double>

      /// None.
      package static let nothing = Orders(quantities: Named())
    }

    /// Whether it is to close what the account starts with.
    package var executes: Bool { self != .invest }
  }
}

/// The mandates that a study can give; a new one is a case and a line here.
package enum Mandates {
  private static let executeForm = Form(
    Field(
      "orders", .orders, default: .nothing,
      "units to trade by asset: above 0 bought, under 0 sold; left out: the account's positions are to be closed"),
    make: { (orders: Study.Mandate.Orders) in orders })

  /// Every mandate by its tag.
  package static let catalogue = Catalogue<Study.Mandate>(
    "mandates",
    .entry("invest", Form<Study.Mandate>(make: { .invest }), "to trade as it sees fit") { $0 },
    .entry(
      "execute", executeForm, "to trade given quantities by the horizon; the rest is closed there at the venue's price"
    ) { .execute($0) },
  )
}

extension FieldKind where Value == Study.Mandate.Orders {
  /// Signed quantities by asset, none of them 0.
  package static var orders: FieldKind {
    let order = FieldKind<Double>.made(from: .number(.shares, in: OpeningBook.quantities)) {
      quantity throws(FormViolation) in
      guard quantity != 0 else { throw FormViolation("0 is no order: leave the asset out") }
      return quantity
    }
    return .made(from: .named(order, names: .anything)) { Study.Mandate.Orders(quantities: $0) }
  }
}

extension OpeningBook {
  /// What an account starts with that has to carry out some orders by the horizon: their opposite.
  package init(owing orders: Study.Mandate.Orders) {
    self.init(
      positions: Named(
        orders.quantities.map { ($0.name, Entry(quantity: -$0.value, entryPrice: nil, place: nil)) }),
      file: nil, pointer: "/mandate/orders", areOrders: true)
  }
}

extension OpeningBook {
  /// Starting equity of an account that has to close the book, in quote currency, where none is given: the sum of the positions'
  /// sizes, so that what is to be bought counts like what is to be sold; that of cash alone where there are none. Nil when no
  /// desk may start with that.
  package func equityToExecute(in market: MarketDescription) -> Double? {
    guard !isEmpty else { return DeskTerms.defaultEquity(market) }
    let gross = gross(in: market)
    return Study.equities.contains(gross) ? gross : nil
  }
}

extension Study {
  /// Starting equity in a market, in quote currency; nil when no desk may start with what would follow.
  ///
  /// Left out it is what the positions are worth; where they are to be closed, what `OpeningBook.equityToExecute` says.
  func startEquity(in market: MarketDescription) -> Double? {
    if let equity = account.equity { return equity }
    guard !mandate.executes else { return account.positions.equityToExecute(in: market) }
    guard !account.positions.isEmpty else { return DeskTerms.defaultEquity(market) }
    let value = account.positions.value(in: market)
    return Study.equities.contains(value) ? value : nil
  }

  /// By what execution is judged in a market; nil where the mandate is another.
  func executionTerms(in market: MarketDescription) -> ExecutionTerms? {
    mandate.executes ? ExecutionTerms(gross: account.positions.gross(in: market)) : nil
  }
}
