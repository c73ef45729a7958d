import Glibc
import Lanes
import Learning
import Randomness

// Our side of the learning benchmarks, on the workloads of `learning_workloads.py`, as JSON lines.
//
//     bench-learning training --tables FOLDER --batch 256 --epochs 4 --threads 2 --steps 200000
//     bench-learning parity --tables FOLDER --seeds 5 --first-seed 0
//     bench-learning inference

var options: [String: String] = [:]
let words = Array(CommandLine.arguments.dropFirst())
for index in stride(from: 1, to: words.count - 1, by: 2) { options[words[index]] = words[index + 1] }

@MainActor
func number(_ name: String, _ otherwise: Int) -> Int { options[name].flatMap { Int($0) } ?? otherwise }

/// Processor time of this process, in seconds.
func processorTime() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func parameters(batch: Int, epochs: Int, steps: Int) -> PPOParameters {
  var parameters = PPOParameters()
  parameters.totalSteps = steps
  parameters.minibatch = batch
  parameters.epochs = epochs
  return parameters
}

func architecture(_ task: any Environment) -> Architecture {
  Architecture(observations: task.observations, actions: task.actions)
}

/// Mean reward of a step when a policy draws its actions, over each row of the table once.
func earned(_ task: TableTrading, _ policy: Policy, seed: UInt64) -> Double {
  let groups = task.paths / Lanes.count
  let streams = RandomStreams(seed: seed, namespace: .test)
  let tile = TableTradingTile(task, groups: groups, key: streams.key("row"), takesRowsInTurn: true)
  let noise = (0..<groups).map { DenseStream(streams.key("drawn"), PathGroup(firstPath: UInt64($0 * Lanes.count))) }
  let evaluator = PolicyEvaluator(policy)
  var step = EnvironmentStep(groups: groups, observations: task.observations)
  var actions = Array(repeating: Lanes.zero, count: groups)
  var sum = 0.0
  tile.begin(&step.observations)
  for time in 0..<Int32(TableTrading.length) {
    evaluator.draw(step.observations, uniforms: { group, _ in noise[group].uniforms52(step: time) }, into: &actions)
    tile.advance(actions, &step)
    for reward in step.reward { for lane in 0..<Lanes.count { sum += reward[lane] } }
  }
  return sum / Double(task.paths * TableTrading.length)
}

/// A policy with two hidden layers of 64, as it is drawn.
func untrained(observations: Int, _ actions: ActionSpace) -> Policy {
  let shape = Architecture(observations: observations, policy: [64, 64], value: [], actions: actions)
  let task = StandStill(observations: observations, actions: actions)
  let training = PPO(task, shape, parameters(batch: 64, epochs: 1, steps: 1), seed: 0, threads: 1)
  return training.policy(origin: "bench-learning")
}

/// Prints the median nanoseconds that some samples take, each, as a JSON line.
func report(_ name: String, samples: Int, _ work: () -> Void) {
  let repetitions = 1_280_000 / samples
  let times = (0..<9).map { _ in
    let start = processorTime()
    for _ in 0..<repetitions { work() }
    return processorTime() - start
  }
  let nanoseconds = times.sorted()[4] / Double(repetitions * samples) * 1e9
  print(#"{"name":"\#(name)","nanoseconds":\#((nanoseconds * 10).rounded() / 10),"unit":"sample"}"#)
}

switch words.first {
case "training":
  let task = try TableTrading((options["--tables"] ?? ".") + "/noise.f64")
  let (batch, epochs, threads) = (number("--batch", 256), number("--epochs", 4), number("--threads", 2))
  let settings = parameters(batch: batch, epochs: epochs, steps: number("--steps", 200_000))
  let training = PPO(task, architecture(task), settings, seed: 0, threads: threads)
  _ = try training.update()
  let (wall, cpu) = (seconds(CLOCK_MONOTONIC), processorTime())
  var steps = 0
  while !training.isFinished {
    _ = try training.update()
    steps += settings.rolloutSamples
  }
  let rates = (Double(steps) / (seconds(CLOCK_MONOTONIC) - wall), Double(steps) / (processorTime() - cpu))
  print(
    #"{"name":"ppo batch \#(batch)","threads":\#(threads),"stepsPerSecond":\#(Int(rates.0)),"#
      + #""stepsPerCPUSecond":\#(Int(rates.1))}"#)
case "parity":
  let task = try TableTrading((options["--tables"] ?? ".") + "/ar1.f64")
  let first = number("--first-seed", 0)
  for seed in first..<(first + number("--seeds", 5)) {
    let settings = parameters(batch: 256, epochs: 4, steps: 102_400)
    let training = PPO(task, architecture(task), settings, seed: UInt64(seed))
    var record = UpdateRecord()
    while !training.isFinished { record = try training.update() }
    print(
      #"{"parity":"ar1","by":"stresslab","seed":\#(seed),"steps":\#(record.steps),"#
        + #""meanReward":\#(earned(task, training.policy(origin: "bench-learning"), seed: UInt64(seed))),"#
        + #""lastRollout":\#(record.meanReward)}"#)
  }
case "inference":
  let evaluator = PolicyEvaluator(untrained(observations: 64, .categorical(choices: 3)))
  let rows = FloatMatrix(rows: 64, columns: 65)
  for row in 0..<64 {
    for index in 0..<64 { rows[row, index] = Float((row * 31 + index * 17) % 101) / 50 - 1 }
    rows[row, 64] = 1
  }
  report("policy", samples: 64) { _ = evaluator.head(rows, samples: 64) }
  // What a desk asks for at each step of a tile: observations in lanes to actions in lanes.
  let desk = PolicyEvaluator(untrained(observations: 32, .gaussian(low: [-1], high: [1])))
  let seen = (0..<(16 * 32)).map { place in Lanes { Double((place * 17 + $0 * 31) % 101) / 50 - 1 } }
  var actions = Array(repeating: Lanes.zero, count: 16)
  report("desk policy", samples: 16 * Lanes.count) { desk.act(seen, into: &actions) }
default:
  print("usage: bench-learning training | parity | inference")
  exit(2)
}
