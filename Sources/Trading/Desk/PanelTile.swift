import Lanes
import Markets

/// A panel of desks facing one tile of paths.
///
/// Confined to one worker. Give it every step of the market tile in turn, warm-up included; after the last step the desks'
/// outcomes stand ready.
package final class PanelTile {
  /// The desks, in the order in which they were given.
  package let desks: [DeskTile]
  private let venues: [VenueTile]
  private let terms: MarketTerms
  private let estimates = SharedEstimates()
  private var depths: DepthTrack
  private var venue: VenueTrack
  private var feeds: FeedTrack
  private let draws: LegDraws
  private var perClose: ContiguousArray<Lanes>
  private let references: [Double?]
  /// What is to be decided on, and what is seen, at the last close.
  private var pending: (view: MarketView, venue: VenueStep)?
  private var shown: MarketView?
  private let lastStep: Int
  private let warmupSteps: Int

  /// The state of desks for tiles of `groups` lane groups; each desk has a venue of its own.
  package init(_ desks: [Desk], market: MarketDescription, terms: DeskTerms, groups: Int) {
    self.terms = MarketTerms(market)
    let site = DeskSite(
      self.terms, groups: groups, estimates: estimates, openingWeights: terms.openingWeights(market))
    venues = desks.map { VenueTile([$0], market, terms, site) }
    self.desks = venues.flatMap(\.desks)
    perClose = ContiguousArray(repeating: .zero, count: market.assets.count * groups)
    references = market.references
    draws = LegDraws(assets: market.assets.count, groups: groups)
    venue = VenueTrack(market, groups: groups)
    feeds = FeedTrack(market, groups: groups)
    depths = DepthTrack(impactKept: Venue(market).impactKept, groups: groups)
    lastStep = market.clock.steps - 1
    warmupSteps = market.clock.warmupSteps
  }

  /// Starts anew; `tile` has just been reset to other paths.
  ///
  /// - Parameter decides: whether agents are asked at once where there is no warm-up; else by `decide`.
  package func reset(_ tile: MarketTile, decides: Bool = true) {
    estimates.reset()
    depths.reset()
    draws.reset()
    for venue in venues { venue.reset(tile) }
    pending = nil
    shown = nil
    guard warmupSteps == 0 else { return }
    let view = makeView(tile, feeds.follow(tile))
    shown = view
    pending = (view, venue.follow(tile))
    if decides { decide() }
  }

  /// Lives through the step that `tile` has just made.
  ///
  /// - Parameter decides: whether agents are asked at its close; else by `decide`.
  package func advance(_ tile: MarketTile, decides: Bool = true) {
    guard !venues.isEmpty else { return }
    if tile.step >= 0 { depths.follow(tile.bars, tile.interiors) }
    if tile.hasNewStarts {
      for venue in venues { venue.follow(tile) }
    }
    let step = MarketStep(tile, depths, venue.follow(tile), draws)
    let feed = feeds.follow(tile)
    let view = makeView(tile, feed)
    let isAsked = step.step >= -1 && step.step < lastStep
    pending = decides || !isAsked ? nil : (view, step.venue)
    shown = decides ? nil : view
    // One venue after the other, so that what a desk keeps stays in the cache through all phases.
    estimates.observe(view)
    for venue in venues {
      if step.step >= 0 { venue.advance(step) }
      for desk in venue.desks {
        desk.observe(view, feed)
        if decides && isAsked { desk.decide(view, step.venue) }
      }
    }
  }

  /// Asks the agents at the close of the last step, where they were not asked at once and are to be asked at all.
  package func decide() {
    guard let (view, venue) = pending else { return }
    pending = nil
    for desk in desks { desk.decide(view, venue) }
  }

  /// Shows what agents see at the close of the last step, where they were not asked at once: the market, and each desk's own
  /// account.
  package func show(_ eye: (MarketView, [AccountView]) -> Void) {
    if let shown { eye(shown, desks.map(\.knownAccount)) }
  }

  private func makeView(_ tile: MarketTile, _ feed: Feed) -> MarketView {
    Self.invert(feed.bars, references, groups: tile.groups, into: &perClose)
    return MarketView(tile, terms, feed, perClose: perClose)
  }

  private static func invert(
    _ bars: ContiguousArray<AssetStep>, _ references: [Double?], groups: Int,
    into perClose: inout ContiguousArray<Lanes>
  ) {
    let bars = bars.span
    var perClose = perClose.mutableSpan
    for index in perClose.indices { perClose[index] = 1 / bars[index].close }
    for (asset, reference) in references.enumerated() {
      guard let reference else { continue }
      for group in 0..<groups { perClose[asset * groups + group] = Lanes(1 / reference) }
    }
  }
}
