import Documents
import Foundation
import Testing

@Suite("Inputs that the system does not give")
struct FileContentsTests {
  /// A process of its own: the limit would be that of all tests.
  @Test("no file handles is what the system failed at, and no missing file")
  func noFileHandles() async {
    await #expect(processExitsWith: .success) {
      let path = NSTemporaryDirectory() + "/stresslab-handles-\(getpid()).json"
      try Data("{}".utf8).write(to: URL(fileURLWithPath: path))
      defer { unlink(path) }
      var none = rlimit(rlim_cur: 0, rlim_max: 64)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
      let fault = #expect(throws: SystemFault.self) { try FileContents.read(path) }
      let problems = #expect(throws: Problems.self) { try DocumentLoader().load(path) }
      none.rlim_cur = 64
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
      let bytes = try FileContents.read(path)
      let isNamed = fault == .noFileHandles && problems?.areOfTheSystem == true
      exit(isNamed && bytes == Array("{}".utf8) ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }

  @Test("what is not there, or a folder, is what was asked for and no failure of the system")
  func missing() throws {
    #expect(try FileContents.read("/no/such/file") == nil)
    #expect(try FileContents.read("/") == nil)
    let problems = #expect(throws: Problems.self) { try DocumentLoader().load("/no/such/file") }
    #expect(problems?.areOfTheSystem == false)
  }

  /// Longer than a block, and a device that never ends.
  @Test("a file is read whole, and a device that never ends is refused")
  func whole() throws {
    let path = NSTemporaryDirectory() + "/stresslab-whole-\(UUID().uuidString)"
    defer { unlink(path) }
    let bytes = (0..<200_001).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    #expect(try FileContents.read(path) == bytes)
    let nothing = try FileContents.read("/dev/null")
    #expect(nothing == [])
    #expect(try FileContents.read("/dev/zero") == nil)
  }

  @Test("the system's failure is told at the place that names the file, beside what else is wrong")
  func extended() throws {
    let loader = DocumentLoader { (path) throws(SystemFault) in
      if path == "b.json" { throw .readOrWriteFailed }
      return Array(#"{"extends": "b.json", "x": {"extends": "none"}}"#.utf8)
    }
    let problems = #expect(throws: Problems.self) { try loader.load("a.json") }
    #expect(
      problems?.description
        == "a.json:1:13: /extends: \"b.json\" can't be read: the disk failed to read or write (input/output error)")
    #expect(problems?.areOfTheSystem == true)
  }

  @Test("the system's failure to read the document itself has no line")
  func document() {
    let loader = DocumentLoader { (_) throws(SystemFault) in throw .noMemory }
    let problems = #expect(throws: Problems.self) { try loader.load("a.json") }
    #expect(problems?.description == "a.json: it can't be read: there is no memory left")
    #expect(problems?.areOfTheSystem == true)
  }
}
