import Drawing
import Lab
import Statistics

/// A bar of a histogram: which share of paths fell between two values.
struct FrequencyBar: Sendable, Hashable {
  let lower: Double
  let upper: Double
  /// Of all paths, those under and over the histogram's range included.
  let share: Double
  /// What a pointer reads on it.
  var note: String {
    "\(Unit.percent.text(lower, resolution: 0.01)) to \(Unit.percent.text(upper, resolution: 0.01)): "
      + "\(Unit.percent.text(share, resolution: 0.001)) of paths"
  }
}

extension Frequencies {
  /// Paths in all.
  var total: Int { counts.reduce(0, +) + below + above }

  /// The bins from the first to the last that holds a path, neighbours put together so that about `most` bars remain;
  /// what fell outside the range counts in the outermost bar.
  func grouped(into most: Int) -> [FrequencyBar] {
    guard total > 0, edges.count == counts.count + 1 else { return [] }
    let first = below > 0 ? 0 : counts.firstIndex { $0 > 0 } ?? 0
    let last = above > 0 ? counts.count - 1 : counts.lastIndex { $0 > 0 } ?? counts.count - 1
    guard first <= last else { return [] }
    let size = max(1, (last - first + most) / most)
    var bars: [FrequencyBar] = []
    for start in stride(from: first, through: last, by: size) {
      let end = min(start + size, counts.count)
      var count = counts[start..<end].reduce(0, +)
      if start == first { count += below }
      if start + size > last { count += above }
      bars.append(FrequencyBar(lower: edges[start], upper: edges[end], share: Double(count) / Double(total)))
    }
    return bars
  }

  /// The bars in numbers.
  func table(_ name: String) -> DataTable {
    DataTable(
      [name, "share of paths"],
      grouped(into: 16).map { bar in
        [
          "\(Unit.percent.text(bar.lower, resolution: 0.01)) to \(Unit.percent.text(bar.upper, resolution: 0.01))",
          Unit.percent.text(bar.share, resolution: 0.001),
        ]
      })
  }
}
