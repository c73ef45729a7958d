import Documents
import Foundation
import Learning

/// A trained agent as it is saved: a folder with `agent.json`, and beside it the policy (`policy.json`,
/// `policy.safetensors`).
package struct SavedAgent: Sendable {
  /// The name of the file that says what the agent sees and does.
  package static let documentName = "agent.json"

  /// The assets that it trades, by the names that they had in its training; the order is that of its inputs and actions.
  package let assets: [String]
  /// Seconds of the step that it was trained on; nil where that is not known.
  package let stepSeconds: Double?
  /// What it sees.
  package let observations: ObservationSet
  /// What it decides.
  package let actions: PolicyActions
  /// How far it may go.
  package let mandate: Mandate
  /// What is on record of its training, as it was written; for people.
  package let training: JSONValue?
  /// Its network.
  package let policy: Policy

  /// An agent of its parts.
  package init(
    assets: [String], stepSeconds: Double?, observations: ObservationSet, actions: PolicyActions, mandate: Mandate,
    training: JSONValue?, policy: Policy
  ) {
    self.assets = assets
    self.stepSeconds = stepSeconds
    self.observations = observations
    self.actions = actions
    self.mandate = mandate
    self.training = training
    self.policy = policy
  }

  /// `agent.json` without the policy.
  private struct Document: Sendable {
    let assets: [String]
    let stepSeconds: Double?
    let observations: ObservationSet
    let actions: PolicyActions
    let mandate: Mandate
    let training: JSONValue?

    static let form = Form(
      Field("stresslab", .constant("trainedAgent/1"), "what this document is"),
      Field("assets", .list(.string, count: 1...64), "the assets that it trades, as its training called them"),
      Field("step", .optional(.duration(in: .above(0))), "the step that it was trained on"),
      Field("observations", .observations, "what it sees, in the order of the network's inputs"),
      Field("actions", .model(PolicyActions.catalogue), default: .weights, "what it decides"),
      Field("mandate", .form(Mandate.form), "how far it may go"),
      Field("training", .optional(.anything), "what is on record of its training"),
      make: { (_, assets, step, observations, actions, mandate, training) throws(FormViolation) in
        guard Set(assets).count == assets.count else { throw FormViolation("assets", "an asset stands here twice") }
        let violations = actions.violations(assets: assets.count, mandate)
        guard violations.isEmpty else { throw FormViolation(violations.map { $0.under("actions") }) }
        return Document(
          assets: assets, stepSeconds: step, observations: observations, actions: actions, mandate: mandate,
          training: training?.json)
      })
  }

  /// Reads an agent from its folder, which may be one inside the program (`ShippedAgents`).
  ///
  /// - Throws: everything that is wrong with its files: missing, damaged, cut off, or not made for each other.
  package static func read(
    _ folder: String, contents: FileContents.Reader = ShippedAgents.contents
  ) throws(Problems) -> SavedAgent {
    let path = "\(folder)/\(documentName)"
    let document = try Document.form.read(FileContents.needed(path, contents), file: path)
    let policy = try Policy.read(folder, contents: contents)
    var problems: [Problem] = []
    func note(_ message: String) { problems.append(Problem(position: SourcePosition(file: path), message: message)) }
    let inputs = document.observations.names(document.assets).count
    if inputs != policy.architecture.observations {
      note(
        "these observations are \(inputs) numbers, and the network in \(Policy.documentName) takes "
          + "\(policy.architecture.observations)")
    }
    let space = document.actions.space(assets: document.assets.count, document.mandate)
    if !space.fits(policy.architecture.actions) {
      note(
        "these actions are \(space.inWords), and the network in \(Policy.documentName) decides "
          + policy.architecture.actions.inWords)
    }
    guard problems.isEmpty else { throw Problems(problems) }
    return SavedAgent(
      assets: document.assets, stepSeconds: document.stepSeconds, observations: document.observations,
      actions: document.actions, mandate: document.mandate, training: document.training, policy: policy)
  }

  /// The bytes of `agent.json`; the same agent gives the same bytes.
  package var document: [UInt8] {
    var members = [
      JSONMember("stresslab", "trainedAgent/1"), JSONMember("assets", .array(assets.map { .string($0) })),
    ]
    if let stepSeconds { members.append(JSONMember("step", .string(TradingTime.text(seconds: stepSeconds)))) }
    members += [
      JSONMember("observations", observations.json), JSONMember("actions", actions.json),
      JSONMember("mandate", mandate.json),
    ]
    if let training { members.append(JSONMember("training", training)) }
    return Array(JSONWriter.write(.object(members), indented: true).utf8)
  }

  /// Saves the agent in a folder, which is made if need be; each file replaces its predecessor at once.
  package func write(to folder: String) throws {
    try policy.write(to: folder)
    try WholeFile.write(document, to: "\(folder)/\(Self.documentName)")
  }
}

extension ActionSpace {
  /// Whether a network with these actions decides what is wanted: so many numbers, or one of so many choices.
  fileprivate func fits(_ other: ActionSpace) -> Bool {
    switch (self, other) {
    case (.categorical(let a), .categorical(let b)): a == b
    case (.gaussian(let a, _), .gaussian(let b, _)): a.count == b.count
    default: false
    }
  }

  fileprivate var inWords: String {
    switch self {
    case .categorical(let choices): "one of \(choices) choices"
    case .gaussian(let low, _): low.count == 1 ? "one number" : "\(low.count) numbers"
    }
  }
}
