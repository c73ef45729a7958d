/// The times of the jumps before t = 0 on the paths of a tile: sums of waiting times from t = 0 backwards, that are handed out
/// forwards, from the earliest to the last.
///
/// A time is the time of the jump after it less its waiting time, rounded in this order: so it cannot be had from the jump
/// before it. Kept are every s-th time, and all of the s that are being handed out, with s about the root of their number:
/// memory is that of √n, and each waiting time is drawn twice.
package struct BackwardJumpTimes {
  /// s.
  private let stride: Int
  /// By path, the times of the jumps −s, −2s, …
  private var marks: ContiguousArray<ContiguousArray<Double>>
  /// The times of the jumps −(k·s + 1) … −(k + 1)·s, `[path * s + place]`.
  private var block: ContiguousArray<Double>
  /// By path, k; −1 for none.
  private var blockNumbers: ContiguousArray<Int>

  /// Times on so many paths.
  ///
  /// - Parameter expected: the mean number of jumps on a path, at most.
  package init(paths: Int, expected: Double) {
    stride = expected > 0 ? max(16, Int(min(expected, 0x1p40).squareRoot().rounded(.up))) : 0
    marks = ContiguousArray(repeating: [], count: paths)
    block = ContiguousArray(repeating: 0, count: paths * stride)
    blockNumbers = ContiguousArray(repeating: -1, count: paths)
  }

  /// Goes back over a path's jumps from t = 0 to a time, and keeps what is needed to come forward again.
  ///
  /// - Parameter interval: the waiting time that belongs to the jump of an index, from −1 downwards.
  /// - Returns: the earliest jump that is not before the time: its time and index; nil where there is none.
  package mutating func goBack(to earliest: Double, path: Int, interval: (Int32) -> Double) -> (
    time: Double, index: Int32
  )? {
    marks[path].removeAll(keepingCapacity: true)
    blockNumbers[path] = -1
    var found: (time: Double, index: Int32)?
    var time = 0.0
    var index: Int32 = -1
    while true {
      time -= interval(index)
      guard time >= earliest else { return found }
      found = (time, index)
      if Int(-index).isMultiple(of: stride) { marks[path].append(time) }
      index -= 1
    }
  }

  /// The time of a jump that `goBack` has passed, in years of variance after t = 0; asked from the earliest to the last.
  package mutating func time(of index: Int32, path: Int, interval: (Int32) -> Double) -> Double {
    let (number, place) = Int(-index - 1).quotientAndRemainder(dividingBy: stride)
    if blockNumbers[path] != number { fill(number, path, downTo: place, interval) }
    return block[path * stride + place]
  }

  /// Makes the times of a block from the mark that it starts at, down to the place that is asked for first.
  private mutating func fill(_ number: Int, _ path: Int, downTo place: Int, _ interval: (Int32) -> Double) {
    blockNumbers[path] = number
    var time = number == 0 ? 0 : marks[path][number - 1]
    for step in 0...place {
      time -= interval(Int32(-(number * stride + step + 1)))
      block[path * stride + step] = time
    }
  }
}
