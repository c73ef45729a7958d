import Documents
import Trading

/// The positions that a study's accounts start with, by asset, as a document or a table of it says them.
package struct OpeningBook: Sendable, Hashable {
  /// By asset.
  let positions: Named<Entry>
  /// The table that they were read from; nil where they stand in the study.
  package let file: String?
  /// The place in a study that it follows from.
  let pointer: String
  /// Whether the positions stand for orders to trade their opposite.
  let areOrders: Bool

  init(
    positions: Named<Entry>, file: String?, pointer: String = "/account/positions", areOrders: Bool = false
  ) {
    self.positions = positions
    self.file = file
    self.pointer = pointer
    self.areOrders = areOrders
  }

  /// Nothing: all is cash.
  static let cashOnly = OpeningBook(positions: Named(), file: nil)

  /// A position as it is written.
  struct Entry: Sendable, Hashable {
    /// Signed units, not 0.
    let quantity: Double
    /// Quote currency; nil for the price at t = 0.
    let entryPrice: Double?
    /// Its place in a table; nil where it stands in the study.
    let place: SourcePosition?
  }

  /// Whether all is cash.
  package var isEmpty: Bool { positions.isEmpty }

  /// How much may be held of one thing, by size.
  static let quantities = QuantityRange.between(-1e18, 1e18)
  /// What it may have been bought at.
  static let entryPrices = QuantityRange.between(1e-12, 1e12)
}

extension OpeningBook {
  /// What is held at t = 0, in the order of a market's assets; empty where all is cash.
  ///
  /// - Parameters:
  ///   - assets: names of the market's assets, all of the book's among them.
  ///   - prices: at t = 0.
  package func opening(_ assets: [String], prices: [Double]) -> [OpeningPosition] {
    guard !isEmpty else { return [] }
    return zip(assets, prices).map { asset, price in
      let entry = positions[asset]
      return OpeningPosition(
        quantity: entry?.quantity ?? 0, entryPrice: entry?.entryPrice ?? price, isOrder: areOrders)
    }
  }
}

extension FieldKind where Value == OpeningBook {
  /// Positions by asset, or the path of a table of them.
  static var openingBook: FieldKind {
    let byAsset = FieldKind<Named<OpeningBook.Entry>>.named(form: entryForm)
    var kind = FieldKind.either(
      "positions by asset, or a file of them",
      [
        (
          .object,
          .made(from: byAsset) { OpeningBook(positions: $0, file: nil) }
        ),
        (.string, table),
      ])
    kind.type.fields = byAsset.type.fields
    return kind
  }

  private static let entryForm = Form(
    Field("quantity", .number(.shares, in: OpeningBook.quantities), "units held, negative where sold short"),
    Field(
      "entryPrice", .optional(.number(.currency, in: OpeningBook.entryPrices)),
      "what a unit was bought or sold at, by which rules count its loss; left out: the price at t = 0"),
    make: { (quantity, entryPrice) throws(FormViolation) in
      guard quantity != 0 else { throw FormViolation("quantity", "0 is no position: leave the asset out") }
      return OpeningBook.Entry(quantity: quantity, entryPrice: entryPrice, place: nil)
    })

  /// A table; what is wrong in it is reported with the rest.
  private static var table: FieldKind {
    let path = FieldKind<String>.filePath
    return FieldKind(path.type, schema: path.schema) { node, reading in
      guard let path = path.read(node, reading) else { return nil }
      do throws(Problems) {
        return try OpeningBook(reading: path)
      } catch {
        reading.report(error, ofFileAt: node)
        return nil
      }
    }
  }
}
