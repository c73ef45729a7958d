import ArgumentParser
import Documents
import Glibc
import Lab
import Reports

/// `stresslab verify`: proves a report folder.
struct VerifyCommand: ParsableCommand, Colored {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Proves a report: its files by its store, its store by checksums, its paths by simulating some again.",
    discussion: """
      A line for each check: good, differs, or not checked, which proves nothing and counts like a difference. Documents \
      are looked for where the run's command named them, from the working folder. Nothing is written.

      Exit codes: 0 all is good, 1 something differs or could not be checked, 2 no finished run lies there.
      """)

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "folder"), completion: .directory)
  var folder: String

  @Option(
    help: "How many paths of each market are simulated again, in groups of eight from the first to the last; 0: none.")
  var paths = 64

  @Flag(name: .shortAndLong, help: "Say nothing but what is wrong.")
  var quiet = false

  @OptionGroup
  var coloring: ColorOption

  mutating func run() throws {
    let ink = Ink(coloring.color, on: STDOUT_FILENO)
    let isQuiet = quiet
    var failure: SystemFailure?
    var verification = FolderVerification(ReportFolder(folder)) { check in
      guard !isQuiet || check.finding != .good, failure == nil else { return }
      do throws(SystemFailure) { try Output.write(Self.line(check, ink)) } catch { failure = error }
    }
    let isVerified = try verification.run(paths: paths) { Report($0).files }
    if let failure { throw failure }
    guard isVerified else { throw ExitCode(1) }
  }

  /// "differs      summary.json: from byte 17 on: …"
  private static func line(_ check: FolderCheck, _ ink: Ink) -> String {
    let word =
      switch check.finding {
      case .good: "good"
      case .differs: "differs"
      case .notChecked: "not checked"
      }
    let padding = String(repeating: " ", count: 13 - word.count)
    return (check.finding == .good ? word : ink.red(word)) + padding
      + PrintableText.escaped("\(check.what): \(check.detail)")
  }
}
