/// A part of the store that has a checksum of its own: a table, or the rows of a table that change together. The rows of
/// `outcomes`, `performance` and `draws` have theirs in the table `tiles`.
enum StorePart: Sendable, Hashable {
  case meta, markets, desks, parameters, series, bins, traces, behaviours, rungs, whatIfs, ruins, movers
  /// The counts of one series.
  case histograms(series: Int)
  /// The finished tiles of one market.
  case tiles(market: Int)
  /// The counts of one market's tiles that wait to be folded in.
  case pendingHistograms(market: Int)

  /// The tables that are one part each and written as a whole.
  static let tables: [StorePart] = [
    .meta, .markets, .desks, .parameters, .series, .bins, .traces, .behaviours, .rungs, .whatIfs, .ruins, .movers,
  ]

  /// All parts of the store of a run.
  static func all(_ context: RunContext) -> [StorePart] {
    tables + context.markets.flatMap(\.fans.series).map { .histograms(series: $0.number) }
      + context.markets.indices.flatMap { [.tiles(market: $0), .pendingHistograms(market: $0)] }
  }

  /// The table.
  var table: String {
    switch self {
    case .meta: "meta"
    case .markets: "markets"
    case .desks: "desks"
    case .parameters: "parameters"
    case .series: "series"
    case .bins: "bins"
    case .traces: "traces"
    case .behaviours: "behaviours"
    case .rungs: "rungs"
    case .whatIfs: "whatIfs"
    case .ruins: "ruins"
    case .movers: "movers"
    case .histograms: "histograms"
    case .tiles: "tiles"
    case .pendingHistograms: "pendingHistograms"
    }
  }

  /// The series or market; 0 for a whole table.
  var number: Int {
    switch self {
    case .histograms(let number), .tiles(let number), .pendingHistograms(let number): number
    default: 0
    }
  }

  /// Whether rows come one by one, so that their checksums are added rather than taken over all of them.
  var isSum: Bool {
    switch self {
    case .tiles, .pendingHistograms: true
    default: false
    }
  }

  /// The query for its rows, in the order of the table's key.
  var query: String {
    switch self {
    case .meta: "SELECT * FROM meta ORDER BY key"
    case .markets: "SELECT * FROM markets ORDER BY market"
    case .desks: "SELECT * FROM desks ORDER BY desk"
    case .parameters: "SELECT * FROM parameters ORDER BY parameter"
    case .series: "SELECT * FROM series ORDER BY series"
    case .bins: "SELECT * FROM bins ORDER BY bin"
    case .traces: "SELECT * FROM traces ORDER BY desk"
    case .behaviours: "SELECT * FROM behaviours ORDER BY desk"
    case .rungs: "SELECT * FROM rungs ORDER BY scenario, agent, risk, severity"
    case .whatIfs: "SELECT * FROM whatIfs ORDER BY scenario, figure, factor, agent, risk"
    case .ruins: "SELECT * FROM ruins ORDER BY desk, cause, moment, stepsAfter"
    case .movers: "SELECT * FROM movers ORDER BY desk, path"
    case .histograms(let series): "SELECT * FROM histograms WHERE series = \(series) ORDER BY point"
    case .tiles(let market): "SELECT * FROM tiles WHERE market = \(market) ORDER BY firstPath"
    case .pendingHistograms(let market):
      "SELECT * FROM pendingHistograms WHERE market = \(market) ORDER BY firstPath"
    }
  }

  /// That it is not as it was written, in words.
  var change: String {
    switch self {
    case .histograms(let series): "the histograms of series \(series) have changed"
    case .tiles(let market): "the tiles of market \(market) have changed"
    case .pendingHistograms(let market): "the waiting counts of market \(market) have changed"
    default: "the table \(table) has changed"
    }
  }
}
