import Documents
import Foundation
import Lab

/// The monitors of a workspace: `.stresslab/monitors/NAME.json`, and beside each a folder of what was made for it.
package struct MonitorStore: Sendable {
  /// Beneath the workspace, with slashes between the words.
  static let folder = "\(Workspace.own)/monitors"
  /// Bytes of a monitor at most.
  private static let mostBytes = 1 << 16
  /// How many there may be.
  private static let most = 200

  private let root: String

  /// The monitors of a workspace.
  package init(_ workspace: Workspace) { root = "\(workspace.path)/\(Self.folder)" }

  /// The names of all, in order.
  package func names() -> [MonitorName] {
    ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap { file in
      file.hasSuffix(".json") ? MonitorName(String(file.dropLast(5))) : nil
    }.sorted()
  }

  /// A monitor.
  ///
  /// - Throws: a `Failure` where there is none, or what is there is none.
  package func monitor(_ name: MonitorName) throws -> Monitor {
    guard let bytes = try FileContents.read(file(name)), bytes.count <= Self.mostBytes else {
      let known = names().map(\.description)
      throw Failure.notFound(
        "there is no monitor \(quoted("\(name)"))\(Suggestion.hint(for: "\(name)", among: known))")
    }
    return try Monitor.form.read(bytes, file: "\(Self.folder)/\(name).json")
  }

  /// Puts a monitor in its place, whole or not at all.
  ///
  /// - Returns: whether it is new.
  package func save(_ monitor: Monitor, as name: MonitorName) throws -> Bool {
    let names = names()
    let isNew = !names.contains(name)
    guard !isNew || names.count < Self.most else {
      throw Failure(.conflict, "conflict", "there are \(Self.most) monitors already")
    }
    try make(root)
    try WholeFile.write(Data(JSONWriter.write(monitor.json, indented: true).utf8), to: file(name))
    return isNew
  }

  /// Removes a monitor and what was made for it. Collected bars stay.
  ///
  /// - Throws: a `Failure` where there is none.
  package func remove(_ name: MonitorName) throws {
    _ = try monitor(name)
    guard unlink(file(name)) == 0 else {
      throw Failure.system("\(name) cannot be removed", SystemFault(errno: errno))
    }
    try? FileManager.default.removeItem(atPath: place(of: name))
  }

  /// The folder of what is made for a monitor, relative to the workspace.
  func folder(of name: MonitorName) -> String { "\(Self.folder)/\(name)" }

  /// The same as an absolute path.
  func place(of name: MonitorName) -> String { "\(root)/\(name)" }

  /// Puts a file into that folder.
  func put(_ text: String, _ file: String, for name: MonitorName) throws {
    try make(place(of: name))
    try WholeFile.write(Data(text.utf8), to: "\(place(of: name))/\(file)")
  }

  private func make(_ folder: String) throws {
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw Failure.system(
        "\(folder) cannot be made a folder", SystemFault(error) ?? .other(SystemFault.words(of: error)))
    }
  }

  private func file(_ name: MonitorName) -> String { "\(root)/\(name).json" }
}
