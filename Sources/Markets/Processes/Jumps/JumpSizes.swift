import Lanes

/// The law of a jump in log price on each path of a tile; the n-th jump's size is a function of the path and n.
protocol JumpSizes {
  /// E e^J − 1: what a jump adds to the price in the mean, as a fraction of it.
  func meanReturn(_ group: Int) -> Lanes
  /// E J².
  func meanSquare(_ group: Int) -> Lanes
  /// The jump of an index.
  func size(_ index: Int32, path: UInt64, _ group: Int, _ lane: Int) -> Double
}
