import Digests
import Documents
import Foundation
import Lab
import NIOPosix
import Pipeline
import Tracking

/// Computes how monitors stand, one look at a monitor at a time: who asks meanwhile gets the same answer.
package actor Monitors {
  private let workspace: Workspace
  private let library: DocumentLibrary
  private let reports: ReportLibrary
  private let data: DataFolder
  private let tracking: TrackingFolder?
  private let helpers: HelperPrograms
  private let pool: NIOThreadPool
  private let clock: WallClock
  /// The monitors as they lie.
  package nonisolated let store: MonitorStore
  private var looks: [MonitorName: Task<MonitorState, any Error>] = [:]
  /// Why a monitor's last collection came to nothing, in a sentence.
  private var failures: [MonitorName: String] = [:]
  /// Markets that were drawn for a comparison, by what they follow from.
  private var drawn: [String: UsualMarket] = [:]

  /// Markets that are kept.
  private static let mostDrawn = 20
  /// Stretches of a scenario that say what is usual, and the paths that they are taken from.
  private static let (stretches, paths) = (1000, 8...200)

  /// The monitors of a workspace.
  package init(
    _ workspace: Workspace, library: DocumentLibrary, reports: ReportLibrary, data: DataFolder,
    tracking: TrackingFolder?, helpers: HelperPrograms, pool: NIOThreadPool, clock: WallClock = .system
  ) {
    (self.workspace, self.library, self.reports, self.helpers) = (workspace, library, reports, helpers)
    (self.data, self.tracking, self.pool, self.clock) = (data, tracking, pool, clock)
    store = MonitorStore(workspace)
  }

  /// How a monitor stands now.
  ///
  /// - Throws: a `Failure` where there is none of that name.
  package func state(of name: MonitorName) async throws -> MonitorState {
    if let look = looks[name] { return try await look.value }
    let look = Task { try await self.look(at: name) }
    looks[name] = look
    defer { looks[name] = nil }
    return try await look.value
  }

  /// Notes how a monitor's last collection went.
  ///
  /// - Parameter problem: nil where it went well.
  package func note(_ problem: String?, on name: MonitorName) { failures[name] = problem }

  private func look(at name: MonitorName) async throws -> MonitorState {
    let (store, data, tracking, clock) = (store, data, tracking, clock)
    let monitor = try await apart { try store.monitor(name) }
    var sketch = Sketch()
    if let problem = failures[name] { sketch.alarms.append(MonitorAlarm(kind: .failure, words: problem)) }
    var version: ModelVersion?
    do {
      version = try await apart {
        guard monitor.agent.hasPrefix("agents:") else { return nil }
        guard let tracking else { throw Failure.notFound("this server keeps no record of agents") }
        return try ModelStore(tracking).version(try ModelReference(monitor.agent), or: "champion")
      }
      try await lookAtVerdict(monitor, version, &sketch)
    } catch { sketch.add(error, "agent") }
    do {
      let bars = try await apart {
        try WatchedBars(
          monitor.data, asset: monitor.asset, newest: monitor.window + monitor.warmup, data)
      }
      sketch.newest = Int(bars.end / 1000)
      sketch.alarms += bars.faults.map { MonitorAlarm(kind: .data, words: $0) }
      if monitor.poll != nil {
        let closed = bars.hasClosedDays ? 4 * 86_400_000 : Int64(0)
        let stale = MonitorAlarm.stale(end: bars.end, step: bars.step, closed: closed, now: clock.now())
        sketch.alarms += [stale].compactMap(\.self)
      }
      do { try await lookAtMarket(monitor, bars, version, &sketch) } catch { sketch.add(error, "what is usual") }
      if version != nil || !monitor.agent.hasPrefix("agents:") {
        try await lookAtPaper(monitor, name, bars, version, &sketch)
      }
    } catch { sketch.add(error, "the position on paper") }
    return MonitorState(
      name: name, monitor: monitor, looked: Int(clock.now() / 1000), newest: sketch.newest, paper: sketch.paper,
      limits: sketch.limits, terms: sketch.terms, verdict: sketch.verdict, market: sketch.market, alarms: sketch.alarms,
      notes: sketch.notes,
      version: version?.title)
  }

  private func lookAtVerdict(_ monitor: Monitor, _ version: ModelVersion?, _ sketch: inout Sketch) async throws {
    let (tracking, reports) = (tracking, reports)
    sketch.verdict = try await apart {
      guard let version, let tracking else {
        return try StressVerdict.last(on: monitor.agent, risk: monitor.risk, reports)
      }
      return try StressVerdict.last(on: version, risk: monitor.risk, tracking)
    }
  }

  private func lookAtPaper(
    _ monitor: Monitor, _ name: MonitorName, _ bars: WatchedBars, _ version: ModelVersion?, _ sketch: inout Sketch
  ) async throws {
    let (store, workspace) = (store, workspace)
    let documents = try await apart { try PaperDocuments(monitor, bars, version: version, workspace) }
    let terms = MonitorState.Terms(
      initialMargin: documents.initialMargin, maintenanceMargin: documents.maintenanceMargin, words: documents.terms)
    let paper = try await PaperRun(store, workspace, helpers, pool).replay(documents, of: name, risk: monitor.risk)
    sketch.terms = terms
    sketch.paper = paper
    sketch.limits = PaperLimit.all(paper, rules: documents.rules, terms)
    if let ruin = paper.ruin {
      sketch.alarms.append(MonitorAlarm(kind: .ruin, words: "The account is ruined on paper: \(ruin)."))
    }
  }

  private func lookAtMarket(
    _ monitor: Monitor, _ bars: WatchedBars, _ version: ModelVersion?, _ sketch: inout Sketch
  ) async throws {
    let (workspace, data, tracking, library) = (workspace, data, tracking, library)
    let (source, isTraining) = try await apart {
      try UsualMarket.source(of: monitor, version: version, tracking, data, library, workspace)
    }
    if !isTraining, monitor.reference == nil {
      sketch.notes.append(
        "What the agent was trained on is not on record: the newest bars are held against those before them.")
    }
    let usual: UsualMarket
    switch source {
    case .before:
      usual = try await apart { UsualMarket(before: monitor.alarmBars, of: bars, monitor.data) }
    case .file(let path):
      usual = try await apart {
        try UsualMarket(file: path, asset: bars.asset, isTraining: isTraining, data, workspace)
      }
    case .scenario(let document):
      usual = try await drawnMarket(document, bars: monitor.alarmBars, isTraining: isTraining)
    }
    guard abs(Double(usual.step) / Double(bars.step) - 1) < 1e-6 else {
      throw Failure(
        .unprocessableContent, "refused",
        "a bar of \(usual.words) lasts \(usual.step / 1000) s, one of \(monitor.data) \(bars.step / 1000) s")
    }
    sketch.market = try await apart {
      guard let range = MarketRange(usual.segments, bars: monitor.alarmBars) else {
        throw Failure(
          .unprocessableContent, "refused",
          "\(usual.words) are fewer than \(MarketRange.fewestWindows) stretches of \(monitor.alarmBars) bars: too few to tell"
        )
      }
      let judgements = range.judgements(of: BarMoves(bars.newest(monitor.alarmBars + 1)))
      return MonitorState.Market(
        reference: usual.words, isTraining: usual.isTraining, bars: monitor.alarmBars, windows: range.windows,
        judgements: judgements, falseAlarmRate: range.falseAlarmRate(judgements))
    }
    sketch.alarms += MonitorAlarm.market(sketch.market?.judgements ?? [], bars: monitor.alarmBars)
  }

  /// A scenario's market, drawn by a process of its own, once for each text of it.
  private func drawnMarket(_ name: WorkspaceName, bars: Int, isTraining: Bool) async throws -> UsualMarket {
    let workspace = workspace
    let (digest, step, paths) = try await apart { () -> (String, Int64, Int) in
      let file = try ScenarioFile(reading: "\(name)", contents: workspace.reader())
      let clock = file.scenario.clock
      let digests = file.document.files.map { Digest.sha256($0.bytes) }
      // Bars of a day last a day, however short its session is.
      let seconds = clock.stepsPerDay == 1 ? 86_400 * Double(max(1, clock.daysPerStep)) : clock.stepSeconds
      let needed = Self.stretches / max(1, clock.steps / bars) + 1
      let paths = min(max(needed, Self.paths.lowerBound), Self.paths.upperBound)
      return (digests.joined(separator: " "), Int64((seconds * 1000).rounded()), paths)
    }
    let key = "\(name) \(digest) \(paths) \(isTraining)"
    if let known = drawn[key] { return known }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "stresslab-monitor-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    try await helpers.run([
      "preview", "\(name)", "--paths", "\(paths)", "--export", file.path, "--export-paths", "\(paths)",
    ]).check()
    let usual = try await apart {
      try UsualMarket(
        drawn: try FileContents.readOwn(file.path) ?? [], of: name, step: step, isTraining: isTraining)
    }
    if drawn.count >= Self.mostDrawn { drawn = [:] }
    drawn[key] = usual
    return usual
  }

  private nonisolated func apart<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result { try await pool.runIfActive(body) }

  /// What is found while a monitor is looked at.
  private struct Sketch {
    var newest: Int?
    var paper: PaperReplay?
    var limits: [PaperLimit] = []
    var terms: MonitorState.Terms?
    var verdict: StressVerdict?
    var market: MonitorState.Market?
    var alarms: [MonitorAlarm] = []
    var notes: [String] = []

    /// What could not be told: the rest of a look goes on.
    mutating func add(_ error: any Error, _ what: String) {
      let failure = error as? Failure ?? Failure(known: error)
      let problems = failure?.problems.prefix(5).map(\.message) ?? []
      let words = ([failure?.message ?? "\(error)"] + problems).joined(separator: "; ")
      alarms.append(MonitorAlarm(kind: .failure, words: "Not known: \(what). \(words)"))
    }
  }
}
