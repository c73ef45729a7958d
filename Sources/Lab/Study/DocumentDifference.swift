import Documents

/// What one of two documents says otherwise than the other, defaults of what they leave out included.
package struct DocumentDifference: Sendable, Hashable {
  /// The keys on the way to it.
  package let keys: [String]
  /// What each says; nil where it says nothing there.
  package let first, second: String?
  /// What it counts; empty for a text, a pure number, or a duration.
  package let unit: String
  /// Whether it is all that has a name, of which one document says nothing.
  private var isWhole = false

  /// In words: the keys, and what becomes what.
  package var text: String {
    let name = keys.joined(separator: " ")
    let unit = unit.isEmpty ? "" : " \(unit)"
    return switch (first, second) {
    case (let first?, let second?): "\(name): \(first) becomes \(second)\(unit)"
    case (let first?, nil): "\(name): \(first)\(unit)\(isWhole ? "," : "") falls away"
    case (nil, let second?): "\(name): \(second)\(unit)\(isWhole ? "," : "") is new"
    case (nil, nil): name
    }
  }

  /// How deep the names lie that people give: of an asset, an event, an agent, a risk profile.
  private static let namesAt = 2

  /// All differences, in the order of the first document and behind them what only the second has. What has a name and is in
  /// one of both alone is told in one line.
  ///
  /// - Parameters:
  ///   - first: the values in force of a document.
  ///   - second: those of another one of the same kind.
  package static func all(_ first: [DocumentValue], _ second: [DocumentValue]) -> [DocumentDifference] {
    let others = Dictionary(second.map { ($0.pointer, $0) }, uniquingKeysWith: { one, _ in one })
    let known = Set(first.map(\.pointer))
    let (here, there) = (Set(first.compactMap(name)), Set(second.compactMap(name)))
    var told: Set<[String]> = []
    var result: [DocumentDifference] = []
    func tellWhole(_ value: DocumentValue, among other: Set<[String]>, isFirst: Bool, of all: [DocumentValue]) -> Bool {
      guard let name = name(value), !other.contains(name) else { return false }
      guard told.insert(name).inserted else { return true }
      let values = all.filter { self.name($0) == name }
      let model = values.first { $0.pointer.hasSuffix("/model") && keys($0).count == name.count + 1 }?.text
      let text = (model.map { "\($0), " } ?? "") + "\(values.count) \(values.count == 1 ? "value" : "values")"
      result.append(
        DocumentDifference(
          keys: name, first: isFirst ? text : nil, second: isFirst ? nil : text, unit: "", isWhole: true))
      return true
    }
    for value in first where !tellWhole(value, among: there, isFirst: true, of: first) {
      let other = others[value.pointer]
      guard other?.text != value.text else { continue }
      result.append(
        DocumentDifference(keys: keys(value), first: value.text, second: other?.text, unit: other?.unit ?? value.unit))
    }
    for value in second where !known.contains(value.pointer) {
      guard !tellWhole(value, among: here, isFirst: false, of: second) else { continue }
      result.append(DocumentDifference(keys: keys(value), first: nil, second: value.text, unit: value.unit))
    }
    return result
  }

  private static func keys(_ value: DocumentValue) -> [String] { JSONPointer.components(value.pointer) }

  /// The name that somebody gave to what a value belongs to; nil of one that lies no deeper.
  private static func name(_ value: DocumentValue) -> [String]? {
    let keys = keys(value)
    return keys.count > namesAt ? Array(keys.prefix(namesAt)) : nil
  }
}
