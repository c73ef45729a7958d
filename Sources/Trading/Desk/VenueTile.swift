import Markets

/// A venue on one tile of paths, with the desks that trade in its books.
///
/// The desks go through a step phase by phase, so that all orders of a step meet the same books. Today each desk of a panel
/// has a venue of its own (`PanelTile`).
final class VenueTile {
  private let books: VenueBooks
  let desks: [DeskTile]

  /// A venue with its desks.
  init(_ desks: [Desk], _ market: MarketDescription, _ terms: DeskTerms, _ site: DeskSite) {
    let books = VenueBooks(
      Venue(market), assets: market.assets.count, groups: site.groups, references: market.references)
    self.books = books
    self.desks = desks.map { DeskTile($0, market, terms, books, site) }
  }

  func reset(_ tile: MarketTile) {
    books.reset()
    for desk in desks { desk.reset(tile) }
  }

  /// Takes up the starts of events that have become known in the step that `tile` has just made.
  func follow(_ tile: MarketTile) {
    for desk in desks { desk.follow(tile) }
  }

  /// Lives through a step of the market, from its open to its close.
  ///
  /// A few lane groups go through all phases before the next ones begin: so what the desks keep of them stays near the
  /// processor.
  func advance(_ step: MarketStep) {
    for desk in desks { desk.clearTrace() }
    for first in stride(from: 0, to: books.groups, by: Self.groupsAtOnce) {
      let groups = first..<min(first + Self.groupsAtOnce, books.groups)
      for group in groups { books.begin(step, group) }
      for desk in desks { desk.walkToArrival(step, groups) }
      for desk in desks { desk.arrive(step, groups) }
      for desk in desks { desk.walkToClose(step, groups) }
      for desk in desks { desk.settle(step, groups) }
    }
  }

  private static let groupsAtOnce = 16
}
