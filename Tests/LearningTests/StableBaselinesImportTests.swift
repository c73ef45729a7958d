import Foundation
import Lanes
import Learning
import Testing

@Suite("Policies of Stable-Baselines3")
struct StableBaselinesImportTests {
  /// How far a number of ours may be from the library's, relative to the latter, absolutely below 1: both round to single
  /// precision, in another order.
  private static let tolerance = 1e-5

  /// The largest difference of two lists in units of the tolerance.
  private func difference(_ ours: [Double], _ theirs: [Double]) -> Double {
    guard ours.count == theirs.count else { return .infinity }
    var largest = 0.0
    for (mine, other) in zip(ours, theirs) {
      let away = abs(mine - other) / max(1, abs(other)) / Self.tolerance
      largest = away <= largest ? largest : away
    }
    return largest
  }

  /// Rows as the kernels want them, [group · columns + column]; their number is a multiple of the lanes.
  private func lanes(_ rows: [[Double]]) -> [Lanes] {
    stride(from: 0, to: rows.count, by: Lanes.count).flatMap { first in
      rows[0].indices.map { column in Lanes { rows[first + $0][column] } }
    }
  }

  /// The other way round: sample by sample, column by column.
  private func samples(_ lanes: [Lanes], columns: Int) -> [Double] {
    (0..<(lanes.count / columns * Lanes.count)).flatMap { sample in
      (0..<columns).map { lanes[sample / Lanes.count * columns + $0][sample % Lanes.count] }
    }
  }

  @Test("an imported policy acts, values and judges actions as the library itself does, to 10⁻⁵")
  func agrees() throws {
    guard StableBaselines.isThere(for: "imported policies act as the library's own") else { return }
    try StableBaselines.withFolder { folder in
      let examples = try StableBaselines.examples(in: folder)
      #expect(examples.count >= 10)
      for example in examples {
        let evaluator = PolicyEvaluator(try Policy.read(folder.appending(path: example.name).path))
        let observations = lanes(example.observations.map { $0.map { Double($0) } })
        let size = evaluator.architecture.actions.size
        #expect(example.observations.count % Lanes.count == 0)

        var actions = Array(repeating: Lanes.zero, count: example.observations.count / Lanes.count * size)
        evaluator.act(observations, into: &actions)
        let actionsAway = difference(samples(actions, columns: size), example.actions.flatMap { $0 })
        #expect(actionsAway <= 1, "\(example.name): actions are \(actionsAway) tolerances off")

        let values = samples(evaluator.values(observations), columns: 1)
        let valuesAway = difference(values, example.values)
        #expect(valuesAway <= 1, "\(example.name): values are \(valuesAway) tolerances off")

        let logarithms = evaluator.logProbabilities(observations, actions: lanes(example.taken))
        let logarithmsAway = difference(samples(logarithms, columns: 1), example.logProbabilities)
        #expect(logarithmsAway <= 1, "\(example.name): log probabilities are \(logarithmsAway) tolerances off")
      }
    }
  }

  @Test("a policy that we save again is the same to Python's safetensors, bit for bit")
  func survivesBothWays() throws {
    guard StableBaselines.isThere(for: "Python opens the policies that we save") else { return }
    try StableBaselines.withFolder { folder in
      for example in try StableBaselines.examples("relu-different-towers", "gaussian-normalised", in: folder) {
        let theirs = folder.appending(path: example.name)
        let ours = folder.appending(path: "\(example.name)-again")
        let policy = try Policy.read(theirs.path)
        try policy.write(to: ours.path)
        #expect(try Policy.read(ours.path) == policy)
        let files = [theirs, ours].map { $0.appending(path: Policy.weightsName).path }
        let said = try StableBaselines.python(["-c", Self.compare] + files)
        #expect(said == "same\n", "\(example.name)")
      }
    }
  }

  private static let compare = """
    import sys
    import safetensors.numpy
    theirs, ours = map(safetensors.numpy.load_file, sys.argv[1:])
    same = theirs.keys() == ours.keys() and all(
        theirs[name].dtype == ours[name].dtype and theirs[name].shape == ours[name].shape
        and theirs[name].tobytes() == ours[name].tobytes() for name in theirs)
    print("same" if same else (theirs.keys(), ours.keys()))
    """

  @Test("Python's safetensors reads every pattern of bits that we write, and we what it writes")
  func everyPattern() throws {
    guard StableBaselines.isThere(for: "Python opens the tables that we write") else { return }
    let single: [Float] = [0, -0.0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1]
    let double: [Double] = [0, -0.0, .nan, .infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    let written = SafeTensors(
      [
        SafeTensors.Tensor("a.b", shape: [2, 4], single),
        SafeTensors.Tensor("ü \"quoted\"", shape: [1], [Float(1) / 3]),
        SafeTensors.Tensor("double", shape: [3, 1, 2], .float64(double)),
        SafeTensors.Tensor("scalar", shape: [], [Float.pi]),
        SafeTensors.Tensor("none", shape: [0, 5], [Float]()),
      ], metadata: ["origin": "us", "ä": "\n"])
    try StableBaselines.withFolder { folder in
      let (ours, theirs) = (folder.appending(path: "ours"), folder.appending(path: "theirs"))
      try Data(written.bytes).write(to: ours)
      let said = try StableBaselines.python(["-c", Self.rewrite, ours.path, theirs.path])
      // The bits as Python sees them, by name.
      for tensor in written.tensors {
        let bits: String =
          switch tensor.elements {
          case .float32(let values): values.map { String($0.bitPattern, radix: 16) }.joined(separator: " ")
          case .float64(let values): values.map { String($0.bitPattern, radix: 16) }.joined(separator: " ")
          }
        #expect(said.contains("\(tensor.name) \(tensor.shape): \(bits)\n"), "\(said)")
      }
      let back = try SafeTensors([UInt8](Data(contentsOf: theirs)), file: "theirs")
      #expect(back.metadata == written.metadata)
      #expect(back.tensors.count == written.tensors.count)
      for tensor in written.tensors {
        let alone = SafeTensors([tensor]).bytes
        #expect(back[tensor.name].map { SafeTensors([$0]).bytes } == alone, "\(tensor.name)")
      }
    }
  }

  private static let rewrite = """
    import sys
    import safetensors
    import safetensors.numpy
    ours, theirs = sys.argv[1:]
    with safetensors.safe_open(ours, "numpy") as file:
        metadata, tensors = file.metadata(), {name: file.get_tensor(name) for name in file.keys()}
    for name, tensor in tensors.items():
        bits = tensor.flatten().view({4: "u4", 8: "u8"}[tensor.itemsize])
        print(name, f"{list(tensor.shape)}:", " ".join(f"{x:x}" for x in bits))
    safetensors.numpy.save_file(tensors, theirs, metadata=metadata)
    """
}
