import Glibc

/// A complex number, for characteristic functions.
struct Complex {
  var re: Double
  var im: Double

  init(_ re: Double, _ im: Double = 0) {
    self.re = re
    self.im = im
  }

  static let i = Complex(0, 1)

  static func + (a: Complex, b: Complex) -> Complex { Complex(a.re + b.re, a.im + b.im) }
  static func - (a: Complex, b: Complex) -> Complex { Complex(a.re - b.re, a.im - b.im) }
  static func * (a: Complex, b: Complex) -> Complex { Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re) }
  static func * (a: Double, b: Complex) -> Complex { Complex(a * b.re, a * b.im) }
  static func / (a: Complex, b: Complex) -> Complex {
    let square = b.re * b.re + b.im * b.im
    return Complex((a.re * b.re + a.im * b.im) / square, (a.im * b.re - a.re * b.im) / square)
  }
  static prefix func - (a: Complex) -> Complex { Complex(-a.re, -a.im) }

  static func exp(_ z: Complex) -> Complex { Glibc.exp(z.re) * Complex(Glibc.cos(z.im), Glibc.sin(z.im)) }
  static func log(_ z: Complex) -> Complex { Complex(0.5 * Glibc.log(z.re * z.re + z.im * z.im), atan2(z.im, z.re)) }
  static func sqrt(_ z: Complex) -> Complex { exp(0.5 * log(z)) }
}

/// Exponents log E[e^{iu·(X_T − X_0 − μT)}] of models whose price is compensated, so that each is 0 at u = −i, and what they say
/// of options.
enum CharacteristicFunction {
  /// A diffusion of volatility σ over T years.
  static func diffusion(_ sigma: Double, _ years: Double) -> (Complex) -> Complex {
    { u in -0.5 * sigma * sigma * years * (u * u + .i * u) }
  }

  /// Normal jumps, λ a year, N(m, s²), compensated.
  static func normalJumps(_ rate: Double, _ m: Double, _ s: Double, _ years: Double) -> (Complex) -> Complex {
    let k = Glibc.exp(m + 0.5 * s * s) - 1
    return { u in rate * years * (.exp(m * (.i * u) - 0.5 * s * s * (u * u)) - Complex(1) - k * (.i * u)) }
  }

  /// Double-exponential jumps, λ a year, up by mean a with probability p, else down by mean b, compensated.
  static func exponentialJumps(
    _ rate: Double, _ p: Double, _ a: Double, _ b: Double, _ years: Double
  ) -> (Complex) -> Complex {
    func transform(_ z: Complex) -> Complex {
      p * (Complex(1) / (Complex(1) - a * z)) + (1 - p) * (Complex(1) / (Complex(1) + b * z))
    }
    let k = transform(Complex(1)).re - 1
    return { u in rate * years * (transform(.i * u) - Complex(1) - k * (.i * u)) }
  }

  /// Heston's model, in the form whose logarithm keeps to its main branch (Albrecher, Mayer, Schoutens & Tistaert 2007, Wilmott
  /// Magazine, "The little Heston trap").
  static func heston(
    v0: Double, theta: Double, kappa: Double, xi: Double, rho: Double, _ years: Double
  ) -> (Complex) -> Complex {
    { u in
      let back = Complex(kappa) - rho * xi * (.i * u)
      let d = Complex.sqrt(back * back + xi * xi * (.i * u + u * u))
      let g = (back - d) / (back + d)
      let decay = Complex.exp(-years * d)
      let one = Complex(1)
      let c =
        kappa * theta / (xi * xi) * (years * (back - d) - 2 * Complex.log((one - g * decay) / (one - g)))
      let slope = 1 / (xi * xi) * ((back - d) * ((one - decay) / (one - g * decay)))
      return c + v0 * slope
    }
  }

  /// A call on 100 at a strike after T years at a rate r = μ, by Lewis' integral, Simpson's rule on 40,000 pieces up to u = 200.
  /// Source: A. L. Lewis (2001), "A simple option formula for general jump-diffusion", equation 3.11.
  static func call(strike: Double, rate: Double, _ years: Double, _ exponent: (Complex) -> Complex) -> Double {
    let forward = 100 * Glibc.exp(rate * years)
    let k = Glibc.log(forward / strike)
    let pieces = 40_000
    let h = 200.0 / Double(pieces)
    var sum = 0.0
    for index in 0...pieces {
      let u = Double(index) * h
      let value = Complex.exp(Complex(0, u * k) + exponent(Complex(u, -0.5)))
      let weight = index == 0 || index == pieces ? 1.0 : index % 2 == 1 ? 4 : 2
      sum += weight * value.re / (u * u + 0.25)
    }
    return Glibc.exp(-rate * years) * (forward - (forward * strike).squareRoot() / .pi * sum * h / 3)
  }
}
