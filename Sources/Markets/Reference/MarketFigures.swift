import Lanes

/// What is measured of each path of a market, where two ways to draw it are compared.
package struct MarketFigures: Sendable {
  /// A number of one path.
  package enum Figure: String, Sendable, Hashable, CaseIterable {
    /// Log return from t = 0 to the last close; of a price that may be negative its change in starting prices, as all moves here.
    case finalReturn
    /// From the start to the lowest price of all bars, at most 0 where the price does not gap up at once.
    case lowestPrice
    /// Root of the sum of squared moves from close to close.
    case realisedVolatility
    /// The largest of these, either way.
    case largestMove
    /// Mean move from a bar's low to its high.
    case barRange
    /// Mean volume of a step, units.
    case volume
    /// Mean half-spread, as a fraction of the mid.
    case halfSpread
    /// Steps that open further off the last close than a move of the path's usual size; sessions' first steps apart.
    case jumps
    /// Σxy/√(Σx²Σy²) of two assets' moves.
    case correlation
    /// The same of the moves' sizes.
    case sizesTogether

    /// In words.
    package var text: String {
      switch self {
      case .finalReturn: "return to the end"
      case .lowestPrice: "lowest price, from the start"
      case .realisedVolatility: "realised volatility"
      case .largestMove: "largest move of a step"
      case .barRange: "mean range of a bar"
      case .volume: "mean volume"
      case .halfSpread: "mean half-spread"
      case .jumps: "jumps at an open"
      case .correlation: "correlation of moves"
      case .sizesTogether: "correlation of their sizes"
      }
    }
  }

  /// A figure of an asset, or of two.
  package struct Row: Sendable, Hashable {
    /// Indices of one asset or two.
    package let assets: [Int]
    /// What is measured of them.
    package let figure: Figure
  }

  /// What is measured, asset by asset, then pair by pair: all pairs of up to four assets, of more each with the one before it.
  package let rows: [Row]
  private let description: MarketDescription

  /// The figures of a market; jumps of assets that have some.
  package init(_ market: Market) {
    description = market.description
    let ofPairs: [Figure] = [.correlation, .sizesTogether]
    let assets = description.assets.indices
    let single = assets.flatMap { asset in
      Figure.allCases.filter { !ofPairs.contains($0) && ($0 != .jumps || market.jumps[asset]) }.map {
        Row(assets: [asset], figure: $0)
      }
    }
    let pairs = assets.flatMap { second in
      assets.filter { $0 < second && (assets.count <= 4 || $0 == second - 1) }.map { [$0, second] }
    }
    rows = single + pairs.flatMap { pair in ofPairs.map { Row(assets: pair, figure: $0) } }
  }

  /// Sums of one asset on one path.
  private struct Sums {
    var last: Double
    var lowest: Double
    var squares = 0.0
    var largest = 0.0
    var range = 0.0
    var volume = 0.0
    var halfSpread = 0.0
    /// Moves at opens within sessions.
    var gaps: [Double] = []
  }

  /// Measures the paths of a tile from a first one on.
  ///
  /// - Returns: `[row][path]`; nil where `shouldStop` said so.
  package func measure(_ tile: MarketTile, firstPath: UInt64, shouldStop: () -> Bool = { false }) -> [[Double]]? {
    guard tile.reset(firstPath: firstPath, shouldStop: shouldStop) else { return nil }
    let (clock, assets, groups) = (description.clock, description.assets.count, tile.groups)
    let paths = groups * Lanes.count
    for _ in 0..<clock.warmupSteps { tile.advance() }
    var sums = description.initialPrices.map { price in Array(repeating: Sums(last: price, lowest: price), count: paths)
    }
    // `[pair][path]`: Σxy and Σ|xy|.
    let pairs = rows.filter { $0.figure == .correlation }.map(\.assets)
    var products = pairs.map { _ in Array(repeating: (signed: 0.0, sizes: 0.0), count: paths) }
    var moves = Array(repeating: 0.0, count: assets)
    for step in 0..<clock.steps {
      if shouldStop() { return nil }
      tile.advance()
      let isOpening = clock.varianceYears(step).gap > 0
      for path in 0..<paths {
        for asset in 0..<assets {
          let bar = tile.bars[asset * groups + path / Lanes.count]
          moves[asset] = add(bar, path % Lanes.count, description.scales[asset], isOpening, &sums[asset][path])
        }
        for (index, pair) in pairs.enumerated() {
          let product = moves[pair[0]] * moves[pair[1]]
          products[index][path].signed += product
          products[index][path].sizes += abs(product)
        }
      }
    }
    return rows.map { row in
      (0..<paths).map { path in
        guard row.assets.count == 1 else {
          let index = pairs.firstIndex(of: row.assets) ?? 0
          let square = row.assets.reduce(1) { $0 * sums[$1][path].squares }
          let sum = row.figure == .correlation ? products[index][path].signed : products[index][path].sizes
          return square > 0 ? sum / square.squareRoot() : 0
        }
        return number(row.figure, row.assets[0], sums[row.assets[0]][path])
      }
    }
  }

  /// Adds a bar of one path, and tells its move from close to close.
  private func add(_ bar: AssetStep, _ lane: Int, _ scale: PriceScale, _ isOpening: Bool, _ sums: inout Sums) -> Double
  {
    let move = scale.move(from: sums.last, to: bar.close[lane])
    if !isOpening { sums.gaps.append(scale.move(from: sums.last, to: bar.open[lane])) }
    sums.last = bar.close[lane]
    sums.lowest = min(sums.lowest, bar.low[lane])
    sums.squares += move * move
    sums.largest = max(sums.largest, abs(move))
    sums.range += scale.move(from: bar.low[lane], to: bar.high[lane])
    sums.volume += bar.volume[lane]
    sums.halfSpread += bar.halfSpread[lane]
    return move
  }

  private func number(_ figure: Figure, _ asset: Int, _ sums: Sums) -> Double {
    let (scale, start) = (description.scales[asset], description.initialPrices[asset])
    let steps = Double(description.clock.steps)
    switch figure {
    case .finalReturn: return scale.move(from: start, to: sums.last)
    case .lowestPrice: return scale.move(from: start, to: sums.lowest)
    case .realisedVolatility: return sums.squares.squareRoot()
    case .largestMove: return sums.largest
    case .barRange: return sums.range / steps
    case .volume: return sums.volume / steps
    case .halfSpread: return sums.halfSpread / steps
    case .jumps:
      let usual = (sums.squares / steps).squareRoot()
      return Double(sums.gaps.count { abs($0) > usual })
    case .correlation, .sizesTogether: preconditionFailure("Invariant: a figure of two assets has two")
    }
  }
}
