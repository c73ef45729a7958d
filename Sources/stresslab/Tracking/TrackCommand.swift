import ArgumentParser
import Documents
import Foundation
import Lab
import Tracking

/// `stresslab track`: the record of runs.
struct TrackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track", abstract: "Shows the runs on record, and sends them to an MLflow server.",
    discussion: """
      Every `stresslab run` and `stresslab train` is on record in tracking/tracking.sqlite: what it was asked, what it rests \
      on, every figure, and the hashes of what it has made. Where MLFLOW_TRACKING_URI or --mlflow names a server, it gets \
      all of it too.

        stresslab track list
        stresslab track show flash-crash
        stresslab track push --mlflow http://127.0.0.1:5000
      """,
    subcommands: [TrackList.self, TrackShow.self, TrackPush.self])
}

/// `stresslab track list`.
struct TrackList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the runs on record, the newest first.")

  @Option(help: "How many at most.")
  var limit = 50

  @Flag(help: "List desks too, each a part of its run.")
  var desks = false

  @Flag(help: "Print the list as JSON.")
  var json = false

  @OptionGroup
  var tracking: TrackingOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit is at least 1") }
  }

  mutating func run() throws {
    let folder = try tracking.neededFolder()
    let store = try TrackingStore.read(folder)
    let runs = try store?.runs(parts: desks, most: limit) ?? []
    let listing = RunListing(folder: folder)
    if json {
      return try Output.write(
        JSONWriter.write(
          .array(
            try runs.map { run in
              run.json(try store?.details(of: run.id) ?? RunDetails())
            }), indented: true))
    }
    guard !runs.isEmpty else { return Output.error("Nothing is on record in \(folder.path).") }
    try Output.write(listing.table(try runs.map { ($0, try store?.details(of: $0.id) ?? RunDetails()) }))
  }
}

/// `stresslab track show`.
struct TrackShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows all that is on record of a run.")

  @Argument(
    help: ArgumentHelp(
      "A run's identifier or its beginning, or a name, of which the newest run is meant.", valueName: "run"))
  var word: String

  @Option(help: "Print this figure of each step, as CSV.")
  var metric: String?

  @Flag(help: "Print it as JSON.")
  var json = false

  @OptionGroup
  var tracking: TrackingOptions

  mutating func run() throws {
    let folder = try tracking.neededFolder()
    let listing = RunListing(folder: folder)
    guard let store = try TrackingStore.read(folder) else { throw listing.nothing }
    let record = try store.run(meantBy: word)
    let details = try store.details(of: record.id)
    if let metric {
      let points = try store.history(of: metric, in: record.id)
      guard !points.isEmpty else {
        let hint = Suggestion.hint(for: metric, among: details.latest.keys.sorted())
        throw Refusal("run \(record.id.prefix(8)) has no figure \(quoted(metric))\(hint)")
      }
      return try Output.write(
        CSVText.lines([["step", "value"]] + points.map { ["\($0.step)", RunListing.number($0.value)] }))
    }
    let parts = try store.parts(of: record.id)
    if json {
      return try Output.write(
        JSONWriter.write(
          record.json(details, parts: try parts.map { ($0, try store.details(of: $0.id)) }), indented: true))
    }
    try Output.write(listing.text(record, details, parts: try parts.map { ($0, try store.details(of: $0.id)) }))
  }
}

/// `stresslab track push`.
struct TrackPush: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Sends to MLflow what it does not have yet.",
    discussion: """
      With --mlflow or MLFLOW_TRACKING_URI every run on record goes to that server, or only those that are named; without \
      them what could not be sent before goes to the servers that were named then. Nothing is sent twice.

      Exit codes: 0 all is there, 74 a server was not reached or refused something.
      """)

  @Argument(help: ArgumentHelp("Only these runs, by identifier or name.", valueName: "run"))
  var runs: [String] = []

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @OptionGroup
  var tracking: TrackingOptions

  mutating func run() throws {
    let folder = try tracking.neededFolder()
    let named = try tracking.server()
    let listing = RunListing(folder: folder)
    guard let store = try TrackingStore.read(folder) else {
      guard runs.isEmpty else { throw listing.nothing }
      return Output.error("Nothing is on record in \(folder.path).")
    }
    if let named {
      let wanted =
        try runs.isEmpty
        ? store.runs().map(\.id) : runs.map { try store.run(meantBy: $0) }.map { $0.parent ?? $0.id }
      for run in wanted { try store.want(run, on: named.address) }
    }
    let chosen = try Set(runs.map { try store.run(meantBy: $0) }.map { $0.parent ?? $0.id })
    let outstanding = try store.outstanding(on: named?.address).filter { chosen.isEmpty || chosen.contains($0.run) }
    try store.close()
    Interrupts.watch()
    var (sent, problems): (Int, [String]) = (0, [])
    let exchange = NetworkExchange()
    // A part goes with its run, and a server that does not answer is asked once.
    var unreachable: Set<String> = []
    for (server, run) in outstanding {
      if Interrupts.isRequested { throw ExitCode.interrupted }
      guard !unreachable.contains(server) else { continue }
      let address = try named ?? MLflowAddress(server, environment: ProcessInfo.processInfo.environment)
      do {
        let losses = try RunPush(folder, to: MLflowClient(address, over: exchange, patience: 20)).push(run)
        for loss in losses { Output.error("\(loss).") }
        sent += 1
      } catch RunPush.Problem.store(let problem) {
        throw problem
      } catch RunPush.Problem.server(let problem) {
        problems.append("\(problem)")
        unreachable.insert(server)
      }
    }
    let left = try TrackingStore.read(folder)?.outstanding(on: named?.address).count ?? 0
    guard problems.isEmpty else {
      throw SystemFailure(
        "not all was sent (\(sent) run\(sent == 1 ? "" : "s") sent, \(left) left)",
        .other(problems.joined(separator: "; ")))
    }
    if !quiet {
      try Output.write(
        outstanding.isEmpty ? "Nothing is left to send." : "\(sent) run\(sent == 1 ? "" : "s") sent, none left.")
    }
  }
}
