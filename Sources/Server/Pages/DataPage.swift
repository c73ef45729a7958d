import Documents
import Drawing
import MarketData
import Pipeline

/// Market data: what there is, from where, with which gaps and features, and how more comes in.
enum DataPage {
  static let operation = Operation.page("/data", "Market data") { call in
    let folder = call.context.data
    let entries = try await call.context.apart { try DataIndex.entries(in: folder) }
    var content: [Markup] = [Markup("h2", text: "Datasets")]
    if entries.isEmpty {
      content.append(
        Markup(
          "p",
          [:],
          Markup.prose(
            "There is no market data yet. The form here collects bars from an exchange, as `stresslab collect` does; "
              + "`stresslab import FILE --as NAME` takes a file that you have.")))
    } else {
      content.append(table(entries).markup)
      let sets = entries.flatMap { entry in entry.features.map { (entry, $0) } }
      content.append(Markup("h2", text: "Feature sets"))
      content.append(
        sets.isEmpty
          ? .note("None is kept yet; the form at the end computes one.")
          : CardRows(
            "Versions of feature sets", head: ["Dataset", "Set", "Columns", "Rows", "File"],
            texts: sets.map { entry, version in
              [
                entry.name, "\(version.set) v\(version.number)", "\(version.columns.count)", "\(version.rows)",
                version.file,
              ]
            }
          ).markup)
    }
    content += collecting + computing(entries.map(\.name))
    return WebPage(title: "Data", place: .data, scripts: ["forms.js"], content: content).reply
  }

  private static func table(_ entries: [DataEntry]) -> CardRows {
    CardRows(
      caption: "By name; a dataset is behind where its raw files have changed since its bars were made",
      head: ["Dataset", "Source", "Bars", "Step", "From", "To", "Gaps", "State"],
      rows: entries.map(cells))
  }

  private static func cells(_ entry: DataEntry) -> [[Markup]] {
    var texts = [entry.source]
    if let bars = entry.processed {
      texts += ["\(bars.rows)", bars.step.map { BarTable.duration($0) } ?? "–", day(bars.first), day(bars.last)]
      texts.append("\(bars.gaps.count)")
    } else {
      texts += Array(repeating: "–", count: 5)
    }
    let name: [Markup] = [.link(entry.name, to: address(entry.name))]
    return [name] + texts.map { [Markup.text(PrintableText.escaped($0))] } + [[state(entry)]]
  }

  private static func day(_ milliseconds: Int64) -> String {
    String(Timestamp.text(milliseconds: milliseconds).prefix(10))
  }

  /// Where a dataset is shown.
  static func address(_ name: String) -> String { "/data/\(WebPage.segment(name))" }

  /// Whether its bars are of its raw files.
  static func state(_ entry: DataEntry) -> Markup {
    entry.processed == nil
      ? .badge("no bars yet", "missed") : entry.isCurrent ? .badge("current", "good") : .badge("behind", "interrupted")
  }

  private static let collecting: [Markup] = [
    Markup("h2", text: "Collect bars"),
    .note("From an exchange's public addresses, without an account; what is there already is not asked again."),
    WorkForm(
      api: "/api/v1/collections", button: "Collect",
      fields: [
        WorkForm.input(
          "collect", "exchange", "Exchange", "binance, coinbase, kraken, or ccxt:NAME", value: "kraken", isNeeded: true),
        WorkForm.input("collect", "market", "Market", "such as BTC/USD", value: "BTC/USD", isNeeded: true),
        WorkForm.input("collect", "step", "A bar lasts", "such as 1h or 1d", value: "1h", isNeeded: true),
        WorkForm.input("collect", "from", "From", "the first day", isNeeded: true, more: ["type": "date"]),
        WorkForm.input("collect", "to", "To", "the last day; now unless given", more: ["type": "date"]),
      ], id: "collect"
    ).markup,
  ]

  private static func computing(_ names: [String]) -> [Markup] {
    guard !names.isEmpty else { return [] }
    return [
      Markup("h2", text: "Compute features"),
      .note("Of a built-in set, or of columns by name; `stresslab list indicators` has all."),
      WorkForm(
        api: "/api/v1/feature-sets", button: "Compute",
        fields: [
          WorkForm.choice("features", "data", "Of the dataset", options: names),
          WorkForm.input(
            "features", "name", "Called", "letters, digits, \"-\", \"_\" and \".\"", value: "classic", isNeeded: true),
          WorkForm.choice(
            "features", "set", "A built-in set", options: ["classic44", "wide", ""], none: "columns by name"),
          WorkForm.input(
            "features", "columns", "Or columns", "between commas, where no set is chosen", more: ["data-type": "list"]),
        ], id: "features"
      ).markup,
    ]
  }
}
