import Lanes
import Learning
import Randomness

/// Up to four numbers that a small task's next step depends on.
package typealias TaskState = InlineArray<4, Lanes>

/// A task of a few lines, for which the best that can be done is known.
package protocol SmallTask: Environment {
  /// The state at an episode's start; `z` has four standard normals.
  func begin(_ z: NormalBlock) -> TaskState
  /// One step: changes the state, gives the reward and whether nothing follows.
  func step(_ state: inout TaskState, _ action: Lanes, _ z: NormalBlock) -> (reward: Lanes, isTerminal: Mask)
  /// What is seen of a state.
  func look(_ state: TaskState) -> [Lanes]
  /// Steps after which an episode is cut off; nil: never.
  var timeLimit: Int? { get }
  /// Whether an episode is cut off after so many steps; where its copies share a limit, `timeLimit` says all.
  func isCut(_ state: TaskState, age: Lanes) -> Mask
}

extension SmallTask {
  package var timeLimit: Int? { nil }

  /// Type and parameters.
  package var identity: String { "\(self)" }

  package func isCut(_ state: TaskState, age: Lanes) -> Mask {
    timeLimit.map { age .>= Double($0) } ?? .none
  }

  package func makeTile(groups: Int, streams: RandomStreams) -> any EnvironmentTile {
    SmallTaskTile(self, groups: groups, streams: streams)
  }
}

/// The state of some copies of a small task.
final class SmallTaskTile<Task: SmallTask>: EnvironmentTile {
  private let task: Task
  private let noise: [DenseStream]
  private var states: [TaskState]
  private var ages: [Lanes]
  private var clock: Int32 = 0

  init(_ task: Task, groups: Int, streams: RandomStreams) {
    self.task = task
    let key = streams.key("task")
    noise = (0..<groups).map { DenseStream(key, PathGroup(firstPath: UInt64($0 * Lanes.count))) }
    states = Array(repeating: TaskState(repeating: .zero), count: groups)
    ages = Array(repeating: .zero, count: groups)
  }

  func begin(_ observations: inout [Lanes]) {
    for group in states.indices {
      states[group] = task.begin(noise[group].normals(block: clock))
      show(group, &observations)
    }
    clock += 1
  }

  private func show(_ group: Int, _ observations: inout [Lanes]) {
    for (index, value) in task.look(states[group]).enumerated() {
      observations[group * task.observations + index] = value
    }
  }

  func advance(_ actions: [Lanes], _ step: inout EnvironmentStep) {
    for group in states.indices {
      let z = noise[group].normals(block: 2 * clock)
      let (reward, isTerminal) = task.step(&states[group], actions[group], z)
      ages[group] += 1
      step.reward[group] = reward
      step.isTerminal[group] = isTerminal
      step.isTruncated[group] = task.isCut(states[group], age: ages[group])
      show(group, &step.finalObservations)
      let ended = isTerminal | step.isTruncated[group]
      if ended.isAny {
        let fresh = task.begin(noise[group].normals(block: 2 * clock + 1))
        for index in 0..<4 { states[group][index].replace(with: fresh[index], where: ended) }
        ages[group].replace(with: 0, where: ended)
      }
      show(group, &step.observations)
    }
    clock += 1
  }

  var state: [Double] {
    var numbers = [Double(clock)]
    for group in states.indices {
      for index in 0..<4 { numbers += (0..<Lanes.count).map { states[group][index][$0] } }
      numbers += (0..<Lanes.count).map { ages[group][$0] }
    }
    return numbers
  }

  func restore(_ state: [Double]) throws(UnfitState) {
    guard state.count == 1 + states.count * 40, let clock = Int32(exactly: state[0]) else { throw UnfitState() }
    self.clock = clock
    for group in states.indices {
      for index in 0..<4 { states[group][index] = Lanes { state[1 + group * 40 + index * 8 + $0] } }
      ages[group] = Lanes { state[1 + group * 40 + 32 + $0] }
    }
  }
}
