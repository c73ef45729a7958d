/// An enumeration that files spell by the names of its cases; numbers are for lanes and the store.
package protocol CodedByName: CaseIterable, Codable, RawRepresentable<Int> {}

// The constraints outrank the standard library's coding of raw values.
extension CodedByName where Self: RawRepresentable, RawValue == Int {
  /// The case's name, as files spell it.
  package var name: String { "\(self)" }

  /// Reads a case by its name.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let found = Self.allCases.first(where: { $0.name == name }) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(name) is no \(Self.self)")
    }
    self = found
  }

  /// Writes the case's name.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
