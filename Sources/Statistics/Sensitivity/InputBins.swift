/// A sample of one input in bins of about as many values each, for what an output does across them.
///
/// Equal values share a bin, so an input of few values has a bin for each of them or fewer.
package struct InputBins: Sendable, Hashable {
  /// By sample, in its order.
  package let bins: [UInt8]
  /// By bin, ascending: its least and its largest value.
  package let ranges: [ClosedRange<Double>]

  /// The most bins that there are.
  package static let most = 64

  /// Bins of finite values.
  ///
  /// - Parameter count: of bins, at most; no more than `most`.
  package init(_ values: [Double], count: Int) {
    precondition(count > 0 && count <= Self.most, "Invariant: there are 1 to \(Self.most) bins")
    let order = values.indices.sorted { values[$0] < values[$1] }
    var bins = [UInt8](repeating: 0, count: values.count)
    var ranges: [ClosedRange<Double>] = []
    var last = -1
    var rank = 0
    while rank < order.count {
      let value = values[order[rank]]
      let wanted = rank * count / order.count
      if wanted != last {
        ranges.append(value...value)
        last = wanted
      } else if let range = ranges.last {
        ranges[ranges.count - 1] = range.lowerBound...value
      }
      while rank < order.count, values[order[rank]] == value {
        bins[order[rank]] = UInt8(ranges.count - 1)
        rank += 1
      }
    }
    self.bins = bins
    self.ranges = ranges
  }

  /// As many as the square root of the sample, so that both the noise of a bin's mean and the slope within it stay small.
  package static func count(of samples: Int) -> Int {
    min(max(Int(Double(samples).squareRoot()), 2), most)
  }
}
