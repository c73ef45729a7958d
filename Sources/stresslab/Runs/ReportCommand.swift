import ArgumentParser
import Documents
import Foundation
import Glibc
import Lab
import Reports

/// `stresslab report`: draws a finished run's page again from its store alone, or a page that lists reports.
struct ReportCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Draws the report of a finished run again from its store.")

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "folder"), completion: .directory)
  var folder: String

  @Flag(help: "Take the folder for one that reports lie in, and write a page into it that lists them.")
  var index = false

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    if index {
      try writeIndex()
      return
    }
    let reportFolder = ReportFolder(folder)
    let summary = try reportFolder.readSummary()
    try Report(summary).write(to: reportFolder)
    if !quiet {
      try Output.write(
        Headline(summary, folder: folder).text(
          Ink(coloring.color, on: STDOUT_FILENO), width: Terminal.outputWidth))
    }
  }

  private func writeIndex() throws {
    let list = try ReportList(in: folder)
    try list.write(IndexPage(list).text)
    guard !quiet else { return }
    let count = list.entries.count
    try Output.write(
      PrintableText.escaped("\(count) \(count == 1 ? "report is" : "reports are") listed in \(folder)/index.html"))
  }
}
