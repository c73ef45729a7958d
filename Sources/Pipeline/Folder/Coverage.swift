/// Stretches of time, sorted and apart from each other: what has been asked for and answered.
package struct Coverage: Sendable, Hashable {
  /// Half-open ranges of milliseconds since 1970-01-01 UTC, none empty, none touching another.
  package private(set) var ranges: [Range<Int64>] = []

  /// Nothing, or the union of some ranges in any order.
  package init(_ ranges: [Range<Int64>] = []) {
    for range in ranges { insert(range) }
  }

  /// Adds a range.
  package mutating func insert(_ range: Range<Int64>) {
    guard !range.isEmpty else { return }
    var merged = range
    var others: [Range<Int64>] = []
    for known in ranges {
      if known.upperBound < merged.lowerBound || known.lowerBound > merged.upperBound {
        others.append(known)
      } else {
        merged = min(known.lowerBound, merged.lowerBound)..<max(known.upperBound, merged.upperBound)
      }
    }
    others.append(merged)
    ranges = others.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// What of a range is not covered, in order.
  package func missing(in range: Range<Int64>) -> [Range<Int64>] {
    var missing: [Range<Int64>] = []
    var start = range.lowerBound
    for known in ranges where known.overlaps(range) {
      if known.lowerBound > start { missing.append(start..<known.lowerBound) }
      start = max(start, known.upperBound)
    }
    if start < range.upperBound { missing.append(start..<range.upperBound) }
    return missing
  }

  /// What is covered but for some other ranges.
  package func without(_ others: [Range<Int64>]) -> Coverage {
    let others = Coverage(others)
    return Coverage(ranges.flatMap { others.missing(in: $0) })
  }

  /// Whether a moment is covered.
  package func contains(_ moment: Int64) -> Bool { ranges.contains { $0.contains(moment) } }
}
