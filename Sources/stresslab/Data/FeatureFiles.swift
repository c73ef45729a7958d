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
      let names = [(ParquetWriter.Part.times, Self.times(out)), (.names, Self.names(out))]
      let others = table.assetNames.isEmpty ? [] : [(ParquetWriter.Part.assets, Self.assets(out))]
      try inFolder(out) { folder in
        try Self.writeArrays(table, folder, out, isDurable: true)
        // Figures last: where they are, what belongs to them is too.
        return (names + others + [(.figures, out)]).map { ($0.rawValue, $1) }
      }
    case .parquet:
      try inFolder(out) { folder in
        try Self.writeArrays(table, folder, out, isDurable: false)
        try parquet?.write(folder, to: "\(folder)/features.parquet")
        return [("features.parquet", out)]
      }
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

  /// Makes files in a folder beside the file, which is removed whatever comes of it, and puts them in their places when all are
  /// made.
  ///
  /// - Parameter make: makes files in the folder; gives each by its name there, and its place.
  private func inFolder(_ out: String, _ make: (_ folder: String) throws -> [(made: String, place: String)]) throws {
    Interrupts.watch()
    func problem(_ number: Int32) -> any Error {
      SystemFailure.orRefusal("\(out) can't be written", SystemFault(errno: number))
    }
    let folder = "\(Self.target(of: out)).part-\(getpid())"
    guard mkdir(folder, 0o700) == 0 else { throw problem(errno) }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      let files = try make(folder)
      if !Interrupts.isRequested {
        for (made, place) in files {
          guard rename("\(folder)/\(made)", Self.target(of: place)) == 0 else { throw problem(errno) }
        }
        return
      }
    } catch let refusal as Refusal where !Interrupts.isRequested {
      throw refusal
    } catch is Refusal {
      // What was interrupted can say anything.
    }
    Output.error("Stopped; \(out) is as it was.")
    throw ExitCode.interrupted
  }

  /// A table as arrays in a folder, by the names of `ParquetWriter.Part`.
  private static func writeArrays(_ table: FeatureTable, _ folder: String, _ out: String, isDurable: Bool) throws {
    func write(_ part: ParquetWriter.Part, _ give: (([UInt8]) -> Bool) -> Void) throws {
      try FileReplacement("\(folder)/\(part.rawValue)", name: out).write(isDurable: isDurable, give)
    }
    try write(.figures) { table.writeNumPy($0) }
    try write(.times) { _ = $0(table.timesNumPy) }
    try write(.assets) { _ = $0(table.assetsNumPy) }
    try write(.names) { _ = $0(Array(table.namesJSON.utf8)) }
  }

  /// Where a symbolic link leads.
  private static func target(of file: String) -> String { URL(fileURLWithPath: file).resolvingSymlinksInPath().path }

  /// What follows the last point of a file's name, in small letters.
  private static func ending(of file: String) -> String {
    let name = file.split(separator: "/").last ?? ""
    return name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last.map { $0.lowercased() } ?? ""
  }

  private static func stem(_ file: String) -> String {
    ending(of: file) == "npy" ? String(file.dropLast(4)) : file
  }

  /// The file of times beside a file of figures.
  private static func times(_ file: String) -> String { stem(file) + ".\(FeatureSideFile.times.rawValue)" }
  /// The file of the columns' names.
  private static func names(_ file: String) -> String { stem(file) + ".\(FeatureSideFile.names.rawValue)" }
  /// The file of assets, where there are several.
  private static func assets(_ file: String) -> String { stem(file) + ".\(FeatureSideFile.assets.rawValue)" }
}
