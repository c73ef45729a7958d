import Lanes
import Randomness

/// The paths of a tile: eight to a lane group, in order.
package struct TilePaths: Sendable {
  /// Number of the path in lane 0 of group 0.
  package let firstPath: UInt64
  /// Number of lane groups.
  package let groups: Int

  /// The eight paths of a group.
  package func group(_ group: Int) -> PathGroup { PathGroup(firstPath: firstPath &+ UInt64(Lanes.count * group)) }

  /// The path of one lane.
  package func path(_ group: Int, _ lane: Int) -> UInt64 { firstPath &+ UInt64(Lanes.count * group + lane) }

  /// A number for each path, from a function of the path.
  package func lanes(_ number: (UInt64) -> Double) -> ContiguousArray<Lanes> {
    ContiguousArray((0..<groups).map { group in Lanes { lane in number(path(group, lane)) } })
  }
}
