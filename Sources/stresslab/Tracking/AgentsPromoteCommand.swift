import ArgumentParser
import Documents
import Glibc
import Lab
import Tracking

/// `stresslab agents promote`: an alias for a version, through a gate where it is to be the champion.
struct AgentsPromote: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote",
    abstract: "Gives a version an alias; to become the champion it must not be worse than the last.",
    discussion: """
      The first champion needs no gate, and no other alias does. Each study is run with the version in the champion's place, \
      as `agents check` does; one that is worse beyond a margin stays what it is. --force promotes it all the same, which \
      stays on record. Where a server is named, MLflow's model registry gets the versions and aliases too.

      Exit codes: 0 promoted, 1 it is worse, 2 the study or the agent is not as it should be.
      """)

  @Argument(help: "NAME:VERSION or NAME@ALIAS; a name alone means its candidate.")
  var agent: String

  @Option(name: .customLong("as"), help: "The alias.")
  var alias = "champion"

  @Option(help: "The study of the gate; those of earlier checks unless given.", completion: .file(extensions: ["json"]))
  var study: [String] = []

  @OptionGroup
  var gate: GateOptions

  @Flag(help: "Promote it whatever the gate says, and without one.")
  var force = false

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @OptionGroup
  var tracking: TrackingOptions

  mutating func run() throws {
    let models = ModelStore(try tracking.neededFolder())
    let version = try models.version(ModelReference(agent), or: ModelStore.candidate)
    let alias = try ModelReference("\(version.name)@\(alias)").alias
    let keeper = try tracking.record()
    let champion = try models.version(of: version.name, alias: "champion")
    var reason = "no other was the champion"
    if alias != "champion" {
      reason = "asked for"
    } else if let champion, champion.version != version.version {
      let studies = try study.isEmpty ? models.studies(of: version.name) : study
      guard !studies.isEmpty || force else {
        throw Refusal(
          "\(champion.title) is the champion: name a study that \(version.title) has to pass with --study, or add --force"
        )
      }
      let gate = Gate(models: models, options: gate, keeper: keeper, isQuiet: quiet, studies: studies.count)
      let findings = try studies.map { try gate.finding(version, against: champion, in: $0) }
      let faults = findings.flatMap(\.faults)
      for fault in faults { Output.error("Worse: \(fault).") }
      guard faults.isEmpty || force else {
        Output.error("\(version.title) is not promoted; \(champion.title) stays the champion.")
        keeper?.finish()
        throw ExitCode(1)
      }
      reason =
        faults.isEmpty
        ? studies.isEmpty
          ? "no study was named" : "not worse than :\(champion.version) in \(studies.joined(separator: ", "))"
        : faults.joined(separator: "; ")
    } else if champion != nil {
      reason = "it was the champion already"
    }
    try models.promote(version, as: alias, isForced: force, reason: reason)
    if !quiet { try Output.write("\(version.title) is the \(alias) now: \(reason).") }
    keeper?.finish()
    try mirror(version.name, models)
  }

  /// Makes MLflow's registry say the same, where a server is named. What it can't be told now it is told with the next
  /// promotion: the local store holds.
  private func mirror(_ name: String, _ models: ModelStore) throws {
    guard let server = try tracking.server() else { return }
    do {
      let mirror = RegistryMirror(models, to: MLflowClient(server, over: NetworkExchange(), patience: 20))
      for line in try mirror.mirror(name) where !quiet { try Output.write(line) }
    } catch let problem as RunPush.Problem {
      Output.error("MLflow's registry does not have it yet: \(problem). The next promotion tells it.")
    }
  }
}
