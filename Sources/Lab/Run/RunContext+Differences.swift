extension RunContext {
  /// In what this run is another one than the one that a folder holds: everything of ``fingerprint`` that differs, in words,
  /// each with what it is there, in the folder, and here. Never empty for two runs whose fingerprints differ.
  ///
  /// The schema of the store is not among it: a store of another one is refused before anything in it is read.
  func differences(from held: RunContext) -> [String] {
    var told: [String] = []
    func tell<Value: Equatable>(_ what: String, _ there: Value, _ here: Value) {
      if there != here { told.append("\(what) \(there) there, \(here) here") }
    }
    func options(_ choices: [String]) -> String { choices.isEmpty ? "none" : choices.joined(separator: " ") }
    tell("seed", held.seed, seed)
    tell("options", options(held.choices), options(choices))
    told += fileDifferences(from: held)
    tell("program version", held.programVersion, programVersion)
    tell("random streams of version", held.streamVersion, streamVersion)
    tell("processor level", held.cpuLevel, cpuLevel)
    if held.programDigest != programDigest {
      told.append("build of the program \(Self.short(held.programDigest)) there, \(Self.short(programDigest)) here")
    }
    return told
  }

  /// Likewise of the files. Where they lie does not matter, so that what has only moved is the same.
  private func fileDifferences(from held: RunContext) -> [String] {
    var (there, here) = (Self.files(held.files, lackingIn: files), Self.files(files, lackingIn: held.files))
    if there.isEmpty, here.isEmpty {
      let orders = [held, self].map { $0.files.map { [$0.role.rawValue, $0.sha256] } }
      return orders[0] == orders[1] ? [] : ["the same files in another order"]
    }
    var told: [String] = []
    for file in there {
      guard let same = here.firstIndex(where: { $0.role == file.role && $0.name == file.name }) else { continue }
      told.append("\(Self.name(file)) \(Self.short(file.sha256)) there, \(Self.short(here[same].sha256)) here")
      here.remove(at: same)
      there.removeAll { $0 == file }
    }
    // Which agents take part is said by the options already, where those differ.
    let agents: [InputFile.Role] = choices == held.choices ? [] : [.agent, .agentFile]
    told += there.filter { !agents.contains($0.role) }.map { "\(Self.name($0)) there only" }
    told += here.filter { !agents.contains($0.role) }.map { "\(Self.name($0)) here only" }
    let most = 6
    return told.count <= most ? told : told.prefix(most) + ["\(told.count - most) more files"]
  }

  /// Those of some files that others have not, whatever their names; a content that is twice in one has to be twice in the
  /// other.
  private static func files(_ files: [InputFile], lackingIn others: [InputFile]) -> [InputFile] {
    var rest = others
    return files.filter { file in
      guard let same = rest.firstIndex(where: { $0.role == file.role && $0.sha256 == file.sha256 }) else { return true }
      rest.remove(at: same)
      return false
    }
  }

  private static func name(_ file: InputFile) -> String { "\(file.role.rawValue) \(file.name)" }

  /// The beginning of a SHA-256, enough to tell two apart.
  private static func short(_ digest: String?) -> String { digest.map { "\($0.prefix(12))…" } ?? "unknown" }
}
