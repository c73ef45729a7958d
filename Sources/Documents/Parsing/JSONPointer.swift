/// JSON pointers (RFC 6901).
package enum JSONPointer {
  /// A key as a pointer's component: `~` is `~0`, `/` is `~1`.
  package static func escape(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return name }
    return name.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// The keys of a pointer, unescaped; a leading slash may be left out.
  package static func components(_ pointer: String) -> [String] {
    let parts = pointer.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropFirst(parts.first?.isEmpty == true ? 1 : 0).map(unescape)
  }

  private static func unescape(_ part: Substring) -> String {
    var text = ""
    var tilde = false
    for scalar in part.unicodeScalars {
      if tilde {
        text += scalar == "1" ? "/" : scalar == "0" ? "~" : "~\(scalar)"
        tilde = false
      } else if scalar == "~" {
        tilde = true
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return tilde ? text + "~" : text
  }
}
