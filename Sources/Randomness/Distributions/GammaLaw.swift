import Lanes

/// The gamma law with a shape a > 0 and scale 1, in our own arithmetic for the reason that `BetaLaw` gives.
package struct GammaLaw: Sendable, Hashable {
  /// The shape, above 0.
  package let shape: Double
  /// The logarithm of √(a/2π)/Γ*(a), which is x^a e^{−x}/Γ(a) at x = a.
  private let logPeak: Double

  /// The law with a finite shape above 0.
  package init(shape: Double) {
    precondition(shape > 0 && shape.isFinite, "Invariant: the shape is above 0")
    self.shape = shape
    logPeak = 0.5 * log(shape / (2 * .pi)) - logGammaStar(shape)
  }

  /// P(X ≤ x), the regularised lower incomplete gamma function.
  ///
  /// Source: NIST Digital Library of Mathematical Functions, 8.7.1 (series) up to a + 1, 8.9.2 (continued fraction, by the
  /// modified Lentz method) beyond.
  package func cumulative(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < .infinity else { return 1 }
    return x < shape + 1 ? min(1, kernel(x) * series(x)) : max(0, 1 - kernel(x) * fraction(x))
  }

  /// The x with P(X ≤ x) = `probability`, which lies in 0…1.
  package func quantile(_ probability: Double) -> Double {
    precondition(probability >= 0 && probability <= 1, "Invariant: a probability lies in 0...1")
    guard probability > 0 else { return 0 }
    guard probability < 1 else { return .infinity }
    // By Chernoff's bound less than e^{−100} lies beyond.
    return invert(
      probability, in: 0...(4 * shape + 200), first: firstGuess(probability), cumulative: cumulative,
      density: { kernel($0) / $0 })
  }

  /// Wilson and Hilferty's cube of a normal; near 0 what the first term of the series says.
  private func firstGuess(_ probability: Double) -> Double {
    let root = 1 / (9 * shape)
    let cube = 1 - root + normalQuantile(Lanes(probability))[0] * root.squareRoot()
    if cube > 0.5 { return shape * cube * cube * cube }
    // P ≈ x^a/Γ(a + 1), with log Γ(a + 1) from Stirling's formula and what it leaves.
    let logGamma = 0.5 * log(2 * .pi) + (shape + 0.5) * log(shape) - shape + logGammaStar(shape)
    return exp((log(probability) + logGamma) / shape)
  }

  /// x^a e^{−x}/Γ(a): as `BetaLaw.kernel`, from its value at x = a and the distance from there.
  private func kernel(_ x: Double) -> Double {
    let ratio = x / shape
    let distance = ratio - 1
    let logRatio = abs(distance) < 0.5 ? log1p(distance) : log(ratio)
    return exp(logPeak + shape * (logRatio - distance))
  }

  /// Σ x^n / (a(a + 1)…(a + n)).
  private func series(_ x: Double) -> Double {
    var term = 1 / shape
    var sum = term
    var n = shape
    while term > 1e-17 * sum {
      n += 1
      term *= x / n
      sum += term
    }
    return sum
  }

  /// Γ(a, x) e^x x^{−a} as a continued fraction.
  private func fraction(_ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - shape
    var c = 1 / tiny
    var d = 1 / (abs(b) < tiny ? tiny : b)
    var result = d
    for term in 1...1_000_000 {
      let n = Double(term)
      let a = n * (shape - n)
      b += 2
      d = a * d + b
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = b + a / c
      if abs(c) < tiny { c = tiny }
      result *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return result
  }
}
