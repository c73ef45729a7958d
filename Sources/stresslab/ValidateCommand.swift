import ArgumentParser
import Documents
import Lab

/// `stresslab validate`: checks documents as `run` does, each on its own, and writes nothing.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Checks scenarios and studies, and says everything that is wrong at once.",
    discussion: "What it finds good, run takes. A scenario alone is checked under the default study, as it runs.")

  @Argument(help: ArgumentHelp("Scenarios and studies.", valueName: "file"))
  var files: [String]

  @Flag(help: "Say nothing but what is wrong.")
  var quiet = false

  mutating func run() throws {
    var problems: [Problem] = []
    for file in files {
      do {
        try StudyFile.validate(file, repository: Program.repository)
        if !quiet { Output.write("\(PrintableText.escaped(file)): good") }
      } catch {
        problems += error.all
      }
    }
    guard problems.isEmpty else { throw Problems(problems) }
  }
}
