import Documents
import Foundation
import Glibc
import Lab

/// Writes tables of features as Parquet, by Python's pyarrow: nothing of ours writes that format as well.
///
/// A Python program of a few lines reads the arrays that `FeatureTable` writes for NumPy, and writes the file. It sees
/// their folder and a few variables of our environment, and is started only for this.
package struct ParquetWriter: Sendable {
  /// The arrays, by the names that they must have in a folder: figures, times, places of assets' names, and the names.
  package enum Part: String, CaseIterable, Sendable {
    case figures = "figures.npy"
    case times = "times.npy"
    case assets = "assets.npy"
    case names = "names.json"
  }

  private let python: String
  private let environment: [String: String]

  /// What Python sees of our environment.
  private static let allowedVariables = [
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "VIRTUAL_ENV", "LD_LIBRARY_PATH",
  ]

  /// A writer by the Python that `STRESSLAB_PYTHON` names, else by `python3`.
  ///
  /// - Throws: that it does not start or has no pyarrow, with what to install.
  package init(environment: [String: String]) throws(Refusal) {
    let named = environment["STRESSLAB_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
    python = named ?? "python3"
    self.environment = environment.filter { Self.allowedVariables.contains($0.key) }
    let found = run(["-c", "import numpy, pyarrow.parquet"])
    guard found.status != 0 else { return }
    let who = named.map { "STRESSLAB_PYTHON, \(quoted($0))," } ?? "python3"
    let why =
      found.status == Self.couldNotStart
      ? "and \(who) can't be started"
      : found.complaint.contains("ModuleNotFoundError")
        ? "which \(who) does not have" : "which \(who) can't load (\(found.complaint))"
    throw Refusal(
      "Parquet is written by Python's pyarrow, \(why): python3 -m pip install numpy pyarrow, or name a Python that has "
        + "both in STRESSLAB_PYTHON; --format npy and --format csv need neither")
  }

  /// Writes a Parquet file from the arrays in a folder.
  ///
  /// - Throws: `Refusal` with what Python says where it can't.
  package func write(_ folder: String, to file: String) throws(Refusal) {
    let result = run(["-c", Self.program, folder, file])
    guard result.status == 0 else {
      throw Refusal("\(file) can't be written: pyarrow says \(quoted(result.complaint))")
    }
  }

  private static let couldNotStart: Int32 = -1

  /// The table in row groups, so that memory stays small: times with their zone, names of assets as a dictionary, figures
  /// that are null in the look-back.
  private static let program = """
    import json, os, sys
    import numpy, pyarrow, pyarrow.parquet
    folder, target = sys.argv[1:]
    def load(name):
        return numpy.load(os.path.join(folder, name), mmap_mode="r")
    figures, times = load("figures.npy"), load("times.npy")
    with open(os.path.join(folder, "names.json"), encoding="utf-8") as file:
        names = json.load(file)
    assets = load("assets.npy") if names["assets"] else None
    fields = [("time", pyarrow.timestamp("ms", "UTC"))]
    if assets is not None:
        fields.append(("asset", pyarrow.dictionary(pyarrow.int32(), pyarrow.string())))
    fields += [(name, pyarrow.float64()) for name in names["columns"]]
    schema = pyarrow.schema(fields)
    with pyarrow.parquet.ParquetWriter(target, schema) as writer:
        for start in range(0, max(len(times), 1), 131072):
            rows = slice(start, start + 131072)
            columns = [pyarrow.array(times[rows], pyarrow.int64()).cast(schema.field(0).type)]
            if assets is not None:
                columns.append(pyarrow.DictionaryArray.from_arrays(
                    pyarrow.array(assets[rows]), pyarrow.array(names["assets"], pyarrow.string())))
            block = numpy.asfortranarray(figures[rows])
            columns += [pyarrow.array(block[:, place], from_pandas=True) for place in range(len(names["columns"]))]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))
    """

  /// Runs Python to its end.
  ///
  /// - Returns: its status, `couldNotStart` where there is none, and the last line of its standard error.
  private func run(_ arguments: [String]) -> (status: Int32, complaint: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python] + arguments
    process.environment = environment.merging(["PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let complaints = Pipe()
    process.standardError = complaints
    do {
      try process.run()
    } catch {
      return (Self.couldNotStart, "")
    }
    // It is in a process group of its own: Ctrl-C comes to us alone.
    let descriptor = complaints.fileHandleForReading.fileDescriptor
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var said: [UInt8] = []
    while process.isRunning {
      said += Self.available(descriptor)
      if Interrupts.isRequested { process.terminate() }
      usleep(10_000)
    }
    process.waitUntilExit()
    said += Self.available(descriptor)
    let lines = String(decoding: said, as: UTF8.self).split(separator: "\n")
    // What env says where there is no such program, or none that may be run.
    if process.terminationStatus == 126 || process.terminationStatus == 127 { return (Self.couldNotStart, "") }
    let status = process.terminationReason == .exit ? process.terminationStatus : 1
    return (status, lines.last { !$0.allSatisfy(\.isWhitespace) }.map(String.init) ?? "")
  }

  /// What can be read of a pipe now.
  private static func available(_ descriptor: Int32) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &block, block.count)
    return Array(block.prefix(max(0, count)))
  }
}
