import ArgumentParser
import Documents
import Lab

/// `stresslab validate`: checks documents as `run` does, each on its own, and writes nothing.
struct ValidateCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Checks scenarios and studies, and says everything that is wrong at once.",
    discussion: "What it finds good, run takes. A scenario alone is checked under the default study, as it runs.")

  @Argument(
    help: ArgumentHelp("Scenarios and studies; - is standard input.", valueName: "file"),
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
    for file in files {
      do {
        try StudyFile.validate(file, repository: Program.repository, contents: contents)
        good.append("\(PrintableText.escaped(file)): good")
      } catch {
        problems += error.all
      }
    }
    if !quiet, !good.isEmpty { try Output.write(good.joined(separator: "\n")) }
    guard problems.isEmpty else { throw Problems(problems) }
  }
}
