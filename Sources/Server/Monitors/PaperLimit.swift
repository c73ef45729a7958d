import Documents

/// A limit of the account on paper: a rule of the risk profile, or the venue's margin, and how near it is.
package struct PaperLimit: Sendable, Hashable {
  /// The rule's name in the profile, or the margin.
  package let name: String
  /// The catalogue's name, such as `leverageCap`.
  package let model: String
  /// Whether it left less than the agent wanted when that was asked last.
  package let boundLast: Bool
  /// At how many closes it did, and at how many the agent was asked.
  package let bound, asked: Int
  /// What there is now and where the limit lies, in one unit; nil for a rule that has no such figure.
  package let used, limit: Double?

  /// Limits of a replay: the profile's rules in the order of their names, then the venue's margins.
  static func all(_ paper: PaperReplay, rules: [PaperDocuments.Rule], _ terms: MonitorState.Terms) -> [PaperLimit] {
    let last = paper.lastDecision
    let exposure = abs(paper.last.exposure)
    var limits = rules.map { rule in
      let (count, asked) = paper.bound(by: rule.name)
      let used: Double? =
        switch rule.model {
        case "leverageCap": exposure
        case "drawdownLimit": paper.drawdown
        default: nil
        }
      return PaperLimit(
        name: rule.name, model: rule.model, boundLast: last?.boundBy.contains(rule.name) ?? false, bound: count,
        asked: asked, used: rule.figure == nil ? nil : used, limit: used == nil ? nil : rule.figure)
    }
    let asked = paper.steps.filter { $0.target != nil }
    for (name, margin) in [
      ("initial margin", terms.initialMargin), ("maintenance margin", terms.maintenanceMargin),
    ] where margin > 0 {
      let isInitial = name == "initial margin"
      limits.append(
        PaperLimit(
          name: name, model: "margin", boundLast: isInitial && last?.isMarginBound ?? false,
          bound: isInitial ? asked.count(where: \.isMarginBound) : 0, asked: asked.count, used: exposure,
          limit: 1 / margin))
    }
    return limits
  }

  /// As the API sends it.
  var json: JSONValue {
    [
      "name": .string(name), "model": .string(model), "boundLast": .bool(boundLast), "bound": .integer(bound),
      "asked": .integer(asked), "used": used.map { .number($0) } ?? .null, "limit": limit.map { .number($0) } ?? .null,
    ]
  }
}
