import Documents

extension SafeTensors {
  /// The longest header that is read, as in the format's own library.
  private static let maximumHeader = 100_000_000

  /// Reads a file's bytes.
  ///
  /// - Parameter file: its name, for messages.
  /// - Throws: everything that is wrong with it.
  package init(_ bytes: [UInt8], file: String) throws(Problems) {
    func problem(_ message: String) -> Problems {
      Problems(Problem(position: SourcePosition(file: file), message: message))
    }
    guard bytes.count >= 8 else {
      throw problem(
        "\(bytes.count) bytes are too few for a safetensors file, which starts with 8 for its header's length")
    }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
    guard length <= UInt64(Self.maximumHeader) else {
      throw problem("the header would have \(length) bytes: not a safetensors file")
    }
    guard Int(length) <= bytes.count - 8 else {
      throw problem("the header should have \(length) bytes, and the file ends after \(bytes.count - 8): it is cut off")
    }
    let (root, syntax) = try DocumentParser.parse(Array(bytes[8..<(8 + Int(length))]), file: file)
    let reading = Reading(problems: syntax)
    let data = bytes[(8 + Int(length))...]
    var metadata: [String: String] = [:]
    var found: [(range: Range<Int>, tensor: Tensor)] = []
    if root.members == nil { reading.report(expected: "an object of tensors", at: root) }
    for member in root.members ?? [] {
      if member.name == "__metadata__" {
        metadata = Self.metadata(member.value, reading)
      } else if let tensor = Self.tensor(member, data, reading) {
        found.append(tensor)
      }
    }
    guard reading.problems.isEmpty else { throw Problems(reading.problems) }
    found.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var end = 0
    for (range, tensor) in found {
      guard range.lowerBound == end else {
        throw problem("\(quoted(tensor.name)) starts at byte \(range.lowerBound) of the data, expected \(end)")
      }
      end = range.upperBound
    }
    guard end == data.count else {
      throw problem("the tensors take \(end) bytes of data, and the file has \(data.count)")
    }
    self.init(found.map(\.tensor), metadata: metadata)
  }

  private static func metadata(_ node: Node, _ reading: Reading) -> [String: String] {
    var result: [String: String] = [:]
    if node.members == nil { reading.report(expected: "an object of texts", at: node) }
    for member in node.members ?? [] {
      if let text = member.value.string {
        result[member.name] = text
      } else {
        reading.report(expected: "a text", at: member.value)
      }
    }
    return result
  }

  private struct Entry: Sendable {
    let type: String
    let shape: [Int]
    let offsets: [Int]

    static let form = Form(
      Field("dtype", .choice(["F32", "F64"]), "type of the elements"),
      Field("shape", .list(.integer(in: 0...(1 << 40)), count: 0...8), "dimensions"),
      Field(
        "data_offsets", .list(.integer(in: 0...(1 << 50)), count: 2...2), "first byte, and the one behind the last"),
      make: { Entry(type: $0, shape: $1, offsets: $2) })
  }

  private static func tensor(
    _ member: Node.Member, _ data: ArraySlice<UInt8>, _ reading: Reading
  ) -> (range: Range<Int>, tensor: Tensor)? {
    guard let entry = Entry.form.value(of: member.value, reading) else { return nil }
    let width = entry.type == "F32" ? 4 : 8
    var size = width
    for dimension in entry.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
      guard !overflow else {
        reading.report("the shape has more elements than any file", at: member.value)
        return nil
      }
      size = product
    }
    let (start, end) = (entry.offsets[0], entry.offsets[1])
    guard start <= end, end <= data.count else {
      reading.report("the bytes \(start) to \(end) are not among the \(data.count) that the file has", at: member.value)
      return nil
    }
    guard end - start == size else {
      reading.report(
        "\(entry.type) of the shape \(entry.shape) takes \(size) bytes, and the file gives it \(end - start)",
        at: member.value)
      return nil
    }
    let bytes = data[(data.startIndex + start)..<(data.startIndex + end)]
    let elements: Elements =
      entry.type == "F32"
      ? .float32(numbers(bytes, UInt32.self).map { Float(bitPattern: $0) })
      : .float64(numbers(bytes, UInt64.self).map { Double(bitPattern: $0) })
    return (start..<end, Tensor(member.name, shape: entry.shape, elements))
  }

  private static func numbers<Word: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>, _: Word.Type) -> [Word] {
    let width = Word.bitWidth / 8
    return bytes.withUnsafeBytes { raw in
      (0..<(raw.count / width)).map { Word(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * width, as: Word.self)) }
    }
  }
}
