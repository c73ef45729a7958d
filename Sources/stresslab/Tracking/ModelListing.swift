import Documents
import Glibc
import Lab
import Tracking

/// Versions of models, for people and for programs.
struct ModelListing {
  private let models: ModelStore

  init(_ models: ModelStore) { self.models = models }

  /// A line for each version.
  func table(_ versions: [ModelVersion]) -> String {
    let rows = versions.map { version in
      [
        version.title, version.aliases.joined(separator: ", "), RecordTime.text(version.time),
        String(version.sha256.prefix(12)), version.validation ?? "",
      ]
    }
    return Headline.aligned(rows, Ink(.never, on: STDOUT_FILENO)).joined(separator: "\n")
  }

  /// All that is known of a version.
  func text(_ version: ModelVersion) throws -> String {
    var lines = [
      "\(version.title)\(version.aliases.isEmpty ? "" : ", \(version.aliases.joined(separator: ", "))")",
      "  folder      \(models.place(of: version))", "  sha256      \(version.sha256)",
      "  added       \(RecordTime.text(version.time))",
    ]
    if let run = version.run { lines.append("  made by run \(run)") }
    if let documents = version.documents { lines.append("  documents   \(documents)") }
    lines.append("  validation  \(version.validation ?? "not on record")")
    func block(_ title: String, _ rows: [[String]]) {
      guard !rows.isEmpty else { return }
      lines.append(title)
      lines += Headline.aligned(rows, Ink(.never, on: STDOUT_FILENO)).map { "  \($0)" }
    }
    block(
      "trained on",
      try models.details(of: version).datasets.map { [$0.context, $0.source, String($0.digest.prefix(12))] })
    func figure(_ value: Double?) -> String { value.map { RunListing.number($0, digits: 4) } ?? "–" }
    block(
      "stress results",
      try models.results(of: version).map { result in
        [
          result.study, result.desk,
          "survival \(figure(result.survival)) [\(figure(result.low)), \(figure(result.high))]",
          String(result.run.prefix(8)),
        ]
      })
    block(
      "checks",
      try models.checks(of: version).map { check in
        [
          RecordTime.text(check.time), check.study, "against :\(check.champion)", check.isWorse ? "worse" : "not worse",
          check.verdict,
        ]
      })
    block(
      "decisions",
      try models.decisions(on: version).map { decision in
        [
          RecordTime.text(decision.time), "as \(decision.alias)", decision.isForced ? "by force" : "", decision.reason,
        ]
      })
    return lines.map { PrintableText.escaped($0) }.joined(separator: "\n")
  }
}
