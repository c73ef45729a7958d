import Foundation
import Lab
import Testing
import Threads

@Suite("The file of events")
struct EventFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("e.jsonl") }
  private var lines: [JSON] { EventLines(path).all }

  init() throws { folder = try TemporaryFolder() }

  /// A clock that stands where it is put.
  private final class Clock: Sendable {
    private let time = Locked(100.0)
    var now: @Sendable () -> Double { { [self] in time.withLock { $0 } } }
    func add(_ seconds: Double) { time.withLock { $0 += seconds } }
  }

  private static func event(_ number: Int, _ kind: ToldEvent.Kind = .progress) -> ToldEvent {
    ToldEvent(kind, ["number": .integer(number)])
  }

  @Test(
    "of what goes on there are five lines a second of each kind, made when they are written; the last is never left out"
  )
  func pace() throws {
    let (clock, made) = (Clock(), Locked(0))
    let file = EventFile(path, clock: clock.now) { Issue.record("\($0)") }
    for number in 0..<1000 {
      file.tell(.progress) {
        made.withLock { $0 += 1 }
        return Self.event(number)
      }
      file.tell(.update) { Self.event(number, .update) }
      clock.add(0.01)
    }
    func numbers(_ kind: String) -> [Double] { EventLines(path)[kind].compactMap { $0["number"].double } }
    // Ten seconds, to a rounding of the clock.
    #expect((47...51).contains(numbers("progress").count) && numbers("update") == numbers("progress"))
    #expect(made.withLock { $0 } == numbers("progress").count)
    #expect(numbers("progress").first == 0 && numbers("progress").last != 999)
    file.tellWaiting()
    #expect(numbers("progress").last == 999 && numbers("update").last == 999)
    let count = lines.count
    file.tellWaiting()
    #expect(lines.count == count)
    // What happens once is told at once.
    for number in 0..<50 { file.tell(Self.event(number, .ruin)) }
    #expect(numbers("ruin").count == 50)
    // What has waited too long is not told after what is newer.
    file.tell(.progress) { Self.event(2000) }
    clock.add(1)
    file.tell(.progress) { Self.event(2001) }
    file.end(exit: 0, words: "done")
    #expect(Array(numbers("progress").suffix(2)) == [999, 2001])
    #expect(lines.last?["event"].string == "ended")
  }

  @Test("several that write into one file leave whole lines, and a number that is none is null")
  func together() throws {
    let files = (0..<4).map { _ in EventFile(path) { Issue.record("\($0)") } }
    DispatchQueue.concurrentPerform(iterations: 4) { writer in
      for number in 0..<2500 {
        files[writer].tell(
          ToldEvent(.fan, ["writer": .integer(writer), "number": .integer(number), "value": .number(.nan)]))
      }
    }
    let all = EventLines(path)
    #expect(all.broken == 0 && all.all.count == 10_000)
    for writer in 0..<4 {
      let own = all.all.filter { $0["writer"].double == Double(writer) }.compactMap { $0["number"].double }
      #expect(own == (0..<2500).map(Double.init))
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix(#"{"event":"fan","writer":"#))
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains(#""value":null}"#))
  }
}
