import Documents
import Lanes
import Trading

/// What an agent sees: observations in their order, and so the inputs of its network.
package struct ObservationSet: Sendable {
  /// The observations; never empty.
  package let all: [any Observation]
  /// As they are written.
  package let json: JSONValue

  /// The inputs' names, in their order.
  package func names(_ assets: [String]) -> [String] { all.flatMap { $0.names(assets) } }

  /// The steps before t = 0 that they need to have seen.
  package func lookBack(_ market: MarketTerms) -> Int { all.map { $0.lookBack(market) }.max() ?? 0 }

  /// Why a market cannot feed them, each with its place in the list.
  package func complaints(_ market: MarketTerms, assets: [Int]) -> [(index: Int, text: String)] {
    all.enumerated().compactMap { index, one in one.complaint(market, assets: assets).map { (index, $0) } }
  }

  /// Their state for one tile.
  ///
  /// - Parameter assets: the agent's assets by its own names, with their places in the market.
  package func makeTile(_ site: DeskSite, assets: [(name: String, place: Int)]) -> ObservationTile {
    ObservationTile(self, site, assets: assets)
  }
}

/// The inputs of an agent's network on one tile of paths.
package final class ObservationTile {
  /// How many inputs there are.
  package let count: Int
  /// What is seen, [group · count + index]; as `look` left it.
  package private(set) var values: [Lanes]
  private let states: [(state: any ObservationState, first: Int)]

  init(_ set: ObservationSet, _ site: DeskSite, assets: [(name: String, place: Int)]) {
    let own = ObservationSite(desk: site, assets: assets.map(\.place))
    var states: [(any ObservationState, Int)] = []
    var count = 0
    for one in set.all {
      states.append((one.makeState(own), count))
      count += one.names(assets.map(\.name)).count
    }
    self.states = states
    self.count = count
    values = Array(repeating: .zero, count: site.groups * count)
  }

  /// Forgets everything.
  package func reset() {
    for one in states { one.state.reset() }
  }

  /// Sees the step that has just closed.
  package func observe(_ market: MarketView) {
    for one in states { one.state.observe(market) }
  }

  /// Takes up what is to be seen at the close of the market's step.
  package func look(_ market: MarketView, _ account: AccountView) {
    for one in states { one.state.write(market, account, into: &values, first: one.first, stride: count) }
  }
}

extension FieldKind where Value == ObservationSet {
  /// A list of observations.
  package static var observations: FieldKind {
    let list = FieldKind<[any Observation]>.list(.model(Observations.catalogue), count: 1...256)
    return FieldKind(
      FieldType("list of observations"), schema: { list.schema($0) }, values: { list.values($0) }
    ) { node, reading in
      list.read(node, reading).map { ObservationSet(all: $0, json: node.json) }
    }
  }
}
