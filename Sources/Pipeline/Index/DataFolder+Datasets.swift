import Documents
import Lab

extension DataFolder {
  /// The dataset that somebody names, with or without `data:` before it.
  ///
  /// - Throws: a `Refusal` where it is no name, or none in the folder; `StoreProblem`.
  package func dataset(_ text: String) throws -> (name: DatasetName, entry: DataEntry) {
    let plain = text.hasPrefix(FileContents.dataPrefix) ? String(text.dropFirst(FileContents.dataPrefix.count)) : text
    guard let name = DatasetName(plain) else {
      throw Refusal("\(quoted(plain)) is no name of a dataset: \(DatasetName.rule)")
    }
    guard let entry = try DataEntry(name, in: self) else {
      let known = try datasets().map(\.description)
      let hint = known.isEmpty ? ": it is empty" : Suggestion.hint(for: plain, among: known)
      throw Refusal("\(path) has no dataset named \(quoted(plain))\(hint)")
    }
    return (name, entry)
  }
}
