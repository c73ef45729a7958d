import Digests
import Documents
import Lanes

// A checkpoint is one safetensors file, so that it is replaced as a whole: parameters with what Adam remembers,
// statistics, the state of the environment, and a note on which training it belongs to. Random numbers need no state:
// each is drawn at its place in the training.
extension PPO {
  /// Everything that the rest of the training depends on.
  package var checkpoint: [UInt8] {
    var tensors: [SafeTensors.Tensor] = []
    for (index, parameters) in network.parameters.enumerated() {
      tensors.append(Self.tensor("parameters.\(index)", parameters.values))
      tensors.append(Self.tensor("firstMoment.\(index)", parameters.firstMoment))
      tensors.append(Self.tensor("secondMoment.\(index)", parameters.secondMoment))
    }
    for (name, values) in numbers {
      tensors.append(SafeTensors.Tensor(name, shape: [values.count], .float64(values)))
    }
    return SafeTensors(tensors, metadata: ["training": description.text, "sha256": Self.digest(tensors)]).bytes
  }

  /// What must be the same for a checkpoint to belong to this training.
  private var description: JSONValue {
    var members = [
      JSONMember("stresslab", "checkpoint/1"), JSONMember("task", .string(task)),
      JSONMember("namespace", .string("\(namespace)")), JSONMember("seed", .string("\(seed)")),
      JSONMember("cpuLevel", .string(CPULevel.current.rawValue)),
      JSONMember("architecture", network.architecture.json), JSONMember("hyperparameters", parameters.json),
    ]
    if let objective = objective.json { members.append(JSONMember("objective", objective)) }
    return .object(members)
  }

  private var numbers: [(name: String, values: [Double])] {
    [
      ("counters", [Double(updates), Double(gradientSteps)]),
      ("environment", environment.state),
      ("observations", Self.flat(current.observations)),
      ("episodeReturns", Self.flat(episodeReturns)),
      ("normaliser", normaliser.map { [$0.count] + $0.mean + $0.variance } ?? []),
      ("rewardScaler", rewardScaler?.state ?? []),
    ] + idle
  }

  /// Which copies are idle, where some are.
  private var idle: [(name: String, values: [Double])] {
    guard current.isIdle.contains(where: \.isAny) else { return [] }
    return [("idle", Self.flat(current.isIdle.map { select($0, .one, .zero) }))]
  }

  /// Goes on where a checkpoint of the same training was made.
  ///
  /// - Parameter file: the checkpoint's name, for messages.
  /// - Throws: a damaged file, or one of another training; this training is then of no more use.
  package func restore(_ bytes: [UInt8], file: String) throws(Problems) {
    func problem(_ message: String) -> Problems {
      Problems(Problem(position: SourcePosition(file: file), message: message))
    }
    let saved = try SafeTensors(bytes, file: file)
    if let there = saved.metadata["training"], there != description.text {
      let told = try differences(from: there, file: file)
      throw problem("the checkpoint belongs to another training (\(told.joined(separator: "; ")))")
    }
    guard saved.metadata["training"] != nil else {
      throw problem("the file is no checkpoint: it does not say of which training")
    }
    guard saved.metadata["sha256"] == Self.digest(saved.tensors) else {
      throw problem("the checkpoint is damaged: its numbers are not those that were written")
    }
    for (index, parameters) in network.parameters.enumerated() {
      try Self.load(saved, "parameters.\(index)", into: parameters.values, file)
      try Self.load(saved, "firstMoment.\(index)", into: parameters.firstMoment, file)
      try Self.load(saved, "secondMoment.\(index)", into: parameters.secondMoment, file)
    }
    for (_, layer, _) in network.namedLayers { layer.refresh() }
    func values(_ name: String, count: Int) throws(Problems) -> [Double] {
      guard case .float64(let values)? = saved[name]?.elements, count < 0 || values.count == count else {
        throw problem("\(quoted(name)) is missing or has another size")
      }
      return values
    }
    let expected = Dictionary(uniqueKeysWithValues: numbers.map { ($0.name, $0.values.count) })
    func known(_ name: String) throws(Problems) -> [Double] { try values(name, count: expected[name] ?? 0) }
    let counters = try known("counters")
    guard let updates = Int(exactly: counters[0]), let gradientSteps = Int(exactly: counters[1]), updates >= 0,
      gradientSteps >= 0
    else { throw problem("the counters are not whole numbers") }
    (self.updates, self.gradientSteps) = (updates, gradientSteps)
    current.observations = Self.lanes(try known("observations"))
    episodeReturns = Self.lanes(try known("episodeReturns"))
    let copies = current.isIdle.count * Lanes.count
    let idle = saved["idle"] == nil ? Array(repeating: 0, count: copies) : try values("idle", count: copies)
    current.isIdle = Self.lanes(idle).map { $0 .> 0 }
    let statistics = try known("normaliser")
    if let old = normaliser {
      normaliser = ObservationNormaliser(
        count: statistics[0], mean: Array(statistics[1...old.mean.count]),
        variance: Array(statistics[(1 + old.mean.count)...]), epsilon: old.epsilon, clip: old.clip)
    }
    let (scaling, state) = (try known("rewardScaler"), try values("environment", count: -1))
    do throws(UnfitState) {
      try rewardScaler?.restore(scaling)
      try environment.restore(state)
    } catch {
      throw problem("the state of the environment is not one of this task")
    }
  }

  /// Everything in which a checkpoint's training is another one, with what it is there, in the file, and here; never empty.
  private func differences(from there: String, file: String) throws(Problems) -> [String] {
    // Both are read, so that the same number is written alike.
    func facts(_ text: String) throws(Problems) -> [(name: String, text: String)] {
      Self.facts(try DocumentParser.parse(Array(text.utf8), file: file).root.json, "")
    }
    let (held, own) = (try facts(there), try facts(description.text))
    func value(_ name: String, in facts: [(name: String, text: String)]) -> String {
      facts.first { $0.name == name }?.text ?? "none"
    }
    let names = own.map(\.name) + held.map(\.name).filter { name in !own.contains { $0.name == name } }
    let told = names.compactMap { name -> String? in
      let (there, here) = (value(name, in: held), value(name, in: own))
      return there == here ? nil : "\(name) \(there) there, \(here) here"
    }
    return told.isEmpty ? ["the same facts in another order"] : told
  }

  /// The values in an object, each by the names that lead to it. Digests are told by their beginning.
  private static func facts(_ value: JSONValue, _ name: String) -> [(name: String, text: String)] {
    guard case .object(let members) = value else {
      let text = value.plainText ?? value.text
      return [(name, text.replacing(#/\b([0-9a-f]{12})[0-9a-f]{52}\b/#) { "\($0.1)…" })]
    }
    return members.flatMap { facts($0.value, name.isEmpty ? $0.name : "\(name).\($0.name)") }
  }

  /// SHA-256 of all numbers, in their order.
  private static func digest(_ tensors: [SafeTensors.Tensor]) -> String {
    var bytes: [UInt8] = []
    for tensor in tensors { tensor.elements.append(to: &bytes) }
    return Digest.sha256(bytes)
  }

  private static func tensor(_ name: String, _ matrix: borrowing FloatMatrix) -> SafeTensors.Tensor {
    SafeTensors.Tensor(
      name, shape: [matrix.rows, matrix.stride], Array(UnsafeBufferPointer(start: matrix.base, count: matrix.count)))
  }

  private static func load(
    _ saved: SafeTensors, _ name: String, into matrix: borrowing FloatMatrix, _ file: String
  ) throws(Problems) {
    guard let tensor = saved[name], tensor.shape == [matrix.rows, matrix.stride],
      case .float32(let values) = tensor.elements
    else {
      throw Problems(
        Problem(position: SourcePosition(file: file), message: "\(quoted(name)) is missing or has another size"))
    }
    for (index, value) in values.enumerated() { matrix.base[index] = value }
  }

  private static func flat(_ lanes: [Lanes]) -> [Double] {
    lanes.flatMap { vector in (0..<Lanes.count).map { vector[$0] } }
  }

  private static func lanes(_ numbers: [Double]) -> [Lanes] {
    stride(from: 0, to: numbers.count, by: Lanes.count).map { first in Lanes { numbers[first + $0] } }
  }
}
