/// Why a run did not happen, or not to its end.
package enum RunProblem: Error, CustomStringConvertible, Sendable, Hashable {
  /// The wish cannot be met as it stands.
  case refused(Refusal)
  /// The store is damaged, or it or another file of the folder cannot be read or written.
  case store(StoreProblem)

  package var description: String {
    switch self {
    case .refused(let refusal): refusal.description
    case .store(let problem): problem.description
    }
  }

  /// As a problem of the folder.
  var storeProblem: StoreProblem {
    switch self {
    case .refused(let refusal): StoreProblem(refusal.description, .unfit)
    case .store(let problem): problem
    }
  }

  /// The same problem with another sentence of what to do, where the system failed.
  package func whereTheSystemFailed(_ sentence: String) -> RunProblem {
    if case .store(let problem) = self { .store(problem.whereTheSystemFailed(sentence)) } else { self }
  }

  /// Works with the store inside what may also be refused; a folder that does not fit is a refusal.
  static func atStore<Result>(_ body: () throws(StoreProblem) -> Result) throws(RunProblem) -> Result {
    do { return try body() } catch {
      throw error.kind == .unfit ? .refused(Refusal(error.description)) : .store(error)
    }
  }
}
