import Documents

extension Workspace {
  /// What gives documents the files that they name: those of the workspace, and bars of the data folder, wherever whoever started
  /// the server has it; no others.
  ///
  /// - Parameter standIns: texts that stand for files, such as one that is being edited.
  package func reader(standIns: [String: [UInt8]] = [:]) -> FileContents.Reader {
    { [self] path throws(SystemFault) -> [UInt8]? in
      if let bytes = standIns[path] { return bytes }
      guard let place = FileContents.place(of: path) else { return nil }
      if FileContents.isStored(path), place.hasPrefix("/") { return try FileContents.read(path) }
      let relative = place.hasPrefix(self.path + "/") ? String(place.dropFirst(self.path.utf8.count + 1)) : place
      return try WorkspaceName(relative).flatMap { name throws(SystemFault) in try read(name) }
    }
  }
}
