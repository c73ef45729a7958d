import Foundation
import Glibc

/// The file system, for documents and other inputs.
package enum FileContents {
  /// What gives the bytes of a file by its path; nil where there is none that may be read.
  ///
  /// Throws what the system failed at, which says nothing of the file.
  package typealias Reader = @Sendable (_ path: String) throws(SystemFault) -> [UInt8]?

  /// How paths begin that lie inside the program, wherever it runs.
  package static let builtIn = "(built-in)/"

  /// What a pipe or a device may give, in bytes: some never end.
  private static let mostOfAPipe = 1 << 28
  /// What is reserved for a file ahead, at most, in bytes: its size may be a hole.
  private static let mostReserved = 1 << 28
  private static let blockSize = 1 << 16

  /// The bytes of a file, or nil when there is none that may be read: also where it is no regular file and gives more than
  /// a quarter of a gigabyte, and where it lies outside of what `Confinement` allows.
  ///
  /// - Throws: that the system failed, as `SystemFault.isOfTheMachine` has it.
  @Sendable package static func read(_ path: String) throws(SystemFault) -> [UInt8]? {
    guard let place = place(of: path), Confinement.allows(place) else { return nil }
    return try readOwn(place)
  }

  /// The same of a file that the program itself has chosen, wherever it lies.
  @Sendable package static func readOwn(_ place: String) throws(SystemFault) -> [UInt8]? {
    var descriptor: Int32
    repeat { descriptor = open(place, O_RDONLY | O_CLOEXEC) } while descriptor < 0 && errno == EINTR
    guard descriptor >= 0 else { return try nothing(SystemFault(errno: errno)) }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { return try nothing(SystemFault(errno: errno)) }
    let isRegular = information.st_mode & S_IFMT == S_IFREG
    do throws(SystemFault) {
      let bytes = try readAll(descriptor, expecting: isRegular ? Int(information.st_size) : 0) { count in
        isRegular || count < mostOfAPipe
      }
      return isRegular || bytes.count < mostOfAPipe ? bytes : nil
    } catch {
      return try nothing(error)
    }
  }

  /// The bytes of an open file from where it stands.
  ///
  /// - Parameters:
  ///   - size: bytes that are expected.
  ///   - goesOn: asked with the number of bytes so far; false ends the reading.
  /// - Throws: what the system refused.
  package static func readAll(
    _ descriptor: Int32, expecting size: Int = 0, while goesOn: (_ count: Int) -> Bool = { _ in true }
  ) throws(SystemFault) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(size, mostReserved))
    var block = [UInt8](repeating: 0, count: blockSize)
    while goesOn(bytes.count) {
      let count = Glibc.read(descriptor, &block, block.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemFault(errno: errno)
      }
      bytes += block[..<count]
    }
    return bytes
  }

  /// The bytes of a file that has to be there; of one in the data folder (`data:NAME`) those that its manifest knows.
  ///
  /// - Throws: that it is not there, may not be read, is not what was written, or that the system failed, at the file as a place.
  package static func needed(
    _ path: String, _ contents: (String) throws(SystemFault) -> [UInt8]? = FileContents.read
  ) throws(Problems) -> [UInt8] {
    let position = SourcePosition(file: path)
    let found: Result<[UInt8]?, StoredBars.Mismatch>
    do throws(SystemFault) {
      found = try path.hasPrefix(dataPrefix) ? stored(path, contents) : .success(contents(path))
    } catch {
      throw Problems(Problem(position: position, message: "it can't be read: \(error)", fault: error))
    }
    switch found {
    case .success(let bytes?): return bytes
    case .success(nil):
      throw Problems(Problem(position: position, message: "there is no such file, or it can't be read"))
    case .failure(let mismatch): throw Problems(Problem(position: position, message: mismatch.description))
    }
  }

  /// The bytes of a file in the data folder, by its name.
  private static func stored(
    _ path: String, _ contents: (String) throws(SystemFault) -> [UInt8]?
  ) throws(SystemFault) -> Result<[UInt8]?, StoredBars.Mismatch> {
    let name = path.dropFirst(dataPrefix.count)
    return try StoredBars.bytes(
      of: name, at: place(of: path) ?? path, bars: { () throws(SystemFault) in try contents(path) },
      manifest: { () throws(SystemFault) in try contents(dataManifestPrefix + name) })
  }

  /// Nil for what may be the name's fault.
  private static func nothing(_ fault: SystemFault) throws(SystemFault) -> [UInt8]? {
    if fault.isOfTheMachine { throw fault }
    return nil
  }

  /// A path relative to the folder of a file: `read("b.json", relativeTo: "scenarios/a.json")` is `scenarios/b.json`.
  package static func path(_ path: String, relativeTo file: String) -> String {
    if path.hasPrefix("/") || path.hasPrefix(builtIn) || path.hasPrefix(dataPrefix) { return path }
    var parts = file.split(separator: "/", omittingEmptySubsequences: true).dropLast().map(String.init)
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return (file.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
