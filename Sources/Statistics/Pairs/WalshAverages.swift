/// The means of all pairs of a sample's numbers, (xᵢ + xⱼ)/2 with i ≤ j: n(n + 1)/2 of them, which are never written down.
struct WalshAverages: Sendable, Hashable {
  /// Half of each number, ascending: sums of two cannot overflow, and are averages as they are.
  private let halves: [Double]

  /// Of a sample.
  init(_ sample: SortedSample) {
    halves = sample.values.map { $0 / 2 }
  }

  /// How many there are.
  var count: Int { halves.count * (halves.count + 1) / 2 }

  /// The average of this rank, from 1.
  ///
  /// The averages up to a bound are counted in one walk along the sorted numbers, and the bound is halved among all
  /// floating-point numbers in their order: at most 64 walks give the very number, without a tolerance.
  /// - Complexity: O(n).
  func ranked(_ rank: Int) -> Double {
    precondition(1...count ~= rank, "Invariant: ranks go from 1 to the number of averages")
    var below = Self.place(2 * halves[0]) - 1
    var reached = Self.place(2 * halves[halves.count - 1])
    while reached &- below != 1 {
      let half = UInt64(bitPattern: reached &- below) / 2
      let middle = below + Int64(half)
      if countUp(to: Self.number(middle)) >= rank { reached = middle } else { below = middle }
    }
    return Self.number(reached)
  }

  /// How many averages are at most `bound`: rounding keeps sums in order, so that a smaller partner never counts less.
  private func countUp(to bound: Double) -> Int {
    var counted = 0
    var partner = halves.count - 1
    for (index, half) in halves.enumerated() {
      while partner >= index, half + halves[partner] > bound { partner -= 1 }
      guard partner >= index else { break }
      counted += partner - index + 1
    }
    return counted
  }

  /// Where a finite number stands among all floating-point numbers, 0 at 0.
  private static func place(_ number: Double) -> Int64 {
    let bits = Int64(bitPattern: number.bitPattern)
    return bits >= 0 ? bits : .min &- bits
  }

  private static func number(_ place: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: place >= 0 ? place : .min &- place))
  }
}
