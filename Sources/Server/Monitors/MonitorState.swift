import Documents

/// How a monitor stands: what the agent holds on paper, its limits, the last stress verdict, and alarms.
package struct MonitorState: Sendable {
  /// Its name.
  package let name: MonitorName
  /// What is watched.
  package let monitor: Monitor
  /// When it was looked at, in seconds since 1970.
  package let looked: Int
  /// When the newest bar was over, in seconds since 1970; nil where there are none.
  package let newest: Int?
  /// The agent's trades on paper; nil where they could not be computed.
  package let paper: PaperReplay?
  /// How near its limits are; none where it could not be computed.
  package let limits: [PaperLimit]
  /// Margins and terms of the venue; nil likewise.
  package let terms: Terms?
  /// The last verdict on record; nil where none is.
  package let verdict: StressVerdict?
  /// How the newest bars lie against what is usual; nil where that cannot be told.
  package let market: Market?
  /// Why somebody should look.
  package let alarms: [MonitorAlarm]
  /// What could not be told, and why, a sentence each.
  package let notes: [String]
  /// The version of the model store; nil for an agent of the study.
  package let version: String?

  /// What the venue asks.
  package struct Terms: Sendable, Hashable {
    /// Fractions of a position's value to open it and to keep it.
    package let initialMargin, maintenanceMargin: Double
    /// Where they come from, in words.
    package let words: String
  }

  /// How the newest bars lie.
  package struct Market: Sendable, Hashable {
    /// What they are held against, in words.
    package let reference: String
    /// Whether the agent was trained on it.
    package let isTraining: Bool
    /// Bars of a stretch, and stretches of the reference that do not overlap.
    package let bars, windows: Int
    /// Measure by measure.
    package let judgements: [MarketRange.Judgement]
    /// False alarms of a look, where nothing has changed and bars do not depend on each other.
    package let falseAlarmRate: Double
  }

  /// What it says of itself wherever it is shown.
  package static let paperOnly =
    "On paper only: no order ever leaves this machine; there is no command for one. The position is what a backtest of these bars "
    + "from flat, at the costs of the terms below, would hold."

  /// As the API sends it.
  package var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    func time(_ seconds: Int?) -> JSONValue { seconds.map { .string(Moment.text(seconds: $0)) } ?? .null }
    return [
      "name": .string("\(name)"), "paperOnly": true, "words": .string(Self.paperOnly), "monitor": monitor.json,
      "looked": time(looked), "newest": time(newest), "version": version.map { .string($0) } ?? .null,
      "paper": paper.map(\.json) ?? .null,
      "limits": .array(limits.map(\.json)),
      "terms": terms.map {
        [
          "initialMargin": .number($0.initialMargin), "maintenanceMargin": .number($0.maintenanceMargin),
          "words": .string($0.words),
        ]
      } ?? .null,
      "verdict": verdict.map { verdict in
        [
          "study": .string(verdict.study), "report": verdict.report.map { .string($0) } ?? .null,
          "time": time(verdict.time), "byBytes": .bool(verdict.isByBytes),
          "desks": .array(
            verdict.desks.map {
              [
                "market": .string($0.market), "survival": number($0.survival), "low": number($0.low),
                "high": number($0.high),
              ]
            }),
        ]
      } ?? .null,
      "market": market.map(\.json) ?? .null,
      "alarms": .array(alarms.map { ["kind": .string($0.kind.rawValue), "words": .string($0.words)] }),
      "notes": .array(notes.map { .string($0) }),
    ]
  }
}

extension MonitorState.Market {
  fileprivate var json: JSONValue {
    [
      "reference": .string(reference), "isTraining": .bool(isTraining), "bars": .integer(bars),
      "windows": .integer(windows), "falseAlarmRate": .number(falseAlarmRate),
      "measures": .array(
        judgements.map {
          [
            "measure": .string($0.measure.rawValue), "value": .number($0.value), "low": .number($0.low),
            "middle": .number($0.middle), "high": .number($0.high), "p": .number($0.p), "level": .number($0.level),
            "isAlarm": .bool($0.isAlarm),
          ]
        }),
    ]
  }
}

extension PaperReplay {
  fileprivate var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "asset": .string(asset), "agent": .string(agentWords), "risk": .string(riskWords),
      "rules": .array(rules.map { .string($0) }), "startEquity": .number(startEquity), "drawdown": .number(drawdown),
      "ruin": ruin.map { .string($0) } ?? .null,
      "costs": .object(costs.map { JSONMember($0.term, .number($0.amount)) }),
      "steps": .array(
        steps.map { step in
          [
            "time": .string(step.time), "seconds": .number(step.seconds), "close": .number(step.close),
            "quantity": .number(step.quantity), "exposure": .number(step.exposure), "equity": .number(step.equity),
            "equityRatio": .number(step.equityRatio), "wanted": number(step.wanted), "target": number(step.target),
            "boundBy": .array(step.boundBy.map { .string($0) }), "marginBound": .bool(step.isMarginBound),
            "traded": .number(step.traded),
          ]
        }),
    ]
  }
}
