import Documents
import Drawing
import Lab
import MarketData
import Pipeline
import Statistics

/// A dataset: its bars, what may be wrong with them, what was made of them, and whether the newest are as those before.
enum DatasetPage {
  /// Findings and gaps that are told; the API has all.
  private static let most = 40

  static let operation = Operation.page(
    "/data/{name}", "A dataset",
    parameters: [
      DataAPI.name,
      Parameter("against", in: .query, .text(0...500), "what its newest bars are held against", example: ""),
      Parameter("bars", in: .query, .text(0...12), "how many are the newest", example: "500"),
    ]
  ) { call in
    let (folder, name) = (call.context.data, call.name("name"))
    let (against, bars) = (call.text("against") ?? "", Int(call.text("bars") ?? ""))
    let content = try await call.context.apart {
      let (name, entry) = try DataAPI.dataset(name, folder)
      return try shown(name, entry, folder) + drift(name, entry, against: against, bars: bars, folder)
    }
    return WebPage(title: "\(name)", place: .data, eyebrow: "Dataset", scripts: ["forms.js"], content: content).reply
  }

  private static func shown(_ name: DatasetName, _ entry: DataEntry, _ folder: DataFolder) throws -> [Markup] {
    var facts = [
      ("Source", entry.source), ("Raw", "\(entry.rawRows.map { "\($0) rows, " } ?? "")\(entry.rawBytes) bytes"),
    ]
    guard let bars = entry.processed else {
      return [
        DataPage.state(entry), .facts(facts),
        .note("No bars were made of its raw files yet; `stresslab data process \(name)` makes them."),
      ]
    }
    facts += [
      ("Bars", "\(bars.rows)\(bars.step.map { " of \(BarTable.duration($0))" } ?? "")"),
      ("From", Timestamp.text(milliseconds: bars.first)), ("To", Timestamp.text(milliseconds: bars.last)),
      ("SHA-256", bars.sha256),
    ]
    var content = [Markup("p", [:], [DataPage.state(entry)]), .facts(facts)]
    content += prices(name, folder)
    content.append(Markup("h2", text: "Gaps, splits and changes"))
    let told = [("Gaps", bars.gaps), ("What looks like splits", bars.splits), ("Changes", bars.changes)]
    if told.allSatisfy(\.1.isEmpty) { content.append(.note("None: every bar of its clock is there, as it came.")) }
    for (title, sentences) in told where !sentences.isEmpty {
      content.append(.folded("\(title): \(sentences.count)", [list(sentences)]))
    }
    content += try findings(name, folder)
    content.append(Markup("h2", text: "Feature sets"))
    content.append(
      entry.features.isEmpty
        ? .note(
          "None is kept; the form on the page of all data computes one, or `stresslab features data:\(name) --as NAME`."
        )
        : CardRows(
          "Versions", head: ["Set", "Columns", "Rows", "File"],
          texts: entry.features.map {
            ["\($0.set) v\($0.number)", "\($0.columns.count)", "\($0.rows)", $0.file]
          }
        ).markup)
    return content
  }

  private static func prices(_ name: DatasetName, _ folder: DataFolder) -> [Markup] {
    let table: BarTable
    do {
      guard let bytes = try folder.bars(of: name) else { return [] }
      table = try BarFile(bytes, file: "\(name)").bars
    } catch {
      return [Markup("p", ["class": "wrong"], text: PrintableText.escaped("\(error)"))]
    }
    let charts = zip(table.names, table.series).prefix(6).compactMap { asset, series in
      PricesChart(asset.isEmpty ? "\(name)" : asset, series)
    }
    return [
      Markup(
        "div", ["class": "grid"],
        charts.enumerated().map { .figure($1, id: "price-\($0)", number: $0 + 1, isWide: charts.count == 1) })
    ]
  }

  /// What may be wrong with the raw bars.
  private static func findings(_ name: DatasetName, _ folder: DataFolder) throws -> [Markup] {
    let heading = Markup("h2", text: "What may be wrong with it")
    let reports: [CleaningReport]
    do {
      reports = try BarRows.rows(of: name, in: folder).map { CleaningReport($0) }
    } catch let problem as StoreProblem {
      return [heading, Markup("p", ["class": "wrong"], text: PrintableText.escaped("\(problem)"))]
    }
    let found = reports.flatMap { report in report.findings.map { (report.asset, $0) } }
    guard !found.isEmpty else { return [heading, .note("Nothing was found in its raw rows.")] }
    let counts = reports.flatMap { report in
      report.counts.map { "\(report.asset.isEmpty ? "" : "\(report.asset): ")\($0.count) \($0.kind)" }
    }
    var content = [
      heading, Markup("p", text: PrintableText.escaped(counts.joined(separator: ", "))),
      CardRows(
        "Findings\(found.count > most ? ", the first \(most) of \(found.count)" : "")",
        head: ["Kind", "Asset", "When", "What"],
        texts: found.prefix(most).map { asset, finding in
          [
            finding.kind, asset.isEmpty ? "–" : asset,
            finding.times.map { Timestamp.text(milliseconds: $0.lowerBound) } ?? "–", finding.sentence,
          ]
        }
      ).markup,
      .note("Nothing is changed unless it is asked for: `stresslab data process \(name)` with --fix or --drop."),
    ]
    if found.count > most {
      content.append(
        Markup("p", [:], [.link("All of them as JSON", to: "/api/v1/data/\(WebPage.segment(name))/checks")]))
    }
    return content
  }

  private static func list(_ sentences: [String]) -> Markup {
    let more = sentences.count > most ? ["and \(sentences.count - most) more"] : []
    return Markup("ul", [:], (sentences.prefix(most) + more).map { Markup("li", text: PrintableText.escaped($0)) })
  }

  /// The form that asks for drift, and what came of it.
  private static func drift(
    _ name: DatasetName, _ entry: DataEntry, against: String, bars: Int?, _ folder: DataFolder
  ) throws -> [Markup] {
    guard entry.processed != nil else { return [] }
    let names = try folder.datasets().map(\.description)
    let form = Markup(
      "form", ["action": "\(DataPage.address("\(name)"))#drift", "method": "get", "id": "drift-form"],
      [
        Markup(
          "div", ["class": "fields"],
          [
            WorkForm.choice(
              "drift", "against", "Against the training set", "of it the bars that are older than the newest",
              options: names,
              chosen: against.isEmpty ? "\(name)" : against),
            WorkForm.input(
              "drift", "bars", "Newest bars", "a tenth, but no more than \(BarDrift.usual), unless given",
              value: bars.map { "\($0)" } ?? "", more: ["type": "number", "min": "\(BarDrift.fewest)", "max": "10000"]),
          ]), Markup("p", [:], [WorkForm.submit("Look for drift")]),
      ])
    let heading = [
      Markup("h2", ["id": "drift"], text: "Drift of the newest bars"),
      .note(
        "Whether the newest bars could be of the law of those that were trained on. Where calm and wild times last, two stretches "
          + "of one law differ too: so they are held against earlier stretches of the same length."), form,
    ]
    guard !against.isEmpty else { return heading }
    guard let other = WorkspaceName(against) else { throw Failure.notFound("there is no dataset \(quoted(against))") }
    do {
      let found = try BarDrift.all(
        of: name, newest: bars, against: DataAPI.dataset(other, folder).name, in: folder)
      return heading + found.flatMap(DriftTable.markup)
    } catch let refusal as Refusal {
      return heading + [Markup("p", ["class": "wrong", "role": "status"], text: PrintableText.escaped("\(refusal)"))]
    }
  }
}
