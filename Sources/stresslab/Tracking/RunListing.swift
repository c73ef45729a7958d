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

  /// A line for each run.
  func table(_ runs: [(RunRecord, RunDetails)]) -> String {
    let rows = runs.map { run, details in
      [
        String(run.id.prefix(8)), RecordTime.text(run.start), run.kind.rawValue, Self.word(run.status), run.name,
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
      "  began       \(RecordTime.text(run.start))",
    ]
    if let end = run.end { lines.append("  ended       \(RecordTime.text(end))") }
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
