import ArgumentParser
import Foundation
import Lab
import Pipeline

/// What is to be changed of bars on their way into the data folder.
struct RepairOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Findings whose rows are dropped, with commas between them.", valueName: "checks"))
  var drop: String?

  @Option(help: ArgumentHelp("Findings that are mended, with commas between them.", valueName: "checks"))
  var fix: String?

  /// The repairs; none unless asked for.
  func repairs() throws(Refusal) -> Repairs { try Repairs(drop: Self.words(drop), fix: Self.words(fix)) }

  private static func words(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
