import Drawing
import Lab

/// The page in the making: headings for the contents list, anchors, and the charts to be written beside it.
struct PageBuilder: Sendable {
  let summary: Summary
  /// The charts of the page in its order; they are drawn when all sections are made.
  private(set) var figures: [Placed] = []
  /// The headings of the contents list so far.
  var headings: [PageOutline.Heading] { outline.headings }
  /// The file names of the pages beside `index.html`.
  let names: PageNames
  /// How much of its charts the page draws.
  let room: PageRoom
  private var outline = PageOutline()
  private var told: Set<String> = []
  private let desks: DeskIndex
  /// Whether its charts have files beside it.
  private let hasFiles: Bool

  /// A chart, and whether it stands in the page or in its file alone.
  struct Placed: Sendable {
    let figure: Figure
    let isInPage: Bool
  }

  /// An empty `index.html` for a summary.
  ///
  /// - Parameter hasFiles: false of a page that needs nothing beside it and leads to nothing.
  init(_ summary: Summary, hasFiles: Bool = true) {
    self.summary = summary
    self.hasFiles = hasFiles
    desks = DeskIndex(summary.desks)
    names = PageNames(summary, index: desks)
    room = PageRoom(index: summary)
  }

  /// An empty page beside another one, whose charts lie in the same folder.
  init(beside other: PageBuilder) {
    summary = other.summary
    hasFiles = other.hasFiles
    desks = other.desks
    names = other.names
    room = PageRoom(beside: other.summary)
    outline = other.outline.ofNextPage
  }

  /// An agent's place in the panel, which gives its colour.
  func agentIndex(_ agent: String) -> Int { desks.agents[agent] ?? 0 }

  /// A heading that the contents list names; its anchor is made of the words, or of the text.
  mutating func heading(_ level: Int, _ text: String, _ words: String...) -> Markup {
    outline.heading(level, text, words: words)
  }

  /// A paragraph that explains what several parts of the page share: it stands in the first of them alone.
  mutating func once(_ text: String) -> [Markup] {
    told.insert(text).inserted ? [Markup("p", ["class": "note full"], text: text)] : []
  }

  /// A desk's name, which leads to its page where it has one.
  func link(_ desk: DeskSummary, _ text: String? = nil) -> Markup {
    let text = text ?? desk.name.replacing("·\u{A0}", with: "· ")
    return names.desks[desk.desk].map { Markup("a", ["href": $0], text: text) } ?? .text(text)
  }

  /// A chart that a section would like to show.
  struct Wish: Sendable {
    let chart: any Chart
    /// What its anchor and its file's name are made of.
    let words: [String]
    /// Up to which size of report it is drawn in the page.
    var rank: ChartRank
    var isWide = false
    var isOpen = false
    /// Whether it is one of a row of charts that read alike, so that a subtitle that they share stands under the first alone.
    var isOfRow = false
  }

  /// Charts in a grid. In a report of many charts only those of some rank are drawn in the page, and the others are links
  /// to their files, so that the page stays under a megabyte; in a large one each is drawn once for all widths.
  mutating func grid(_ wishes: [Wish]) -> [Markup] {
    var drawn: [Markup] = [], links: [Markup] = []
    for wish in wishes {
      let isTold = wish.isOfRow && !told.insert("subtitle: \(wish.chart.subtitle)").inserted
      let figure = Figure(
        id: outline.anchor(wish.words), number: figures.count + 1, chart: wish.chart,
        isWide: wish.isWide, isOpen: wish.isOpen && !room.isCompact, isCompact: room.isCompact, hasFile: hasFiles,
        hasSubtitle: !isTold)
      let isInPage = room.leastRank.map { wish.rank <= $0 } ?? false
      if isInPage {
        drawn.append(.part(figures.count))
      } else {
        let link = Markup("a", ["href": "charts/\(figure.id).svg"], text: wish.chart.title)
        links.append(Markup("li", [:], [link]))
      }
      figures.append(Placed(figure: figure, isInPage: isInPage))
    }
    var parts = drawn.isEmpty ? [] : [Markup("div", ["class": "grid"], drawn)]
    if !links.isEmpty { parts += [Markup("p", text: "Drawn in files of their own:"), Markup("ul", [:], links)] }
    return parts
  }

  /// What a desk's charts are drawn from.
  func scene(_ desk: DeskSummary, _ scenario: ScenarioSummary) -> DeskScene {
    let peers = desks.peers(of: desk)
    let calm = desk.severity == 0 ? nil : peers.first { $0.severity == 0 && $0.risk == desk.risk }
    return DeskScene(
      summary: summary, scenario: scenario, desk: desk, calm: calm, peers: peers,
      agentIndex: desks.agents[desk.agent] ?? 0)
  }

  /// The severities of a scenario that stress it, ascending; 0 alone where nothing else was run.
  func severities(_ scenario: ScenarioSummary) -> [Double] { desks.stressed(scenario.name) }

  /// Whether the panel stands in several markets: of several scenarios, or of one at several severities that stress it.
  var hasSeveralPanels: Bool {
    summary.scenarios.count > 1 || summary.scenarios.contains { severities($0).count > 1 }
  }

  /// The desks of a scenario at a severity, in the panel's order.
  func desks(_ scenario: ScenarioSummary, _ severity: Double) -> [DeskScene] {
    desks.desks(scenario.name, severity).map { scene($0, scenario) }
  }

  /// The desks of every scenario at its highest severity, scenario by scenario.
  var highest: [DeskScene] {
    summary.scenarios.flatMap { scenario in
      severities(scenario).suffix(1).flatMap { desks(scenario, $0) }
    }
  }
}
