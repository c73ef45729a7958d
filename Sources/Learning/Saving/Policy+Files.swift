import Digests
import Documents
import Foundation

/// `policy.json`: what a saved policy is, without its weights.
private struct PolicyDocument: Sendable {
  let architecture: Architecture
  let normaliser: ObservationNormaliser?
  let parameters: PPOParameters?
  let seed: UInt64?
  let origin: String
  let weights: WeightsFile

  struct WeightsFile: Sendable {
    let file: String
    let sha256: String

    static let form = Form(
      Field("file", .constant(Policy.weightsName), "the file beside this one that holds them"),
      Field("sha256", .string, "SHA-256 of that file"), make: { WeightsFile(file: $0, sha256: $1) })
  }

  static let form = Form(
    Field("stresslab", .constant("policy/1"), "what this document is"),
    Field("architecture", .form(Architecture.form), "the shape of the network"),
    Field(
      "normaliser", .optional(.form(ObservationNormaliser.form)), "how observations are scaled; not at all if absent"),
    Field("hyperparameters", .optional(.form(PPOParameters.form)), "what it was trained with"),
    Field(
      "seed", .optional(.made(from: .string) { (text) throws(FormViolation) in try number(text) }),
      "the training's seed"),
    Field("origin", .string, "what made it"),
    Field("weights", .form(WeightsFile.form), "where the weights are"),
    make: { (_, architecture, normaliser, parameters, seed, origin, weights) throws(FormViolation) in
      if let normaliser, normaliser.mean.count != architecture.observations {
        throw FormViolation(
          "normaliser", "statistics of \(normaliser.mean.count) observations for \(architecture.observations)")
      }
      return PolicyDocument(
        architecture: architecture, normaliser: normaliser, parameters: parameters, seed: seed, origin: origin,
        weights: weights)
    })

  private static func number(_ text: String) throws(FormViolation) -> UInt64 {
    guard let seed = UInt64(text) else { throw FormViolation("\(quoted(text)) is not a whole number of 64 bits") }
    return seed
  }
}

extension ObservationNormaliser {
  /// The form of `normaliser` in `policy.json`.
  fileprivate static let form = Form(
    Field("count", .number(in: .atLeast(0)), default: 0, "observations that the statistics rest on"),
    Field("mean", .list(.number()), "mean of each observation"),
    Field("variance", .list(.number(in: .atLeast(0))), "variance of each observation"),
    Field("epsilon", .number(in: .between(1e-30, 1e30)), default: 1e-8, "added to the variance"),
    Field("clip", .number(in: .above(0)), default: 10, "the largest normalised observation"),
    make: { (count, mean, variance, epsilon, clip) throws(FormViolation) in
      guard mean.count == variance.count else {
        throw FormViolation("variance", "\(variance.count) variances for \(mean.count) means")
      }
      return ObservationNormaliser(count: count, mean: mean, variance: variance, epsilon: epsilon, clip: clip)
    })

  var json: JSONValue {
    .object([
      JSONMember("count", .number(count)), JSONMember("mean", .array(mean.map { .number($0) })),
      JSONMember("variance", .array(variance.map { .number($0) })), JSONMember("epsilon", .number(epsilon)),
      JSONMember("clip", .number(clip)),
    ])
  }
}

extension Policy {
  /// The name of the file that says what a policy is.
  package static let documentName = "policy.json"
  /// The name of the file with its weights.
  package static let weightsName = "policy.safetensors"

  /// Reads a policy from its folder.
  ///
  /// - Throws: everything that is wrong with its files: missing, damaged, cut off, or not made for each other.
  package static func read(
    _ folder: String, contents: FileContents.Reader = FileContents.read
  ) throws(Problems) -> Policy {
    let (path, weightsPath) = ("\(folder)/\(documentName)", "\(folder)/\(weightsName)")
    let document = try PolicyDocument.form.read(FileContents.needed(path, contents), file: path)
    let bytes = try FileContents.needed(weightsPath, contents)
    let weights = try SafeTensors(bytes, file: weightsPath)
    let fitting = try fit(weights, to: document.architecture, file: weightsPath)
    guard Digest.sha256(bytes) == document.weights.sha256 else {
      throw Problems(
        Problem(
          position: SourcePosition(file: weightsPath),
          message: "the weights are not those that \(documentName) was written with: their SHA-256 differs"))
    }
    return Policy(
      architecture: document.architecture, normaliser: document.normaliser, weights: fitting,
      parameters: document.parameters, seed: document.seed, origin: document.origin)
  }

  /// The tensors in their order, if they are those of an architecture.
  static func fit(
    _ weights: SafeTensors, to architecture: Architecture, file: String
  ) throws(Problems) -> SafeTensors {
    var problems: [Problem] = []
    func note(_ message: String) { problems.append(Problem(position: SourcePosition(file: file), message: message)) }
    let expected = architecture.tensors
    let names = expected.map(\.name)
    for tensor in weights.tensors where !names.contains(tensor.name) {
      note("no tensor \(quoted(tensor.name)) in this architecture\(Suggestion.hint(for: tensor.name, among: names))")
    }
    var fitting: [SafeTensors.Tensor] = []
    for (name, shape) in expected {
      guard let tensor = weights[name] else {
        note("the tensor \(quoted(name)) is missing")
        continue
      }
      guard tensor.shape == shape else {
        note("\(quoted(name)) has the shape \(tensor.shape), expected \(shape)")
        continue
      }
      guard case .float32(let values) = tensor.elements else {
        note("\(quoted(name)) is \(tensor.elements.type), expected F32")
        continue
      }
      if !values.allSatisfy(\.isFinite) { note("\(quoted(name)) holds numbers that are not finite") }
      fitting.append(tensor)
    }
    if !problems.isEmpty { throw Problems(problems) }
    return SafeTensors(fitting)
  }

  /// The bytes of the two files; the same policy gives the same bytes.
  package var files: (document: [UInt8], weights: [UInt8]) {
    let bytes = weights.bytes
    var members = [JSONMember("stresslab", "policy/1"), JSONMember("architecture", architecture.json)]
    if let normaliser { members.append(JSONMember("normaliser", normaliser.json)) }
    if let parameters { members.append(JSONMember("hyperparameters", parameters.json)) }
    // As text: JSON numbers of other readers end at 2⁵³.
    if let seed { members.append(JSONMember("seed", .string("\(seed)"))) }
    members.append(JSONMember("origin", .string(origin)))
    members.append(
      JSONMember("weights", ["file": .string(Self.weightsName), "sha256": .string(Digest.sha256(bytes))]))
    return (Array(JSONWriter.write(.object(members), indented: true).utf8), bytes)
  }

  /// Saves the policy in a folder, which is made if need be; each file replaces its predecessor at once.
  package func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let files = self.files
    try WholeFile.write(files.weights, to: "\(folder)/\(Self.weightsName)")
    try WholeFile.write(files.document, to: "\(folder)/\(Self.documentName)")
  }
}
