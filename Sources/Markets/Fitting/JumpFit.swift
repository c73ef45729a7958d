import Glibc
import Statistics

/// What the fits of jump-diffusions share: the search, and what they say when it finds no maximum.
enum JumpFit {
  /// The place of log λ among the numbers.
  private static let rate = 2

  /// Searches from several starts.
  ///
  /// - Parameters:
  ///   - parameters: of the process, as functions of the numbers.
  ///   - starts: the numbers of each start.
  ///   - steps: how far each number is moved at first.
  ///   - probabilities: P(R ≤ r) of each return at the maximum.
  /// - Throws: why there is none.
  static func fit(
    _ fitter: any ProcessFitter, _ returns: RecordedReturns, _ likelihood: some Likelihood,
    _ parameters: [NaturalParameter], starts: [[Double]], steps: [Double], probabilities: ([Double]) -> [Double]
  ) throws(FitRefusal) -> ProcessFit {
    let maximum: LikelihoodMaximum
    do throws(LikelihoodMaximum.Failure) {
      maximum = try LikelihoodMaximum(of: likelihood, starts: starts, tries: 2, steps: steps)
    } catch {
      throw FitRefusal(reason(error, perReturn: Double(returns.values.count) / returns.allYears))
    }
    return ProcessFit(
      fitter, parameters.map { $0.fitted(maximum, robust: false, whole: { $0 }) }, logLikelihood: maximum.value,
      probabilities: probabilities(maximum.numbers), starts: maximum.starts, session: returns.session)
  }

  /// - Parameter perReturn: returns a year.
  private static func reason(_ failure: LikelihoodMaximum.Failure, perReturn: Double) -> String {
    guard case .noMaximum(let last) = failure else { return "no start of the search has a likelihood" }
    let jumps = exp(last[rate])
    if jumps > 99_000 { return "the likelihood still rises at 100000 jumps a year, the most that a scenario can have" }
    return jumps > 5 * perReturn
      ? "the likelihood rises towards ever more and smaller jumps: they are a diffusion, which gbm is"
      : "the search found no maximum of the likelihood: the returns tell nothing of some parameter where it ended, at "
        + "\(Int(jumps.rounded())) jumps a year"
  }
}
