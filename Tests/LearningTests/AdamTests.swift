import Learning
import Testing

@Suite("Adam")
struct AdamTests {
  @Test("ten steps are those of the algorithm's definition in double precision, to 1e-6")
  func definition() {
    let parameters = Parameters(rows: 1, columns: 5)
    var values: [Double] = [0.5, -0.25, 1, 0, 2]
    for (index, value) in values.enumerated() { parameters.values[0, index] = Float(value) }
    var (first, second) = (Array(repeating: 0.0, count: 5), Array(repeating: 0.0, count: 5))
    for step in 1...10 {
      for index in 0..<5 {
        // Sizes from 1e-5 to 1e3, and a gradient that is 0 throughout.
        let slope: Double = index == 3 ? 0 : Double((step * 7 + index * 3) % 11 - 5) * [1e-5, 1, 1e3, 0, 0.1][index]
        parameters.gradient[0, index] = Float(slope)
        let scaled = slope * 0.3
        first[index] = 0.9 * first[index] + 0.1 * scaled
        second[index] = 0.999 * second[index] + 0.001 * scaled * scaled
        var (firstPower, secondPower) = (1.0, 1.0)
        for _ in 0..<step { (firstPower, secondPower) = (firstPower * 0.9, secondPower * 0.999) }
        let unbiased = (first[index] / (1 - firstPower), second[index] / (1 - secondPower))
        values[index] -= 0.01 * unbiased.0 / (unbiased.1.squareRoot() + 1e-5)
      }
      parameters.update(AdamStep(count: step, learningRate: 0.01, epsilon: 1e-5, gradientScale: 0.3))
    }
    for index in 0..<5 { #expect(abs(Double(parameters.values[0, index]) - values[index]) < 1e-6) }
  }
}
