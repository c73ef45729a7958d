/// A chart on the page: its finding as a caption, two drawings of which the width chooses one, and its numbers.
package struct Figure: Sendable {
  /// The anchor, and the name of the chart's own file.
  package let id: String
  package let chart: any Chart
  /// Whether it takes the whole width of a grid.
  package let isWide: Bool

  /// A figure.
  package init(id: String, chart: any Chart, isWide: Bool = false) {
    self.id = id
    self.chart = chart
    self.isWide = isWide
  }

  /// The figure as it stands in the page.
  package var markup: Markup {
    let table = chart.table
    var parts = [
      Markup(
        "figcaption", [:],
        [Markup("h5", text: chart.title), Markup("p", ["class": "sub"], text: chart.subtitle)]),
      Markup("div", ["class": "plot"], [inline(.wide), inline(.narrow)]),
      Markup("output", ["class": "say", "aria-live": "polite"]),
    ]
    var foot = [Markup("a", ["href": "charts/\(id).svg", "download": "\(id).svg"], text: "SVG")]
    if !table.rows.isEmpty {
      foot.append(Markup("details", [:], [Markup("summary", text: "Data"), table.markup(caption: chart.title)]))
    }
    parts.append(Markup("div", ["class": "foot"], foot))
    return Markup("figure", ["id": id, "class": isWide ? "wide" : ""], parts)
  }

  /// One drawing for the page, which has the style sheet and the caption already.
  private func inline(_ layout: Layout) -> Markup {
    let drawing = chart.draw(layout)
    let size = drawing.layout
    var children = heading(layout.name) + drawing.marks
    if !drawing.crosshair.isEmpty {
      let rule = PathData.line([Point(0, size.plotTop), Point(0, size.plotBottom)])
      children.append(Markup("path", ["class": "q", "d": rule]))
      children.append(
        Markup(
          "rect",
          [
            "class": "y", "x": Plot.coordinate(size.plotLeft), "y": Plot.coordinate(size.plotTop),
            "width": Plot.coordinate(size.plotWidth), "height": Plot.coordinate(size.plotHeight),
            "data-x": drawing.crosshair.map { Plot.coordinate($0.rounded()) }.joined(separator: " "),
          ]))
    }
    return Markup(
      "svg",
      [
        "class": "chart \(layout.name)",
        "viewBox": "0 0 \(Plot.coordinate(size.width)) \(Plot.coordinate(size.height))",
        "role": "img", "aria-labelledby": "\(id)-\(layout.name)t \(id)-\(layout.name)d",
      ], children)
  }

  /// What a screen reader says of a drawing.
  private func heading(_ name: String) -> [Markup] {
    [
      Markup("title", ["id": "\(id)-\(name)t"], text: chart.title),
      Markup("desc", ["id": "\(id)-\(name)d"], text: chart.description),
    ]
  }

  /// The chart as a file of its own: with its caption above it, its style inside it, and both themes.
  package var file: String {
    let drawing = chart.draw(.wide)
    let size = drawing.layout
    let titles = TextWidth.wrap(chart.title, size: 16.5, width: size.width - 12)
    let subtitles = TextWidth.wrap(chart.subtitle, size: 14, width: size.width - 12)
    var caption: [Markup] = []
    var line = 22.0
    for title in titles {
      caption.append(Markup("text", ["class": "title", "x": "6", "y": Plot.coordinate(line)], text: title))
      line += 21
    }
    for subtitle in subtitles {
      caption.append(Markup("text", ["class": "subtitle", "x": "6", "y": Plot.coordinate(line)], text: subtitle))
      line += 19
    }
    line -= 8
    let root = Markup(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "chart",
        "viewBox": "0 0 \(Plot.coordinate(size.width)) \(Plot.coordinate(size.height + line))",
        "width": Plot.coordinate(size.width), "height": Plot.coordinate(size.height + line), "role": "img",
        "aria-labelledby": "t d",
      ],
      [
        Markup("title", ["id": "t"], text: chart.title), Markup("desc", ["id": "d"], text: chart.description),
        Markup("style", [:], [.verbatim(ChartStyle.standalone)]), ChartStyle.hatch,
      ] + caption + [Markup("g", ["transform": "translate(0 \(Plot.coordinate(line)))"], drawing.marks)])
    return root.rendered + "\n"
  }
}

extension DataTable {
  /// The table with headers that say what they head.
  package func markup(caption: String) -> Markup {
    Markup(
      "div", ["class": "scroll"],
      [
        Markup(
          "table", ["class": "data"],
          [
            Markup("caption", text: caption),
            Markup("thead", [:], [Markup("tr", [:], headers.map { Markup("th", ["scope": "col"], text: $0) })]),
            Markup(
              "tbody", [:],
              rows.map { row in
                Markup(
                  "tr", [:],
                  [Markup("th", ["scope": "row"], text: row[0])] + row.dropFirst().map { Markup("td", text: $0) })
              }),
          ])
      ])
  }
}
