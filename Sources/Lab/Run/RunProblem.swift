/// Why a run did not happen, or not to its end.
package enum RunProblem: Error, CustomStringConvertible, Sendable, Hashable {
  /// The wish cannot be met as it stands.
  case refused(Refusal)
  /// The store, or another file of the folder, cannot be read or written.
  case store(StoreProblem)

  package var description: String {
    switch self {
    case .refused(let refusal): refusal.description
    case .store(let problem): problem.description
    }
  }

  /// Works with the store inside what may also be refused.
  static func atStore<Result>(_ body: () throws(StoreProblem) -> Result) throws(RunProblem) -> Result {
    do { return try body() } catch { throw .store(error) }
  }

  /// Asks for what may only be refused, likewise.
  static func unlessRefused<Result>(_ body: () throws(Refusal) -> Result) throws(RunProblem) -> Result {
    do { return try body() } catch { throw .refused(error) }
  }
}
