import ArgumentParser
import Documents
import Pipeline

/// `stresslab data verify`.
struct DataVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Checks every file by its SHA-256, and what was made of what.",
    discussion: "Exit code 1 where a file is gone or is not what was written. The index is made again on the way.")

  @Argument(help: "Datasets; all unless given.")
  var names: [String] = []

  @OptionGroup
  var option: DataOption

  mutating func run() throws {
    let folder = try option.folder()
    let names = try names.isEmpty ? folder.datasets() : names.map { try folder.dataset($0).name }
    let verification = try DataVerification(folder, names)
    let lines =
      verification.faults + verification.stale + [
        "\(verification.whole) file\(verification.whole == 1 ? "" : "s") as written, \(verification.faults.count) not"
      ]
    try Output.write(lines.map { PrintableText.escaped($0) }.joined(separator: "\n"))
    if !verification.faults.isEmpty { throw ExitCode(1) }
    try DataIndex(folder).refresh()
  }
}
