import Lanes
import Markets

/// A venue's books on one tile of paths, one for each asset and lane group; confined to one worker.
///
/// They belong to the venue and not to a desk: desks that hold the same books press on the same prices.
final class VenueBooks {
  /// What the venue asks.
  let terms: Venue
  /// Lane groups in the tile.
  let groups: Int
  private let assets: Int
  /// What a unit counts as where prices may be negative, by asset; empty where none may.
  private let references: [Double?]
  /// `[asset * groups + group]`.
  private let books: Records<VenueBook>
  /// Likewise: whether past fills still press on the price; a book that nothing presses on needs no step.
  private let isPressed: Records<Bool>

  /// Untouched books.
  init(_ terms: Venue, assets: Int, groups: Int, references: [Double?] = []) {
    self.references = references
    self.terms = terms
    self.groups = groups
    self.assets = assets
    books = Records(repeating: VenueBook(), count: assets * groups)
    isPressed = Records(repeating: false, count: assets * groups)
  }

  /// Back to untouched books.
  func reset() {
    books.fill(VenueBook())
    isPressed.fill(false)
  }

  /// Lets the market's step pass in every book of a group that past fills press on.
  @inline(__always)
  func begin(_ market: MarketStep, _ group: Int) {
    for asset in 0..<assets {
      let index = asset * groups + group
      guard isPressed[index] else { continue }
      books[index].begin(market.depths[index])
      isPressed[index] = books[index].isPressed
    }
  }

  /// The pressure on the price of the book at `[asset * groups + group]`, as a fraction of the mid, or of the starting price.
  @inline(__always)
  func impact(_ index: Int) -> Lanes { books[index].impact }

  /// Fills an order for one asset and lane group at a mid; forced sales by the venue itself pay its extra fee.
  ///
  /// - Parameter isLiquidated: where the venue's own margin call sells.
  @inline(__always)
  func fill(
    _ order: Order, mid: Lanes, _ market: MarketStep, asset: Int, group: Int, isLiquidated: Mask = .none
  ) -> Fill {
    let index = asset * groups + group
    let demands = market.venue.demands[group]
    let feeRate = select(isLiquidated, demands.forcedFee, demands.takerFee)
    isPressed[index] = true
    return books[index].fill(
      order, mid: mid, market.bars[index], market.depths[index], terms, feeRate: feeRate, asset: asset, group: group,
      reference: references.isEmpty ? nil : references[asset])
  }
}
