import Foundation
import Statistics
import Testing

@Suite("Estimates")
struct EstimateTests {
  @Test("in JSON an estimate has exactly its six keys, and null for what is not estimable")
  func json() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    func text(_ estimate: Estimate) throws -> String { String(decoding: try encoder.encode(estimate), as: UTF8.self) }
    let known = Estimate(value: 0.5, low: 0.25, high: 0.75, n: 8, method: .wilson)
    #expect(
      try text(known) == #"{"confidence":0.95,"high":0.75,"low":0.25,"method":"wilson","n":8,"value":0.5}"#)
    let unknown = Estimate.unknown(n: 0, confidence: 0.9, method: .incidenceLogLog)
    #expect(
      try text(unknown)
        == #"{"confidence":0.9,"high":null,"low":null,"method":"incidenceLogLog","n":0,"value":null}"#)
    let few = Estimate(value: 0.5, low: nil, high: nil, n: 8, method: .tailVariance, evidence: .tooFewPaths)
    #expect(try text(few).contains(#""evidence":"tooFewPaths","high":null"#))
    let never = Estimate(value: 0, low: 0, high: 0.3, n: 8, method: .clopperPearson, evidence: .notSeen(atMost: 0.25))
    #expect(
      try text(never)
        == #"{"atMost":0.25,"confidence":0.95,"evidence":"notSeen","high":0.3,"low":0,"method":"clopperPearson","n":8,"value":0}"#
    )
    for estimate in [known, unknown, few, never, never.complement, few.scaled(by: 3)] {
      #expect(try JSONDecoder().decode(Estimate.self, from: encoder.encode(estimate)) == estimate)
    }
  }

  @Test(
    "JSON that is no estimate is refused",
    arguments: [
      #"{"value":2,"low":0,"high":1,"confidence":0.95,"n":3,"method":"wilson"}"#,
      #"{"value":null,"low":2,"high":1,"confidence":0.95,"n":3,"method":"wilson"}"#,
      #"{"value":0.5,"low":0,"high":1,"confidence":1,"n":3,"method":"wilson"}"#,
      #"{"value":0.5,"low":0,"high":1,"confidence":0.95,"n":-3,"method":"wilson"}"#,
      #"{"value":0.5,"low":0,"high":1,"confidence":0.95,"n":3,"method":"wald"}"#,
      #"{"value":0.5,"low":0,"high":1,"n":3,"method":"wilson"}"#,
      #"{"value":0.5,"low":0,"high":1,"confidence":0.95,"n":3,"method":"wilson","evidence":"notSeen"}"#,
      #"{"value":0.5,"low":0,"high":1,"confidence":0.95,"n":3,"method":"wilson","evidence":"seen"}"#,
    ])
  func damagedJSON(text: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Estimate.self, from: Data(text.utf8)) }
  }

  @Test("a change of unit and the complement carry value and bounds along")
  func transformations() {
    let estimate = Estimate(value: 0.25, low: nil, high: 0.5, n: 4, method: .orderStatistics)
    #expect(estimate.scaled(by: 8) == Estimate(value: 2, low: nil, high: 4, n: 4, method: .orderStatistics))
    #expect(estimate.complement == Estimate(value: 0.75, low: 0.5, high: nil, n: 4, method: .orderStatistics))
  }
}
