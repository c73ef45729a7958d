import ArgumentParser
import Documents
import Lab
import Training

/// `stresslab validate`: checks documents as `run`, `train` and `tune` do, each on its own, and writes nothing.
struct ValidateCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Checks scenarios, studies, trainings and searches, and says everything that is wrong at once.",
    discussion: """
      What it finds good, run, train or tune takes. A scenario alone is checked under the default study, as it runs. A warning \
      on standard error tells what is right, but may not be what was meant.
      """)

  @Argument(
    help: ArgumentHelp("Scenarios, studies, trainings and searches; - is standard input.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var files: [String]

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let contents = try StandardInput.contents(for: files)
    var problems: [Problem] = []
    var good: [String] = []
    var warnings: [Problem] = []
    for file in files {
      do {
        warnings += try DocumentKind.validate(file, repository: Program.repository, contents: contents)
        good.append("\(PrintableText.escaped(file)): good")
      } catch {
        problems += error.all
      }
    }
    if !quiet, !good.isEmpty { try Output.write(good.joined(separator: "\n")) }
    for warning in Set(warnings).sorted() {
      Output.error(
        "\(Problem(position: warning.position, path: warning.path, message: "warning: \(warning.message)"))")
    }
    guard problems.isEmpty else { throw Problems(problems) }
  }
}
