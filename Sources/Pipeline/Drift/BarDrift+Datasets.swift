import Documents
import Lab
import MarketData

extension BarDrift {
  /// Bars that count as the newest unless somebody says how many: a tenth, no more than these.
  package static let usual = 500

  /// Holds the newest bars of a dataset against those of another, asset by asset.
  ///
  /// - Parameters:
  ///   - count: how many are the newest; a tenth of them unless given.
  ///   - other: what was trained on; may be the same dataset.
  /// - Throws: a `Refusal` where a dataset has no bars, an asset is not in the other, or there are too few; `StoreProblem`,
  ///   `Problems`.
  package static func all(
    of name: DatasetName, newest count: Int? = nil, against other: DatasetName, in folder: DataFolder
  ) throws -> [BarDrift] {
    let bars = try table(name, folder)
    let others = name == other ? bars : try table(other, folder)
    return try bars.names.indices.map { asset in
      let word = bars.names[asset]
      let isAlone = bars.names.count == 1 && others.names.count == 1
      guard let place = isAlone ? 0 : others.names.firstIndex(of: word) else {
        throw Refusal("\(other) has no asset named \(quoted(word))\(Suggestion.hint(for: word, among: others.names))")
      }
      let series = bars.series[asset]
      return try BarDrift(
        word, series, newest: count ?? max(fewest, min(usual, series.count / 10)), against: others.series[place])
    }
  }

  private static func table(_ name: DatasetName, _ folder: DataFolder) throws -> BarTable {
    guard let bytes = try folder.bars(of: name) else {
      throw Refusal("no bars were made of \(name) yet; stresslab data process \(name) does")
    }
    return try BarFile(bytes, file: "\(name)").bars
  }
}
