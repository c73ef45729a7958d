import Documents
import Glibc
import Statistics

/// A process with the parameters under which recorded returns are most likely.
package struct ProcessFit: Sendable {
  /// What was fitted.
  package let fitter: any ProcessFitter
  /// The parameters, in the order of the model's form; those that the fit leaves out stand at their defaults.
  package let parameters: [FittedParameter]
  /// The log likelihood of the returns.
  package let logLikelihood: Double
  /// How many returns it is of.
  package let count: Int
  /// The probability of each return under the fitted law, given those before it, or less: uniform and independent where the
  /// model is right.
  package let probabilities: [Double]
  /// From how many starts the maximum was looked for, and from how many it was found; nil for a closed form.
  package let starts: (tried: Int, agreeing: Int)?
  /// The model as documents have it, its numbers with four digits that count.
  package let process: JSONValue

  /// States a fit.
  init(
    _ fitter: any ProcessFitter, _ parameters: [FittedParameter], logLikelihood: Double, probabilities: [Double],
    starts: (tried: Int, agreeing: Int)? = nil, session: RecordedSession
  ) {
    self.fitter = fitter
    self.parameters = parameters
    self.logLikelihood = logLikelihood
    count = probabilities.count
    self.probabilities = probabilities
    self.starts = starts
    process = .object(
      [JSONMember("model", .string(fitter.model))]
        + parameters.map { parameter in
          let value: JSONValue =
            parameter.unit == Self.steps
            ? .string(session.duration(steps: parameter.value)) : .number(parameter.value.rounded(toDigits: 4))
          return JSONMember(parameter.name, value)
        })
  }

  /// The unit of a trading time that is fitted in steps.
  static let steps = "steps"

  /// Akaike's criterion 2k − 2L: of several models the one with the least is expected to be nearest to the truth.
  ///
  /// Source: H. Akaike (1974), IEEE Transactions on Automatic Control 19(6).
  package var aic: Double { 2 * Double(parameters.count) - 2 * logLikelihood }
  /// Schwarz's criterion k·log n − 2L, which is harder on parameters.
  ///
  /// Source: G. Schwarz (1978), Annals of Statistics 6(2).
  package var bic: Double { log(Double(count)) * Double(parameters.count) - 2 * logLikelihood }
  /// How far the probabilities are from a uniform sample.
  package var distance: KolmogorovDistance { KolmogorovDistance(probabilities) }
}

/// Why a process is not fitted to returns.
package struct FitRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// In words.
  package let description: String

  init(_ description: String) { self.description = description }
}

/// Fits one process to recorded returns.
///
/// A new one is one file and one line in `ProcessFitters.catalogue`.
package protocol ProcessFitter: Sendable {
  /// The model's name in `PriceProcesses.catalogue`.
  var model: String { get }
  /// Which of its variants; empty where it has one.
  var variant: String { get }
  /// How it is fitted, for the sources of a scenario.
  var method: String { get }
  /// Returns that it needs, at least.
  var fewest: Int { get }
  /// Fits it.
  ///
  /// - Parameter returns: at least `fewest`, not more than half of them 0.
  /// - Throws: why it can't be fitted to them.
  func fit(_ returns: RecordedReturns) throws(FitRefusal) -> ProcessFit
}

extension ProcessFitter {
  /// None.
  package var variant: String { "" }
  /// The model, with its variant.
  package var name: String { variant.isEmpty ? model : "\(model), \(variant)" }

  /// Fits it to returns of whatever number.
  package func fitted(to returns: RecordedReturns) throws(FitRefusal) -> ProcessFit {
    guard returns.values.count >= fewest else {
      throw FitRefusal("\(returns.values.count) returns are too few for its parameters: at least \(fewest)")
    }
    return try fit(returns)
  }
}

/// What can be fitted.
package enum ProcessFitters {
  /// All of it; a new one is one file and one line here.
  package static let catalogue: [any ProcessFitter] = [
    GeometricBrownianMotionFit(), MertonJumpDiffusionFit(), KouJumpDiffusionFit(),
    GarchFit(hasStudentInnovations: false),
    GarchFit(hasStudentInnovations: true), HestonFit(),
  ]

  /// The other processes, and why not.
  package static let others: [(model: String, reason: String)] = [
    (
      "hawkes",
      "its jumps are not seen in bars, and their rate remembers them: the likelihood is an integral over all histories"
    ),
    (
      "bates",
      "its jumps and its variance are not seen in bars, and few bars tell one from the other; heston is fitted"
    ),
    (
      "regimes",
      "its states are not seen in bars: their number and where each begins are read from a filter, which is not written yet"
    ),
    ("bachelier", "its moves are amounts of money, and what is fitted here are log returns"),
    ("stable", "its truncated density has no closed form, and the bound is no parameter that bars tell"),
    ("predictableReturns", "its signal is not seen in bars; it is for training agents on, not for describing markets"),
  ]
}
