import ArgumentParser
import Documents
import Glibc
import Lab

// A reader that has seen enough closes the pipe: that is no reason to die.
signal(SIGPIPE, SIG_IGN)
// A file that may not grow any more is an error of the call that writes it.
signal(SIGXFSZ, SIG_IGN)
Output.holdStandardFiles()
var ink = Ink(.auto, on: STDERR_FILENO)
do {
  if let refusal = StressLab.complaint(about: Array(CommandLine.arguments.dropFirst())) { throw refusal }
  var command = try StressLab.parseAsRoot()
  if let colored = command as? any Colored { ink = Ink(colored.coloring.color, on: STDERR_FILENO) }
  try await StressLab.run(&command)
} catch let code as ExitCode {
  exit(code.rawValue)
} catch let problems as Problems {
  Output.error(inked: problems.all.map(ink.problem).joined(separator: "\n"))
  exit((problems.areOfTheSystem ? ExitCode.systemFailed : .wrongInput).rawValue)
} catch let refusal as Refusal {
  Output.error(inked: ink.fault("\(refusal)"))
  exit(ExitCode.wrongInput.rawValue)
} catch RunProblem.refused(let refusal) {
  Output.error(inked: ink.fault("\(refusal)"))
  exit(ExitCode.wrongInput.rawValue)
} catch RunProblem.store(let problem) {
  Output.error(inked: ink.fault("\(problem)"))
  exit(ExitCode(problem.kind).rawValue)
} catch let problem as StoreProblem {
  Output.error(inked: ink.fault("\(problem)"))
  exit(ExitCode(problem.kind).rawValue)
} catch let failure as SystemFailure {
  Output.error(inked: ink.fault("\(failure)"))
  exit(ExitCode.systemFailed.rawValue)
} catch {
  switch StressLab.exitCode(for: error) {
  case .success:
    do {
      try Output.write(StressLab.fullMessage(for: error))
    } catch {
      Output.error(inked: ink.fault("\(error)"))
      exit(ExitCode.systemFailed.rawValue)
    }
    exit(0)
  case .validationFailure:
    Output.error(StressLab.fullMessage(for: error))
    exit(ExitCode.wrongInput.rawValue)
  default:
    Output.error(inked: ink.fault("this should not have happened: \(SystemFault.words(of: error))"))
    exit(ExitCode.ourFault.rawValue)
  }
}
