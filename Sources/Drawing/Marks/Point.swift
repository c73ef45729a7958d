/// A place on a drawing, in its user units: x to the right, y down.
package struct Point: Sendable, Hashable {
  /// Units from the left edge.
  package let x: Double
  /// Units from the top edge.
  package let y: Double

  /// The place `x` to the right and `y` down.
  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  /// The distance to the segment between two points.
  func distance(toLineFrom start: Point, to end: Point) -> Double {
    let dx = end.x - start.x, dy = end.y - start.y
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0 else {
      return ((x - start.x) * (x - start.x) + (y - start.y) * (y - start.y)).squareRoot()
    }
    return abs(dy * (x - start.x) - dx * (y - start.y)) / length
  }
}
