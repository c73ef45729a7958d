import Documents

extension LintRule {
  /// What the program says of a document whenever it checks it.
  static let warnings = LintRule(name: "warning") { file in file.scenarios.flatMap { $0.warnings.map(\.problem) } }

  /// Numbers of a market that nobody says the origin of.
  static let withoutSource = LintRule(name: "source") { file in
    file.scenarios.flatMap { scenario -> [Problem] in
      let bare = scenario.parameterLines.filter { $0.basis == nil }
      let groups = Dictionary(grouping: bare) { line in
        JSONPointer.components(line.path).prefix(2).map { "/" + JSONPointer.escape($0) }.joined()
      }
      return groups.sorted { $0.key < $1.key }.map { place, lines in
        let names = lines.map { line in
          let rest = line.path.dropFirst(place.utf8.count)
          return rest.isEmpty ? "it" : String(rest.dropFirst())
        }
        let shown = names.prefix(4).joined(separator: ", ") + (names.count > 4 ? " and \(names.count - 4) more" : "")
        return scenario.problem(
          place, "nothing in \"sources\" says where \(shown) \(names.count == 1 ? "comes" : "come") from")
      }
    }
  }
}
