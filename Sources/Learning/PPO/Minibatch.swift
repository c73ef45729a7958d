import Lanes

/// Samples of a rollout that make one gradient step together.
package struct Minibatch {
  /// Where the samples are.
  package let rollout: Rollout
  /// The rollout's shuffled samples, and which of them.
  private let order: [Int32]
  private let range: Range<Int>
  /// ε.
  let clip: Double
  /// How far a value may move; nil: any distance.
  let valueClip: Double?
  /// Weight of the entropy.
  let entropyCoefficient: Double
  /// Weight of the value's squared error.
  let valueCoefficient: Double
  /// What is taken off each advantage.
  let advantageMean: Double
  /// What it is multiplied by then.
  let advantageScale: Double

  /// Some of a rollout's samples.
  ///
  /// - Parameters:
  ///   - order: the samples of the rollout, shuffled.
  ///   - range: which of them, at least one.
  ///   - clip: ε, as it is in this update.
  package init(_ rollout: Rollout, _ order: [Int32], _ range: Range<Int>, _ parameters: PPOParameters, clip: Double) {
    self.rollout = rollout
    self.order = order
    self.range = range
    self.clip = clip
    valueClip = parameters.valueClip
    entropyCoefficient = parameters.entropyCoefficient
    valueCoefficient = parameters.valueCoefficient
    // One sample has no spread: its advantage stands as it is.
    guard parameters.normalisesAdvantages, range.count > 1 else {
      (advantageMean, advantageScale) = (0, 1)
      return
    }
    let count = Double(range.count)
    let mean = Self.sum(rollout, order, range) { $0 }.sum / count
    let square = Self.sum(rollout, order, range) { ($0 - mean) * ($0 - mean) }.sum
    advantageMean = mean
    advantageScale = 1 / ((square / (count - 1)).squareRoot() + 1e-8)
  }

  /// The sum of something of each advantage, in eight parts.
  @inline(__always)
  private static func sum(_ rollout: Rollout, _ order: [Int32], _ range: Range<Int>, _ of: (Lanes) -> Lanes) -> Lanes {
    let advantages = rollout.advantages.numbers
    var sum = Lanes.zero
    var index = range.lowerBound
    while index + Lanes.count <= range.upperBound {
      sum += of(Lanes { advantages[Int(order[index + $0])] })
      index += Lanes.count
    }
    if index < range.upperBound {
      let rest = range.upperBound - index
      let last = of(Lanes { advantages[Int(order[index + min($0, rest - 1)])] })
      sum += select(Mask { $0 < rest }, last, .zero)
    }
    return sum
  }

  /// The number of samples.
  var count: Int { range.count }

  /// The sample of the rollout at a place; behind the last, the last.
  @inline(__always)
  func sample(_ place: Int) -> Int { Int(order[min(range.lowerBound + place, range.upperBound - 1)]) }

  /// Which of eight places from one on there are.
  @inline(__always)
  func isSample(from place: Int) -> Mask {
    place + Lanes.count <= count ? .all : Mask { place + $0 < count }
  }

  /// A column of the rollout at eight places.
  @inline(__always)
  func gather(_ column: borrowing LaneColumn, from place: Int) -> Lanes {
    let numbers = column.numbers
    return Lanes { numbers[sample(place + $0)] }
  }

  /// Copies the observations of some places into rows.
  func gatherObservations(from place: Int, count: Int, into rows: borrowing FloatMatrix) {
    for row in 0..<count {
      let source = rollout.observations.row(sample(place + row))
      let target = rows.row(row)
      for index in stride(from: 0, to: rows.stride, by: FloatLanes.count) {
        (target + index).vector = (source + index).vector
      }
    }
  }
}
