import Documents
import Trading

extension PathInspection {
  /// Everything, for programs. What is ordered by asset or rule is so in the order of `assets` and `rules`.
  package var json: JSONValue {
    [
      "scenario": .string(scenario), "severity": .number(severity), "agent": .string(agent), "risk": .string(risk),
      "desk": .integer(desk), "path": .integer(Int(path)),
      "paths": ["first": .integer(Int(paths.lowerBound)), "last": .integer(Int(paths.upperBound - 1))],
      "isWorst": .bool(isWorst), "assets": .array(assets.map { .string($0) }),
      "rules": .array(rules.map { .string($0) }), "stepSeconds": .number(stepSeconds),
      "startEquity": .number(startEquity), "story": .string(trace.text),
      "markers": .array(trace.markers.map { ["seconds": .number($0.seconds), "label": .string($0.label)] }),
      "parameters": .array(trace.parameters.map(Self.json)),
      "halts": .array(
        (trace.halts ?? []).map { ["asset": .string($0.asset), "from": .number($0.from), "to": .number($0.to)] }),
      "equityParts": .array(
        (trace.equityParts ?? []).map { part in
          [
            "cause": .string(part.cause.rawValue), "subject": part.subject.map { .string($0) } ?? .null,
            "change": .number(part.change),
          ]
        }),
      "worst": worstStep.map { step in
        ["step": .integer(step.step), "seconds": .number(step.seconds), "equity": .number(step.minimumEquity)]
      } ?? .null,
      "costs": Self.json(costs), "steps": .array(steps.map(json)), "outcome": outcomeJSON,
    ]
  }

  private static func json(_ parameter: DrawnParameter) -> JSONValue {
    let unit: JSONValue = parameter.isDuration == true ? "s" : parameter.unit.map { .string($0) } ?? .null
    return ["path": .string(parameter.path), "value": .number(parameter.value), "unit": unit]
  }

  private static func json(_ costs: [(term: CostTerm, amount: Double)]) -> JSONValue {
    .object(costs.map { JSONMember("\($0.term)", .number($0.amount)) })
  }

  private func json(_ step: Step) -> JSONValue {
    func numbers(_ values: [Double]) -> JSONValue { .array(values.map { .number($0) }) }
    return [
      "step": .integer(step.step), "seconds": .number(step.seconds), "time": .string(step.time),
      "open": numbers(step.bars.map(\.open)), "high": numbers(step.bars.map(\.high)),
      "low": numbers(step.bars.map(\.low)), "close": numbers(step.bars.map(\.close)),
      "halted": .array(step.bars.map { .bool($0.isHalted) }), "events": .array(step.events.map { .string($0) }),
      "equity": .number(step.equity), "equityRatio": .number(step.equityRatio), "cash": .number(step.cash),
      "leverage": .number(step.leverage), "quantity": numbers(step.quantities),
      "decision": step.decision.map { decision in
        [
          "wanted": .array(decision.wanted.map { $0.map { .number($0) } ?? .null }),
          "target": numbers(decision.allowed),
          "boundBy": .array(decision.rules.map { .string(rules[$0]) }), "marginBound": .bool(decision.isMarginBound),
        ]
      } ?? .null,
      "fills": .array(step.fills.map(json)), "costs": Self.json(step.costs),
    ]
  }

  private func json(_ fill: PathFill) -> JSONValue {
    [
      "asset": .string(assets[fill.asset]), "quantity": .number(fill.quantity), "price": .number(fill.price),
      "mid": .number(fill.mid), "midAtDecision": .number(fill.decisionPrice), "reason": .string(fill.reason.rawValue),
      "costs": Self.json(fill.costs),
    ]
  }

  /// The store's columns by their names, codes by their words.
  private var outcomeJSON: JSONValue {
    .object(
      OutcomeColumn.all.map { column in
        let value = outcome[column]
        return switch column {
        case .fact(.cause): JSONMember(column.name, .string(outcome.cause.name))
        case .fact(.state95), .fact(.state100):
          JSONMember(column.name, .string((RecoveryState(rawValue: Int(value)) ?? .unimpaired).name))
        default: JSONMember(column.name, column.kind == .integer ? .integer(Int(value)) : .number(value))
        }
      })
  }
}
