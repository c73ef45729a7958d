import Foundation
import Learning
import LearningTasks

var seeds = 5
var names: [String] = []
var words = CommandLine.arguments.dropFirst()
while let word = words.popFirst() {
  if word == "--seeds" { seeds = words.popFirst().flatMap { Int($0) } ?? seeds } else { names.append(word) }
}
for gate in Gates.all where names.isEmpty || names.contains(gate.name) {
  var measures: [[Double]] = []
  let start = Date()
  for seed in 1...seeds {
    let training = PPO(gate.task, gate.architecture, gate.parameters, seed: UInt64(seed), threads: 1)
    let before = gate.measure(training.policy(origin: ""))
    while !training.isFinished { _ = training.update() }
    measures.append(gate.measure(training.policy(origin: "")))
    print(gate.name, seed, measures[measures.count - 1], "untrained", before)
  }
  print(
    gate.name, gate.complaints(measures).isEmpty ? "passed" : "FAILED", gate.complaints(measures),
    Date().timeIntervalSince(start))
}
