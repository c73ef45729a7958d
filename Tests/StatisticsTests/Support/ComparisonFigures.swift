import Statistics

/// `fixtures/statistics/comparisons.json`: what other software says of two worlds on the same paths.
struct ComparisonFigures: Decodable {
  struct Test: Decodable { let onlyFirst, onlySecond, pairs: Int; let pValue: Double }
  struct Power: Decodable { let onlyFirst, onlySecond, pairs: Int; let confidence, difference: Double }
  struct Case: Decodable {
    let name: String
    let differences: [Double]
    let pValue, interquartileMean: Double
    let interquartileInterval: [Double]
    let centre: Double?
    let centreInterval, bootstrap: [Double]?
    let bootstrapError: Double?
  }
  struct Better: Decodable { let first, second: [Double]; let value, varianceSaved: Double; let interval: [Double] }
  struct Trainings: Decodable { let rows: [[Double]]; let value: Double; let interval: [Double] }
  struct Profile: Decodable { let values, levels, shares: [Double] }
  struct Family: Decodable { let pValues, holm, falseDiscovery: [Double] }

  let tests: [Test]
  let powers: [Power]
  let cases: [Case]
  let better: [Better]
  let trainings: [Trainings]
  let profiles: [Profile]
  let families: [Family]

  static func load() throws -> ComparisonFigures { try Fixture.load("comparisons", as: ComparisonFigures.self) }
}
