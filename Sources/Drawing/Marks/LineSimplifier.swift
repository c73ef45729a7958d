/// Makes a line lighter without changing how it looks.
///
/// First at most four points are kept for each unit of width (first, lowest, highest, last), so that no spike is lost;
/// then points that lie within `tolerance` of the line between their kept neighbours are left out (Douglas & Peucker
/// 1973, Cartographica 10(2)).
package struct LineSimplifier: Sendable {
  /// How far, in user units of the drawing, the lighter line may be from the given one.
  package let tolerance: Double

  /// A simplifier that stays within `tolerance` user units.
  package init(tolerance: Double = 0.3) { self.tolerance = tolerance }

  /// The lighter line through points with ascending x.
  package func simplify(_ points: [Point]) -> [Point] {
    let thinned = extremesPerUnit(points)
    guard thinned.count > 2 else { return thinned }
    var isKept = [Bool](repeating: false, count: thinned.count)
    isKept[0] = true
    isKept[thinned.count - 1] = true
    var spans = [(0, thinned.count - 1)]
    while let (first, last) = spans.popLast() {
      guard last - first > 1 else { continue }
      var farthest = first, distance = tolerance
      for index in first + 1..<last {
        let candidate = thinned[index].distance(toLineFrom: thinned[first], to: thinned[last])
        if candidate > distance { (farthest, distance) = (index, candidate) }
      }
      guard farthest > first else { continue }
      isKept[farthest] = true
      spans.append((first, farthest))
      spans.append((farthest, last))
    }
    return zip(thinned, isKept).filter(\.1).map(\.0)
  }

  /// First, lowest, highest and last point of each unit of width, in their order.
  private func extremesPerUnit(_ points: [Point]) -> [Point] {
    var result: [Point] = []
    var start = 0
    while start < points.count {
      var end = start
      while end < points.count && points[end].x.rounded(.down) == points[start].x.rounded(.down) { end += 1 }
      let unit = start..<end
      let lowest = unit.min { points[$0].y < points[$1].y } ?? start
      let highest = unit.max { points[$0].y < points[$1].y } ?? start
      result += Set([start, lowest, highest, end - 1]).sorted().map { points[$0] }
      start = end
    }
    return result
  }
}
