import Lanes
import Learning
import Randomness

/// Paths in lockstep on which each copy's episode has a life of its own: it idles from its end until all begin anew.
///
/// Shown are how much of its life is left and a normal number z; a step earns 1 + stake·z·(2a − 1).
struct MortalPaths: Environment {
  /// Steps from one beginning to the next.
  let length: Int
  /// Steps of the episode of a copy, 1…length.
  let life: @Sendable (_ copy: Int) -> Int
  /// Whether copies of odd number are cut off at the end of their life, rather than dead.
  var cutsOdd = false
  /// What is at stake.
  var stake = 1.0
  /// What idle copies show and earn.
  var idleNumber = 0.0
  /// Whether idle copies say that their episode ends.
  var idleEnds = false

  var identity: String { "mortal paths" }
  var observations: Int { 2 }
  var actions: ActionSpace { .categorical(choices: 2) }

  func makeTile(groups: Int, streams: RandomStreams) -> any EnvironmentTile {
    Tile(task: self, noise: (0..<groups).map { DenseStream(streams.key("z"), PathGroup(firstPath: UInt64($0 * 8))) })
  }

  /// Whether a copy is idle after so many steps.
  func isIdle(_ copy: Int, after steps: Int) -> Bool { steps % length >= life(copy) }

  /// What a copy shows that lives.
  static func look(left: Int, z: Double) -> [Double] { [Double(left) / 3 - 1, z] }

  private final class Tile: EnvironmentTile {
    private let task: MortalPaths
    private let noise: [DenseStream]
    private var steps = 0

    init(task: MortalPaths, noise: [DenseStream]) {
      self.task = task
      self.noise = noise
    }

    private func z(_ group: Int) -> Lanes { noise[group].normals(block: Int32(steps)).z0 }

    private func show(_ observations: inout [Lanes], asIfAt age: Int, hidesIdle: Bool) {
      for group in noise.indices {
        let z = z(group)
        for lane in 0..<Lanes.count {
          let copy = group * 8 + lane
          let isHidden = hidesIdle && task.isIdle(copy, after: steps)
          let seen = MortalPaths.look(left: task.life(copy) - age, z: z[lane])
          for index in 0..<2 { observations[group * 2 + index][lane] = isHidden ? task.idleNumber : seen[index] }
        }
      }
    }

    func begin(_ observations: inout [Lanes]) { show(&observations, asIfAt: 0, hidesIdle: true) }

    func advance(_ actions: [Lanes], _ step: inout EnvironmentStep) {
      for group in noise.indices {
        let z = z(group)
        for lane in 0..<Lanes.count {
          let copy = group * 8 + lane
          let wasIdle = task.isIdle(copy, after: steps)
          let ends = steps % task.length + 1 == task.life(copy)
          let isCut = task.cutsOdd && copy % 2 == 1
          let earned = 1 + task.stake * z[lane] * (2 * actions[group][lane] - 1)
          step.reward[group][lane] = wasIdle ? task.idleNumber : earned
          step.isTerminal[group][lane] = wasIdle ? task.idleEnds : ends && !isCut
          step.isTruncated[group][lane] = wasIdle ? task.idleEnds : ends && isCut
          step.isIdle[group][lane] = task.isIdle(copy, after: steps + 1)
        }
      }
      let age = steps % task.length + 1
      steps += 1
      show(&step.finalObservations, asIfAt: age, hidesIdle: false)
      show(&step.observations, asIfAt: steps % task.length, hidesIdle: true)
    }

    var state: [Double] { [Double(steps)] }

    func restore(_ state: [Double]) throws(UnfitState) {
      guard state.count == 1 else { throw UnfitState() }
      steps = Int(state[0])
    }
  }
}
