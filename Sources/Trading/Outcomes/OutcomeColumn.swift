/// A column of the outcome row after path, clone and desk.
///
/// The columns of costs are made of the terms: a new `CostTerm` has its two columns unasked.
package enum OutcomeColumn: Sendable, Hashable {
  /// One of its kind.
  case fact(OutcomeFact)
  /// The sum of a cost term over a window, in quote currency; positive when it costs.
  case cost(CostTerm, CostWindow)
  /// The sum of a notional over a window, in quote currency.
  case notional(TradedNotional, CostWindow)

  /// How the store keeps it.
  package enum Kind: Sendable { case integer, real }

  /// All columns, in the order of the store and of the digest.
  package static let all: [OutcomeColumn] = {
    let facts = OutcomeFact.allCases.map { OutcomeColumn.fact($0) }
    let costs = CostWindow.allCases.flatMap { window in
      CostTerm.allCases.map { OutcomeColumn.cost($0, window) }
        + TradedNotional.allCases.map { OutcomeColumn.notional($0, window) }
    }
    return Array(facts[..<firstCost]) + costs + Array(facts[firstCost...])
  }()

  /// Costs stand before the count of orders.
  private static var firstCost: Int { OutcomeFact.orders.rawValue }
  /// Columns of one window.
  private static var costsPerWindow: Int { CostTerm.allCases.count + TradedNotional.allCases.count }

  /// Its place in `all`.
  @inline(__always)
  package var place: Int {
    switch self {
    case .fact(let fact):
      fact.rawValue < Self.firstCost
        ? fact.rawValue : fact.rawValue + CostWindow.allCases.count * Self.costsPerWindow
    case .cost(let term, let window): Self.firstCost + window.rawValue * Self.costsPerWindow + term.rawValue
    case .notional(let notional, let window):
      Self.firstCost + window.rawValue * Self.costsPerWindow + CostTerm.allCases.count + notional.rawValue
    }
  }

  /// The column's name in the store.
  package var name: String {
    switch self {
    case .fact(let fact): "\(fact)"
    case .cost(let term, let window): "\(term)\(window.suffix)"
    case .notional(let notional, let window): "\(notional)Notional\(window.suffix)"
    }
  }

  /// Whole numbers are kept as integers.
  package var kind: Kind {
    switch self {
    case .fact(let fact): fact.kind
    case .cost, .notional: .real
    }
  }

  /// Unit, for the documentation of the store.
  package var unit: OutcomeUnit {
    switch self {
    case .fact(let fact): fact.unit
    case .cost, .notional: .quoteCurrency
    }
  }

  /// What it is, for the documentation of the store.
  package var summary: String {
    switch self {
    case .fact(let fact): fact.summary
    case .cost(let term, _): term.summary
    case .notional(let notional, _): notional.summary
    }
  }
}

extension CostWindow {
  /// The end of the names of the window's columns.
  fileprivate var suffix: String {
    switch self {
    case .calm: "Calm"
    case .event: "Event"
    }
  }
}
