import CGSL
import Randomness
import Testing

@Suite("GSL's samplers on a Philox stream")
struct PhiloxGeneratorTests {
  static let count = 200_000

  @Test("gsl_rng_uniform hands out the sparse stream's numbers")
  func sameNumbers() {
    let position = StreamPosition(path: 77, clone: 2, lastWord: -5)
    let key = testStreams.key("twin")
    let generator = PhiloxGenerator(key, position)
    var stream = SparseStream(key, position)
    for _ in 0..<9 { #expect(gsl_rng_uniform(generator.generator) == stream.uniform()) }
  }

  @Test("a generator moved elsewhere gives what one made there gives")
  func moving() {
    let there = StreamPosition(path: 9)
    var moved = PhiloxGenerator(testStreams.key("a"), StreamPosition(path: 1))
    _ = gsl_rng_get(moved.generator)
    moved.move(to: testStreams.key("b"), there)
    let made = PhiloxGenerator(testStreams.key("b"), there)
    for _ in 0..<9 { #expect(gsl_rng_get(moved.generator) == gsl_rng_get(made.generator)) }
  }

  @Test("it names itself and its range to GSL")
  func type() {
    let generator = PhiloxGenerator(testStreams.key("a"), StreamPosition(path: 1))
    #expect(String(cString: gsl_rng_name(generator.generator)) == "philox4x32-10")
    #expect(gsl_rng_min(generator.generator) == 0)
    #expect(gsl_rng_max(generator.generator) == UInt(UInt32.max))
  }

  static func normals(_ name: String, path: UInt64 = 0) -> [Double] {
    let generator = PhiloxGenerator(testStreams.key(name), StreamPosition(path: path))
    return (0..<count).map { _ in gsl_ran_gaussian(generator.generator, 1) }
  }

  @Test("gsl_ran_gaussian has the normal law and moments (false alarms 1 in 1,000 and 3 in 10,000)")
  func gaussian() {
    let sample = Self.normals("gaussian")
    #expect(kolmogorovSmirnov(sample) { gsl_cdf_ugaussian_P($0) } > 1e-3)
    #expect(worstMoment(sample) < 4)
  }

  @Test("gsl_ran_poisson has mean and variance 3.5 within 4 standard errors (false alarms 1 in 10,000)")
  func poisson() {
    let generator = PhiloxGenerator(testStreams.key("poisson"), StreamPosition(path: 0))
    let mu = 3.5
    let sample = (0..<Self.count).map { _ in Double(gsl_ran_poisson(generator.generator, mu)) }
    #expect(abs(standardErrors(sample, from: mu, deviation: mu.squareRoot())) < 4)
    // Var[(N − μ)²] = μ + 2μ².
    let squares = sample.map { ($0 - mu) * ($0 - mu) }
    #expect(abs(standardErrors(squares, from: mu, deviation: (mu + 2 * mu * mu).squareRoot())) < 4)
  }

  @Test("streams of other names and paths are uncorrelated within 4 standard errors (each 6 in 100,000)")
  func correlation() {
    let base = Self.normals("gaussian")
    #expect(abs(correlationInStandardErrors(base, Self.normals("gaussian2"))) < 4)
    #expect(abs(correlationInStandardErrors(base, Self.normals("gaussian", path: 1))) < 4)
    #expect(abs(correlationInStandardErrors(Array(base.dropLast()), Array(base.dropFirst()))) < 4)
  }
}
