/// Spearman's correlation of ranks; those of equals are their mean.
package enum RankCorrelation {
  /// In −1…1; NaN where one of both never varies.
  package static func spearman(_ first: [Double], _ second: [Double]) -> Double {
    precondition(first.count == second.count, "Invariant: ranks are correlated in pairs")
    return pearson(ranks(first), ranks(second))
  }

  /// From 1, in the order of the values.
  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = Array(repeating: 0.0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
      start = end + 1
    }
    return ranks
  }

  /// The correlation of two samples.
  package static func pearson(_ first: [Double], _ second: [Double]) -> Double {
    let n = Double(first.count)
    let means = (first.reduce(0, +) / n, second.reduce(0, +) / n)
    var (both, one, other) = (0.0, 0.0, 0.0)
    for (x, y) in zip(first, second) {
      both += (x - means.0) * (y - means.1)
      one += (x - means.0) * (x - means.0)
      other += (y - means.1) * (y - means.1)
    }
    return both / (one * other).squareRoot()
  }
}
