import Documents

/// What MLflow takes at most, and what is made of what is larger or written otherwise.
///
/// Source: mlflow 3.17, `mlflow/utils/validation.py`.
package enum MLflowLimits {
  /// Figures of one request.
  package static let metrics = 1000
  /// Parameters or tags of one request.
  package static let pairs = 100
  /// Bytes of parameters or tags of one request: its own limit is 10⁶ for all of it.
  package static let pairBytes = 400_000
  /// Characters of a name.
  package static let key = 250
  /// Characters of a parameter's value.
  package static let parameter = 6000
  /// Characters of a tag's value.
  package static let tag = 8000
  /// Characters of a data set's name.
  package static let datasetName = 500
  /// Characters of a data set's digest.
  package static let datasetDigest = 36

  /// A name as MLflow takes it: letters, digits and `_-. :/`; anything else becomes `_`, and what is too long is cut.
  package static func name(_ text: String) -> String {
    let allowed = text.unicodeScalars.map { scalar -> Character in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", " ", ":", "/": Character(scalar)
      default: "_"
      }
    }
    // A name is a path too, of which none may lead away.
    let parts = String(allowed.prefix(key)).split(separator: "/").filter { $0 != "." && $0 != ".." }
    return parts.isEmpty ? "_" : parts.joined(separator: "/")
  }

  /// A value that is cut where it is too long, which then is said at its end.
  package static func cut(_ text: String, to most: Int) -> String {
    guard text.unicodeScalars.count > most else { return text }
    let note = " … (cut: \(text.unicodeScalars.count) characters; all of it is in the local record)"
    var kept = String.UnicodeScalarView()
    kept.append(contentsOf: text.unicodeScalars.prefix(most - note.unicodeScalars.count))
    return String(kept) + note
  }

  /// Pairs in groups of which each is one request.
  package static func groups(_ pairs: [(key: String, value: String)]) -> [[(key: String, value: String)]] {
    var groups: [[(key: String, value: String)]] = []
    var bytes = 0
    for pair in pairs {
      let size = pair.key.utf8.count + pair.value.utf8.count
      if let last = groups.last, last.count < Self.pairs, bytes + size <= pairBytes {
        groups[groups.count - 1].append(pair)
        bytes += size
      } else {
        groups.append([pair])
        bytes = size
      }
    }
    return groups
  }

  /// A figure as its JSON takes it: what is not finite by its name.
  package static func number(_ value: Double) -> JSONValue {
    value.isNaN ? "NaN" : value.isInfinite ? (value > 0 ? "Infinity" : "-Infinity") : .number(value)
  }
}
