import Documents
import MarketData

/// How often each check found something in bars: what stays of a `CleaningReport` in the manifest of the bars.
package struct FindingCounts: Sendable, Hashable {
  /// By the checks' names; those that found nothing are left out.
  package let byKind: [String: Int]

  /// Counts, of which those of 0 are left out.
  package init(_ byKind: [String: Int]) { self.byKind = byKind.filter { $0.value > 0 } }

  /// Looks at all bars of a table, asset by asset.
  init(in table: BarTable) {
    var counts: [String: Int] = [:]
    for series in table.series {
      for (kind, count) in CleaningReport(BarRows(series)).counts { counts[kind, default: 0] += count }
    }
    self.init(counts)
  }

  /// How many findings there are in all.
  package var total: Int { byKind.values.reduce(0, +) }

  /// In words, in the order of the checks: `3 spikes, 1 run of closes that stay`; `nothing found`.
  package var words: String {
    byKind.isEmpty
      ? "nothing found"
      : inOrder.map { kind, count in
        let words = BarChecks.all.first { $0.name == kind }?.words
        return "\(count) \((count == 1 ? words?.one : words?.several) ?? kind)"
      }.joined(separator: ", ")
  }

  /// For manifests and programs: `{"spikes": 3, "stale": 1}`.
  package var json: JSONValue { .object(inOrder.map { JSONMember($0.kind, .integer($0.count)) }) }

  /// In the order of the checks; what this program has no check for comes last.
  private var inOrder: [(kind: String, count: Int)] {
    let known = BarChecks.all.map(\.name)
    return (known + byKind.keys.filter { !known.contains($0) }.sorted()).compactMap { kind in
      byKind[kind].map { (kind, $0) }
    }
  }
}

extension FieldKind where Value == FindingCounts {
  /// Counts of findings in a manifest.
  static var findingCounts: FieldKind {
    .made(from: .named(.integer(in: 0...Int.max), names: .anything), json: { $0.json }) { named throws(FormViolation) in
      FindingCounts(Dictionary(uniqueKeysWithValues: named.map { ($0.name, $0.value) }))
    }
  }
}
