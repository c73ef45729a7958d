import Drawing
import Lab
import Statistics

/// What every account of a scenario holds at t = 0, where it is not cash alone.
struct OpeningPart: Sendable {
  private let opening: OpeningSummary
  /// Whether it is to be closed by the horizon.
  private let executes: Bool

  /// The part of a scenario.
  init(opening: OpeningSummary, executes: Bool) {
    self.opening = opening
    self.executes = executes
  }

  /// A sentence, and a table behind a disclosure.
  var markup: [Markup] {
    let rows = opening.positions.map { position in
      [
        position.asset, Unit.quantity(position.quantity), Unit.price(position.entryPrice), Unit.price(position.price),
        Self.amount(position.value), Self.amount(position.gain),
        Unit.percent.tick(position.value / opening.startEquity, step: 0.001),
      ]
    }
    return [
      Markup("p", text: sentence),
      Markup(
        "details", [:],
        [
          Markup("summary", text: "The positions at the start"),
          CardTable(
            caption: "Held at t = 0, in units and in the quote currency",
            head: ["asset", "quantity", "entry price", "price", "value", "gain since", "of equity"], rows: rows
          ).markup,
        ]),
    ]
  }

  private var sentence: String {
    let count = opening.positions.count
    let shorts = opening.positions.count { $0.quantity < 0 }
    let sides = shorts == 0 ? "" : shorts == count ? ", sold short" : ", \(shorts) of them sold short"
    let (gross, equity) = (opening.gross, opening.startEquity)
    let cash =
      abs(opening.cash) < 0.005
      ? "no cash" : opening.cash < 0 ? "\(Self.amount(-opening.cash)) borrowed" : "\(Self.amount(opening.cash)) of cash"
    return
      "Every account starts with \(count) \(count == 1 ? "position" : "positions")\(sides): \(Self.amount(gross)) in all, "
      + "\(Unit.number.tick(gross / equity, step: 0.01))\u{A0}times its equity of \(Self.amount(equity)), and \(cash). They are "
      + "held already: nothing is paid for opening them."
      + (executes
        ? " All of it is to be closed by the horizon\(shorts == 0 ? "" : "; what is to be bought counts as sold short")."
        : "")
  }

  /// A whole amount, or one with two decimals where it is small.
  private static func amount(_ value: Double) -> String {
    Unit.decimal(value, decimals: abs(value) >= 1000 ? 0 : 2)
  }
}
