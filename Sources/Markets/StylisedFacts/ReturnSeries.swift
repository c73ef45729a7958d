import Glibc

/// Log returns of one asset from bar to bar, and the volume of each bar where it is known.
package struct ReturnSeries: Sendable, Hashable {
  /// Log returns from close to close.
  package let returns: [Double]
  /// The volume of the bar at whose close each return ends; nil where nobody knows it.
  package let volumes: [Double]?

  /// States a series.
  package init(returns: [Double], volumes: [Double]? = nil) {
    precondition(volumes.map { $0.count == returns.count } ?? true, "Invariant: a volume for each return")
    self.returns = returns
    self.volumes = volumes
  }

  /// Of prices at closes, above 0, and the volumes of the bars from the second close on.
  ///
  /// - Parameter volumes: nil, or not all above or at 0, where nobody knows them.
  package init(closes: [Double], volumes: [Double]?) {
    self.init(
      returns: zip(closes, closes.dropFirst()).map { log($1 / $0) },
      volumes: volumes.flatMap { $0.allSatisfy { $0 >= 0 } ? $0 : nil })
  }

  /// Of prices at closes that may be negative: changes in starting prices.
  package init(closes: [Double], volumes: [Double]?, _ scale: PriceScale) {
    guard let reference = scale.reference else {
      self.init(closes: closes, volumes: volumes)
      return
    }
    self.init(
      returns: zip(closes, closes.dropFirst()).map { ($1 - $0) / reference },
      volumes: volumes.flatMap { $0.allSatisfy { $0 >= 0 } ? $0 : nil })
  }

  /// The elements at some places, in their order there.
  func resampled(_ places: [Int]) -> ReturnSeries {
    ReturnSeries(returns: places.map { returns[$0] }, volumes: volumes.map { volumes in places.map { volumes[$0] } })
  }

  /// Returns over `count` bars that do not overlap.
  func aggregated(_ count: Int) -> [Double] {
    stride(from: 0, through: returns.count - count, by: count).map { returns[$0..<$0 + count].reduce(0, +) }
  }
}
