import Digests
import Documents
import Foundation
import Lab
import MarketData
import Tracking

/// The documents of a paper replay: a scenario on which nothing is drawn, whose one path is the newest bars as they are, and the
/// monitor's study with the one agent and profile.
struct PaperDocuments: Sendable {
  /// The bars of warm-up and window, as a file.
  let bars: String
  /// The scenario.
  let market: String
  /// The study.
  let study: String
  /// What the desk's agent is called in the study.
  let agent: String
  /// The venue's margins, as fractions: to open a position, and to keep it.
  let initialMargin, maintenanceMargin: Double
  /// The taker's fee in basis points.
  let feeBasisPoints: Double
  /// Where venue and liquidity come from, in words.
  let terms: String
  /// The rules of the risk profile, in the order of their names.
  let rules: [Rule]
  /// What all that is computed from them follows from.
  let digest: String

  /// A rule of the profile, with the figure that it keeps to where it has one.
  struct Rule: Sendable, Hashable {
    let name, model: String
    let figure: Double?
  }

  /// The names of their files.
  static let (barsFile, marketFile, studyFile) = ("bars.csv", "market.json", "study.json")
  /// What the panel calls a version of the model store.
  private static let paperAgent = "paper"
  private static let day: Int64 = 86_400_000

  /// Documents of the newest bars.
  ///
  /// - Parameter version: of the model store, where the agent is one.
  /// - Throws: what they cannot be made of: too few bars, no volume and no base, a base that is not there.
  init(_ monitor: Monitor, _ watched: WatchedBars, version: ModelVersion?, _ workspace: Workspace) throws {
    let series = watched.series
    let loader = DocumentLoader(contents: workspace.reader())
    let base = try monitor.base.map { (name) throws(Problems) in try loader.load("\(name)").root }
    guard base != nil || !watched.hasClosedDays else {
      throw Failure(
        .unprocessableContent, "refused",
        "\(monitor.data) has no bars at night or on some days: a base scenario has to say its calendar")
    }
    // Step 0 of a replay is the first row of a day.
    guard series.count > monitor.window + monitor.warmup else {
      throw Failure(
        .unprocessableContent, "refused",
        "\(monitor.data) has \(series.count) bars, and window and warm-up ask for \(monitor.window + monitor.warmup + 1)"
      )
    }
    let date = series.time[series.count - monitor.window] / Self.day
    let start = series.time.firstIndex { $0 / Self.day >= date } ?? 0
    let first = start - monitor.warmup - 1
    guard first >= 0 else {
      throw Failure(
        .unprocessableContent, "refused",
        "\(monitor.data) has \(start) bars before the window's first day, and the warm-up asks for \(monitor.warmup + 1)"
      )
    }
    bars = watched.csv(first..<series.count)
    let mean = Self.volumePerDay(watched, from: max(0, series.count - 2000))
    let known = base?["assets"]?[watched.asset] ?? base?["assets"]?.members?.first?.value
    let liquidity: JSONValue
    if let given = known?["liquidity"] {
      liquidity = given.json
    } else if let mean, mean > 0 {
      liquidity = ["halfSpreadBps": 2, "depthTo1Percent": .number(0.0025 * mean), "refillHalfLife": "20s"]
    } else {
      throw Failure(
        .unprocessableContent, "refused",
        "\(monitor.data) has no volume: a base scenario has to say how liquid the market is")
    }
    let venue = base?["venue"]
    let usual: JSONValue = [
      "takerFeeBps": 5, "initialMargin": 0.25, "maintenanceMargin": 0.15, "liquidationFeeBps": 20,
      "maximumParticipation": 0.1,
    ]
    initialMargin = venue.map { $0["initialMargin"]?.number ?? 1 } ?? 0.25
    maintenanceMargin = venue.map { $0["maintenanceMargin"]?.number ?? 0 } ?? 0.15
    feeBasisPoints = venue.map { $0["takerFeeBps"]?.number ?? 0 } ?? 5
    terms =
      monitor.base.map { "Venue, liquidity and calendar are those of \($0)." }
      ?? "Assumed: a half-spread of 2 bps, 0.25 % of a day's volume within 1 % of the price, a fee of 5 bps, margins of 25 % and 15 %."
    let calendar: JSONValue = base?["clock"]?["calendar"]?.json ?? ["model": "continuous"]
    let count = Int64(series.count - start)
    let scenario: JSONValue = [
      "stresslab": "scenario/1", "title": .string("The newest \(count) bars"),
      "clock": [
        "step": .string(Self.span(watched.step, 1)), "length": .string(Self.span(watched.step, count)),
        "warmup": .string(Self.span(watched.step, Int64(monitor.warmup))),
        "start": .string("\(CalendarDay(daysSince1970: Int(date)))"), "calendar": calendar,
      ],
      "history": ["model": "replay", "file": .string(Self.barsFile), "gaps": "allow", "splits": "allow"],
      "assets": .object([
        JSONMember(
          watched.asset,
          [
            "price": .number(series.close[start - 1]), "history": .string(watched.asset), "liquidity": liquidity,
          ])
      ]),
      "venue": venue?.json ?? usual,
    ]
    market = JSONWriter.write(scenario, indented: true)
    agent = version == nil ? monitor.agent : Self.paperAgent
    var members = [
      JSONMember("stresslab", "study/1"), JSONMember("extends", .string("../../../\(monitor.study)")),
      JSONMember("title", "On paper"), JSONMember("severities", [1]),
    ]
    let document = try loader.load("\(monitor.study)")
    // What asks for more than this one path is taken away; what is not there cannot be.
    for key in ["scenarios", "ladder", "whatIf", "compare", "criteria"] where document.root[key] != nil {
      members.append(JSONMember(key, .null))
    }
    members.append(JSONMember("monteCarlo", ["paths": 1, "seed": 1]))
    if let version {
      let policy: JSONValue = ["model": "policy", "folder": .string("agents:\(version.name):\(version.version)")]
      members.append(JSONMember("panel", .object([JSONMember(agent, policy)])))
    }
    study = JSONWriter.write(.object(members), indented: true)
    try Self.check(monitor, document.root, hasVersion: version != nil)
    rules = (document.root["risk"]?[monitor.risk]?["rules"]?.members ?? []).map { member in
      let figure = member.value["leverage"]?.number ?? member.value["drawdown"]?.number
      return Rule(name: member.name, model: member.value["model"]?.string ?? "", figure: figure)
    }.sorted { $0.name < $1.name }
    var parts = [bars, market, study, version?.sha256 ?? "", monitor.agent, monitor.risk, Program.version].map {
      Digest.sha256(Array($0.utf8))
    }
    parts += document.files.map { Digest.sha256($0.bytes) }
    parts += Self.files(of: document.root["panel"]?[monitor.agent], workspace)
    digest = Digest.sha256(Array(parts.joined(separator: "\n").utf8))
  }

  /// Says at once what a study does not have.
  private static func check(_ monitor: Monitor, _ study: Node, hasVersion: Bool) throws(Failure) {
    for (key, name) in [("panel", hasVersion ? nil : monitor.agent), ("risk", monitor.risk)] {
      guard let name, study[key]?[name] == nil else { continue }
      let known = study[key]?.members?.map(\.name) ?? []
      throw Failure(
        .unprocessableContent, "refused",
        "\(monitor.study) has no \(quoted(name)) in \(key)\(Suggestion.hint(for: name, among: known))")
    }
  }

  /// The digests of the files of an agent that lies in a folder.
  private static func files(of agent: Node?, _ workspace: Workspace) -> [String] {
    guard let folder = agent?["folder"], let named = folder.string else { return [] }
    let place = FileContents.path(named, relativeTo: folder.position.file)
    let reader = workspace.reader()
    return AgentFiles.names.map { name in
      (try? reader("\(place)/\(name)")).flatMap(\.self).map { Digest.sha256($0) } ?? named
    }
  }

  /// So many steps as a document says it: whole days of bars of a day, else minutes or seconds of trading.
  private static func span(_ step: Int64, _ count: Int64) -> String {
    if step % day == 0 { return "\(step / day * count)d" }
    return step % 60_000 == 0 ? "\(step / 60_000 * count)m" : "\(step / 1000 * count)s"
  }

  /// Units that are traded a day, by the newest bars; nil where these have no volume.
  private static func volumePerDay(_ watched: WatchedBars, from first: Int) -> Double? {
    guard watched.fields.contains(.volume) else { return nil }
    let series = watched.series
    let days = Set((first..<series.count).map { series.time[$0] / day }).count
    return (first..<series.count).reduce(0) { $0 + series.volume[$1] } / Double(days)
  }
}
