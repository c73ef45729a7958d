import Documents

/// Named tables of numbers in one file, in the format that Python's `safetensors` reads and writes.
///
/// Eight bytes with the length of a JSON header (little-endian), the header padded with spaces to a multiple of 8, then
/// the numbers one after the other, without holes. Of the format's types ours are F32 and F64.
package struct SafeTensors: Sendable, Equatable {
  /// The tables, in the order of the file.
  package var tensors: [Tensor]
  /// Free text by key.
  package var metadata: [String: String]

  /// One table, row by row.
  package struct Tensor: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Its dimensions; their product is the number of elements.
    package let shape: [Int]
    /// Its elements.
    package let elements: Elements

    /// A table in single precision.
    package init(_ name: String, shape: [Int], _ values: [Float]) {
      self.init(name, shape: shape, .float32(values))
    }

    /// A table of elements.
    package init(_ name: String, shape: [Int], _ elements: Elements) {
      precondition(shape.reduce(1, *) == elements.count, "Invariant: a table has as many elements as its shape says")
      self.name = name
      self.shape = shape
      self.elements = elements
    }
  }

  /// Elements of one type.
  package enum Elements: Sendable, Equatable {
    case float32([Float])
    case float64([Double])

    /// How many.
    package var count: Int {
      switch self {
      case .float32(let values): values.count
      case .float64(let values): values.count
      }
    }

    /// The type's name in the header.
    var type: String {
      switch self {
      case .float32: "F32"
      case .float64: "F64"
      }
    }

    func append(to bytes: inout [UInt8]) {
      switch self {
      case .float32(let values):
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
      case .float64(let values):
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
      }
    }
  }

  /// Some tables.
  package init(_ tensors: [Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The table of a name, or nil.
  package subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }

  /// The file's bytes; the same tables give the same bytes.
  package var bytes: [UInt8] {
    var data: [UInt8] = []
    var header: [JSONMember] = []
    if !metadata.isEmpty {
      header.append(JSONMember("__metadata__", .sorted(metadata.mapValues { .string($0) })))
    }
    for tensor in tensors {
      let start = data.count
      tensor.elements.append(to: &data)
      header.append(
        JSONMember(
          tensor.name,
          [
            "dtype": .string(tensor.elements.type), "shape": .array(tensor.shape.map { .integer($0) }),
            "data_offsets": [.integer(start), .integer(data.count)],
          ]))
    }
    var text = Array(JSONWriter.write(.object(header)).utf8)
    text += Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text + data
  }
}
