import Markets

/// A venue on one tile of paths, with the desks that trade in its books.
///
/// The desks go through a step phase by phase, so that all orders of a step meet the same books. Each desk of a panel has
/// a venue of its own unless a study says that desks share one.
final class VenueTile {
  private let books: VenueBooks
  let desks: [DeskTile]

  /// A venue with its desks.
  init(_ desks: [Desk], _ market: MarketDescription, _ terms: DeskTerms, _ site: DeskSite) {
    let books = VenueBooks(Venue(market), assets: market.assets.count, groups: site.groups)
    self.books = books
    self.desks = desks.map { DeskTile($0, market, terms, books, site) }
  }

  func reset(_ tile: MarketTile) {
    books.reset()
    for desk in desks { desk.reset(tile) }
  }

  /// Lives through a step of the market, from its open to its close.
  func advance(_ step: MarketStep) {
    books.begin(step.bars)
    for desk in desks { desk.begin(step) }
    for desk in desks { desk.walk(.beforeArrival, step) }
    for desk in desks { desk.arrive(step) }
    for desk in desks { desk.walk(.afterArrival, step) }
    for desk in desks { desk.settle(step) }
  }
}
