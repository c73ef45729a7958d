import Lanes

/// What trading cost on eight paths, term by term, and the notional that was traded; in quote currency.
struct CostAmounts: Sendable {
  /// Notionals first, then terms; what is beyond them is room for terms to come.
  private var amounts: InlineArray<12, Lanes>

  /// Where the terms begin.
  @inline(__always)
  private static var firstTerm: Int { 2 }

  /// Nothing.
  init() {
    precondition(
      TradedNotional.allCases.count == Self.firstTerm && CostTerm.allCases.count <= 12 - Self.firstTerm,
      "Invariant: there is a place for each notional and term")
    amounts = InlineArray(repeating: .zero)
  }

  /// The amount of a cost term.
  subscript(term: CostTerm) -> Lanes {
    @inline(__always) get { amounts[Self.firstTerm + term.rawValue] }
    @inline(__always) set { amounts[Self.firstTerm + term.rawValue] = newValue }
  }

  /// The traded notional.
  subscript(notional: TradedNotional) -> Lanes {
    @inline(__always) get { amounts[notional.rawValue] }
    @inline(__always) set { amounts[notional.rawValue] = newValue }
  }
}
