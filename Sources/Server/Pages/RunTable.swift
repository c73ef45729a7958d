import Documents
import Drawing
import Statistics
import Tracking

/// Trainings and searches on record, as a table.
enum RunTable {
  /// The newest of them with what they came to.
  static func records(_ folder: TrackingFolder?, most: Int) throws -> [(run: RunRecord, details: RunDetails)] {
    guard let folder, let store = try TrackingStore.read(folder) else { return [] }
    let runs = try store.runs().filter { $0.kind == .training || $0.kind == .search }.prefix(most)
    let records = try runs.map { (run: $0, details: try store.details(of: $0.id)) }
    try store.close()
    return records
  }

  static func markup(_ records: [(run: RunRecord, details: RunDetails)]) -> Markup {
    guard !records.isEmpty else {
      return .note("No training or search is on record yet. Start one here, or with `stresslab train DOCUMENT`.")
    }
    return CardRows(
      caption: "The newest first", head: ["Name", "Kind", "State", "Best", "Began"],
      rows: records.map { run, details in
        [
          [.link(run.name, to: "/trainings/records/\(run.id)")], [.text(run.kind.rawValue)],
          [.badge(word(run.status), word(run.status))], [.text(figure(run, details))],
          [.text(RecordTime.text(run.start))],
        ]
      }
    ).markup
  }

  private static func word(_ status: RunStatus) -> String {
    switch status {
    case .running: "running"
    case .finished: "finished"
    case .failed: "failed"
    case .killed: "cancelled"
    }
  }

  /// What it came to.
  static func figure(_ run: RunRecord, _ details: RunDetails) -> String {
    let key = run.kind == .search ? "best.validation" : "bestValidation"
    let measure = (run.kind == .search ? details.parameters["measure"] : details.tags["validation.measure"]) ?? ""
    guard let value = details.latest[key]?.value else { return "–" }
    return PrintableText.escaped("\(measure.isEmpty ? "validation" : measure) \(Unit.number.text(value))")
  }
}
