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

switch words.first {
case "training":
  let task = try TableTrading((options["--tables"] ?? ".") + "/noise.f64")
  let (batch, epochs, threads) = (number("--batch", 256), number("--epochs", 4), number("--threads", 2))
  let settings = parameters(batch: batch, epochs: epochs, steps: number("--steps", 200_000))
  let training = PPO(task, architecture(task), settings, seed: 0, threads: threads)
  _ = training.update()
  let (wall, cpu) = (seconds(CLOCK_MONOTONIC), processorTime())
  var steps = 0
  while !training.isFinished {
    _ = training.update()
    steps += settings.rolloutSamples
  }
  let rates = (Double(steps) / (seconds(CLOCK_MONOTONIC) - wall), Double(steps) / (processorTime() - cpu))
  print(
    #"{"name":"ppo batch \#(batch)","threads":\#(threads),"stepsPerSecond":\#(Int(rates.0)),"#
      + #""stepsPerCPUSecond":\#(Int(rates.1))}"#)
default:
  print("usage: bench-learning training | parity | inference")
  exit(2)
}
