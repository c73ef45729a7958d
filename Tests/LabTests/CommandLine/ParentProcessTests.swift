import Foundation
import Glibc
import Testing

@Suite("A program whose parent is named")
struct ParentProcessTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try SmallScenario.write(to: folder)
  }

  /// Runs a line of the shell in the folder.
  private func shell(_ line: String, _ environment: [String: String] = [:]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line, StressLabProgram.path]
    process.currentDirectoryURL = folder.url
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try process.run()
    return process
  }

  private func wait(until isTrue: () -> Bool) { while !isTrue() { usleep(500) } }

  @Test("stops in order when its parent is killed, and goes on where nothing names one")
  func killed() throws {
    func run(_ environment: String, _ name: String) throws -> EventLines {
      let run =
        #""$0" run study.json --paths \#(name == "named" ? 200_000 : 2000) --out \#(name) --events \#(name).jsonl"#
      // The shell stays, for it has more to do.
      let parent = try shell("\(environment) \(run) & echo begun > \(name).txt; wait; true")
      let path = folder.path("\(name).jsonl")
      wait { EventLines(path)["progress"].count > 0 }
      kill(parent.processIdentifier, SIGKILL)
      parent.waitUntilExit()
      wait { EventLines(path)["ended"].count > 0 }
      return EventLines(path)
    }
    let named = try run("STRESSLAB_PARENT=$$", "named")
    #expect(named.all.last?["exit"].double == 130 && named["progress"].last?["done"].double ?? 1 < 1)
    #expect(!FileManager.default.fileExists(atPath: folder.path("named/summary.json")))
    let unnamed = try run("", "unnamed")
    #expect(unnamed.all.last?["exit"].double == 0)
  }

  /// The kernel signals the end of the thread that made a process as if it were the end of its parent.
  @Test("the end of the thread that started it is no reason to stop")
  func thread() throws {
    let parent = "\(getpid())"
    let arguments = ["run", "study.json", "--paths", "2000", "--out", "out", "--events", "e.jsonl"]
    let (folder, started) = (folder, DispatchSemaphore(value: 0))
    let thread = Thread {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: StressLabProgram.path)
      process.arguments = arguments
      process.currentDirectoryURL = folder.url
      process.environment = ProcessInfo.processInfo.environment.merging(["STRESSLAB_PARENT": parent]) { $1 }
      (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
      try? process.run()
      // Not before the kernel has been asked.
      while EventLines(folder.path("e.jsonl")).all.isEmpty, process.isRunning { usleep(500) }
      started.signal()
    }
    thread.start()
    started.wait()
    wait { EventLines(folder.path("e.jsonl"))["ended"].count > 0 }
    #expect(EventLines(folder.path("e.jsonl")).all.last?["exit"].double == 0)
  }

  @Test("ends at once where another process has started it, and passes over what is no number")
  func another() throws {
    let line = #"exec "$0" list agents"#
    for (text, code) in [("1", 130), ("\(getpid())", 0), ("", 0), ("mine", 0), ("-4", 0)] as [(String, Int32)] {
      let process = try shell(line, ["STRESSLAB_PARENT": text])
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == code, "\(text)")
    }
  }
}
