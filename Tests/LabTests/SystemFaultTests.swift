import Documents
import Foundation
import Glibc
import Lab
import Testing

@Suite("What the system refuses")
struct SystemFaultTests {
  @Test(
    "has a word of its own",
    arguments: [
      (ENOSPC, "the disk is full"), (EDQUOT, "quota"), (EFBIG, "larger than the system allows"),
      (EIO, "input/output error"),
      (EMFILE, "too many open files"), (ENFILE, "too many open files"), (ENOMEM, "no memory"), (EROFS, "read-only"),
      (EACCES, "permission"), (EPERM, "permission"), (EBUSY, "another program"), (ENOTDIR, "Not a directory"),
    ])
  func words(number: Int32, word: String) {
    #expect("\(SystemFault(errno: number))".contains(word))
  }

  /// Measured before: exit code 70 with Foundation's and SQLite's own words.
  @Test("ends a run with exit code 74 and one sentence, and --resume goes on when there is room again")
  func fileSize() throws {
    let folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
    let program = StressLabProgram(folder: folder)
    let arguments = ["run", "study.json", "--paths", "64", "--tile", "8", "--threads", "2", "--quiet", "--out"]
    #expect(try program.run(arguments + ["whole"]).code == 0)
    let command = "'\(StressLabProgram.path)' " + arguments.joined(separator: " ") + " out"
    // Five sizes, up to the one at which only summary and page do not fit: blocks of 1,024 bytes.
    for blocks in [8, 100, 300, 600, 900] {
      let said = try folder.run("/bin/bash", ["-c", "ulimit -f \(blocks); \(command) 2>&1; echo $?"])
      let lines = said.split(separator: "\n")
      #expect(lines.count == 2 && lines.last == "74", "\(blocks): \(said)")
      #expect(said.contains("the file would be larger than the system allows"), "\(blocks): \(said)")
      #expect(!said.contains("What was finished") || said.contains("the same command with --resume goes on"))
      let resumed = try program.run(arguments + ["out", "--resume"])
      #expect(resumed.code == 0, "\(blocks): \(resumed.error)")
      for name in ["index.html", "summary.json", "manifest.json", "charts.txt"] {
        let files = try ["whole", "out"].map {
          try Data(contentsOf: folder.url.appendingPathComponent("\($0)/\(name)"))
        }
        #expect(files[0] == files[1], "\(blocks): \(name)")
      }
      try FileManager.default.removeItem(atPath: folder.path("out"))
    }
  }
}
