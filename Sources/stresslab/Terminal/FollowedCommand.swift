import ArgumentParser
import Documents
import Lab

/// Where a command tells what happens: `--events`.
struct EventsOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Append what happens to this file while it happens: lines of JSON, see docs/events-of-a-run.md.",
      valueName: "file"), completion: .file(extensions: ["jsonl"]))
  var events: String?
}

/// A command that tells in a file what happens while it works.
protocol FollowedCommand: ParsableCommand {
  var following: EventsOption { get }
  /// Does the command's work.
  ///
  /// - Parameter events: gets what happens; nil where nobody asked for it.
  func work(_ events: EventFile?) throws
}

extension FollowedCommand {
  /// Works, and tells how it ended, whatever the end is.
  mutating func run() throws {
    guard let path = following.events else { return try work(nil) }
    let events = EventFile(path) { Output.error($0) }
    events.endAtInterrupts(words: ProgramEnding(ExitCode.interrupted).words)
    do {
      try work(events)
    } catch {
      let ending = ProgramEnding(error)
      events.end(exit: ending.code.rawValue, words: ending.words)
      throw error
    }
    events.end(exit: 0, words: ProgramEnding(ExitCode.success).words)
  }
}
