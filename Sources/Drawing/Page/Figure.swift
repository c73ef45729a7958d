/// A chart on the page: its finding as a caption, two drawings of which the width chooses one, and its numbers.
package struct Figure: Sendable {
  /// The anchor, and the name of the chart's own file.
  package let id: String
  /// Its place in the page, which keeps the names of its titles short.
  package let number: Int
  /// What is drawn, and the words and the table that go with it.
  package let chart: any Chart
  /// Whether it takes the whole width of a grid.
  package let isWide: Bool
  /// Whether its data table is open from the start.
  package let isOpen: Bool
  /// Whether one drawing serves every width and the table has seven rows at most: for large reports.
  package let isCompact: Bool
  /// Whether it has a file of its own, to which the page leads.
  package let hasFile: Bool
  /// Whether its subtitle stands under its title; false where a figure before it on the page has the same.
  package let hasSubtitle: Bool

  /// A figure.
  package init(
    id: String, number: Int, chart: any Chart, isWide: Bool = false, isOpen: Bool = false, isCompact: Bool = false,
    hasFile: Bool = true, hasSubtitle: Bool = true
  ) {
    self.id = id
    self.number = number
    self.chart = chart
    self.isWide = isWide
    self.isOpen = isOpen
    self.isCompact = isCompact
    self.hasFile = hasFile
    self.hasSubtitle = hasSubtitle
  }

  /// What a figure is in the page, and in a file of its own.
  package struct Drawn: Sendable {
    /// Markup; nil where it was not asked for.
    package let page: String?
    /// A whole SVG document.
    package let file: String
  }

  /// Draws the figure for its file and, where it stands there, for the page; what both show is drawn once.
  package func drawn(inPage: Bool) -> Drawn {
    let words = Words(chart)
    let wide = chart.draw(.wide)
    let page = inPage ? markup(words, isCompact ? [chart.draw(.compact)] : [wide, chart.draw(.narrow)]).rendered : nil
    return Drawn(page: page, file: file(words, wide))
  }

  /// The chart as a file of its own: with its caption above it, its style inside it, and both themes.
  package var file: String { file(Words(chart), chart.draw(.wide)) }

  /// What is said around a drawing, which a chart makes from its numbers.
  private struct Words {
    let title, subtitle, description: String

    init(_ chart: any Chart) {
      title = chart.title
      subtitle = chart.subtitle
      description = chart.description
    }
  }

  private func markup(_ words: Words, _ pictures: [Picture]) -> Markup {
    let all = chart.table
    let rows = DataTable.thinned(all.rows.count, most: isCompact ? 7 : .max)
    let table = DataTable(all.headers, rows.map { all.rows[$0] })
    var parts = [
      Markup(
        "figcaption", [:],
        [Markup("p", ["class": "finding"], text: words.title)]
          + (hasSubtitle ? [Markup("p", ["class": "sub"], text: words.subtitle)] : [])),
      Markup("div", ["class": "plot"], pictures.map { inline($0, words, rows) }),
    ]
    // Beside the links, so that a line that is empty until somebody points takes no room of its own.
    var foot = [Markup("output", ["class": "say", "aria-live": "polite"])]
    foot += hasFile ? [Markup("a", ["href": "charts/\(id).svg", "download": "\(id).svg"], text: "SVG")] : []
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
  private func inline(_ picture: Picture, _ words: Words, _ rows: [Int]) -> Markup {
    let size = picture.layout
    let name = size.name
    // Called by what it is, described by what it found: the caption beside it says the same to those who see.
    var children = [
      Markup("title", ["id": "t\(number)\(name)"], text: words.description),
      Markup("desc", ["id": "d\(number)\(name)"], text: words.title),
    ]
    children += picture.marks
    if !picture.crosshair.isEmpty {
      let rule = PathData.line([Point(0, size.plotTop), Point(0, size.plotBottom)])
      children.append(Markup("path", ["class": "q", "d": rule]))
      children.append(
        Markup(
          "rect",
          [
            "class": "y", "x": Plot.coordinate(size.plotLeft), "y": Plot.coordinate(size.plotTop),
            "width": Plot.coordinate(size.plotWidth), "height": Plot.coordinate(size.plotHeight),
            "data-x": rows.filter { $0 < picture.crosshair.count }.map {
              Plot.coordinate(picture.crosshair[$0].rounded())
            }.joined(separator: " "),
          ]))
    }
    return Markup(
      "svg",
      [
        "class": "chart \(name)",
        "viewBox": "0 0 \(Plot.coordinate(size.width)) \(Plot.coordinate(size.height))",
        "role": "img", "aria-labelledby": "t\(number)\(name)", "aria-describedby": "d\(number)\(name)",
      ], children)
  }

  private func file(_ words: Words, _ picture: Picture) -> String {
    let size = picture.layout
    let titles = TextWidth.wrap(words.title, size: 16, width: size.width - 12, face: .widestBold)
    let subtitles = TextWidth.wrap(words.subtitle, size: 14, width: size.width - 12, face: .widest)
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
        "aria-labelledby": "t", "aria-describedby": "d",
      ],
      [
        Markup("title", ["id": "t"], text: words.title),
        Markup("desc", ["id": "d"], text: "\(words.description) \(words.title). \(words.subtitle)"),
        Markup("style", [:], [.verbatim(ChartStyle.standalone)]), ChartStyle.hatch,
      ] + caption + [Markup("g", ["transform": "translate(0 \(Plot.coordinate(line)))"], picture.marks)])
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
