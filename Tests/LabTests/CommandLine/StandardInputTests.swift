import Foundation
import Testing

@Suite("Standard input")
struct StandardInputTests {
  private func shell(_ line: String, _ folder: TemporaryFolder) throws -> String {
    try folder.run("/bin/bash", ["-c", "P='\(StressLabProgram.path)'; { \(line); } 2>&1; echo $?"])
  }

  @Test("- is a scenario or a study, and paths in it count from the working folder")
  func reads() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    try FileManager.default.createDirectory(atPath: folder.path("in"), withIntermediateDirectories: false)
    try FileManager.default.moveItem(atPath: folder.path("study.json"), toPath: folder.path("in/study.json"))
    #expect(try shell("$P template scenario > plain.json", folder) == "0\n")
    #expect(try shell("$P validate - plain.json < plain.json", folder) == "-: good\nplain.json: good\n0\n")
    #expect(try shell("echo '{' | $P validate -", folder).hasPrefix("-:2:1: "))
    let extended = #"echo '{ "extends": "plain.json", "title": "Other" }'"#
    #expect(try shell("\(extended) | $P validate -", folder) == "-: good\n0\n")
    // The study's scenario is found from here, and not from where the study lies.
    let run = try shell("$P run - --paths 8 < in/study.json", folder)
    #expect(run.hasSuffix("8 paths, 95 % intervals. The report is at reports/stdin/index.html\n0\n"), "\(run)")
    #expect(try shell("$P run - - < in/study.json", folder).hasSuffix("\n2\n"))
    #expect(try shell("$P validate - < .", folder) == "stresslab: standard input can't be read: Is a directory\n2\n")
    let closed = try shell("$P validate - <&-", folder)
    #expect(closed == "stresslab: standard input can't be read: Bad file descriptor\n2\n")
  }

  @Test("- is recorded bars, too")
  func features() throws {
    let folder = try TemporaryFolder()
    try folder.write("bars.csv", BrokenDocumentTests.csv)
    let file = try shell("$P features bars.csv --columns close", folder)
    #expect(try shell("$P features - --columns close < bars.csv", folder) == file)
    #expect(file.hasSuffix("\n0\n"))
  }
}
