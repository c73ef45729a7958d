import Foundation
import Glibc

/// What `--events` has written so far.
struct EventLines {
  /// The whole lines, each a JSON object.
  let all: [JSON]
  /// Whole lines that are no JSON.
  let broken: Int

  init(_ path: String) {
    let text = (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data()
    let whole = text.lastIndex(of: 0x0A).map { text[...$0] } ?? Data()
    let lines = whole.split(separator: 0x0A)
    all = lines.compactMap { try? JSONDecoder().decode(JSON.self, from: $0) }
    broken = lines.count - all.count
  }

  private init(_ lines: [JSON]) { (all, broken) = (lines, 0) }

  /// Those of a kind.
  subscript(kind: String) -> [JSON] { all.filter { $0["event"].string == kind } }

  /// What stands from the last beginning on.
  var sinceLastBeginning: EventLines {
    let start = all.lastIndex { $0["event"].string == "begun" } ?? 0
    return EventLines(Array(all[start...]))
  }

  /// All ruins that are told, with lines of their own or without.
  var ruins: Int { self["ruin"].count + Int(self["ruins"].reduce(0) { $0 + ($1["count"].double ?? 0) }) }
}

extension RunningProgram {
  /// Waits until an events file has so many whole lines; false when the program ends before.
  func waitForEvents(_ path: String, count: Int) -> Bool {
    while EventLines(path).all.count < count {
      guard isRunning else { return EventLines(path).all.count >= count }
      usleep(500)
    }
    return true
  }
}

extension JSON {
  /// Whether it is true, and nothing else.
  var isTrue: Bool { if case .truth(true) = self { true } else { false } }
}
