import Documents
import Lab

extension TrackingStore {
  /// A run by its identifier, the beginning of one, or a name, of which the newest is meant.
  ///
  /// - Throws: a `Refusal` where there is none, or several begin so; `StoreProblem`.
  package func run(meantBy word: String) throws -> RunRecord {
    let found = try runs(named: word)
    if let named = found.first(where: { $0.name == word }) ?? (found.count == 1 ? found.first : nil) { return named }
    guard found.isEmpty else {
      throw Refusal(
        "\(quoted(word)) begins the identifiers of \(found.count) runs: "
          + found.prefix(5).map { String($0.id.prefix(12)) }.joined(separator: ", "))
    }
    let names = Array(Set(try runs().map(\.name))).sorted()
    throw Refusal("no run \(quoted(word)) is on record in \(folder.path)\(Suggestion.hint(for: word, among: names))")
  }
}
