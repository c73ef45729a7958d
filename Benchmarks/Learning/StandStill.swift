import Lanes
import Learning
import Randomness

/// A task in which nothing happens, for a network of any size.
struct StandStill: Environment {
  let observations: Int
  let actions: ActionSpace
  var identity: String { "nothing" }

  func makeTile(groups: Int, streams: RandomStreams) -> any EnvironmentTile { Tile() }

  private final class Tile: EnvironmentTile {
    func begin(_ observations: inout [Lanes]) {}
    func advance(_ actions: [Lanes], _ step: inout EnvironmentStep) {}
    var state: [Double] { [] }
    func restore(_ state: [Double]) throws(UnfitState) {}
  }
}
