/// Values of several series in ascending order.
struct RankedValues {
  let values: [Double]
  /// Of which series each is.
  let series: [Int32]
  /// Its place among all values, one series after the other.
  private let places: [Int32]

  /// - Complexity: O(n log n).
  init(_ all: [[Double]]) {
    let (pooled, owners) = (
      all.flatMap(\.self), all.enumerated().flatMap { Array(repeating: Int32($0), count: $1.count) }
    )
    let order = pooled.indices.sorted { pooled[$0] < pooled[$1] }
    values = order.map { pooled[$0] }
    series = order.map { owners[$0] }
    places = order.map { Int32($0) }
  }

  /// The value of a rank, from 1, where each counts as often as its series; nil beyond the last.
  func value(rank: Int, _ weights: [Int]) -> Double? {
    var passed = 0
    for (value, owner) in zip(values, series) {
      passed += weights[Int(owner)]
      if passed >= rank { return value }
    }
    return nil
  }

  /// The rank of each value, from 1, in the order of the pool: of equals the mean. Of values that do not count it says nothing.
  func ranks(_ weights: [Int]) -> [Double] {
    var ranks = Array(repeating: 0.0, count: values.count)
    var (start, passed) = (0, 0)
    while start < values.count {
      var (end, count) = (start, 0)
      while end < values.count, values[end] == values[start] {
        count += weights[Int(series[end])]
        end += 1
      }
      let rank = Double(passed) + Double(count + 1) / 2
      for index in start..<end { ranks[Int(places[index])] = rank }
      passed += count
      start = end
    }
    return ranks
  }
}
