import Documents
import Testing

/// Names come from files: none may steer a terminal or look like another line of the program's.
@Suite("Problems in one line each")
struct PrintableTextTests {
  static let hostile = [
    ("good.json: good\na.json", "good.json: good\\u000aa.json"), ("a\u{1B}[2J", "a\\u001b[2J"), ("a\rb", "a\\u000db"),
    ("a\u{85}b\u{9B}31m", "a\\u0085b\\u009b31m"), ("\u{202E}nosj", "\\u202enosj"), ("a\u{2028}b", "a\\u2028b"),
    ("a\u{0}b\u{7F}", "a\\u0000b\\u007f"), ("ü日本🎢 x", "ü日本🎢 x"),
  ]

  @Test("what controls a terminal or begins a line is written as an escape", arguments: hostile)
  func escapes(text: String, expected: String) {
    #expect(PrintableText.escaped(text) == expected)
    let problem = Problem(position: SourcePosition(file: text, line: 1, column: 2), path: "/\(text)", message: text)
    #expect(problem.description == "\(expected):1:2: /\(expected): \(expected)")
  }

  @Test("of text in lines the lines stay")
  func lines() {
    #expect(PrintableText.escaped("a\nb\u{7}\n", keepingLines: true) == "a\nb\\u0007\n")
  }
}
