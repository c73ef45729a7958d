import CGSL
import Randomness

/// Where a function of several numbers is least, found by comparing its values alone.
///
/// Source: J. Nelder & R. Mead (1965), The Computer Journal 7(4); GSL's `nmsimplex2`.
package struct SimplexMinimum: Sendable {
  /// Where.
  package let point: [Double]
  /// What the function is there.
  package let value: Double
  /// Whether the simplex shrank below the wanted size before the steps ran out.
  package let hasShrunk: Bool

  /// What stands for the function where it has no value: GSL stops at what is not finite.
  private static let nowhere = 1e100

  /// Looks for a minimum.
  ///
  /// - Parameters:
  ///   - start: where to begin.
  ///   - steps: how far the other corners of the first simplex lie from there, none of them 0.
  ///   - size: the mean distance of the corners from their centre at which it ends.
  ///   - mostSteps: after so many it ends anyway.
  ///   - function: what is made small; not finite where it has no value.
  package init(
    from start: [Double], steps: [Double], size: Double = 1e-4, mostSteps: Int = 1000,
    of function: ([Double]) -> Double
  ) {
    precondition(!start.isEmpty && start.count == steps.count, "Invariant: a step for each number")
    GSL.silenceErrors()
    (point, value, hasShrunk) = withoutActuallyEscaping(function) { function in
      Self.search(Function(function, count: start.count), start, steps, size, mostSteps)
    }
  }

  /// A function as C can call it.
  private final class Function {
    private let function: ([Double]) -> Double
    private var point: [Double]

    init(_ function: @escaping ([Double]) -> Double, count: Int) {
      self.function = function
      point = Array(repeating: 0, count: count)
    }

    func value(_ vector: UnsafePointer<gsl_vector>) -> Double {
      for index in point.indices { point[index] = gsl_vector_get(vector, index) }
      let value = function(point)
      return value.isFinite ? min(value, SimplexMinimum.nowhere) : SimplexMinimum.nowhere
    }
  }

  private static func search(
    _ function: Function, _ start: [Double], _ steps: [Double], _ size: Double, _ mostSteps: Int
  ) -> ([Double], Double, Bool) {
    let count = start.count
    guard let minimizer = gsl_multimin_fminimizer_alloc(gsl_simplex_minimizer(), count),
      let origin = gsl_vector_alloc(count), let lengths = gsl_vector_alloc(count)
    else { preconditionFailure("Invariant: there is memory for a simplex") }
    defer {
      gsl_multimin_fminimizer_free(minimizer)
      gsl_vector_free(origin)
      gsl_vector_free(lengths)
    }
    for index in 0..<count {
      gsl_vector_set(origin, index, start[index])
      gsl_vector_set(lengths, index, steps[index])
    }
    var call = gsl_multimin_function(
      f: { vector, function in
        guard let vector, let function else { return SimplexMinimum.nowhere }
        return Unmanaged<Function>.fromOpaque(function).takeUnretainedValue().value(vector)
      }, n: count, params: Unmanaged.passUnretained(function).toOpaque())
    return withExtendedLifetime(function) {
      withUnsafeMutablePointer(to: &call) { call in
        var hasShrunk = false
        if gsl_multimin_fminimizer_set(minimizer, call, origin, lengths) == Int32(GSL_SUCCESS) {
          for _ in 0..<mostSteps {
            guard gsl_multimin_fminimizer_iterate(minimizer) == Int32(GSL_SUCCESS) else { break }
            hasShrunk = gsl_multimin_fminimizer_size(minimizer) < size
            if hasShrunk { break }
          }
        }
        let point = gsl_multimin_fminimizer_x(minimizer)
        return ((0..<count).map { gsl_vector_get(point, $0) }, gsl_multimin_fminimizer_minimum(minimizer), hasShrunk)
      }
    }
  }
}
