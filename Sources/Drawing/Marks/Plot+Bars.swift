extension Plot {
  /// A bar of a histogram, outlined so that a pale fill is told from the background; what a pointer reads on it stands in
  /// the wide drawing only, as telephones have no pointer.
  package mutating func histogramBar(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, style: String, note: String
  ) {
    let style = "bar \(style)"
    guard layout.isNarrow else { return add(rectangle(x, y, width, height, style: style, note: note)) }
    let corners = [Point(x, y), Point(x + width, y), Point(x + width, y + height), Point(x, y + height)]
    add(Markup("path", ["class": style, "d": PathData.line(corners) + "z"]))
  }
}
