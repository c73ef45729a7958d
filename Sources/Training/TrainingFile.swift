import Agents
import Digests
import Documents
import Lab
import Markets
import Trading

/// A training document with its scenarios, all read and checked against each other.
package struct TrainingFile: Sendable {
  /// What the document says.
  package let plan: TrainingPlan
  /// As given on the command line.
  package let path: String
  /// The document, with what it extends merged in.
  package let document: Document
  /// In the order of the document.
  package let scenarios: [ScenarioFile]
  /// The assets that the agent trades.
  package let assets: [String]
  /// The windows over recorded bars, each with a training of its own; none where the file is one training.
  package private(set) var windows: [TrainingWindow] = []
  /// What else sets a training apart, such as the hash of recorded rows.
  private let data: String?

  /// The training's name: what its folder is called.
  package var name: String { ScenarioFile.name(of: path) }

  /// Reads a training document and its scenarios.
  ///
  /// - Throws: everything that is wrong in all of the documents.
  package init(
    reading path: String, contents: @escaping FileContents.Reader = FileContents.read
  ) throws(Problems) {
    self.path = path
    let document = try DocumentLoader(contents: contents).load(path)
    self.document = document
    var problems: [Problem] = []
    var loaded: TrainingPlan?
    do throws(Problems) {
      loaded = try TrainingPlan.form.read(document)
    } catch {
      problems += error.all
    }
    var scenarios: [ScenarioFile] = []
    for scenario in loaded?.scenarios.map(\.file) ?? Self.scenarios(in: document) {
      do throws(Problems) {
        scenarios.append(try ScenarioFile(reading: scenario, contents: contents))
      } catch {
        problems += error.all
      }
    }
    guard problems.isEmpty, let plan = loaded else { throw Problems(problems) }
    self.plan = plan
    self.scenarios = scenarios
    data = nil
    assets = plan.assets ?? scenarios[0].scenario.assets.map(\.name)
    problems = Self.problems(plan, document, scenarios, assets)
    guard problems.isEmpty else { throw Problems(problems) }
    if let walk = plan.walkForward { windows = try TrainingWindow.all(self, walk) }
  }

  /// The same training on a part of its scenario.
  init(_ base: TrainingFile, on scenario: ScenarioFile, data: String) {
    (plan, path, document, assets) = (base.plan, base.path, base.document, base.assets)
    scenarios = [scenario]
    self.data = data
  }

  /// The same training, on the same scenarios, by a document with other values, and of so many updates.
  ///
  /// - Throws: everything that is wrong with the document, or between it and the scenarios.
  init(_ base: TrainingFile, saying root: Node, of updates: Int) throws(Problems) {
    let files = base.document.files
    let stated = try TrainingPlan.form.read(Document(root: root, files: files, problems: []))
    let steps = updates * stated.hyperparameters.rolloutSamples
    let whole = root.setting("/hyperparameters/totalSteps", to: .integer(steps), position: root.position) ?? root
    document = Document(root: whole, files: files, problems: [])
    plan = try TrainingPlan.form.read(document)
    path = base.path
    scenarios = base.scenarios
    data = nil
    assets = plan.assets ?? scenarios[0].scenario.assets.map(\.name)
    let problems = Self.problems(plan, document, scenarios, assets)
    guard problems.isEmpty else { throw Problems(problems) }
  }

  /// The scenarios that a document names which is wrong elsewhere.
  private static func scenarios(in document: Document) -> [String] {
    (document.root["scenarios"]?.elements ?? []).compactMap { scenario in
      scenario["file"].flatMap { node in
        node.string.flatMap { $0.isEmpty ? nil : FileContents.path($0, relativeTo: node.position.file) }
      }
    }
  }

  /// What does not fit together, each at its place in the document.
  private static func problems(
    _ plan: TrainingPlan, _ document: Document, _ files: [ScenarioFile], _ assets: [String]
  ) -> [Problem] {
    let reading = Reading()
    func note(_ pointer: String, _ message: String) {
      reading.report(message, at: document.root.node(at: pointer) ?? document.root)
    }
    for violation in plan.actions.violations(assets: assets.count, plan.mandate) {
      violation.under("actions").report(at: document.root, reading)
    }
    if plan.walkForward != nil, !plan.orders.quantities.isEmpty {
      note("/orders", "orders are of one horizon, and walking forward has one after the other: leave one of both out")
    }
    if plan.orders.quantities.isEmpty {
      if plan.actions.worksOffOpening { note("/actions", "a pace is of \"orders\", and there are none") }
      if plan.validation.isOfExecution {
        note("/validation/measure", "\(plan.validation.measure) is of \"orders\", and there are none")
      }
    }
    for (index, file) in files.enumerated() {
      let place = "/scenarios/\(index)"
      let names = file.scenario.assets.map(\.name)
      for asset in assets where !names.contains(asset) {
        note(place, "\(quoted(file.path)) has no asset \(quoted(asset)), which the agent trades")
      }
      if file.scenario.clock.stepSeconds != files[0].scenario.clock.stepSeconds {
        note(place, "its step is another than that of the first scenario: an agent is trained on one")
      }
      if let count = file.scenario.movement.pathCount {
        let source = file.scenario.movement.files.first ?? ""
        note(
          place, "its paths are those of \(source), \(count) of them, and a training draws new ones for each episode")
      }
      do throws(FormViolation) {
        for severity in Set(plan.scenarios[index].severities) {
          let market = try Market(scenario: file.scenario, severity: severity, seed: 1, namespace: .train)
          guard severity == plan.scenarios[index].severities[0], reading.problems.isEmpty else { continue }
          check(plan, MarketTerms(market.description), assets, file, place, note)
          if plan.startEquity(in: market.description) == nil {
            note(place, "it trades nothing by which a starting equity could be set; say \"equity\"")
          }
          check(plan, market.description, file, note)
          let setting = RewardSetting(
            observations: plan.observations, environments: plan.hyperparameters.environments,
            start: PlannedEpisode(market, plan, probability: 1).rewardStart)
          if index == 0, let complaint = plan.reward.complaint(setting) { note("/reward", complaint) }
        }
      } catch {
        error.report(at: file.document.root, reading)
      }
    }
    return reading.problems
  }

  /// What is to be executed has to be there, and within the venue's margin.
  private static func check(
    _ plan: TrainingPlan, _ market: MarketDescription, _ file: ScenarioFile, _ note: (String, String) -> Void
  ) {
    let orders = plan.orders.quantities
    for name in orders.names where !market.assets.contains(name) {
      let hint = Suggestion.hint(for: name, among: market.assets)
      note("/orders/\(JSONPointer.escape(name))", "no asset named \(quoted(name)) in \(file.path)\(hint)")
    }
    let needed = market.venue.initialMargin * OpeningBook(owing: plan.orders).gross(in: market)
    if let equity = plan.startEquity(in: market), needed > equity * (1 + 1e-9) {
      note(
        "/orders",
        "what an episode starts with needs \(JSONWriter.number(needed)) at the venue of \(file.path), and the account has "
          + JSONWriter.number(equity))
    }
  }

  private static func check(
    _ plan: TrainingPlan, _ terms: MarketTerms, _ assets: [String], _ file: ScenarioFile, _ place: String,
    _ note: (String, String) -> Void
  ) {
    let places = assets.compactMap { terms.assets.firstIndex(of: $0) }
    for complaint in plan.observations.complaints(terms, assets: places) {
      note("/observations/\(complaint.index)", "\(complaint.text) in \(quoted(file.path))")
    }
    let needed = plan.observations.lookBack(terms)
    if needed > terms.clock.warmupSteps {
      note(
        place,
        "the observations need \(needed) steps before t = 0, and its warm-up has \(terms.clock.warmupSteps)")
    }
    for (name, rule) in plan.rules where rule.lookBack(terms) > terms.clock.warmupSteps {
      note(
        "/rules/\(JSONPointer.escape(name))",
        "it needs \(rule.lookBack(terms)) steps before t = 0, and the warm-up of \(quoted(file.path)) has "
          + "\(terms.clock.warmupSteps)")
    }
  }

  /// SHA-256 of the documents that a training follows from: a checkpoint goes on with these alone.
  package var digest: String {
    let texts = ([document.root.json] + scenarios.map(\.document.root.json)).map { JSONWriter.write($0) }
    return Digest.sha256(Array((texts + (data.map { [$0] } ?? [])).joined(separator: "\n").utf8))
  }
}
