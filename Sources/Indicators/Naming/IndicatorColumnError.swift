import Documents

/// Why a name is not the name of an indicator's column.
package enum IndicatorColumnError: Error, Sendable, Hashable {
  /// No indicator is called so; with the nearest name that there is.
  case unknownName(found: String, nearest: String?)
  /// What follows the parameters is none of the indicator's output columns.
  case unknownOutput(column: String, found: String, known: [String])
  /// The indicator has several output columns, none of them called after it.
  case outputMissing(column: String, known: [String])
  /// More parameters than the indicator has.
  case tooManyParameters(name: String, found: Int, known: [String])
  /// A parameter outside its range.
  case illegalParameter(name: String, parameter: String, complaint: String)
}

extension IndicatorColumnError: CustomStringConvertible {
  /// What was found, what was expected and, where one is near, the nearest name.
  package var description: String {
    switch self {
    case .unknownName(let found, let nearest):
      let hint = nearest.map { "did you mean \(quoted($0))?" } ?? "`stresslab list indicators` names them all"
      return "unknown indicator \(quoted(found)); \(hint)"
    case .unknownOutput(let column, let found, let known):
      if known.contains(found), !found.isEmpty { return "\(quoted(column)): \(quoted(found)) must come last" }
      let named = known.filter { !$0.isEmpty }
      let what = "\(quoted(column)): \(quoted(found)) is neither a parameter nor an output column"
      return what + (named.isEmpty ? "" : Suggestion.hint(for: found, among: named))
    case .outputMissing(let column, let known):
      return
        "\(quoted(column)) has several output columns: add one of \(known.map { "_" + $0 }.joined(separator: ", "))"
    case .tooManyParameters(let name, let found, let known):
      if known.isEmpty { return "\(name) takes no parameters, found \(found)" }
      let most = known.count == 1 ? "1 parameter" : "at most \(known.count) parameters"
      return "\(name) takes \(most) (\(known.joined(separator: ", "))), found \(found)"
    case .illegalParameter(let name, let parameter, let complaint):
      return "\(name), \(parameter): \(complaint)"
    }
  }
}
