import Documents
import Markets
import Trading

/// What is wrong between a study's account and a market: assets that are not there, positions that its venue would not let
/// be opened.
struct AccountChecks {
  let study: Study
  let document: Document

  /// What is wrong in one scenario, each with its place.
  func problems(_ file: ScenarioFile, _ market: MarketDescription) -> [Problem] {
    let book = study.account.positions
    let unknown = book.positions.filter { !market.assets.contains($0.name) }
    guard unknown.isEmpty else {
      return unknown.map { name, entry in
        problem(
          "\(book.pointer)/\(JSONPointer.escape(name))", entry.place,
          "no asset named \(quoted(name)) in \(file.path)\(Suggestion.hint(for: name, among: market.assets))")
      }
    }
    guard let equity = study.startEquity(in: market) else {
      let message =
        book.isEmpty
        ? "\(file.path) trades nothing by which the default equity could be set: give \"equity\""
        : "the positions are worth \(number(book.value(in: market))) at the prices of \(file.path), which is nothing to start "
          + "with: give \"equity\""
      return [problem(book.isEmpty ? "/account" : book.pointer, nil, message)]
    }
    let margin = market.venue.initialMargin
    let gross = book.gross(in: market)
    guard margin * gross > equity * (1 + 1e-9) else { return [] }
    return [
      problem(
        book.pointer, nil,
        "positions of \(number(gross)) at the prices of \(file.path) need \(number(margin * gross)) at its venue "
          + "(initialMargin \(JSONWriter.number(margin))), and the account has \(number(equity)): "
          + "\(number(margin * gross - equity)) short")
    ]
  }

  /// Cents are enough of large amounts.
  private func number(_ amount: Double) -> String {
    JSONWriter.number(abs(amount) < 1 ? amount : (amount * 100).rounded() / 100)
  }

  private func problem(_ pointer: String, _ place: SourcePosition?, _ message: String) -> Problem {
    if let place { return Problem(position: place, message: message) }
    let node = document.root.node(at: pointer) ?? document.root.node(at: "/account") ?? document.root
    return Problem(position: node.position, path: node.path, message: message)
  }
}

extension OpeningBook {
  /// What the positions are worth at t = 0, in quote currency.
  func value(in market: MarketDescription) -> Double { sum(market) { $0 } }

  /// The sum of their sizes, likewise.
  package func gross(in market: MarketDescription) -> Double { sum(market, abs) }

  private func sum(_ market: MarketDescription, _ size: (Double) -> Double) -> Double {
    zip(market.assets, market.initialPrices).reduce(0) { $0 + size((positions[$1.0]?.quantity ?? 0) * $1.1) }
  }
}

extension DeskTerms {
  /// 0.1 % of one day's traded value of the least traded asset, in quote currency; nil when no desk may start with that.
  package static func defaultEquity(_ market: MarketDescription) -> Double? {
    guard let least = market.tradedValuePerDay.min(), Study.equities.contains(least * 0.001) else { return nil }
    return least * 0.001
  }
}
