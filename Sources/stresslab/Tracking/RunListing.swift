import Documents
import Foundation
import Glibc
import Lab
import Tracking

/// Runs on record, for people and for programs.
struct RunListing {
  /// Where they are on record.
  let folder: TrackingFolder

  /// That nothing is on record.
  var nothing: Refusal { Refusal("nothing is on record in \(folder.path)") }

  /// A run by its identifier, the beginning of one, or a name, of which the newest is meant.
  func run(named word: String, in store: TrackingStore) throws -> RunRecord {
    let found = try store.runs(named: word)
    if let named = found.first(where: { $0.name == word }) ?? (found.count == 1 ? found.first : nil) { return named }
    guard found.isEmpty else {
      throw Refusal(
        "\(quoted(word)) begins the identifiers of \(found.count) runs: "
          + found.prefix(5).map { String($0.id.prefix(12)) }.joined(separator: ", "))
    }
    let names = Array(Set(try store.runs().map(\.name))).sorted()
    throw Refusal("no run \(quoted(word)) is on record in \(folder.path)\(Suggestion.hint(for: word, among: names))")
  }

  /// A line for each run.
  func table(_ runs: [(RunRecord, RunDetails)]) -> String {
    let rows = runs.map { run, details in
      [
        String(run.id.prefix(8)), Self.date(run.start), run.kind.rawValue, Self.word(run.status), run.name,
        Self.figure(run, details),
      ]
    }
    return Headline.aligned(rows, Ink(.never, on: STDOUT_FILENO)).joined(separator: "\n")
  }

  /// What a run came to, in a few words.
  private static func figure(_ run: RunRecord, _ details: RunDetails) -> String {
    switch run.kind {
    case .training:
      return details.latest["bestValidation"].map {
        "\(details.tags["validation.measure"] ?? "validation") \(number($0.value, digits: 6))"
      } ?? ""
    case .stress: return details.latest["leastSurvival"].map { "survival from \(number($0.value, digits: 4))" } ?? ""
    case .desk: return details.latest["survival"].map { "survival \(number($0.value, digits: 4))" } ?? ""
    case .search:
      return details.latest["best.validation"].map {
        "\(details.parameters["measure"] ?? "best") \(number($0.value, digits: 6)), trial \(details.tags["best.trial"] ?? "")"
      } ?? ""
    case .trial: return details.tags["status"] ?? ""
    }
  }

  /// All that is on record of a run.
  func text(_ run: RunRecord, _ details: RunDetails, parts: [(RunRecord, RunDetails)]) -> String {
    var lines = [
      "\(run.kind.rawValue) \(run.name), \(Self.word(run.status))", "  run         \(run.id)",
      "  began       \(Self.date(run.start))",
    ]
    if let end = run.end { lines.append("  ended       \(Self.date(end))") }
    func block(_ title: String, _ rows: [[String]]) {
      guard !rows.isEmpty else { return }
      lines.append(title)
      lines += Headline.aligned(rows, Ink(.never, on: STDOUT_FILENO)).map { "  \($0)" }
    }
    func pairs(_ values: [String: String]) -> [[String]] {
      values.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
    }
    block("asked", pairs(details.parameters))
    block("tags", pairs(details.tags))
    block(
      "figures",
      details.latest.values.sorted { $0.key < $1.key }.map { point in
        [point.key, Self.number(point.value), point.step == 0 ? "" : "at step \(point.step)"]
      })
    block("rests on", details.datasets.map { [$0.context, $0.source, String($0.digest.prefix(12))] })
    block("made", details.artefacts.map { [$0.path, "\($0.bytes) bytes", String($0.sha256.prefix(12)), $0.file] })
    block("desks", parts.filter { $0.0.kind == .desk }.map(Self.deskRow))
    block(
      "trials",
      parts.filter { $0.0.kind == .trial }.map { part, trial in
        let measure = details.parameters["measure"].flatMap { trial.latest[$0] }
        return [
          part.name, measure.map { Self.number($0.value, digits: 6) } ?? "–",
          trial.latest["rung"].map { "rung \(Self.number($0.value))" } ?? "", trial.tags["status"] ?? "",
        ]
      })
    return lines.map { PrintableText.escaped($0) }.joined(separator: "\n")
  }

  private static func deskRow(_ part: RunRecord, _ details: RunDetails) -> [String] {
    func figure(_ key: String) -> String { details.latest[key].map { number($0.value, digits: 4) } ?? "–" }
    return [
      part.name, "survival \(figure("survival")) [\(figure("survival.low")), \(figure("survival.high"))]",
      "costs \(figure("executionCostBps")) bps", details.tags["verdict"] ?? "",
    ]
  }

  /// The same as JSON; what is not finite is null.
  func json(_ run: RunRecord, _ details: RunDetails, parts: [(RunRecord, RunDetails)]? = nil) -> JSONValue {
    func texts(_ values: [String: String]) -> JSONValue { .sorted(values.mapValues { .string($0) }) }
    var members = [
      JSONMember("run", .string(run.id)), JSONMember("kind", .string(run.kind.rawValue)),
      JSONMember("name", .string(run.name)), JSONMember("status", .string(run.status.rawValue)),
      JSONMember("parent", run.parent.map { .string($0) } ?? .null), JSONMember("began", .string(Self.date(run.start))),
      JSONMember("ended", run.end.map { .string(Self.date($0)) } ?? .null),
      JSONMember("parameters", texts(details.parameters)), JSONMember("tags", texts(details.tags)),
      JSONMember("metrics", .sorted(details.latest.mapValues { .number($0.value) })),
      JSONMember(
        "datasets",
        .array(
          details.datasets.map {
            [
              "name": .string($0.name), "source": .string($0.source), "sha256": .string($0.digest),
              "context": .string($0.context),
            ]
          })),
      JSONMember(
        "artefacts",
        .array(
          details.artefacts.map {
            [
              "path": .string($0.path), "file": .string($0.file), "sha256": .string($0.sha256),
              "bytes": .integer($0.bytes),
            ]
          })),
    ]
    if let parts, !parts.isEmpty {
      let word = run.kind == .search ? "trials" : "desks"
      members.append(JSONMember(word, .array(parts.map { json($0, $1) })))
    }
    return .object(members)
  }

  /// `2026-01-31 09:30:00Z`.
  static func date(_ milliseconds: Int64) -> String {
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    return date.formatted(
      Date.ISO8601FormatStyle(dateSeparator: .dash, dateTimeSeparator: .space, timeSeparator: .colon, timeZone: .gmt))
  }

  private static func word(_ status: RunStatus) -> String {
    switch status {
    case .running: "goes on, or was killed"
    case .finished: "finished"
    case .failed: "failed"
    case .killed: "stopped"
    }
  }

  /// A figure with all its digits, or with some after the point.
  static func number(_ value: Double, digits: Int? = nil) -> String {
    guard value.isFinite else { return "\(value)" }
    guard let digits else { return JSONWriter.number(value) }
    let scale = pow(10, Double(digits))
    return JSONWriter.number((value * scale).rounded() / scale)
  }
}
