import Documents
import Pipeline
import Tracking

/// What is watched: recorded bars, an agent that trades them on paper behind a risk profile, and from when on they are unlike those
/// that it was trained on. Nothing in it leads to an order.
package struct Monitor: Sendable, Hashable {
  /// The agent: a name of the study's panel, or a version of the model store such as `agents:calm@champion`.
  package let agent: String
  /// The study that has the risk profile, and the agent where it is no version of the model store.
  package let study: WorkspaceName
  /// The risk profile, by its name in the study.
  package let risk: String
  /// The bars, by their name in the data folder.
  package let data: DatasetName
  /// Which asset of these bars; nil for the first.
  package let asset: String?
  /// A scenario whose calendar, venue and liquidity count; nil for the usual ones.
  package let base: WorkspaceName?
  /// Bars that the agent trades.
  package let window: Int
  /// Bars before these, for its look-back.
  package let warmup: Int
  /// The newest bars that are held against the reference.
  package let alarmBars: Int
  /// A dataset or scenario that says what is usual; nil for what the agent was trained on, as far as that is on record, and else
  /// for the bars before the newest.
  package let reference: String?
  /// How newer bars are asked for; nil where they are looked at as they lie.
  package let poll: Poll?

  /// A collection that is repeated.
  package struct Poll: Sendable, Hashable {
    /// Seconds from one to the next.
    package let seconds: Int
    /// As `stresslab collect` takes them.
    package let exchange, market, step: String
  }

  /// How it is written.
  package static let form = Form(
    Field("agent", .string, "a name of the study's panel, or of the model store such as agents:calm@champion"),
    Field("study", .documentName, "the study that has the risk profile, and the agent"),
    Field("risk", .string, "the risk profile, by its name in the study"),
    Field("data", .string, "the bars, by their name in the data folder"),
    Field("asset", .optional(.string), "which asset of the bars; the first unless given"),
    Field("base", .optional(.documentName), "a scenario whose calendar, venue and liquidity count"),
    Field("window", .integer(in: 20...5000), default: 200, "bars that the agent trades on paper"),
    Field("warmup", .integer(in: 2...5000), default: 100, "bars before these, for its look-back"),
    Field("alarmBars", .integer(in: 8...2000), default: 24, "the newest bars that are held against the reference"),
    Field("reference", .optional(.string), "data:NAME or a scenario that says what is usual"),
    Field("pollSeconds", .optional(.integer(in: 10...604_800)), "from one collection to the next; none unless given"),
    Field("exchange", .optional(.string), "where newer bars are collected, such as kraken"),
    Field("market", .optional(.string), "such as BTC/USD"),
    Field("step", .optional(.string), "how long a bar lasts, such as 1h"),
    make: {
      (
        agent, study, risk, data, asset, base, window, warmup, alarmBars, reference, seconds, exchange, market, step
      ) throws(FormViolation) in
      try Monitor(
        agent: agent, study: study, risk: risk, data: data, asset: asset, base: base, window: window, warmup: warmup,
        alarmBars: alarmBars, reference: reference, pollSeconds: seconds, exchange: exchange, market: market, step: step
      )
    })

  private init(
    agent: String, study: WorkspaceName, risk: String, data: String, asset: String?, base: WorkspaceName?, window: Int,
    warmup: Int, alarmBars: Int, reference: String?, pollSeconds: Int?, exchange: String?, market: String?,
    step: String?
  ) throws(FormViolation) {
    for (field, text) in [("agent", agent), ("risk", risk), ("asset", asset ?? "a")] {
      guard !text.isEmpty, text.utf8.count <= 200, !text.hasPrefix("-"), !text.contains(","), !text.utf8.contains(0)
      else { throw FormViolation(field, "\(quoted(text)) is no name") }
    }
    guard let dataset = DatasetName(data) else {
      throw FormViolation("data", "\(quoted(data)) is no name of a dataset: \(DatasetName.rule)")
    }
    if let reference, MonitorReference(reference) == nil {
      throw FormViolation(
        "reference", "expected data:NAME or a scenario such as scenarios/calm.json, found \(quoted(reference))")
    }
    if let pollSeconds {
      guard let exchange, let market, let step else {
        let missing = exchange == nil ? "exchange" : market == nil ? "market" : "step"
        throw FormViolation("pollSeconds", "\(quoted(missing)) is missing: what is collected")
      }
      guard let collected = DatasetName(exchange: exchange, market: market, step: step), collected == dataset else {
        let name = DatasetName(exchange: exchange, market: market, step: step).map { "\($0)" } ?? "none"
        throw FormViolation(
          "data", "what is collected is \(quoted(name)): newer bars would never come into \(quoted(data))")
      }
      poll = Poll(seconds: pollSeconds, exchange: exchange, market: market, step: step)
    } else {
      guard exchange == nil, market == nil, step == nil else {
        throw FormViolation("pollSeconds", "it is missing: how often these bars are collected")
      }
      poll = nil
    }
    (self.agent, self.study, self.risk, self.data, self.asset, self.base) = (agent, study, risk, dataset, asset, base)
    (self.window, self.warmup, self.alarmBars, self.reference) = (window, warmup, alarmBars, reference)
  }

  /// As it is stored and sent; `form` reads it.
  package var json: JSONValue {
    var members = [
      JSONMember("agent", .string(agent)), JSONMember("study", .string("\(study)")), JSONMember("risk", .string(risk)),
      JSONMember("data", .string("\(data)")),
    ]
    for (name, value) in [("asset", asset), ("base", base.map { "\($0)" })] {
      if let value { members.append(JSONMember(name, .string(value))) }
    }
    members += [
      JSONMember("window", .integer(window)), JSONMember("warmup", .integer(warmup)),
      JSONMember("alarmBars", .integer(alarmBars)),
    ]
    if let reference { members.append(JSONMember("reference", .string(reference))) }
    if let poll {
      members += [
        JSONMember("pollSeconds", .integer(poll.seconds)), JSONMember("exchange", .string(poll.exchange)),
        JSONMember("market", .string(poll.market)), JSONMember("step", .string(poll.step)),
      ]
    }
    return .object(members)
  }

  /// One, for the OpenAPI document.
  static let example: JSONValue = [
    "agent": "momentum", "study": "scenarios/studies/default.json", "risk": "house", "data": "kraken/BTC-USD/1h",
    "window": 200, "warmup": 100, "alarmBars": 24,
  ]
}

/// What says what is usual.
enum MonitorReference: Sendable, Hashable {
  case data(DatasetName)
  case scenario(WorkspaceName)

  /// `data:NAME`, or a document's name.
  init?(_ text: String) {
    if text.hasPrefix(FileContents.dataPrefix) {
      guard let name = DatasetName(String(text.dropFirst(FileContents.dataPrefix.count))) else { return nil }
      self = .data(name)
    } else {
      guard let name = WorkspaceName(text), DocumentLibrary.isDocument(name) else { return nil }
      self = .scenario(name)
    }
  }
}
