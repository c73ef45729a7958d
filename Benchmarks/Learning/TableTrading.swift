import Foundation
import Lanes
import Learning
import Randomness

/// The trading task of `learning_workloads.py`: short, flat or long on a random row of a table of closes.
struct TableTrading: Environment {
  static let bars = 1040
  static let warmup = 30
  static let length = 1000
  static let returnsSeen = 28
  static let cost = 0.0005

  /// Scaled log returns, in single precision like the peer's, [path][bar].
  let seen: [Double]
  /// Simple returns, [path][bar].
  let earned: [Double]
  let paths: Int

  /// Reads closes: raw doubles, path after path.
  init(_ file: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    let closes = data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    paths = closes.count / Self.bars
    var (seen, earned): ([Double], [Double]) = ([], [])
    for path in 0..<paths {
      for bar in 0..<(Self.bars - 1) {
        let (now, next) = (closes[path * Self.bars + bar], closes[path * Self.bars + bar + 1])
        seen.append(Double(Float(Foundation.log(next) - Foundation.log(now)) * 50))
        earned.append((next - now) / now)
      }
    }
    (self.seen, self.earned) = (seen, earned)
  }

  var identity: String { "table trading over \(paths) rows" }
  var observations: Int { Self.returnsSeen + 2 }
  var actions: ActionSpace { .categorical(choices: 3) }

  func makeTile(groups: Int, streams: RandomStreams) -> any EnvironmentTile {
    TableTradingTile(self, groups: groups, key: streams.key("row"))
  }
}

final class TableTradingTile: EnvironmentTile {
  private let task: TableTrading
  private let key: StreamKey
  private let takesRowsInTurn: Bool
  private var row: [Int]
  private var bar: [Int]
  private var episode: [Int]
  private var position: [Lanes]
  private var equity: [Lanes]

  /// - Parameter takesRowsInTurn: whether copy n trades row n, rather than one drawn at random.
  init(_ task: TableTrading, groups: Int, key: StreamKey, takesRowsInTurn: Bool = false) {
    self.task = task
    self.takesRowsInTurn = takesRowsInTurn
    self.key = key
    row = Array(repeating: 0, count: groups * Lanes.count)
    bar = row
    episode = row
    position = Array(repeating: .zero, count: groups)
    equity = Array(repeating: .one, count: groups)
  }

  private func restart(_ copy: Int) {
    var stream = SparseStream(key, path: UInt64(copy), lastWord: Int32(truncatingIfNeeded: episode[copy]))
    row[copy] = takesRowsInTurn ? copy % task.paths : Int(stream.uniform() * Double(task.paths))
    bar[copy] = TableTrading.warmup
    episode[copy] += 1
    position[copy / Lanes.count][copy % Lanes.count] = 0
    equity[copy / Lanes.count][copy % Lanes.count] = 1
  }

  private func show(_ group: Int, _ observations: inout [Lanes]) {
    let first = group * task.observations
    let width = TableTrading.bars - 1
    let base = group * Lanes.count
    task.seen.withUnsafeBufferPointer { seen in
      let places = Words {
        UInt64(row[base + $0] * width + bar[base + $0] - TableTrading.returnsSeen)
      }
      for index in 0..<TableTrading.returnsSeen {
        observations[first + index] = Lanes { seen[Int(places[$0]) + index] }
      }
    }
    observations[first + TableTrading.returnsSeen] = position[group]
    observations[first + TableTrading.returnsSeen + 1] = equity[group] - 1
  }

  func begin(_ observations: inout [Lanes]) {
    for copy in row.indices { restart(copy) }
    for group in position.indices { show(group, &observations) }
  }

  func advance(_ actions: [Lanes], _ step: inout EnvironmentStep) {
    let width = TableTrading.bars - 1
    for group in position.indices {
      let base = group * Lanes.count
      let wanted = actions[group] - 1
      let earned = Lanes { task.earned[row[base + $0] * width + bar[base + $0]] }
      let gain = wanted * earned - TableTrading.cost * abs(wanted - position[group])
      position[group] = wanted
      equity[group] *= 1 + gain
      for copy in base..<(base + Lanes.count) { bar[copy] += 1 }
      let truncated = Mask { bar[base + $0] >= TableTrading.warmup + TableTrading.length }
      step.reward[group] = 100 * gain
      step.isTerminal[group] = .none
      step.isTruncated[group] = truncated
      show(group, &step.observations)
      guard truncated.isAny else { continue }
      for index in 0..<task.observations {
        step.finalObservations[group * task.observations + index] =
          step.observations[group * task.observations + index]
      }
      for lane in 0..<Lanes.count where truncated[lane] { restart(base + lane) }
      show(group, &step.observations)
    }
  }

  var state: [Double] { [] }

  func restore(_ state: [Double]) throws(UnfitState) { throw UnfitState() }
}
