import Documents
import Lab
import MarketData

/// The repairs that were asked for.
package struct Repairs: Sendable {
  private let chosen: [any BarRepair]

  /// Repairs by name, as after `--drop` and `--fix`.
  ///
  /// - Throws: every name that no repair has, with the nearest.
  package init(drop: [String] = [], fix: [String] = []) throws(Refusal) {
    var problems: [String] = []
    var wanted: Set<String> = []
    for (verb, names) in [("drop", drop), ("fix", fix)] {
      let known = BarRepairs.all.filter { $0.verb == verb }.map(\.name)
      for name in names {
        if known.contains(name) {
          wanted.insert("\(verb) \(name)")
        } else {
          let other = BarRepairs.all.first { $0.name == name }?.verb
          let hint = other.map { "; --\($0) \(name) does" } ?? Suggestion.hint(for: name, among: known)
          let isKnown = other != nil || BarChecks.all.contains { $0.name == name }
          problems.append(
            isKnown
              ? "--\(verb) can't see to \(name)\(other == nil ? ": nothing can" : hint)"
              : "--\(verb): nothing is named \(quoted(name))\(hint)")
        }
      }
    }
    for both in ["impossible"] where wanted.isSuperset(of: ["drop \(both)", "fix \(both)"]) {
      problems.append("--drop \(both) and --fix \(both) exclude each other")
    }
    if !problems.isEmpty { throw Refusal(problems.joined(separator: "\nstresslab: ")) }
    chosen = BarRepairs.all.filter { wanted.contains("\($0.verb) \($0.name)") }
  }

  /// Whether anything was asked for.
  package var isEmpty: Bool { chosen.isEmpty }

  /// Applies them.
  ///
  /// - Returns: the rows as they are then, and each change in the order in which it was made.
  package func apply(to rows: BarRows) -> (rows: BarRows, changes: [Change]) {
    var rows = rows
    let changes = chosen.flatMap { $0.apply(to: &rows) }
    return (rows, changes)
  }

  /// Reads a file of bars as the repairs leave it.
  ///
  /// - Returns: the file, and each change in a sentence.
  /// - Throws: bars that can't be, even so.
  package func file(
    _ bytes: [UInt8], file: String, named: [BarLayout.Role: String]
  ) throws(Problems) -> (file: BarFile, changes: [String]) {
    guard !isEmpty else { return (try BarFile(bytes, file: file, named: named), []) }
    let repaired = try BarRows.rows(of: bytes, file: file, named: named).map { apply(to: $0) }
    let changes = repaired.flatMap { $0.changes.map { "\($0.repair): \($0.sentence)" } }
    return (try BarFile(BarRows.csv(repaired.map(\.rows)), file: file), changes)
  }
}
