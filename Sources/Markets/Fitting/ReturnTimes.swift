import Lanes

/// Returns grouped by the time that they span, eight in a vector: for likelihoods of returns that know nothing of each other.
struct ReturnTimes: Sendable {
  /// The different times, in years.
  let lengths: [Double]
  private let groups: [Group]
  private let order: [(value: Double, length: Int)]

  /// Up to eight returns over the same time; the last ones are repeated where there are fewer.
  private struct Group {
    let values: Lanes
    let length: Int
    let count: Int
  }

  init(_ returns: RecordedReturns) {
    let lengths = Set(returns.years).sorted()
    let places = Dictionary(uniqueKeysWithValues: lengths.enumerated().map { ($1, $0) })
    let order = zip(returns.values, returns.years).map { (value: $0, length: places[$1] ?? 0) }
    self.lengths = lengths
    self.order = order
    groups = lengths.indices.flatMap { length in
      let values = order.filter { $0.length == length }.map(\.value)
      return stride(from: 0, to: values.count, by: Lanes.count).map { first in
        Group(
          values: Lanes { values[min(first + $0, values.count - 1)] }, length: length,
          count: min(Lanes.count, values.count - first))
      }
    }
  }

  /// The longest time, in years.
  var longest: Double { lengths.last ?? 0 }
  /// The largest return without its sign.
  var furthest: Double { order.reduce(0) { max($0, abs($1.value)) } }

  /// Gives groups of returns with the place of their time among `lengths`, and how many of the lanes count.
  @inline(__always)
  func forEachGroup(_ body: (_ values: Lanes, _ length: Int, _ count: Int) -> Void) {
    for group in groups { body(group.values, group.length, group.count) }
  }

  /// A number for each return in the order of time.
  func inOrder(_ number: (_ value: Double, _ length: Int) -> Double) -> [Double] {
    order.map { number($0.value, $0.length) }
  }
}
