import Foundation
import Testing

@Suite("Completion")
struct CompletionTests {
  private static func has(_ shell: String) -> Bool {
    ["/bin/\(shell)", "/usr/bin/\(shell)", "/usr/local/bin/\(shell)"].contains {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  /// A folder with the program's script for a shell, the program itself, and files to complete.
  private func folder(_ shell: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let script = try StressLabProgram(folder: folder).run("--generate-completion-script", shell).output
    try folder.write("completions", script)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("stresslab"), withDestinationPath: StressLabProgram.path)
    for name in ["mine.json", "mine.txt", "bars.csv"] { try folder.write(name, "") }
    try FileManager.default.createDirectory(atPath: folder.path("reports"), withIntermediateDirectories: false)
    return folder
  }

  /// What is typed, and what of it must be offered and what not.
  static let lines: [(typed: String, offered: [String], not: [String])] = [
    ("stresslab run ", ["mine.json", "reports"], ["mine.txt"]),
    ("stresslab run m", ["mine.json"], ["mine.txt"]),
    ("stresslab run --out ", ["reports"], ["mine.txt"]),
    ("stresslab validate m", ["mine.json"], ["mine.txt"]),
    ("stresslab train m", ["mine.json"], ["mine.txt"]),
    ("stresslab train --out ", ["reports"], ["mine.txt"]),
    ("stresslab schema t", ["training"], ["study"]),
    ("stresslab template ", ["scenario", "study", "agent", "training"], ["mine.json"]),
    ("stresslab features b", ["bars.csv"], ["mine.json"]),
    ("stresslab fit b", ["bars.csv"], ["mine.json"]),
    ("stresslab fit --process g", ["gbm", "garch"], ["merton"]),
    ("stresslab report r", ["reports"], ["mine.json"]),
    ("stresslab list li", ["liquidity"], ["mine.json"]),
    ("stresslab features --set c", ["classic44"], []),
    ("stresslab run --color a", ["auto", "always"], ["never"]),
    ("stresslab v", ["validate"], ["run"]),
    ("stresslab run --pa", ["--paths"], ["--seed"]),
  ]

  private func expect(_ answers: [Set<String>]) {
    for (line, answer) in zip(Self.lines, answers) {
      let names = Set(answer.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 })
      #expect(names.isSuperset(of: line.offered) && names.isDisjoint(with: line.not), "\(line.typed): \(names)")
    }
    #expect(answers.count == Self.lines.count)
  }

  private func answers(_ output: String) -> [Set<String>] {
    output.components(separatedBy: "--end--\n").dropLast().map { part in
      Set(part.split(separator: "\n").map { String($0.prefix { $0 != "\t" && $0 != " " }) })
    }
  }

  /// Seen before: no file was offered anywhere.
  @Test("bash offers files where a file goes", .enabled(if: has("bash")))
  func bash() throws {
    let folder = try folder("bash")
    let script = """
      PATH=.:$PATH
      source ./completions
      compopt() { :; }
      while IFS= read -r line; do
        COMP_LINE=$line COMP_POINT=${#line}
        read -ra COMP_WORDS <<<"$line"
        [[ $line == *' ' ]] && COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
        _stresslab stresslab "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
        echo --end--
      done
      """
    try folder.write("lines", Self.lines.map { $0.typed + "\n" }.joined())
    expect(answers(try folder.run("/bin/bash", ["-c", "\(script) <lines"])))
  }

  @Test("fish offers files where a file goes", .enabled(if: has("fish"), "no fish here"))
  func fish() throws {
    let folder = try folder("fish")
    let script = """
      set PATH . $PATH
      source ./completions
      while read --local line
        complete -C "$line"
        echo -- --end--
      end <lines
      """
    try folder.write("lines", Self.lines.map { $0.typed + "\n" }.joined())
    try folder.write("home", "")
    expect(answers(try folder.run("/usr/bin/env", ["HOME=\(folder.url.path)", "fish", "--no-config", "-c", script])))
  }

  @Test("zsh takes the script, which asks for files where a file goes", .enabled(if: has("zsh"), "no zsh here"))
  func zsh() throws {
    let folder = try folder("zsh")
    #expect(try folder.run("/usr/bin/env", ["zsh", "-f", "-c", "zsh -n ./completions && echo good"]) == "good\n")
    let text = try String(contentsOfFile: folder.path("completions"), encoding: .utf8)
    #expect(text.contains("*.json") && text.contains("*.csv") && text.contains("_files -/"))
  }
}
