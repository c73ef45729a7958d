import Lanes

/// What trading cost on eight paths, term by term, and the notional that was traded; in quote currency.
package struct CostAmounts: Sendable {
  /// Terms first, then notionals; what is beyond them is room for terms to come.
  private var amounts: InlineArray<12, Lanes>

  /// How many of the places are in use.
  private static var count: Int { CostTerm.allCases.count + TradedNotional.allCases.count }

  /// Nothing.
  @inline(__always)
  package init() {
    precondition(Self.count <= 12, "Invariant: there is a place for each term")
    amounts = InlineArray(repeating: .zero)
  }

  /// The amount of a cost term.
  package subscript(term: CostTerm) -> Lanes {
    @inline(__always) get { amounts[term.rawValue] }
    @inline(__always) set { amounts[term.rawValue] = newValue }
  }

  /// The traded notional.
  package subscript(notional: TradedNotional) -> Lanes {
    @inline(__always) get { amounts[CostTerm.allCases.count + notional.rawValue] }
    @inline(__always) set { amounts[CostTerm.allCases.count + notional.rawValue] = newValue }
  }

  /// Adds amounts.
  @inline(__always)
  mutating func add(_ other: CostAmounts) {
    for place in 0..<Self.count { amounts[place] += other.amounts[place] }
  }

  /// Adds amounts where `mask` is set.
  @inline(__always)
  mutating func add(_ other: CostAmounts, where mask: Mask) {
    for place in 0..<Self.count { amounts[place] += select(mask, other.amounts[place], .zero) }
  }
}
