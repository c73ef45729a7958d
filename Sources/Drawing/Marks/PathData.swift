/// The `d` attribute of a path, with one decimal and relative coordinates, which are the shortest.
package struct PathData: Sendable {
  /// The commands so far.
  package private(set) var text = ""
  /// Where the pen is, in tenths, so that rounding never adds up.
  private var x = 0, y = 0

  /// An empty path.
  package init() {}

  /// A line through the points.
  package static func line(_ points: [Point]) -> String {
    var path = PathData()
    path.append(points)
    return path.text
  }

  /// The area between two lines over the same stretch: along the first, back along the second.
  static func area(_ upper: [Point], _ lower: [Point]) -> String {
    var path = PathData()
    path.append(upper + lower.reversed())
    return path.text.isEmpty ? "" : path.text + "z"
  }

  /// Moves to the first point and draws lines through the others; steps that would not move the pen are left out.
  package mutating func append(_ points: [Point]) {
    guard let first = points.first else { return }
    (x, y) = (PathData.tenths(first.x), PathData.tenths(first.y))
    text += "M\(PathData.decimal(x))\(PathData.separated(y))"
    var command = ""
    for point in points.dropFirst() {
      let dx = PathData.tenths(point.x) - x, dy = PathData.tenths(point.y) - y
      guard dx != 0 || dy != 0 else { continue }
      if dy == 0 {
        text += (command == "h" ? PathData.separated(dx) : "h" + PathData.decimal(dx))
        command = "h"
      } else if dx == 0 {
        text += (command == "v" ? PathData.separated(dy) : "v" + PathData.decimal(dy))
        command = "v"
      } else {
        text += (command == "l" ? PathData.separated(dx) : "l" + PathData.decimal(dx)) + PathData.separated(dy)
        command = "l"
      }
      (x, y) = (x + dx, y + dy)
    }
  }

  /// A coordinate in tenths of a unit.
  private static func tenths(_ value: Double) -> Int {
    precondition(value.isFinite, "Invariant: a drawing has finite coordinates")
    return Int((value * 10).rounded())
  }

  /// Tenths as a decimal number without a needless zero: 15 is "1.5", -3 is "-.3", 20 is "2".
  private static func decimal(_ tenths: Int) -> String {
    let sign = tenths < 0 ? "-" : "", size = abs(tenths)
    let whole = size / 10, rest = size % 10
    if rest == 0 { return "\(sign)\(whole)" }
    return whole == 0 ? "\(sign).\(rest)" : "\(sign)\(whole).\(rest)"
  }

  /// The number with a blank before it, unless its sign separates already.
  private static func separated(_ tenths: Int) -> String {
    (tenths < 0 ? "" : " ") + decimal(tenths)
  }
}
