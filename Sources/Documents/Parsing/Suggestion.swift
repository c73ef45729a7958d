/// The nearest of some names to a misspelt one, for messages.
package enum Suggestion {
  /// How many names may be compared for all hints about one document: a file with thousands of unknown names among
  /// thousands of known ones gets no hints after the first ones, and its answer at once.
  struct Budget {
    private var comparisons = 100_000

    /// As `Suggestion.hint`, while comparisons are left; then nothing.
    mutating func hint(for name: String, among candidates: [String]) -> String {
      comparisons -= candidates.count
      return comparisons >= 0 ? Suggestion.hint(for: name, among: candidates) : ""
    }
  }

  /// The nearest candidate, or nil when none is near: at most a third of the letters, and at least one, may differ.
  ///
  /// Capitals count as the same letter. Of several at the same distance the first in the order of names wins.
  package static func nearest(to name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars.prefix(80))
    let tolerance = max(1, wanted.count / 3)
    var best: (distance: Int, name: String)?
    for candidate in candidates.sorted() {
      let letters = Array(candidate.lowercased().unicodeScalars.prefix(80))
      guard abs(letters.count - wanted.count) <= tolerance else { continue }
      let distance = editDistance(wanted, letters)
      // A name of one or two letters is not a misspelling of another one.
      guard distance <= tolerance, distance < max(wanted.count, letters.count) else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
    }
    return best?.name
  }

  /// `; did you mean "drop"?`, or the list of what is known, or nothing when nothing is.
  package static func hint(for name: String, among candidates: [String]) -> String {
    if let near = nearest(to: name, among: candidates) { return "; did you mean \(quoted(near))?" }
    if candidates.isEmpty { return "" }
    let shown = candidates.prefix(20).joined(separator: ", ")
    return "; known: \(shown)\(candidates.count > 20 ? ", …" : "")"
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one text into another
  /// (optimal string alignment; Damerau 1964, Comm. ACM 7(3)).
  static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in 1...left.count {
      var row = [i] + [Int](repeating: 0, count: right.count)
      for j in 1...right.count {
        let replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
        row[j] = min(replaced, last[j] + 1, row[j - 1] + 1)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
