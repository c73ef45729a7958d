import ArgumentParser
import Documents
import Foundation
import Lab
import MarketData
import Markets
import Randomness
import Reports
import Statistics

/// `stresslab preview`: a scenario's market alone.
struct PreviewCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Looks at a scenario's market alone: what it does, and how its returns are.",
    discussion: """
      Prices, spread, depth and volume through the events, correlations, and the stylised facts of its returns without events \
      beside those of recorded bars, each with an interval.

        stresslab preview scenarios/flash-crash.json
        stresslab preview mine.json --page mine.html
        stresslab preview mine.json --charts charts
        stresslab preview - --name scenarios/mine.json < draft.json
        stresslab preview mine.json --beside bars.csv --asset IBM
        stresslab preview mine.json --export paths.csv --export-paths 100
        stresslab preview mine.json --generator gsl
      """)

  @Argument(
    help: ArgumentHelp("The scenario; - is standard input.", valueName: "file"), completion: .file(extensions: ["json"])
  )
  var file: String

  @Option(
    help: ArgumentHelp(
      "What a scenario on standard input is called: paths in it count from there, and problems name it so.",
      valueName: "path"))
  var name: String?

  @Option(
    help:
      "Paths; \(MarketPreview.standardPaths(assets: 1)) unless given, of more than five assets as many as have as many bars."
  )
  var paths: Int?

  @Option(help: "How severe the events are: 1 as written, 0 without them.")
  var severity = 1.0

  @Option(help: "What all draws follow from.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "gsl: draws the market a second time by GSL's samplers alone, slowly, and says how far both lie apart.",
      valueName: "philox|gsl"))
  var generator = Generator.philox

  @Option(
    help: "Recorded bars to stand beside it, as features reads them; IBM by day unless given.",
    completion: .file(extensions: ["csv"]))
  var beside: String?

  @Option(help: "Which asset of these bars; the first unless given.")
  var asset: String?

  @Option(help: "Write a page with every chart into this file.", completion: .file(extensions: ["html"]))
  var page: String?

  @Option(
    help:
      "Write every chart of the page as an SVG file into this folder, and index.json, which lists files and titles.",
    completion: .directory)
  var charts: String?

  @Option(
    help: "Write the bars of the first paths into this file, as CSV.", completion: .file(extensions: ["csv"])
  )
  var export: String?

  @Option(help: "How many paths --export writes.")
  var exportPaths = 10

  @Flag(help: "Print the facts as JSON.")
  var json = false

  @Flag(help: "Replace files that exist; --charts writes into a folder that holds other files.")
  var overwrite = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    guard (1...100_000).contains(exportPaths) else {
      throw Refusal("--export-paths lies in 1…100000, not at \(exportPaths)")
    }
    guard (0...100).contains(severity) else { throw Refusal("--severity lies in 0…100, not at \(severity)") }
    guard asset == nil || beside != nil else { throw Refusal("--asset is of the bars that --beside names") }
    guard name == nil || file == ScenarioFile.standardInput else {
      throw Refusal("--name is what standard input is called, which is not read: the file is \(quoted(file))")
    }
    guard name != "" else { throw Refusal("--name needs the name of a file") }
    let document = name ?? file
    let chartFolder = charts.map { ChartFolder($0) }
    let pageFile = page.map { FileReplacement($0, option: "--page") }
    let exportFile = export.map { FileReplacement($0, option: "--export") }
    try pageFile?.check(overwrite: overwrite)
    try exportFile?.check(overwrite: overwrite)
    try chartFolder?.check(overwrite: overwrite)
    let contents = try StandardInput.contents(for: [file], called: document)
    if let beside { try BarsNotice.say(of: [beside]) }
    let recorded = try beside.map { try facts(of: $0) }
    // What cannot be drawn twice is refused before anything is drawn; what else is wrong in the file is told by the preview.
    if generator == .gsl, let scenario = try? ScenarioFile(reading: document, contents: contents).scenario {
      try DrawnTwice.check(scenario)
    }
    Interrupts.watch()
    guard
      let preview = try MarketPreview(
        document, paths: paths, severity: severity, seed: seed, contents: contents,
        shouldStop: { Interrupts.isRequested })
    else {
      Output.error("Stopped; nothing was written.")
      throw ExitCode.interrupted
    }
    let scenario =
      exportFile == nil && generator == .philox
      ? nil : try ScenarioFile(reading: document, contents: contents)
    if let scenario, exportFile != nil { try PathSupply([scenario])?.check(0..<exportPaths) }
    let drawnTwice = generator == .gsl ? try scenario.map { try drawTwice($0.scenario) } : nil
    let result = PreviewPage(preview, beside: recorded ?? .usual, drawnTwice: drawnTwice)
    if let pageFile {
      let text = result.text
      try pageFile.write { give in _ = give(Array(text.utf8)) }
    }
    try chartFolder?.write(result.charts)
    if let exportFile, let scenario { try write(scenario.scenario, into: exportFile) }
    if json { return try Output.write(JSONWriter.write(Self.json(result, drawnTwice), indented: true)) }
    try Output.write(result.lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
  }

  /// The market by both generators; how long each took goes to standard error.
  private func drawTwice(_ scenario: Scenario) throws -> DrawnTwice {
    let drawn = try DrawnTwice(
      scenario, severity: scenario.events.isEmpty ? 0 : severity,
      paths: paths ?? MarketPreview.standardPaths(assets: scenario.assets.count), seed: seed,
      threads: RunSettings().threads, shouldStop: { Interrupts.isRequested },
      timed: { generator, time in
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
        Output.error("Drawn by \(generator.rawValue) in \(Unit.decimal(seconds, decimals: 1)) s.")
      })
    guard let drawn else {
      Output.error("Stopped; nothing was written.")
      throw ExitCode.interrupted
    }
    return drawn
  }

  /// The facts of recorded bars.
  private func facts(of path: String) throws -> PreviewPage.Recorded {
    let bars = try BarFile.read(path, assets: asset.map { [$0] }).bars
    guard let series = bars.series.first, series.count > 50 else {
      throw Refusal("\(path) has too few bars to tell anything of their returns: 51 at least")
    }
    let name = [bars.names.first ?? "", URL(fileURLWithPath: path).lastPathComponent].filter { !$0.isEmpty }
    return PreviewPage.Recorded(
      name: name.joined(separator: ", "),
      facts: FactEstimate.ofRecorded(
        ReturnSeries(closes: series.close, volumes: Array(series.volume.dropFirst())),
        key: RandomStreams(seed: seed, namespace: .report).key("preview/facts/recorded")))
  }

  /// So many bytes are written at once.
  private static let block = 1 << 16

  /// A row for each path, step and asset.
  private func write(_ scenario: Scenario, into file: FileReplacement) throws {
    var problem: FormViolation?
    try file.write { give in
      var text = "path,step,seconds,asset,open,high,low,close,volume,halfSpread,depthTo1Percent\n"
      do throws(FormViolation) {
        try MarketPreview.bars(of: scenario, severity: severity, seed: seed, paths: exportPaths) { bar in
          let seconds = JSONWriter.number(Double(bar.step) * scenario.clock.stepSeconds)
          let numbers = [bar.open, bar.high, bar.low, bar.close, bar.volume, bar.halfSpread, bar.depth]
          text += CSVText.lines([
            ["\(bar.path)", "\(bar.step)", seconds, scenario.assets[bar.asset].name] + numbers.map(JSONWriter.number)
          ])
          guard text.utf8.count > Self.block else { return true }
          defer { text = "" }
          return give(Array(text.utf8))
        }
      } catch {
        problem = error
      }
      if !text.isEmpty { _ = give(Array(text.utf8)) }
    }
    if let problem { throw Refusal("\(problem)") }
  }

  /// The facts alone; with the market drawn twice both, by name.
  private static func json(_ page: PreviewPage, _ drawnTwice: DrawnTwice?) -> JSONValue {
    guard let drawnTwice else { return json(page) }
    return .object([JSONMember("facts", json(page)), JSONMember("drawnTwice", drawnTwice.json)])
  }

  private static func json(_ page: PreviewPage) -> JSONValue {
    func estimate(_ estimate: Estimate?) -> JSONValue {
      guard let estimate else { return .null }
      let number = { (value: Double?) -> JSONValue in value.map { .number($0) } ?? .null }
      return .object([
        JSONMember("value", number(estimate.value)), JSONMember("low", number(estimate.low)),
        JSONMember("high", number(estimate.high)), JSONMember("confidence", .number(estimate.confidence)),
        JSONMember("n", .number(Double(estimate.n))), JSONMember("method", .string(estimate.method.rawValue)),
      ])
    }
    return .array(
      page.numbers.map { line in
        .object([
          JSONMember("asset", .string(line.asset)), JSONMember("fact", .string(line.fact.fact.name)),
          JSONMember("text", .string(line.fact.fact.text)), JSONMember("market", estimate(line.fact.estimate)),
          JSONMember("recorded", estimate(line.recorded)),
          JSONMember(
            "usual", line.fact.fact.usual.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null),
        ])
      })
  }
}

extension Generator: ExpressibleByArgument {}
