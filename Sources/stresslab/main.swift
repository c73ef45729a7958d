import ArgumentParser
import Documents
import Glibc
import Lab

// A reader that has seen enough closes the pipe: that is no reason to die.
signal(SIGPIPE, SIG_IGN)
// A file that may not grow any more is an error of the call that writes it.
signal(SIGXFSZ, SIG_IGN)
do {
  var command = try StressLab.parseAsRoot()
  try command.run()
} catch let code as ExitCode {
  exit(code.rawValue)
} catch let problems as Problems {
  Output.error(problems.description)
  exit(ExitCode.wrongInput.rawValue)
} catch let refusal as Refusal {
  Output.error("stresslab: \(refusal)")
  exit(ExitCode.wrongInput.rawValue)
} catch RunProblem.refused(let refusal) {
  Output.error("stresslab: \(refusal)")
  exit(ExitCode.wrongInput.rawValue)
} catch RunProblem.store(let problem) {
  Output.error("stresslab: \(problem)")
  exit(ExitCode(problem.kind).rawValue)
} catch let problem as StoreProblem {
  Output.error("stresslab: \(problem)")
  exit(ExitCode(problem.kind).rawValue)
} catch {
  switch StressLab.exitCode(for: error) {
  case .success:
    Output.write(StressLab.fullMessage(for: error))
    exit(0)
  case .validationFailure:
    Output.error(StressLab.fullMessage(for: error))
    exit(ExitCode.wrongInput.rawValue)
  default:
    Output.error("stresslab: this should not have happened: \(error)")
    exit(ExitCode.ourFault.rawValue)
  }
}
