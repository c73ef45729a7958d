import Lanes
import Markets
import Statistics

/// How often and how long trading in each asset stands still, over paths that are lived through.
struct HaltCounts {
  private let assets: [String]
  private let stepSeconds: Double
  private let steps: Int
  /// `[asset * paths + path]`, of the tile that is lived through.
  private var followers: [HaltFollower]
  /// Likewise: halts so far, and steps in them.
  private var number: [Double]
  private var length: [Double]
  /// By asset: paths with a halt; halts of a path, and seconds in them.
  private var halted: [Int]
  private var numbers: [Moments]
  private var seconds: [Moments]

  /// - Parameter paths: of a tile.
  init(_ market: MarketDescription, paths: Int) {
    assets = market.assets
    stepSeconds = market.clock.stepSeconds
    steps = market.clock.steps
    followers = Array(repeating: HaltFollower(), count: assets.count * paths)
    number = Array(repeating: 0, count: assets.count * paths)
    length = number
    halted = assets.map { _ in 0 }
    numbers = assets.map { _ in Moments() }
    seconds = numbers
  }

  /// Takes up the step that a tile has just made.
  mutating func add(_ tile: MarketTile) {
    guard tile.step >= 0 else { return }
    for place in tile.bars.indices {
      let (atClose, atArrival) = (tile.bars[place].halted, tile.interiors[place].haltedAtArrival)
      let paths = place * Lanes.count..<(place + 1) * Lanes.count
      guard (atClose | atArrival).isAny || followers[paths].contains(where: \.isHalted) else { continue }
      for (lane, path) in paths.enumerated() {
        let halt = followers[path].follow(step: tile.step, atClose: atClose[lane], atArrival: atArrival[lane])
        count(halt, path)
      }
    }
  }

  private mutating func count(_ halt: HaltFollower.Halt?, _ path: Int) {
    guard let halt else { return }
    number[path] += 1
    length[path] += halt.to - halt.from
  }

  /// Ends the paths of a tile, so that the next can begin.
  ///
  /// - Parameter paths: how many of them count.
  mutating func end(paths: Int) {
    let width = followers.count / assets.count
    for asset in assets.indices {
      for path in asset * width..<(asset + 1) * width {
        count(followers[path].end(at: steps), path)
        if path - asset * width < paths {
          if number[path] > 0 { halted[asset] += 1 }
          numbers[asset].add(number[path])
          seconds[asset].add(length[path] * stepSeconds)
        }
        number[path] = 0
        length[path] = 0
      }
    }
  }

  /// What was counted.
  var lines: [HaltLine] {
    assets.indices.map { asset in
      HaltLine(
        asset: assets[asset], share: EventTimes.share(halted[asset], of: numbers[asset].count),
        number: numbers[asset].estimate(), seconds: seconds[asset].estimate())
    }
  }
}
