import ArgumentParser
import Foundation
import Lab
import Reports

/// `stresslab report`: draws a finished run's page again from its store alone.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Draws the report of a finished run again from its store.")

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "folder"))
  var folder: String

  @Flag(help: "Say nothing but what is wrong.")
  var quiet = false

  mutating func run() throws {
    let reportFolder = ReportFolder(folder)
    let summary = try reportFolder.readSummary()
    try Report(summary).write(to: reportFolder)
    if !quiet { Output.write(Headline(summary, folder: folder).text) }
  }
}
