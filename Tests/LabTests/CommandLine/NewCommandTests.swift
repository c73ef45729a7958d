import Foundation
import Testing

@Suite("The command new")
struct NewCommandTests {
  @Test("writes the template, which is good, and replaces nothing unless told to")
  func template() throws {
    let folder = try TemporaryFolder()
    let program = StressLabProgram(folder: folder)
    let made = try program.run("new", "mine.json")
    #expect(made.code == 0 && made.output.contains("mine.json: written"), "\(made.error)")
    #expect(try program.run("validate", "mine.json").code == 0)
    let again = try program.run("new", "mine.json")
    #expect(again.code == 2 && again.error.contains("mine.json exists; --overwrite replaces it"), "\(again.error)")
    #expect(try program.run("new", "mine.json", "--overwrite").code == 0)
  }

  @Test("from another scenario extends it, from wherever it is written, and says the same but for its title")
  func extending() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    try FileManager.default.createDirectory(atPath: folder.path("deep/er"), withIntermediateDirectories: true)
    for file in ["mine.json", "deep/er/mine.json"] {
      let made = try program.run("new", file, "--from", "small.json")
      #expect(made.code == 0, "\(made.error)")
      let told = try program.run("diff", "small.json", file)
      #expect(told.output == "title: Small becomes Small, mine\n", "\(told.output)\(told.error)")
    }
    let shipped = try program.run("new", "crash.json", "--from", "flash-crash", "--title", "Worse")
    #expect(shipped.code == 0, "\(shipped.error)")
    #expect(try program.run("validate", "crash.json").code == 0)
    let missing = try program.run("new", "none.json", "--from", "flash-krash")
    #expect(missing.code == 2 && !FileManager.default.fileExists(atPath: folder.path("none.json")), "\(missing.error)")
  }
}
