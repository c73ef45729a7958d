import Documents
import Lab

extension Failure {
  /// What errors of the other modules come to; nil for what none of them throws on purpose.
  init?(known error: any Error) {
    switch error {
    case let problems as Problems: self = .invalid(problems)
    case let refusal as Refusal: self = Failure(.unprocessableContent, "refused", "\(refusal)")
    case RunProblem.refused(let refusal): self = Failure(.unprocessableContent, "refused", "\(refusal)")
    case RunProblem.store(let problem): self = Failure(problem)
    case let problem as StoreProblem: self = Failure(problem)
    case let fault as SystemFault: self = .system("the system failed", fault)
    case let failure as WholeFile.Failure: self = .system("\(failure.path) cannot be written", failure.fault)
    default: return nil
    }
  }

  /// What a store refuses.
  init(_ problem: StoreProblem) {
    switch problem.kind {
    case .damaged: self = Failure(.conflict, "damaged", "\(problem)")
    case .unfit: self = Failure(.conflict, "unfit", "\(problem)")
    case .system: self = Failure(.serviceUnavailable, "systemFailed", "\(problem)")
    case .fault: self = Failure(.internalServerError, "ourFault", "\(problem)")
    }
  }
}
