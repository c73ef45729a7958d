import Markets
import Trading

/// A market with the desks that live through it, for nothing but who is ruined.
struct LivedMarket: Sendable {
  let market: Market
  let desks: [Desk]
  let terms: DeskTerms
}
