import ArgumentParser
import Documents
import Glibc

// A reader that has seen enough closes the pipe: that is no reason to die.
signal(SIGPIPE, SIG_IGN)
// A file that may not grow any more is an error of the call that writes it.
signal(SIGXFSZ, SIG_IGN)
Output.holdStandardFiles()
ParentProcess.follow()
var ink = Ink(.auto, on: STDERR_FILENO)
do {
  if let refusal = StressLab.complaint(about: Array(CommandLine.arguments.dropFirst())) { throw refusal }
  var command = try StressLab.parseAsRoot()
  if let colored = command as? any Colored { ink = Ink(colored.coloring.color, on: STDERR_FILENO) }
  try await StressLab.run(&command)
} catch {
  exit(ProgramEnding(error).say(ink).rawValue)
}
