import Trading

/// Every number of a report: what `summary.json` holds and what the page is drawn from.
///
/// The same run gives the same bytes, whatever the number of threads, the tile width, or how often it was interrupted:
/// no wall-clock time, no path of this machine stands in it.
package struct Summary: Codable, Sendable, Equatable {
  /// The layout's name and version: `"summary/1"`.
  package let schema: String
  /// The study's title; of a bare scenario, the scenario's.
  package let title: String
  package let run: RunIdentity
  package let ruin: RuinSummary
  package let recovery: RecoverySummary
  package let scenarios: [ScenarioSummary]
  /// One per scenario and severity, in the study's order.
  package let markets: [MarketSummary]
  /// One per scenario, severity, agent and risk profile, in the order of the desks' numbers.
  package let desks: [DeskSummary]
  /// The agents of the panel, in its order; nil where the study was not read.
  package let agents: [AgentLine]?
  /// The risk profiles of the study, in its order; nil where the study was not read.
  package let riskProfiles: [RiskProfileLine]?

  package init(
    schema: String, title: String, run: RunIdentity, ruin: RuinSummary, recovery: RecoverySummary,
    scenarios: [ScenarioSummary], markets: [MarketSummary], desks: [DeskSummary], agents: [AgentLine]? = nil,
    riskProfiles: [RiskProfileLine]? = nil
  ) {
    self.schema = schema
    self.title = title
    self.run = run
    self.ruin = ruin
    self.recovery = recovery
    self.scenarios = scenarios
    self.markets = markets
    self.desks = desks
    self.agents = agents
    self.riskProfiles = riskProfiles
  }
}

extension Summary {
  /// The layout that this version writes.
  static let currentSchema = "summary/1"
}

/// What names a run: enough to make it again, and to tell two runs apart.
package struct RunIdentity: Codable, Sendable, Equatable {
  /// Paths of the range that the store holds.
  package let paths: Int64
  package let firstPath: Int64
  package let seed: UInt64
  /// Of every interval, such as 0.95.
  package let confidence: Double
  package let programVersion: String
  /// The commit of the checkout that the program ran from, when it can be known.
  package let gitRevision: String?
  package let streamVersion: Int
  /// Instruction set of the vector kernels, such as `x86-64-v4`: results are bit-exact on one level.
  package let cpuLevel: String
  /// SHA-256 over the outcome rows, little-endian, in (path, desk) order; hexadecimal.
  package let digest: String
  /// The command line that makes the run again.
  package let command: String
  /// Each document and data file that the run read, in the order of first use.
  package let files: [InputFile]

  package init(
    paths: Int64, firstPath: Int64, seed: UInt64, confidence: Double, programVersion: String,
    gitRevision: String? = nil, streamVersion: Int, cpuLevel: String, digest: String, command: String,
    files: [InputFile]
  ) {
    self.paths = paths
    self.firstPath = firstPath
    self.seed = seed
    self.confidence = confidence
    self.programVersion = programVersion
    self.gitRevision = gitRevision
    self.streamVersion = streamVersion
    self.cpuLevel = cpuLevel
    self.digest = digest
    self.command = command
    self.files = files
  }
}

/// A file that a run read, or an agent of the study that it read.
package struct InputFile: Codable, Sendable, Equatable {
  /// `study`, `scenario`, `data`, `agent`, or `agent file` for what an agent reads.
  package let role: String
  /// As it was given on the command line or in the study; of an agent, its name in the panel.
  package let name: String
  /// Of the file's bytes, or of the agent's JSON on one line with sorted keys; hexadecimal.
  package let sha256: String

  package init(role: String, name: String, sha256: String) {
    self.role = role
    self.name = name
    self.sha256 = sha256
  }
}

/// When an account counts as ruined.
package struct RuinSummary: Codable, Sendable, Equatable {
  /// Fraction of starting equity at or under which an account is ruined; 0.5 is a loss of half.
  package let equityBelow: Double
  /// How the account is watched.
  package let monitored: RuinTerms.Monitoring

  package init(equityBelow: Double, monitored: RuinTerms.Monitoring) {
    self.equityBelow = equityBelow
    self.monitored = monitored
  }
}

/// From what a desk recovers, and to where.
package struct RecoverySummary: Codable, Sendable, Equatable {
  /// The event whose start starts the clock; nil: the earliest event to start on the path.
  package let from: String?
  /// Fraction of the reference equity that counts as recovered.
  package let level: RecoveryLevel

  package init(from: String? = nil, level: RecoveryLevel) {
    self.from = from
    self.level = level
  }
}
