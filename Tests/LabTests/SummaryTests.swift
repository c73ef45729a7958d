import Foundation
import Lab
import Statistics
import Testing

@Suite("The summary's JSON")
struct SummaryTests {
  @Test("an estimate without a value keeps its method and its n")
  func estimateWithoutValue() throws {
    let estimate = Estimate(value: nil, low: 12, high: nil, confidence: 0.95, n: 40, method: .orderStatistics)
    let decoded = try JSONDecoder().decode(Estimate.self, from: JSONEncoder().encode(estimate))
    #expect(decoded == estimate)
  }
}
