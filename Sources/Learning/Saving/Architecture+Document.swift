import Documents

extension Architecture {
  /// The widest layer and the most inputs that a file may ask for.
  private static let limit = 65_536

  /// The form of `architecture` in `policy.json`.
  package static let form = Form(
    Field("observations", .integer(in: 1...limit), "number of inputs"),
    Field("shared", widths, default: [], "widths of hidden layers that policy and value share"),
    Field("policy", widths, "widths of the policy's hidden layers"),
    Field("value", widths, "widths of the value function's hidden layers"),
    Field("activation", .word(Activation.self), "what follows every hidden layer"),
    Field("actions", .model(ActionSpace.catalogue), "what the policy decides"),
    make: { Architecture(observations: $0, shared: $1, policy: $2, value: $3, activation: $4, actions: $5) })

  private static let widths = FieldKind<[Int]>.list(.integer(in: 1...limit), count: 0...64)

  /// As it is written.
  var json: JSONValue {
    func list(_ widths: [Int]) -> JSONValue { .array(widths.map { .integer($0) }) }
    return .object([
      JSONMember("observations", .integer(observations)), JSONMember("shared", list(shared)),
      JSONMember("policy", list(policy)), JSONMember("value", list(value)),
      JSONMember("activation", .string(activation.rawValue)), JSONMember("actions", actions.json),
    ])
  }
}

extension ActionSpace {
  /// One bound for all numbers or one each; null where there is none.
  private static func bound(_ unbounded: Double) -> FieldKind<[Double]> {
    let none = FieldKind<Double>(FieldType("null"), schema: { _ in .anything }) { _, _ in unbounded }
    let one = FieldKind<Double>.either("a number, or null for no bound", [(.number, .number()), (.null, none)])
    return .either(
      "a number, or a list of them",
      [(.number, .made(from: .number()) { [$0] }), (.array, .list(one, count: 1...limit))])
  }

  /// The most numbers or choices that a file may ask for.
  private static let limit = 65_536

  private static let categoricalForm = Form(
    Field("choices", .integer(in: 2...limit), "how many there are"), make: { ActionSpace.categorical(choices: $0) })

  private static let gaussianForm = Form(
    Field("size", .integer(in: 1...limit), "how many numbers"),
    Field(
      "low", .optional(bound(-.infinity)),
      "the least that reaches the environment, one for all or one each; unbounded if absent"),
    Field("high", .optional(bound(.infinity)), "the most"),
    make: { (size, low, high) throws(FormViolation) in try gaussian(size, low, high) })

  private static func gaussian(_ size: Int, _ low: [Double]?, _ high: [Double]?) throws(FormViolation) -> ActionSpace {
    var violations: [FormViolation] = []
    func bounds(_ name: String, _ given: [Double]?, _ otherwise: Double) -> [Double] {
      let given = given ?? [otherwise]
      if given.count == size { return given }
      if given.count != 1 { violations.append(FormViolation(name, "\(given.count) bounds for \(size) numbers")) }
      return Array(repeating: given.first ?? otherwise, count: size)
    }
    let (low, high) = (bounds("low", low, -.infinity), bounds("high", high, .infinity))
    for (index, pair) in zip(low, high).enumerated() where !(pair.0 < pair.1) {
      violations.append(FormViolation("high", "number \(index): the bounds \(pair.0) and \(pair.1) leave no room"))
    }
    if !violations.isEmpty { throw FormViolation(violations) }
    return .gaussian(low: low, high: high)
  }

  /// The kinds of actions by their `model`.
  static let catalogue = Catalogue<ActionSpace>(
    "actions",
    .entry("categorical", categoricalForm, "one of some choices") { $0 },
    .entry("gaussian", gaussianForm, "some numbers, each normal about a mean that depends on what is seen") { $0 })

  var json: JSONValue {
    switch self {
    case .categorical(let choices): return ["model": "categorical", "choices": .integer(choices)]
    case .gaussian(let low, let high):
      func bounds(_ values: [Double]) -> JSONValue { .array(values.map { $0.isFinite ? .number($0) : .null }) }
      var members = [JSONMember("model", "gaussian"), JSONMember("size", .integer(low.count))]
      if low.contains(where: \.isFinite) { members.append(JSONMember("low", bounds(low))) }
      if high.contains(where: \.isFinite) { members.append(JSONMember("high", bounds(high))) }
      return .object(members)
    }
  }
}
