/// Finds places for labels beside points, such that none covers another one, a point, or the edge of the plot.
package enum PointLabels {
  /// A rectangle in user units.
  package struct Box: Sendable, Hashable {
    /// Its edges; y grows downwards.
    package let left, top, right, bottom: Double

    /// The rectangle between these edges.
    package init(left: Double, top: Double, right: Double, bottom: Double) {
      (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }

    /// Whether both share more than an edge.
    package func overlaps(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    /// Whether the other lies in it.
    func holds(_ other: Box) -> Bool {
      left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom
    }
  }

  /// How far from its point a label may stand; the nearest that is free is taken.
  private static let distances: [Double] = [12, 20, 30, 45, 65, 90, 120]
  /// The sides of the point at which a label is tried, in this order: right, left, over, under, and the corners.
  private static let sides: [(Double, Double)] = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1)]

  /// The box of each label in the order of the points; nil where there is no room near its point.
  ///
  /// Each takes the nearest place that is free, in the order given. Lines such as intervals are crossed only where no
  /// place is left that crosses none.
  ///
  /// - Parameters:
  ///   - sizes: width and height of each label.
  ///   - radius: of the points' marks.
  ///   - lines: boxes around what is better left uncovered.
  ///   - bounds: what every label lies in.
  package static func place(
    _ points: [Point], sizes: [(width: Double, height: Double)], radius: Double = 6, lines: [Box] = [],
    within bounds: Box
  ) -> [Box?] {
    let marks = points.map {
      Box(left: $0.x - radius, top: $0.y - radius, right: $0.x + radius, bottom: $0.y + radius)
    }
    var taken: [Box] = []
    return zip(points, sizes).map { point, size in
      let free = candidates(point, size).filter { box in
        bounds.holds(box) && !marks.contains { $0.overlaps(box) } && !taken.contains { $0.overlaps(box) }
      }
      let box = free.first { box in !lines.contains { $0.overlaps(box) } } ?? free.first
      if let box { taken.append(box) }
      return box
    }
  }

  private static func candidates(_ point: Point, _ size: (width: Double, height: Double)) -> [Box] {
    distances.flatMap { distance in
      sides.map { side in
        let x = point.x + side.0 * (distance + size.width / 2), y = point.y + side.1 * (distance + size.height / 2)
        return Box(
          left: x - size.width / 2, top: y - size.height / 2, right: x + size.width / 2, bottom: y + size.height / 2)
      }
    }
  }
}
