/// Things by name, in the order of their names, whatever the order of the file.
package struct Named<Value> {
  /// The names, sorted.
  package let names: [String]
  /// The values, in the order of their names.
  package let values: [Value]

  /// Sorts things by name; names must not repeat.
  package init(_ elements: [(name: String, value: Value)]) {
    let sorted = elements.sorted { $0.name < $1.name }
    names = sorted.map(\.name)
    values = sorted.map(\.value)
    precondition(zip(names, names.dropFirst()).allSatisfy(<), "Invariant: names are unique")
  }

  /// Nothing.
  package init() {
    names = []
    values = []
  }

  /// The value of a name, or nil.
  package subscript(name: String) -> Value? { names.firstIndex(of: name).map { values[$0] } }

  /// The same names with other values.
  package func mapValues<Other, Failure: Error>(
    _ transform: (Value) throws(Failure) -> Other
  ) throws(Failure) -> Named<Other> {
    let others = try values.map(transform)
    return Named<Other>(zip(names, others).map { (name: $0, value: $1) })
  }
}

extension Named: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { names.count }
  /// A name and its value, by place in the order of the names.
  package subscript(position: Int) -> (name: String, value: Value) { (names[position], values[position]) }
}

extension Named: ExpressibleByDictionaryLiteral {
  /// Sorts the pairs by name; names must not repeat.
  package init(dictionaryLiteral elements: (String, Value)...) { self.init(elements.map { (name: $0, value: $1) }) }
}

extension Named: Sendable where Value: Sendable {}
extension Named: Equatable where Value: Equatable {}
extension Named: Hashable where Value: Hashable {}
