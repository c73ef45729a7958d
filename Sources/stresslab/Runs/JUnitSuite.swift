/// A list of verdicts as JUnit XML, as CI systems read it.
struct JUnitSuite {
  let name: String
  let cases: [Case]

  /// One verdict.
  struct Case {
    /// Where it was given, such as a scenario and a severity.
    let place: String
    let name: String
    let result: Result

    /// What it is.
    enum Result: Hashable {
      case passed
      case failed(String)
      case skipped(String)
    }
  }

  /// The document of this suite alone.
  var xml: String { Self.document([self]) }

  /// The document of several suites.
  static func document(_ suites: [JUnitSuite]) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n\(suites.map(\.element).joined())</testsuites>\n"
  }

  private var element: String {
    func count(_ isCounted: (Case.Result) -> Bool) -> Int { cases.count { isCounted($0.result) } }
    let failures = count { if case .failed = $0 { true } else { false } }
    let skipped = count { if case .skipped = $0 { true } else { false } }
    var text = "  <testsuite name=\"\(Self.attribute(name))\" tests=\"\(cases.count)\" "
    text += "failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\">\n"
    for one in cases {
      text += "    <testcase classname=\"\(Self.attribute(one.place))\" name=\"\(Self.attribute(one.name))\">"
      switch one.result {
      case .passed: break
      case .failed(let message): text += "<failure message=\"\(Self.attribute(message))\"/>"
      case .skipped(let message): text += "<skipped message=\"\(Self.attribute(message))\"/>"
      }
      text += "</testcase>\n"
    }
    return text + "  </testsuite>\n"
  }

  /// Text as the value of an attribute.
  private static func attribute(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      // XML holds no other control characters, nor these two.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
