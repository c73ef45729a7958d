import ArgumentParser
import Training

/// `stresslab template`: prints a document to begin with.
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "Prints a document to begin with.",
    discussion: """
      The scenario of the study and of the training is scenario.json, the training of the search training.json; the agent is an
      entry of a study's panel.

        stresslab template scenario > scenario.json
        stresslab template study > study.json
        stresslab run study.json
        stresslab template training > training.json
        stresslab train training.json
        stresslab template tuning > tuning.json
        stresslab tune tuning.json
      """)

  @Argument(help: "\(DocumentKind.allCases.map(\.rawValue).joined(separator: " | "))")
  var kind: DocumentKind

  mutating func run() throws {
    try Output.write(kind.template)
  }
}
