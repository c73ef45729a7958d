import ArgumentParser
import Foundation
import Glibc
import Lab
import Reports

/// `stresslab report`: draws a finished run's page again from its store alone.
struct ReportCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Draws the report of a finished run again from its store.")

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "folder"), completion: .directory)
  var folder: String

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let reportFolder = ReportFolder(folder)
    let summary = try reportFolder.readSummary()
    try Report(summary).write(to: reportFolder)
    if !quiet {
      try Output.write(
        Headline(summary, folder: folder).text(
          Ink(coloring.color, on: STDOUT_FILENO), width: Terminal.outputWidth))
    }
  }
}
