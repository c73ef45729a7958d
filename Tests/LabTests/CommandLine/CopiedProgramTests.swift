import Agents
import Foundation
import Lab
import Testing

@Suite("A copy of the program alone")
struct CopiedProgramTests {
  /// Seen before: "a scenario alone runs under a default study, and there is none".
  @Test("runs a scenario, checks it, and prints schemas and templates")
  func alone() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: StressLabProgram.path, toPath: folder.path("copied"))
    func copied(_ arguments: String...) throws -> StressLabProgram.Result {
      try RunningProgram(folder.path("copied"), arguments, in: folder.url).wait()
    }
    // Agents that look back further than its warm-up of 12 steps are left out.
    try folder.write("mine.json", SmallScenario.scenario(events: ""))
    for command in [["validate", "mine.json"], ["run", "mine.json", "--paths", "8"]] {
      let result = try RunningProgram(folder.path("copied"), command, in: folder.url).wait()
      #expect(result.code == 0)
      #expect(
        result.error.contains(
          #"the agent "momentum" is left out of "mine": it looks back 50 steps, and the warm-up has 12"#),
        "\(result.error)")
    }
    let template = try copied("template", "scenario")
    try folder.write("template.json", template.output)
    #expect(try copied("validate", "template.json").output == "template.json: good\n")
    let run = try copied("run", "template.json", "--paths", "8", "--severity", "1", "--agents", "hold")
    #expect(run.code == 0, "\(run.error)")
    let files = try JSONDecoder().decode(
      Summary.self, from: Data(contentsOf: folder.url.appendingPathComponent("reports/template/summary.json"))
    ).run.files
    #expect(files.map(\.name).first == "(built-in)/studies/default.json")
    for kind in ["scenario", "study", "agent", "training"] {
      let schema = try copied("schema", kind)
      #expect(try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) is [String: Any])
    }
    #expect(try copied("list", "scenarios").output.contains("stresslab template scenario"))

    // The trained agents are in the program, too, for whatever market shows the signal.
    for name in ["flash-crash", "signal-crash"] {
      let scenario = Installation.repository.appendingPathComponent("scenarios/\(name).json").path
      try FileManager.default.copyItem(atPath: scenario, toPath: folder.path("\(name).json"))
    }
    let trained = try copied("run", "signal-crash.json", "--paths", "8", "--severity", "1")
    #expect(trained.code == 0 && trained.output.contains("stressTrained/none"), "\(trained.error)")
    let without = try copied("run", "flash-crash.json", "--paths", "8", "--severity", "1")
    #expect(without.code == 0 && !without.output.contains("Trained"), "\(without.error)")
    #expect(!without.error.contains("left out"), "\(without.error)")
    let told = try copied("run", "flash-crash.json", "--paths", "8", "--severity", "1", "--overwrite", "-v")
    #expect(told.error.contains(#"the agent "stressTrained" is left out of "flash-crash": the market shows no signal"#))
  }

  @Test("the documents inside the program are those of the repository (`make built-in`), as the README is")
  func builtIn() throws {
    func text(_ path: String) throws -> String {
      try String(contentsOf: Installation.repository.appendingPathComponent(path), encoding: .utf8)
    }
    #expect(BuiltInDocuments.defaultStudy == (try text("scenarios/studies/default.json")))
    #expect(BuiltInDocuments.scenario == (try text("scenarios/templates/scenario.json")))
    #expect(BuiltInDocuments.study == (try text("scenarios/templates/study.json")))
    #expect(BuiltInDocuments.agent == (try text("scenarios/templates/agent.json")))
    #expect(BuiltInDocuments.training == (try text("scenarios/templates/training.json")))
    #expect(try text("README.md").contains("```json\n\(BuiltInDocuments.scenario)```"))
  }

  @Test("the agents inside the program are the files of the repository, and read as agents")
  func shippedAgents() throws {
    #expect(ShippedAgents.folders == ["calm", "stress", "execution"].map { "(built-in)/agents/\($0)" })
    for folder in ShippedAgents.folders {
      let name = folder.split(separator: "/").last ?? ""
      for file in ["agent.json", "policy.json", "policy.safetensors", "training.csv"] {
        let path = Installation.repository.appendingPathComponent("fixtures/agents/\(name)/\(file)")
        #expect(try ShippedAgents.contents("\(folder)/\(file)") == Array(Data(contentsOf: path)), "\(file)")
      }
      #expect(try SavedAgent.read(folder).assets == ["AAPL"])
    }
    #expect(try ShippedAgents.contents("(built-in)/agents/clam/agent.json") == nil)
  }

  @Test("the templates are good, together as well as alone")
  func templates() throws {
    let folder = try TemporaryFolder()
    let program = StressLabProgram(folder: folder)
    for kind in ["scenario", "study", "training"] {
      try folder.write("\(kind).json", try program.run("template", kind).output)
    }
    try folder.write(
      "panel.json",
      #"{ "extends": "study.json", "panel": { "template": \#(try program.run("template", "agent").output) } }"#)
    let result = try program.run("validate", "scenario.json", "study.json", "panel.json", "training.json")
    #expect(result.code == 0, "\(result.error)")
    #expect(try program.run("run", "study.json", "--paths", "8").code == 0)
    #expect(try program.run("train", "training.json", "--quiet").code == 0)
  }
}
