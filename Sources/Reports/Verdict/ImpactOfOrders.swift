import Lab
import Statistics

/// How much of the cost of the desks' own orders is their impact, in a sentence.
struct ImpactOfOrders: Sendable {
  private let desks: [DeskScene]

  /// - Parameter desks: those that the verdict is about.
  init(_ desks: [DeskScene]) { self.desks = desks.filter { $0.desk.impactShare?.value != nil } }

  /// The sentence; nil where nobody traded, or impact is not known.
  var sentence: String? {
    guard let least = desks.least({ $0.desk.impactShare?.value }),
      let most = desks.least({ $0.desk.impactShare?.value.map { -$0 } }), let low = least.desk.impactShare,
      let high = most.desk.impactShare
    else { return nil }
    let from = "\(low.figureText(.percent)) (\(Self.name(least)))"
    let range = low == high ? from : "\(from) to \(high.figureText(.percent)) (\(Self.name(most)))"
    return "Of what a desk’s own orders cost, its impact is \(range), with accounts of this size\(forced)."
  }

  /// How much of all trading cost forced sales are at most: so much of it is not split.
  private var forced: String {
    guard let most = desks.least({ $0.desk.forcedSaleShare?.value.map { -$0 } }), let share = most.desk.forcedSaleShare,
      share.value ?? 0 > 0
    else { return "" }
    return
      "; forced sales, whose cost is booked as one, are up to \(share.figureText(.percent)) of all that trading costs "
      + "(\(Self.name(most)))"
  }

  private static func name(_ scene: DeskScene) -> String {
    scene.summary.scenarios.count == 1 ? scene.name : "\(scene.name) in “\(scene.scenario.title)”"
  }
}
