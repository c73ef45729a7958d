extension Plot {
  /// Shapes that tell marks apart without their colour, in their order; later ones repeat them.
  private static let shapes: [[(Double, Double)]] = [
    [],
    [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    [(-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)],
    [(0, -1.2), (1.2, 0.95), (-1.2, 0.95)],
    [(-1.2, -0.95), (1.2, -0.95), (0, 1.2)],
    [
      (-0.45, -1.2), (0.45, -1.2), (0.45, -0.45), (1.2, -0.45), (1.2, 0.45), (0.45, 0.45), (0.45, 1.2), (-0.45, 1.2),
      (-0.45, 0.45), (-1.2, 0.45), (-1.2, -0.45), (-0.45, -0.45),
    ],
  ]

  /// A mark at a place in user units: a circle, and for further series a diamond, a square, two triangles, a cross.
  ///
  /// - Parameters:
  ///   - shape: the series' number, from 0 on.
  ///   - style: "f s1" fills it with a series' colour, "h s1" leaves it hollow.
  ///   - note: what a pointer reads on it.
  package static func marker(
    _ shape: Int, at place: Point, radius: Double = 5, style: String, note: String? = nil
  ) -> Markup {
    let corners = shapes[shape % shapes.count]
    guard !corners.isEmpty else {
      return Markup(
        "circle",
        [
          "class": style, "cx": coordinate(place.x), "cy": coordinate(place.y), "r": coordinate(radius),
        ]
      ).noted(note)
    }
    let points = corners.map { Point(place.x + $0.0 * radius, place.y + $0.1 * radius) }
    return Markup("path", ["class": style, "d": PathData.line(points) + "z"]).noted(note)
  }

  /// An interval in user units: a line with a stroke across each end, so that it shows beside a mark that covers it.
  package static func whisker(from start: Point, to end: Point, cap: Double = 7) -> Markup {
    var path = PathData()
    path.append([start, end])
    // The strokes stand across the line's own direction, which is along one of the axes.
    let (dx, dy) = start.y == end.y ? (0, cap) : (cap, 0)
    for place in [start, end] {
      path.append([Point(place.x - dx, place.y - dy), Point(place.x + dx, place.y + dy)])
    }
    return Markup("path", ["class": "q2", "d": path.text])
  }

  /// The key of marks that are told apart by shape, as rows of mark and name that fill the width; and how many rows.
  package static func key(
    _ names: [(name: String, shape: Int, style: String)], left: Double, top: Double, width: Double
  ) -> (marks: [Markup], rows: Int) {
    var marks: [Markup] = []
    var (x, row) = (left, 0)
    for (name, shape, style) in names {
      let text = TextWidth.shortened(name, size: 13, width: width - 16)
      let needed = 16 + TextWidth.of(text, size: 13)
      if x > left, x + needed > left + width { (x, row) = (left, row + 1) }
      let y = top + 17 * Double(row)
      marks.append(marker(shape, at: Point(x + 5, y), radius: 4.5, style: style))
      marks.append(
        Markup("text", ["x": coordinate((x + 14).rounded()), "y": coordinate((y + 4.5).rounded())], text: text))
      x += needed + 18
    }
    return (marks, names.isEmpty ? 0 : row + 1)
  }
}
