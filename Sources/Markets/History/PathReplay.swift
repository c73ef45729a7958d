import Documents
import MarketData

/// Paths that another program made, each run as it is: path p of the run is path p of the file, from 0.
///
/// The first row of a path is where it starts, the rows after it are the steps of the warm-up and of the scenario; what is left
/// behind them is not run. Prices are those of the file where each asset's price is its close at t = 0 there, and those times one
/// factor on each path else. Nothing is drawn beside events.
package struct PathReplay: HistoryModel {
  /// A file of comma-separated values, or where its name ends so an `.npy` array of closes.
  package let file: String
  /// Names of the columns of the former.
  package let columns: PathColumns
  /// Names of the last axis of the latter; nil where there is one asset.
  package let assets: [String]?

  /// States the model.
  package init(file: String, columns: PathColumns = PathColumns(), assets: [String]? = nil) {
    self.file = file
    self.columns = columns
    self.assets = assets
  }

  /// The fields in documents.
  package static let form = Form(
    Field("file", .filePath, "paths as comma-separated values or as an .npy array, relative to this document"),
    Field("columns", .formOrDefaults(PathColumns.form), "names of the columns of comma-separated values"),
    Field(
      "assets", .optional(.list(.string, count: 1...64)),
      "of an .npy array of several assets: their names, in the order of its last axis"),
    make: { (file, columns, assets) throws(FormViolation) in
      let model = PathReplay(file: file, columns: columns, assets: assets)
      if model.isArray, columns != PathColumns() {
        throw FormViolation("columns", "an .npy array has no columns")
      }
      if !model.isArray, assets != nil {
        throw FormViolation("assets", "is of .npy arrays; in a table a column names them, \"columns\": {\"asset\": …}")
      }
      if let assets, Set(assets).count != assets.count { throw FormViolation("assets", "an asset stands here twice") }
      return model
    })

  private var isArray: Bool { file.lowercased().hasSuffix(".npy") }

  package var files: [String] { [file] }

  package var limits: [String] {
    ["The paths were made outside, by another program: what they rest on is not known here, and no seed changes them."]
  }

  /// Reads the whole file.
  package func open() throws(Problems) -> any OpenedHistory {
    guard isArray else { return OpenedPaths(model: self, paths: try OutsidePaths.read(file, columns: columns)) }
    let array = try NumPyArray(FileContents.needed(file), file: file)
    return OpenedPaths(model: self, paths: try OutsidePaths(array, assets: assets, file: file))
  }

  /// What moves the assets that have these names in a file that was read, in this order.
  ///
  /// - Throws: an asset that is not there, paths that are too short, steps that they do not have.
  package func movement(
    _ paths: OutsidePaths, of names: [String], _ clock: Clock
  ) throws(FormViolation) -> PathMovement {
    var violations: [FormViolation] = []
    for name in names where paths.columns(of: name) == nil {
      let hint = Suggestion.hint(for: name, among: paths.assets)
      violations.append(FormViolation("file", "\(paths.file) has no asset named \(quoted(name))\(hint)"))
    }
    if paths.assets == [""], names.count > 1 {
      violations.append(FormViolation("file", "\(paths.file) has one asset, and the scenario names \(names.count)"))
    }
    let needed = clock.warmupSteps + clock.steps + 1
    if paths.rows < needed {
      violations.append(
        FormViolation(
          "file",
          "its paths have \(paths.rows) row\(paths.rows == 1 ? "" : "s"), path \(paths.name(of: 0)) to begin with, and "
            + "\(needed) are needed: 1 to start from, \(clock.warmupSteps) of the warm-up and \(clock.steps) of the length"
        ))
    }
    if let complaint = clock.spacingComplaint(of: paths.time) { violations.append(FormViolation("file", complaint)) }
    guard violations.isEmpty else { throw FormViolation(violations) }
    return PathMovement(self, paths, columns: names.compactMap(paths.columns))
  }
}

/// A file of paths, waiting for the scenario's assets.
private struct OpenedPaths: OpenedHistory {
  let model: PathReplay
  let paths: OutsidePaths

  var hasVolume: Bool { paths.columns.allSatisfy { $0.volume != nil } }

  func movement(of names: [String], _ clock: Clock) throws(FormViolation) -> any Movement {
    try model.movement(paths, of: names, clock)
  }
}
