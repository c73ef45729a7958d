import Lab
import MarketData

extension BarRows {
  /// The raw rows of a dataset, asset by asset, before anything in them is refused.
  ///
  /// - Parameter roles: names of columns beside those that it was imported with.
  /// - Throws: a `Refusal` where it has none; `StoreProblem`, `Problems`.
  package static func rows(
    of name: DatasetName, in folder: DataFolder, named roles: [BarLayout.Role: String] = [:]
  ) throws -> [BarRows] {
    guard let manifest = try RawDataset.manifest(of: name, in: folder), !manifest.files.isEmpty else {
      throw Refusal("\(name) has no bars yet")
    }
    return try rows(
      of: RawDataset.bytes(of: name, manifest, in: folder), file: "\(name)", named: manifest.roles.merging(roles) { $1 }
    )
  }
}
