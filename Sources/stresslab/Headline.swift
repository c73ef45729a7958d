import Documents
import Lab
import Statistics

/// The key figures of a run, for people and for programs.
struct Headline {
  let summary: Summary
  let folder: String

  init(_ summary: Summary, folder: String) {
    self.summary = summary
    self.folder = folder
  }

  /// A line for each desk and where the report is.
  var text: String {
    let rows = summary.desks.map { desk in
      [
        "\(desk.agent)/\(desk.risk)", desk.scenario, "severity \(JSONWriter.number(desk.severity))",
        "survives \(Self.percent(desk.survival))",
        "recovers \(Self.percent(desk.recovery))",
        "costs \(Self.basisPoints(desk.executionCostBps))",
      ]
    }
    let widths = (0..<6).map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        .replacing(#/ +$/#, with: "")
    }
    let confidence = JSONWriter.number(summary.run.confidence * 100)
    return
      (lines + [
        "\(summary.run.paths) paths, \(confidence) % intervals. The report is at \(folder)/index.html"
      ]).joined(separator: "\n")
  }

  /// The same as JSON on indented lines.
  var json: String {
    get throws {
      let desks = summary.desks.map { desk -> JSONValue in
        .object([
          JSONMember("scenario", .string(desk.scenario)), JSONMember("severity", .number(desk.severity)),
          JSONMember("agent", .string(desk.agent)), JSONMember("risk", .string(desk.risk)),
          JSONMember("survival", Self.json(desk.survival)), JSONMember("recovery", Self.json(desk.recovery)),
          JSONMember("executionCostBps", Self.json(desk.executionCostBps)),
        ])
      }
      let value: JSONValue = .object([
        JSONMember("report", .string("\(folder)/index.html")), JSONMember("title", .string(summary.title)),
        JSONMember("paths", .integer(Int(summary.run.paths))), JSONMember("seed", .string("\(summary.run.seed)")),
        JSONMember("digest", .string(summary.run.digest)), JSONMember("desks", .array(desks)),
      ])
      return JSONWriter.write(value, indented: true)
    }
  }

  private static func json(_ estimate: Estimate) -> JSONValue {
    .object([
      JSONMember("value", .number(estimate.value ?? .nan)), JSONMember("low", .number(estimate.low ?? .nan)),
      JSONMember("high", .number(estimate.high ?? .nan)), JSONMember("confidence", .number(estimate.confidence)),
      JSONMember("n", .integer(estimate.n)), JSONMember("method", .string(estimate.method.rawValue)),
    ])
  }

  private static func percent(_ estimate: Estimate) -> String {
    guard let value = estimate.value else { return "–" }
    return
      "\(number(value * 100)) % [\(number(estimate.low.map { $0 * 100 })), \(number(estimate.high.map { $0 * 100 }))]"
  }

  private static func basisPoints(_ estimate: Estimate) -> String {
    guard let value = estimate.value else { return "–" }
    return "\(number(value)) bps [\(number(estimate.low)), \(number(estimate.high))]"
  }

  private static func number(_ value: Double?) -> String {
    guard let value else { return "–" }
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths)).0" : JSONWriter.number(tenths)
  }
}
