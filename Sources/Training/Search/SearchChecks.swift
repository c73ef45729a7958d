import Documents

/// Whether a search fits its training, each complaint at its place in the search's document.
struct SearchChecks {
  private let document: Document
  private let training: TrainingFile
  /// The search's own pointer at each place under its space.
  private let places: [SourcePosition: String]

  init(_ document: Document, _ training: TrainingFile) {
    self.document = document
    self.training = training
    var places: [SourcePosition: String] = [:]
    func note(_ node: Node) {
      // An array stands where its first element does not, and a key is no node.
      places[node.position] = places[node.position] ?? node.path
      for member in node.members ?? [] { note(member.value) }
      for element in node.elements ?? [] { note(element) }
    }
    if let space = document.root["space"] { note(space) }
    self.places = places
  }

  /// What no search varies, with the reason.
  private static let kept: [(pointer: String, reason: String)] =
    ["/stresslab", "/$schema", "/extends", "/sources", "/title", "/description"].map { ($0, "it moves no result") }
    + [
      (
        "/seeds",
        #"seeds are what luck is made of, not what is searched; "seeds" of the search are those of all trials"#
      )
    ]
    + ["/scenarios", "/equity", "/orders", "/ruinBelow", "/validation"].map {
      ($0, "trials are judged by one measure on the same markets and accounts, or they cannot be compared")
    } + [
      ("/walkForward", "a search is of one training, and windows are trainings of their own"),
      ("/hyperparameters/totalSteps", #""halving" says how many updates a trial makes"#),
    ]

  private var axes: [Node.Member] { document.root["space"]?.members ?? [] }

  private func problem(_ message: String, at pointer: String) -> Problem {
    var node = document.root
    for key in JSONPointer.components(pointer) { node = node.node(at: JSONPointer.escape(key)) ?? node }
    return Problem(position: node.position, path: node.path, message: message)
  }

  /// Axes that point to nothing that can be varied.
  var pointers: [Problem] {
    axes.compactMap { axis in
      complaint(about: axis.name, first: first(axis.value)).map {
        Problem(position: axis.position, path: "/space/\(JSONPointer.escape(axis.name))", message: $0)
      }
    }
  }

  /// A value that an axis may have; nil where it names none.
  private func first(_ axis: Node) -> JSONValue? {
    (axis["values"]?.elements ?? axis["between"]?.elements)?.first?.json
  }

  private func complaint(about pointer: String, first: JSONValue?) -> String? {
    guard pointer.hasPrefix("/"), pointer.count > 1 else {
      let hint = Suggestion.hint(for: "/\(pointer)", among: known)
      return "a JSON pointer begins with / and names something in the training\(hint)"
    }
    let keys = JSONPointer.components(pointer)
    for (kept, reason) in Self.kept {
      let own = JSONPointer.components(kept)
      if keys.starts(with: own) || own.starts(with: keys) { return "\(quoted(kept)) is not varied: \(reason)" }
    }
    for other in axes where other.name != pointer && keys.starts(with: JSONPointer.components(other.name)) {
      return "it lies within \(quoted(other.name)), which is varied as a whole"
    }
    if known.contains(pointer) { return nil }
    // What a model may say that the training has not said: its form knows.
    if let first, let root = training.document.root.setting(pointer, to: first, position: document.root.position) {
      let unknown = problems(of: root).contains { $0.path == pointer && $0.message.hasPrefix("unknown key") }
      let isUnder =
        keys.count > 1 && known.contains("/" + keys.dropLast().map(JSONPointer.escape).joined(separator: "/"))
      if !unknown, isUnder { return nil }
    }
    let last = keys.last ?? ""
    let alike = known.filter { JSONPointer.components($0).last?.lowercased() == last.lowercased() }
    let hint = alike.isEmpty ? Suggestion.hint(for: pointer, among: known) : "; did you mean \(quoted(alike[0]))?"
    return "there is nothing at \(quoted(pointer)) in \(training.path)\(hint)"
  }

  /// Pointers that a training document has or may have, but for what is not varied.
  private var known: [String] {
    let all = TrainingPlan.form.fields.flatMap(\.pointers) + training.document.root.pointersBelow
    let kept = Self.kept.map(\.pointer)
    return Set(all).filter { pointer in
      !kept.contains { pointer == $0 || pointer.hasPrefix("\($0)/") }
    }.sorted()
  }

  /// What the form of a training says of a document.
  private func problems(of root: Node) -> [Problem] {
    do throws(Problems) {
      _ = try TrainingPlan.form.read(Document(root: root, files: [], problems: []))
      return []
    } catch {
      return error.all
    }
  }

  /// A training's problem as one of the search: at the value that it is of, or at a place of the search.
  private func mapped(_ problem: Problem, at pointer: String) -> Problem {
    let place = problem.path.isEmpty ? "" : "\(problem.path): "
    if let own = places[problem.position] {
      return Problem(position: problem.position, path: own, message: "\(place)\(problem.message)")
    }
    return self.problem("\(place)\(problem.message)", at: pointer)
  }

  /// Values, and ends of intervals, that the form of a training does not take; also where the rest of the document is wrong.
  var values: [Problem] {
    axes.flatMap { axis -> [Problem] in
      guard complaint(about: axis.name, first: first(axis.value)) == nil else { return [] }
      let ends = (axis.value["between"]?.elements ?? []).filter { $0.number != nil }
      return ((axis.value["values"]?.elements ?? []) + ends).flatMap { value -> [Problem] in
        func told(_ message: String) -> Problem {
          Problem(position: value.position, path: value.path, message: message)
        }
        guard let root = training.document.root.setting(axis.name, to: value.json, position: value.position) else {
          return [told("a training has no place for it")]
        }
        return problems(of: root).map { found in
          told(found.path == axis.name ? found.message : "\(found.path): \(found.message)")
        }
      }
    }
  }

  /// What does not fit between the search and its training.
  func fit(_ plan: TuningPlan) -> [Problem] {
    var problems: [Problem] = []
    if training.plan.walkForward != nil {
      problems.append(
        problem(
          #"a training with "walkForward" is one training a window, and a search is of one: leave it out there"#,
          at: "/training"))
    }
    let (first, every) = (plan.halving.first, training.plan.validation.every)
    if first < every, first < plan.halving.last {
      problems.append(
        problem(
          "after \(first) updates no trial has been validated: \(training.path) does so every \(every) updates",
          at: "/halving/first"))
    }
    return problems
  }

  /// The trials, each with its document.
  ///
  /// - Throws: what no point can be made of, and every way in which trials are no trainings, told of the first of them.
  func trials(_ plan: TuningPlan, seed: Int) throws(Problems) -> [TuningTrial] {
    let points: [[JSONValue]]
    do throws(FormViolation) {
      points = try plan.sampler.points(plan.space, seed: seed)
    } catch {
      let reading = Reading()
      error.report(at: document.root, reading)
      throw Problems(reading.problems)
    }
    var trials: [TuningTrial] = []
    var problems: [Problem] = []
    for (index, point) in points.enumerated() {
      let values = zip(plan.space.names, point).map { (pointer: $0, value: $1) }
      do throws(Problems) {
        let file = try TrainingFile(training, saying: try root(values, plan), of: plan.halving.last)
        trials.append(TuningTrial(number: index + 1, values: values, training: file))
      } catch {
        let said = values.map { "\($0.pointer) \(TuningTrial.text($0.value))" }.joined(separator: ", ")
        for problem in error.all {
          let told = mapped(problem, at: "/space")
          guard !problems.contains(where: { $0.path == told.path && $0.message.hasPrefix(told.message) }) else {
            continue
          }
          problems.append(
            Problem(
              position: told.position, path: told.path,
              message: "\(told.message) (trial \(index + 1): \(said))"))
        }
      }
    }
    guard problems.isEmpty else { throw Problems(problems) }
    return trials
  }

  /// The training's document with a trial's values.
  private func root(_ values: [(pointer: String, value: JSONValue)], _ plan: TuningPlan) throws(Problems) -> Node {
    var root = training.document.root
    for (pointer, value) in values {
      let own = "/space/\(JSONPointer.escape(pointer))"
      let position = document.root.node(at: own)?.position ?? document.root.position
      guard let next = root.setting(pointer, to: value, position: position) else {
        throw Problems(problem("a training has no place for it", at: own))
      }
      root = next
    }
    return root
  }
}
