import Documents
import Foundation

// What libFuzzer feeds to the readers of files that strangers may have written. The first byte says which; the rest is the
// file. Whatever it holds, a reader returns or throws problems: a trap, or memory that is not its own, ends the process.

/// Files that a document extends: what the fuzzer wrote, split at zero bytes, under these names.
private let names = ["a.json", "b.json", "lib/c.json"]

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  guard size > 0 else { return 0 }
  let bytes = Array(UnsafeBufferPointer(start: start + 1, count: size - 1))
  switch start[0] % 4 {
  case 0:
    if let parsed = try? DocumentParser.parse(bytes, file: "a.json") { precondition(!parsed.root.inWords.isEmpty) }
  case 1:
    let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map { Array($0) }
    let files = Dictionary(zip(names, parts), uniquingKeysWith: { first, _ in first })
    let loader = DocumentLoader(notations: [["between"], ["low", "typical", "high"]]) { files[$0] }
    do throws(Problems) {
      let document = try loader.load("a.json")
      for problem in document.problems { precondition(!problem.description.contains("\n")) }
    } catch {
      for problem in error.all { precondition(!problem.description.contains("\n")) }
    }
  case 2:
    guard let table = try? CSVTable(bytes, file: "bars.csv") else { return 0 }
    for row in 0..<min(table.rowCount, 50) {
      for column in table.header.indices {
        _ = table.number(row, column)
        _ = table.text(row, column)
        _ = Timestamp.milliseconds(table.field(row, column))
      }
    }
  default:
    _ = try? SafeTensors(bytes, file: "policy.safetensors")
  }
  return 0
}
