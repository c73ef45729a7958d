import Documents
import Glibc

/// One value of a training document that a search varies: what may stand there.
package struct SearchAxis: Sendable {
  /// How the numbers of an interval are spread.
  package enum Scale: String, Sendable, Hashable, CaseIterable {
    /// Alike over the interval.
    case linear
    /// Alike over the interval's logarithm: as many from 1e-4 to 1e-3 as from 1e-3 to 1e-2.
    case log
  }

  /// What may stand there.
  package enum Choice: Sendable {
    /// These values, whatever they are.
    case values([Node])
    /// The numbers of an interval with both ends, all or the whole ones, and so many of them in a grid.
    case between(low: Double, high: Double, Scale, isWhole: Bool, points: Int?)
  }

  /// What may stand there.
  package let choice: Choice

  /// Digits that count of a number that is drawn: a person can write it into a document of his own.
  static let digits = 5

  /// The fields in documents.
  package static let form = Form(
    Field("values", .optional(.list(.anything, count: 1...1000)), "what may stand there, value by value"),
    Field(
      "between", .optional(.list(.number(), count: 2...2)), "in place of values: the lowest and the highest number"),
    Field(
      "scale", .optional(.word(Scale.self)),
      "how numbers are spread between them: linear (the default), or log, alike in each power of ten"),
    Field("whole", .optional(.boolean), "whether they are whole numbers; left out: false"),
    Field(
      "points", .optional(.integer(in: 2...1000)), "how many of them a grid has, evenly spaced on the scale"),
    make: SearchAxis.init(values:between:scale:whole:points:))

  private init(
    values: [Node]?, between: [Double]?, scale: Scale?, whole: Bool?, points: Int?
  ) throws(FormViolation) {
    switch (values, between) {
    case (nil, nil): throw FormViolation(#"say what may stand there: "values", or two numbers "between""#)
    case (_?, _?): throw FormViolation("between", #""values" and "between" exclude each other"#)
    case (let values?, nil):
      let given = [("scale", scale != nil), ("whole", whole != nil), ("points", points != nil)]
      let wrong = given.filter(\.1).map { FormViolation($0.0, #"it is of numbers "between", and there are none"#) }
      guard wrong.isEmpty else { throw FormViolation(wrong) }
      let texts = values.map(\.json.text)
      if let twice = texts.indices.first(where: { texts[..<$0].contains(texts[$0]) }) {
        throw FormViolation("values/\(twice)", "\(texts[twice]) stands here twice")
      }
      choice = .values(values)
    case (nil, let ends?):
      let (low, high) = (ends[0], ends[1])
      let number = JSONWriter.number
      guard low < high else {
        throw FormViolation("between", "\(number(low)) is not below \(number(high))")
      }
      if scale == .log, !(low > 0) { throw FormViolation("between/0", "\(number(low)) has no logarithm") }
      if whole == true, let place = ends.firstIndex(where: { $0 != $0.rounded() || abs($0) > 1e15 }) {
        throw FormViolation("between/\(place)", "\(number(ends[place])) is not a whole number")
      }
      if whole == true, let points, Double(points) > high - low + 1 {
        throw FormViolation("points", "there are no \(points) whole numbers from \(number(low)) to \(number(high))")
      }
      choice = .between(low: low, high: high, scale ?? .linear, isWhole: whole ?? false, points: points)
    }
  }

  /// What a grid has; nil where the axis does not say how many.
  var grid: [JSONValue]? {
    switch choice {
    case .values(let values): values.map(\.json)
    case .between(let low, let high, let scale, let isWhole, let points):
      if isWhole, points == nil, high - low < 1000 {
        (0...Int(high - low)).map { .number(low + Double($0)) }
      } else {
        points.map { count in
          (0..<count).map { Self.number(Double($0) / Double(count - 1), low, high, scale, isWhole) }
        }
      }
    }
  }

  /// What stands at a place between 0 and 1: of values each has as much room as the next.
  func value(at place: Double) -> JSONValue {
    switch choice {
    case .values(let values):
      return values[min(Int(place * Double(values.count)), values.count - 1)].json
    case .between(let low, let high, let scale, let isWhole, _):
      guard isWhole else { return Self.number(place, low, high, scale, false) }
      // Each whole number n has the room from n to n + 1.
      let exact = scale == .log ? low * exp(place * log((high + 1) / low)) : low + place * (high + 1 - low)
      return .number(min(max(exact.rounded(.down), low), high))
    }
  }

  /// How many values there are; nil where there are more than can be counted.
  var count: Int? {
    switch choice {
    case .values(let values): values.count
    case .between(let low, let high, _, let isWhole, _): isWhole && high - low < 1e9 ? Int(high - low) + 1 : nil
    }
  }

  private static func number(
    _ place: Double, _ low: Double, _ high: Double, _ scale: Scale, _ isWhole: Bool
  ) -> JSONValue {
    let exact = scale == .log ? low * exp(place * log(high / low)) : low + place * (high - low)
    // Rounded, it hangs on no last digit of a logarithm; the ends are what was written.
    let rounded = isWhole ? exact.rounded() : exact.rounded(toDigits: digits)
    return .number(place <= 0 ? low : place >= 1 ? high : min(max(rounded, low), high))
  }
}
