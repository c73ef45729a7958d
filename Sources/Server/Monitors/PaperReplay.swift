import Documents

/// How an agent traded a window of bars on paper: what `stresslab inspect` says of the one path of a run that replays them.
///
/// The window begins flat. At its last bar the backtester closes what is open, at the usual costs; the position told here is the
/// one before that.
package struct PaperReplay: Sendable {
  /// A bar of the window.
  package struct Step: Sendable, Hashable {
    /// When its step ended, or of the first one when trading began.
    package let time: String
    /// Trading seconds since the window's beginning.
    package let seconds: Double
    /// The mid that nobody has moved.
    package let close: Double
    /// Units held at the close, signed; of the last bar before all is closed.
    package let quantity: Double
    /// Equity at the close in quote currency; of the last bar after all is closed.
    package let equity: Double
    /// The same over equity at the beginning.
    package let equityRatio: Double
    /// The weight that the agent wanted at the close, and what rules and margin left; nil where it was not asked or left its
    /// position as it was.
    package let wanted, target: Double?
    /// Rules that bound at the close.
    package let boundBy: [String]
    /// Whether the venue's initial margin did.
    package let isMarginBound: Bool
    /// Units that were bought or sold in the step, but for those that close all at the end.
    package let traded: Double

    /// The position's value over equity, signed.
    package var exposure: Double { equity > 0 ? quantity * close / equity : 0 }
  }

  /// What the asset is called.
  package let asset: String
  /// The names of the profile's rules.
  package let rules: [String]
  /// Equity at the beginning, in quote currency.
  package let startEquity: Double
  /// From the beginning to the newest bar.
  package let steps: [Step]
  /// What it cost by terms, in quote currency.
  package let costs: [(term: String, amount: Double)]
  /// What ruined the account; nil where nothing did.
  package let ruin: String?
  /// What agent and profile do, in words.
  package let agentWords, riskWords: String

  /// Reads an inspection of one asset.
  ///
  /// - Throws: a `Failure` where it is none.
  init(_ inspection: JSONValue, summary: JSONValue, agent: String, risk: String) throws(Failure) {
    let root = Self.node(inspection)
    guard let steps = root?["steps"]?.elements, let start = root?["startEquity"]?.number, !steps.isEmpty else {
      throw Failure(.internalServerError, "ourFault", "an inspection has no steps")
    }
    asset = root?["assets"]?.elements?.first?.string ?? ""
    rules = (root?["rules"]?.elements ?? []).compactMap(\.string)
    startEquity = start
    self.steps = steps.map { Step($0) }
    costs = (root?["costs"]?.members ?? []).compactMap { member in member.value.number.map { (member.name, $0) } }
    let cause = root?["outcome"]?["cause"]?.string ?? "none"
    ruin = cause == "none" ? nil : cause
    let told = Self.node(summary)
    func words(_ key: String, _ name: String) -> String {
      let lines = told?[key]?.elements ?? []
      return lines.first { $0["name"]?.string == name }?["text"]?.string ?? ""
    }
    (agentWords, riskWords) = (words("agents", agent), words("riskProfiles", risk))
  }

  private static func node(_ value: JSONValue) -> Node? {
    try? DocumentParser.parse(Array(JSONWriter.write(value).utf8), file: "inspection").root
  }

  /// The newest bar.
  package var last: Step { steps[steps.count - 1] }

  /// The last moment at which the agent was asked.
  package var lastDecision: Step? { steps.last { $0.target != nil } }

  /// How often a rule bound, and at how many closes the agent was asked.
  package func bound(by rule: String) -> (count: Int, of: Int) {
    let asked = steps.filter { $0.target != nil }
    return (asked.count { $0.boundBy.contains(rule) }, asked.count)
  }

  /// The loss since the highest equity of the window, as a fraction of it.
  package var drawdown: Double {
    let highest = steps.map(\.equity).max() ?? startEquity
    return highest > 0 ? max(0, 1 - last.equity / highest) : 0
  }
}

extension PaperReplay.Step {
  /// A step of an inspection of one asset.
  fileprivate init(_ node: Node) {
    func first(_ node: Node?) -> Double? { node?.elements?.first?.number }
    let fills = node["fills"]?.elements ?? []
    func sum(_ isClosing: Bool) -> Double {
      fills.filter { ($0["reason"]?.string == "closeOut") == isClosing }.reduce(0) {
        $0 + ($1["quantity"]?.number ?? 0)
      }
    }
    time = node["time"]?.string ?? ""
    seconds = node["seconds"]?.number ?? 0
    close = first(node["close"]) ?? 0
    quantity = (first(node["quantity"]) ?? 0) - sum(true)
    equity = node["equity"]?.number ?? 0
    equityRatio = node["equityRatio"]?.number ?? 0
    let decision = node["decision"]
    (wanted, target) = (first(decision?["wanted"]), first(decision?["target"]))
    boundBy = (decision?["boundBy"]?.elements ?? []).compactMap(\.string)
    isMarginBound = decision?["marginBound"].map { if case .bool(true) = $0.content { true } else { false } } ?? false
    traded = sum(false)
  }
}
