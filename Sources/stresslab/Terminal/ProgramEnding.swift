import ArgumentParser
import Documents
import Foundation
import Lab

/// How the program ends when a command threw: with which code, and what is said of it.
struct ProgramEnding {
  /// With what the process ends.
  let code: ExitCode
  private let message: Message

  private enum Message {
    /// The command has said it already.
    case said
    case problems(Problems)
    case fault(String)
    /// What the argument parser has to say of what it was given.
    case complaint(String)
    /// What was asked for, such as a help text.
    case answer(String)
  }

  init(_ error: any Error) {
    (code, message) =
      switch error {
      case let code as ExitCode: (code, .said)
      case let problems as Problems: (problems.areOfTheSystem ? .systemFailed : .wrongInput, .problems(problems))
      case let refusal as Refusal: (.wrongInput, .fault("\(refusal)"))
      case RunProblem.refused(let refusal): (.wrongInput, .fault("\(refusal)"))
      case RunProblem.store(let problem): (ExitCode(problem.kind), .fault("\(problem)"))
      case let problem as StoreProblem: (ExitCode(problem.kind), .fault("\(problem)"))
      case let failure as SystemFailure: (.systemFailed, .fault("\(failure)"))
      default:
        switch StressLab.exitCode(for: error) {
        case .success: (.success, .answer(StressLab.fullMessage(for: error)))
        case .validationFailure: (.wrongInput, .complaint(StressLab.fullMessage(for: error)))
        default: (.ourFault, .fault("this should not have happened: \(SystemFault.words(of: error))"))
        }
      }
  }

  /// Says it where the command has not.
  ///
  /// - Returns: with what the process ends now.
  func say(_ ink: Ink) -> ExitCode {
    switch message {
    case .said: break
    case .problems(let problems): Output.error(inked: problems.all.map(ink.problem).joined(separator: "\n"))
    case .fault(let text): Output.error(inked: ink.fault(text))
    case .complaint(let text): Output.error(text)
    case .answer(let text):
      do throws(SystemFailure) {
        try Output.write(text)
      } catch {
        return ProgramEnding(error).say(ink)
      }
    }
    return code
  }

  /// Why it ends, for people, without the program's name.
  var words: String {
    switch message {
    case .said where code == .interrupted: "stopped"
    case .said where code == .success: "done"
    case .said: "a criterion is missed"
    case .problems(let problems): "\(problems)"
    case .fault(let text), .complaint(let text), .answer(let text): text
    }
  }
}
