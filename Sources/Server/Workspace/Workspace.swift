import Documents
import Foundation
import Glibc
import Lab

/// The folder that the server serves. Nothing outside it is read or written in a visitor's name: names are words
/// (`WorkspaceName`), and on the way to a file no symbolic link is followed.
package struct Workspace: Sendable {
  /// Its path, absolute and without links.
  package let path: String

  /// Where documents, reports, agents in training, searches and the server's own files lie in it.
  package static let (scenarios, reports, agents, tuning, own) = (
    "scenarios", "reports", "agents", "tuning", ".stresslab"
  )

  /// A folder that is there.
  ///
  /// - Throws: a `Refusal` for what is no folder.
  package init(_ path: String) throws(Refusal) {
    var information = stat()
    guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR,
      let real = realpath(path, nil)
    else { throw Refusal("\(quoted(path)) is no folder") }
    defer { free(real) }
    self.path = String(cString: real)
  }

  /// Where something lies.
  package func place(of name: WorkspaceName) -> String { "\(path)/\(name)" }

  /// The bytes of a file.
  ///
  /// - Parameter most: bytes that it may have.
  /// - Returns: nil where there is no regular file of that name, a link is on the way to it, or it is larger.
  /// - Throws: what the system failed at.
  package func read(_ name: WorkspaceName, most: Int = 1 << 26) throws(SystemFault) -> [UInt8]? {
    guard let descriptor = try open(name) else { return nil }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
      information.st_size <= most
    else { return nil }
    return try FileContents.readAll(descriptor, expecting: Int(information.st_size)) { $0 <= most }
  }

  /// What a file is known by without reading it: it changes with the file.
  package func stamp(of name: WorkspaceName) -> FileStamp? {
    guard let descriptor = try? open(name) else { return nil }
    defer { close(descriptor) }
    return FileStamp(descriptor)
  }

  /// A file, opened for reading; who gets it closes it.
  ///
  /// - Returns: nil where it is not there, may not be read, or lies behind a symbolic link.
  package func open(_ name: WorkspaceName) throws(SystemFault) -> Int32? {
    var folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    for (number, word) in name.words.enumerated() {
      guard folder >= 0 else { break }
      let isLast = number == name.words.count - 1
      // A pipe or a device must not be waited for.
      let next = openat(
        folder, word, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (isLast ? 0 : O_DIRECTORY))
      let fault = errno
      close(folder)
      errno = fault
      folder = next
    }
    guard folder < 0 else { return folder }
    let fault = SystemFault(errno: errno)
    if fault.isOfTheMachine { throw fault }
    return nil
  }

  /// Puts a file in its place, whole or not at all; folders on the way are made.
  ///
  /// - Throws: what the system refused; also where a link is on the way.
  package func write(_ bytes: [UInt8], to name: WorkspaceName) throws(WholeFile.Failure) {
    var made = path
    for word in name.words.dropLast() {
      made += "/\(word)"
      guard mkdir(made, 0o777) == 0 || errno == EEXIST else {
        throw WholeFile.Failure(path: made, fault: SystemFault(errno: errno))
      }
      try refuseLink(made)
    }
    let file = place(of: name)
    try refuseLink(file)
    var information = stat()
    // A pipe or a device would be replaced.
    if lstat(file, &information) == 0, information.st_mode & S_IFMT != S_IFREG {
      throw WholeFile.Failure(path: file, fault: .other("it is no file"))
    }
    try WholeFile.write(Data(bytes), to: file)
  }

  private func refuseLink(_ path: String) throws(WholeFile.Failure) {
    var information = stat()
    guard lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFLNK else { return }
    throw WholeFile.Failure(path: path, fault: .other("it is a symbolic link"))
  }

  /// The regular files beneath a folder whose names end in one way, in the order of their names; links and hidden ones are
  /// left out.
  package func files(in folder: String, endingIn ending: String) -> [WorkspaceName] {
    var found: [WorkspaceName] = []
    var folders = [folder]
    while let folder = folders.popLast() {
      for (name, isFolder) in entries(of: folder) {
        if isFolder {
          if name.words.count < 6 { folders.append("\(name)") }
        } else if name.last.hasSuffix(ending) {
          found.append(name)
        }
      }
    }
    return found.sorted()
  }

  /// The folders in a folder, in the order of their names.
  package func folders(in folder: String) -> [WorkspaceName] {
    entries(of: folder).filter(\.isFolder).map(\.name).sorted()
  }

  private func entries(of folder: String) -> [(name: WorkspaceName, isFolder: Bool)] {
    guard let stream = opendir("\(path)/\(folder)") else { return [] }
    defer { closedir(stream) }
    var found: [(WorkspaceName, Bool)] = []
    while let entry = readdir(stream) {
      let word = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var information = stat()
      guard let name = WorkspaceName("\(folder)/\(word)"),
        fstatat(dirfd(stream), word, &information, AT_SYMLINK_NOFOLLOW) == 0
      else { continue }
      switch information.st_mode & S_IFMT {
      case S_IFDIR: found.append((name, true))
      case S_IFREG: found.append((name, false))
      default: continue
      }
    }
    return found
  }
}

/// What changes with a file.
package struct FileStamp: Sendable, Hashable {
  private let device: UInt
  private let inode: UInt
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  /// When it was changed last, in seconds since 1970.
  var time: Int { seconds }

  /// Of an open file; nil for what is no regular file.
  init?(_ descriptor: Int32) {
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return nil }
    device = UInt(information.st_dev)
    inode = UInt(information.st_ino)
    size = Int(information.st_size)
    (seconds, nanoseconds) = (information.st_mtim.tv_sec, information.st_mtim.tv_nsec)
  }
}
