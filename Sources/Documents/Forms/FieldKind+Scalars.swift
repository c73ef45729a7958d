extension FieldKind where Value == Double {
  /// A number, or a duration in seconds of trading time, as the scalar says.
  package static func scalar(_ scalar: Scalar) -> FieldKind {
    FieldKind(FieldType(scalar), schema: { _ in scalar.schema }, json: { scalar.json($0) }) { scalar.read($0, $1) }
  }

  /// A plain number.
  package static func number(_ unit: QuantityUnit = .none, in range: QuantityRange = .any) -> FieldKind {
    .scalar(.number(unit, in: range))
  }

  /// A duration such as `"20s"`; the value is seconds of trading time.
  package static var duration: FieldKind { .scalar(.duration()) }

  /// A duration in a range of seconds.
  package static func duration(in range: QuantityRange) -> FieldKind { .scalar(.duration(in: range)) }
}

extension FieldKind where Value == Int {
  /// A whole number (1.0 and 1e3 are whole too).
  package static func integer(_ unit: QuantityUnit = .none, in range: ClosedRange<Int> = Int.min...Int.max) -> FieldKind
  {
    let low = range.lowerBound == .min ? nil : range.lowerBound
    let high = range.upperBound == .max ? nil : range.upperBound
    let text =
      switch (low, high) {
      case (let low?, let high?): "\(low)…\(high)"
      case (let low?, nil): "at least \(low)"
      case (nil, let high?): "at most \(high)"
      case (nil, nil): ""
      }
    return FieldKind(
      FieldType("integer", unit: unit, range: text), schema: { _ in .integer(in: range) }, json: { .integer($0) }
    ) { node, reading in
      guard case .number(let value, let written) = node.content, let whole = Int(written) ?? Int(exactly: value)
      else {
        reading.report(expected: "a whole number", at: node)
        return nil
      }
      guard range.contains(whole) else {
        let unitText = unit.text.isEmpty ? "" : " (\(unit.text))"
        let relation = low != nil && high != nil ? "outside" : "not"
        reading.report("\(written) is \(relation) \(text)\(unitText)", at: node)
        return nil
      }
      return whole
    }
  }
}

extension FieldKind where Value == Bool {
  /// true or false.
  package static var boolean: FieldKind {
    FieldKind(FieldType("true or false"), schema: { _ in .boolean }, json: { .bool($0) }) { node, reading in
      if case .bool(let value) = node.content { return value }
      reading.report(expected: "true or false", at: node)
      return nil
    }
  }
}

extension FieldKind where Value == String {
  /// Any text; not empty unless said so.
  package static func string(mayBeEmpty: Bool = false) -> FieldKind {
    FieldKind(
      FieldType("text"), schema: { _ in mayBeEmpty ? .string() : JSONSchema.string().with("minLength", 1) },
      json: { .string($0) }
    ) { node, reading in
      guard let text = node.string else {
        reading.report(expected: "a string", at: node)
        return nil
      }
      guard mayBeEmpty || !text.isEmpty else {
        reading.report("an empty string stands for nothing", at: node)
        return nil
      }
      return text
    }
  }

  /// Any text that is not empty.
  package static var string: FieldKind { .string() }

  /// One of a few words.
  package static func choice(_ words: [String]) -> FieldKind {
    FieldKind(
      FieldType(words.joined(separator: " | ")), schema: { _ in .choice(words) }, json: { .string($0) }
    ) { node, reading in
      guard let text = node.string else {
        reading.report(expected: "one of \(words.map(quoted).joined(separator: ", "))", at: node)
        return nil
      }
      guard words.contains(text) else {
        reading.report("unknown value \(quoted(text))\(reading.hint(for: text, among: words))", at: node)
        return nil
      }
      return text
    }
  }

  /// Exactly one text, such as a format's version.
  package static func constant(_ text: String) -> FieldKind {
    FieldKind(FieldType(quoted(text)), schema: { _ in .constant(.string(text)) }, json: { .string($0) }) {
      node, reading in
      if node.string == text { return text }
      reading.report(expected: quoted(text), at: node)
      return nil
    }
  }

  /// The name of something that the document declares, such as an `asset`.
  ///
  /// - Parameter word: a reserved name that may stand there as well.
  package static func reference(to kind: String, or word: String? = nil) -> FieldKind {
    let type = "name of \(article(for: kind)) \(kind)" + (word.map { ", or \(quoted($0))" } ?? "")
    return FieldKind(FieldType(type), schema: { _ in .string() }, json: { .string($0) }) { node, reading in
      guard let name = node.string else {
        reading.report(expected: "the \(type)", at: node)
        return nil
      }
      return reading.resolve(name, kind, or: word, report: { reading.report($0, at: node) }) ? name : nil
    }
  }
}

extension FieldKind where Value == String {
  /// A path relative to the document in which it stands; the value is the path from where the program runs.
  package static var filePath: FieldKind {
    FieldKind(FieldType("file"), schema: { _ in JSONSchema.string().with("minLength", 1) }, json: { .string($0) }) {
      node, reading in
      guard let path = node.string, !path.isEmpty else {
        reading.report(expected: "the path of a file", at: node)
        return nil
      }
      return FileContents.path(path, relativeTo: node.position.file)
    }
  }
}

extension FieldKind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the cases of an enumeration, by its raw value.
  package static func word(_ type: Value.Type = Value.self) -> FieldKind {
    .made(from: .choice(Value.allCases.map(\.rawValue)), json: { .string($0.rawValue) }) { word throws(FormViolation) in
      guard let value = Value(rawValue: word) else { throw FormViolation("unknown value \(quoted(word))") }
      return value
    }
  }
}

extension FieldKind where Value == Node {
  /// Whatever stands there.
  package static var anything: FieldKind {
    FieldKind(FieldType("anything"), schema: { _ in .anything }) { node, _ in node }
  }
}

/// `an` before a vowel, else `a`.
private func article(for noun: String) -> String {
  noun.first.map { "aeiou".contains($0) } == true ? "an" : "a"
}
