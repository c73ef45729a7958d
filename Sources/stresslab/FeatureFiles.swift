import ArgumentParser
import Documents
import Foundation
import Glibc
import Indicators
import Lab
import Pipeline

/// How features are written.
enum FeatureFormat: String, CaseIterable, ExpressibleByArgument {
  case csv, npy, parquet
}

/// Where features are written, and how: the standard output or a file, and what stands beside it.
struct FeatureFiles {
  private let out: String?
  private let format: FeatureFormat
  private let parquet: ParquetWriter?

  /// Looks whether they can be written, before anything is computed.
  ///
  /// - Throws: a `Refusal` for a place where nothing can or may be put, and for what has no standard output.
  init(_ out: String?, _ format: FeatureFormat?, overwrite: Bool) throws {
    self.out = out
    self.format = format ?? out.flatMap { FeatureFormat(rawValue: Self.ending(of: $0)) } ?? .csv
    guard let out else {
      guard self.format == .csv else {
        throw Refusal("--format \(self.format.rawValue) needs --out FILE: standard output takes csv alone")
      }
      parquet = nil
      return
    }
    for file in [out] + (self.format == .npy ? [Self.times(out), Self.names(out), Self.assets(out)] : []) {
      try FileReplacement(file).check(overwrite: overwrite)
    }
    parquet = self.format == .parquet ? try ParquetWriter(environment: ProcessInfo.processInfo.environment) : nil
  }

  /// Writes a table.
  ///
  /// - Throws: why it can't be written, or that the process was interrupted; then no file is there in part.
  func write(_ table: FeatureTable) throws {
    guard let out else { return try writeOutput(table) }
    switch format {
    case .csv: try FileReplacement(out).write { table.write($0) }
    case .npy:
      try Self.write(table.timesNumPy, Self.times(out))
      if !table.assetNames.isEmpty { try Self.write(table.assetsNumPy, Self.assets(out)) }
      try Self.write(Array(table.namesJSON.utf8), Self.names(out))
      // Last: where it is, what belongs to it is too.
      try FileReplacement(out).write { table.writeNumPy($0) }
    case .parquet: try writeParquet(table, out)
    }
  }

  private func writeOutput(_ table: FeatureTable) throws {
    var fault: Int32 = 0
    table.write { block in
      fault = Output.write(block)
      return fault == 0
    }
    // A reader that has seen enough, such as head, is no fault.
    guard fault == 0 || fault == EPIPE else { throw SystemFailure.standardOutput(SystemFault(errno: fault)) }
  }

  /// By way of arrays in a folder beside the file, which is removed whatever comes of it.
  private func writeParquet(_ table: FeatureTable, _ out: String) throws {
    Interrupts.watch()
    let target = URL(fileURLWithPath: out).resolvingSymlinksInPath().path
    let folder = "\(target).part-\(getpid())"
    guard mkdir(folder, 0o700) == 0 else {
      throw SystemFailure.orRefusal("\(out) can't be written", SystemFault(errno: errno))
    }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func put(_ part: ParquetWriter.Part, _ give: ((([UInt8]) -> Bool)) -> Void) throws {
      try FileReplacement("\(folder)/\(part.rawValue)").write(give)
    }
    try put(.figures) { table.writeNumPy($0) }
    try put(.times) { _ = $0(table.timesNumPy) }
    try put(.assets) { _ = $0(table.assetsNumPy) }
    try put(.names) { _ = $0(Array(table.namesJSON.utf8)) }
    let made = "\(folder)/features.parquet"
    do throws(Refusal) {
      try parquet?.write(folder, to: made)
    } catch {
      if Interrupts.isRequested {
        Output.error("Stopped; \(out) is as it was.")
        throw ExitCode.interrupted
      }
      throw error
    }
    guard rename(made, target) == 0 else {
      throw SystemFailure.orRefusal("\(out) can't be written", SystemFault(errno: errno))
    }
  }

  private static func write(_ bytes: [UInt8], _ file: String) throws {
    try FileReplacement(file).write { _ = $0(bytes) }
  }

  /// What follows the last point of a file's name, in small letters.
  private static func ending(of file: String) -> String {
    let name = file.split(separator: "/").last ?? ""
    return name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last.map { $0.lowercased() } ?? ""
  }

  private static func stem(_ file: String) -> String {
    ending(of: file) == "npy" ? String(file.dropLast(4)) : file
  }

  /// The file of times beside a file of figures.
  private static func times(_ file: String) -> String { stem(file) + ".time.npy" }
  /// The file of the columns' names.
  private static func names(_ file: String) -> String { stem(file) + ".columns.json" }
  /// The file of assets, where there are several.
  private static func assets(_ file: String) -> String { stem(file) + ".asset.npy" }
}
