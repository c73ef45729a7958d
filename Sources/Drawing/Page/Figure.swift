/// A chart on the page: its finding as a caption, two drawings of which the width chooses one, and its numbers.
package struct Figure: Sendable {
  /// The anchor, and the name of the chart's own file.
  package let id: String
  /// Its place in the page, which keeps the names of its titles short.
  package let number: Int
  package let chart: any Chart
  /// Whether it takes the whole width of a grid.
  package let isWide: Bool
  /// Whether its data table is open from the start.
  package let isOpen: Bool
  /// Whether one drawing serves every width and the table has seven rows at most: for large reports.
  package let isCompact: Bool

  /// A figure.
  package init(
    id: String, number: Int, chart: any Chart, isWide: Bool = false, isOpen: Bool = false, isCompact: Bool = false
  ) {
    self.id = id
    self.number = number
    self.chart = chart
    self.isWide = isWide
    self.isOpen = isOpen
    self.isCompact = isCompact
  }

  /// The figure as it stands in the page.
  package var markup: Markup {
    let all = chart.table
    let rows = DataTable.thinned(all.rows.count, most: isCompact ? 7 : .max)
    let table = DataTable(all.headers, rows.map { all.rows[$0] })
    let layouts: [Layout] = isCompact ? [.compact] : [.wide, .narrow]
    var parts = [
      Markup(
        "figcaption", [:],
        [Markup("h4", text: chart.title), Markup("p", ["class": "sub"], text: chart.subtitle)]),
      Markup("div", ["class": "plot"], layouts.map { inline($0, rows) }),
      Markup("output", ["class": "say", "aria-live": "polite"]),
    ]
    var foot = [Markup("a", ["href": "charts/\(id).svg", "download": "\(id).svg"], text: "SVG")]
    if !table.rows.isEmpty {
      let data = Markup("details", [:], [Markup("summary", text: "Data"), table.markup])
      foot.append(isOpen ? data.with("open", "open") : data)
    }
    parts.append(Markup("div", ["class": "foot"], foot))
    let style = [isWide && !isCompact ? "wide" : "", isCompact ? "compact" : ""].filter { !$0.isEmpty }
    let figure = Markup("figure", ["id": id], parts)
    return style.isEmpty ? figure : figure.with("class", style.joined(separator: " "))
  }

  /// One drawing for the page, which has the style sheet and the caption already.
  private func inline(_ layout: Layout, _ rows: [Int]) -> Markup {
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
            "data-x": rows.filter { $0 < drawing.crosshair.count }.map {
              Plot.coordinate(drawing.crosshair[$0].rounded())
            }.joined(separator: " "),
          ]))
    }
    return Markup(
      "svg",
      [
        "class": "chart \(layout.name)",
        "viewBox": "0 0 \(Plot.coordinate(size.width)) \(Plot.coordinate(size.height))",
        "role": "img", "aria-labelledby": "t\(number)\(layout.name) d\(number)\(layout.name)",
      ], children)
  }

  /// What a screen reader says of a drawing.
  private func heading(_ name: String) -> [Markup] {
    [
      Markup("title", ["id": "t\(number)\(name)"], text: chart.title),
      Markup("desc", ["id": "d\(number)\(name)"], text: chart.description),
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
  package var markup: Markup {
    Markup(
      "div", ["class": "scroll"],
      [
        Markup(
          "table", ["class": "data"],
          [
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
