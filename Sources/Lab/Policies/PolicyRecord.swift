import Agents
import Documents
import Learning

/// What the files of a trained agent say of it: what it sees, what it may do, and how it was trained.
package struct PolicyRecord: Codable, Sendable, Equatable {
  /// Its name in the panel.
  package let agent: String
  /// Where it lies, as the study says it; its files and their hashes stand in `run.files`.
  package let folder: String
  /// What made its policy, such as `stresslab 0.1.0`.
  package let origin: String
  /// What it trades, by its own names.
  package let assets: [String]
  /// The inputs of its network, in their order.
  package let inputs: [String]
  /// Where the ends of its inputs in training come from; nil where its files do not say any.
  package let rangesFrom: TrainedRanges.Source?
  /// Between which ends each input lay in training; nil likewise.
  package let ranges: [TrainedRanges.Ends]?
  /// Gross leverage that its largest action stands for.
  package let leverage: Double
  /// Whether it may sell short.
  package let short: Bool
  /// Change of an asset's weight up to which it does not trade.
  package let deadBand: Double
  /// How many portfolios it chooses from; nil where it decides a number for each asset.
  package let choices: Int?
  /// The largest pace, a multiple of an even one, where it decides how fast to work off what the account starts with; nil where
  /// it decides weights.
  package let fastest: Double?
  /// Seconds of the step that it was trained on; nil where that is not known.
  package let stepSeconds: Double?
  /// What is on record of its training; nil for a policy from elsewhere.
  package let training: TrainingLine?
  /// How its episodes went while it learned; nil without a log.
  package let learning: LearningCurve?
  /// Whether a log lies in its folder that cannot be read.
  package let hasUnreadableLog: Bool
  /// How it was judged while it learned; nil where that is not on record.
  package let validation: ValidationCurve?

  /// The training of an agent.
  package struct TrainingLine: Codable, Sendable, Equatable {
    /// The title of its document.
    package let title: String
    /// What all draws followed from.
    package let seed: String?
    /// SHA-256 over the training document and its scenarios.
    package let documents: String?
    /// Updates that were made.
    package let updates: Int?
    /// What it learned on; nil where that is not on record.
    package let scenarios: [TrainedOn]?
    /// The risk rules that it learned behind, as a risk profile's; nil likewise.
    package let rules: String?
  }

  /// A scenario that an agent learned on.
  package struct TrainedOn: Codable, Sendable, Equatable {
    /// Its title.
    package let title: String
    /// How likely an episode was in it, relative to the others.
    package let weight: Double
    /// The severities of its events, each as likely as the next.
    package let severities: [Double]
  }

  /// Validations in the order of their updates.
  package struct ValidationCurve: Codable, Sendable, Equatable {
    /// `growth`, or the name of a measure.
    package let measure: String
    /// `most` or `least`: what is best.
    package let aim: String
    /// Paths of each market.
    package let paths: Int?
    /// By validation: the update after which it was made.
    package let updates: [Int]
    /// By validation: environment steps until then.
    package let steps: [Double]
    /// By validation: the figure; nil where there was none.
    package let values: [Double?]
    /// The update of the policy that was chosen.
    package let best: Int?
  }
}

extension PolicyRecord {
  /// What the files of an agent say.
  ///
  /// - Throws: where the system does not read its log.
  init(_ name: String, _ agent: PolicyAgent) throws(StoreProblem) {
    let saved = agent.saved
    self.agent = name
    folder = agent.folder
    origin = saved.policy.origin
    assets = saved.assets
    inputs = saved.observations.names(saved.assets)
    let known = TrainedRanges(saved)
    rangesFrom = known?.source
    ranges = known?.inputs
    leverage = saved.mandate.leverage
    short = saved.mandate.short
    deadBand = saved.mandate.deadBand
    choices = if case .choices(let portfolios) = saved.actions { portfolios.count } else { nil }
    fastest = if case .pace(let fastest) = saved.actions { fastest } else { nil }
    stepSeconds = saved.stepSeconds
    training = saved.training.flatMap(TrainingLine.init)
    validation = saved.training.flatMap(ValidationCurve.init)
    let log: [UInt8]?
    do throws(SystemFault) {
      log = try ShippedAgents.contents("\(agent.folder)/\(LearningCurve.fileName)")
    } catch {
      throw StoreProblem("\(agent.folder)/\(LearningCurve.fileName) cannot be read", error)
    }
    learning = log.flatMap(LearningCurve.init)
    hasUnreadableLog = log != nil && learning == nil
  }
}

extension PolicyRecord.TrainingLine {
  /// Nil for a record that does not name a training.
  init?(_ record: JSONValue) {
    guard let title = record["title"]?.plainText else { return nil }
    self.init(
      title: title, seed: record["seed"]?.plainText, documents: record["documents"]?.plainText,
      updates: record["updates"]?.whole, scenarios: Self.scenarios(record["scenarios"]),
      rules: record["rules"]?.plainText)
  }

  /// Nil for a record that does not have them, or not as training writes them.
  private static func scenarios(_ record: JSONValue?) -> [PolicyRecord.TrainedOn]? {
    guard case .array(let rows)? = record, !rows.isEmpty else { return nil }
    let known = rows.compactMap { row -> PolicyRecord.TrainedOn? in
      guard let title = row["title"]?.plainText, let weight = row["weight"]?.double, weight > 0,
        case .array(let severities)? = row["severities"], !severities.isEmpty
      else { return nil }
      let values = severities.compactMap(\.double)
      guard values.count == severities.count else { return nil }
      return PolicyRecord.TrainedOn(title: title, weight: weight, severities: values)
    }
    return known.count == rows.count ? known : nil
  }
}

extension PolicyRecord.ValidationCurve {
  /// Nil for a record that does not have them, or not as training writes them.
  init?(_ record: JSONValue) {
    guard let validation = record["validation"], let measure = validation["measure"]?.plainText,
      case .array(let rows)? = validation["curve"]
    else { return nil }
    let known = rows.compactMap { row -> (update: Int, steps: Double, value: Double?)? in
      guard let update = row["update"]?.whole, let steps = row["steps"]?.double else { return nil }
      return (update, steps, row["value"]?.double)
    }
    guard known.count == rows.count, !rows.isEmpty,
      zip(known, known.dropFirst()).allSatisfy({ $0.steps < $1.steps })
    else { return nil }
    self.init(
      measure: measure, aim: validation["aim"]?.plainText ?? "most", paths: validation["paths"]?.whole,
      updates: known.map(\.update), steps: known.map(\.steps), values: known.map(\.value),
      best: record["best"]?.whole)
  }
}

extension JSONValue {
  fileprivate var whole: Int? { double.flatMap { Int(exactly: $0) } }
}
