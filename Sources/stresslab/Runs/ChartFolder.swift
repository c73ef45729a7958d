import ArgumentParser
import Documents
import Foundation
import Lab
import Reports

/// A folder of charts, each an SVG document, with a list of their titles: `index.json`. What it made before is replaced, and
/// what else lies there is left alone.
struct ChartFolder {
  private let path: String
  /// The option that names the folder, for messages.
  private let option: String

  /// The list of the charts in their order.
  private static let list = "index.json"

  init(_ path: String, option: String = "--charts") {
    self.path = path
    self.option = option
  }

  /// Refuses a place where no folder can be, and without `overwrite` a folder that holds anything but charts of ours.
  func check(overwrite: Bool) throws(Refusal) {
    guard !path.isEmpty else { throw Refusal("\(option) needs the name of a folder") }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      guard FileManager.default.fileExists(atPath: parent, isDirectory: &isFolder), isFolder.boolValue else {
        throw Refusal("\(path) can't be made: there is no folder \(parent)")
      }
      return
    }
    guard isFolder.boolValue else { throw Refusal("\(path) is no folder") }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw Refusal("\(path) can't be read")
    }
    let known = Set(listed ?? []).union(listed == nil ? [] : [Self.list])
    guard !overwrite, let other = names.sorted().first(where: { !known.contains($0) }) else { return }
    throw Refusal("\(path) holds \(other), which preview has not made; --overwrite writes beside it")
  }

  /// Writes charts, then their list; charts of an earlier list that are no more are removed.
  func write(_ charts: [PreviewPage.ChartFile]) throws {
    let before = listed ?? []
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw SystemFault(error).map { SystemFailure.orRefusal("\(path) can't be made", $0) } ?? error
    }
    for chart in charts { try write(chart.svg, as: chart.file) }
    for name in before where !charts.contains(where: { $0.file == name }) { unlink("\(path)/\(name)") }
    let entries = charts.map { chart -> JSONValue in ["file": .string(chart.file), "title": .string(chart.title)] }
    try write(JSONWriter.write(.array(entries), indented: true), as: Self.list)
  }

  private func write(_ text: String, as name: String) throws {
    try FileReplacement("\(path)/\(name)", option: option).write(isDurable: false) { give in
      _ = give(Array(text.utf8))
    }
  }

  /// The files of the list that lies there; nil where none of ours does.
  private var listed: [String]? {
    struct Entry: Decodable {
      let file, title: String
    }
    guard let data = FileManager.default.contents(atPath: "\(path)/\(Self.list)"),
      let entries = try? JSONDecoder().decode([Entry].self, from: data)
    else { return nil }
    let names = entries.map(\.file)
    return names.allSatisfy { $0.hasSuffix(".svg") && !$0.contains("/") } ? names : nil
  }
}
