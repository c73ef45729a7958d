import Foundation
import Testing

@Suite("The command diff")
struct DiffCommandTests {
  private func lines(_ first: String, _ second: String, isStudy: Bool = false) throws -> [String] {
    let folder = try TemporaryFolder()
    if isStudy { try folder.write("small.json", SmallScenario.scenario()) }
    try folder.write("a.json", first)
    try folder.write("b.json", second)
    let result = try StressLabProgram(folder: folder).run("diff", "a.json", "b.json")
    #expect(result.code == 0, "\(result.error)")
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test("of a document and itself written otherwise there is nothing to say")
  func same() throws {
    let text = SmallScenario.scenario()
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let sorted = try JSONSerialization.data(withJSONObject: parsed, options: [.sortedKeys, .prettyPrinted])
    // JSONSerialization writes 0.7 as 0.69999999999999996, which is the same number in another spelling.
    let spelt = String(decoding: sorted, as: UTF8.self).replacing("0.69999999999999996", with: "0.7")
    #expect(try lines(text, text) == ["They say the same."])
    #expect(try lines(text, spelt).allSatisfy { !$0.contains("price") && !$0.contains("drop") })
  }

  @Test("a changed number, a key that is left out, and what has a name are told in words")
  func changes() throws {
    let first = SmallScenario.scenario()
    let second = first.replacing("\"typical\": 0.15", with: "\"typical\": 0.1")
      .replacing("\"price\": 50", with: "\"price\": 55").replacing(", \"latency\": \"30s\"", with: "")
      .replacing("\"shape\": 1.5", with: "\"shape\": 2")
    let told = try lines(first, second)
    #expect(told.contains { $0.hasPrefix("assets BBB price: 50 becomes 55") }, "\(told)")
    #expect(told.contains { $0.hasPrefix("events crash fall shape: 1.5 becomes 2") }, "\(told)")
    #expect(
      told.contains {
        $0.hasPrefix("events crash drop: 0.05 to 0.3, typically 0.15 becomes 0.05 to 0.3, typically 0.1")
      },
      "\(told)")
    #expect(told.contains { $0.hasPrefix("venue latency: 30s") }, "\(told)")
    #expect(told.count == 4, "\(told)")
    let calm = try lines(first, SmallScenario.scenario(events: ""))
    #expect(
      calm.count == 1 && calm[0].hasPrefix("events crash: flashCrash, ") && calm[0].hasSuffix(" falls away"), "\(calm)")
    let back = try lines(SmallScenario.scenario(events: ""), first)
    #expect(
      back.count == 1 && back[0].hasPrefix("events crash: flashCrash, ") && back[0].hasSuffix(" is new"), "\(back)")
  }

  @Test("studies are compared too, and a study with a scenario is not")
  func studies() throws {
    let study = SmallScenario.study()
    let told = try lines(study, study.replacing("\"leverage\": 6", with: "\"leverage\": 4"), isStudy: true)
    #expect(told.count == 1 && told[0].hasPrefix("panel hold leverage: 6 becomes 4"), "\(told)")
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let result = try StressLabProgram(folder: folder).run("diff", "small.json", "study.json")
    #expect(
      result.code == 2 && result.error.contains("small.json is a scenario, study.json a study"), "\(result.error)")
  }

  @Test("as JSON it is a list of paths with both values")
  func json() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", SmallScenario.scenario())
    try folder.write("b.json", SmallScenario.scenario().replacing("\"price\": 50", with: "\"price\": 55"))
    let result = try StressLabProgram(folder: folder).run("diff", "a.json", "b.json", "--json")
    let list = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: String]]
    #expect(list == [["path": "/assets/BBB/price", "first": "50", "second": "55"]], "\(result.output)")
  }
}
