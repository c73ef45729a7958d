import Documents
import Foundation
import Glibc

extension ReportFolder {
  /// Writes a report into the folder, which is made where it does not exist: its charts, then the page that shows them.
  ///
  /// Charts of an earlier report are replaced, or removed where the page does not show them; any other file stays.
  /// - Parameters:
  ///   - pages: file names of the pages that `index.html` links to, as `ChartList.isPage` has them, and contents.
  ///   - charts: file names under `charts`, and contents.
  /// - Throws: `.unfit` before anything is written where a link or a file of somebody else is in the way; `.system`.
  package func write(
    page: String, pages: [(name: String, contents: String)] = [], charts: [(name: String, contents: String)]
  ) throws(StoreProblem) {
    let lock: Int32
    do throws(RunProblem) { lock = try makeAndLock() } catch { throw error.storeProblem }
    defer { Self.unlock(lock) }
    try refuseLinks()
    try removeParts()
    let list = try ChartList(in: self)
    let (earlier, earlierPages) = (list.names, list.pages)
    let (names, pageNames) = (Set(charts.map(\.name)), Set(pages.map(\.name)))
    let news = names.subtracting(earlier).map { "charts/" + $0 } + pageNames.subtracting(earlierPages)
    for name in news.sorted() where kind(of: name) != nil {
      throw StoreProblem(
        "\(path)/\(name) is not of an earlier report, and is not replaced: move it to another place", .unfit)
    }
    if mkdir(self.charts, 0o777) != 0, errno != EEXIST {
      throw StoreProblem("\(self.charts) cannot be made a folder", SystemFault(errno: errno))
    }
    // Whoever is killed after this leaves no chart that is on no list.
    let listFile = path + "/" + ChartList.name
    try WholeFile.replace(
      listFile, with: ChartList.data(names.union(earlier), pages: pageNames.union(earlierPages)))
    for chart in charts {
      // A chart that a power cut takes is drawn again from the store.
      try WholeFile.replace(
        "\(self.charts)/\(chart.name)", with: Data(chart.contents.utf8), isDurable: false)
    }
    for page in pages {
      try WholeFile.replace("\(path)/\(page.name)", with: Data(page.contents.utf8), isDurable: false)
    }
    try WholeFile.replace(self.page, with: Data(page.utf8))
    try remove(earlier.subtracting(names).map { "charts/" + $0 } + earlierPages.subtracting(pageNames))
    try WholeFile.replace(listFile, with: ChartList.data(names, pages: pageNames))
  }

  /// Refuses what would be written through a link, or over what is no file: of each name that a run writes.
  ///
  /// The folder itself may be a link: the user has named it.
  func refuseLinks() throws(StoreProblem) {
    for name in Self.contents + ["charts"] { try refuseLink(name) }
    let list = try ChartList(in: self)
    for name in list.pages.sorted() { try refuseLink(name) }
    for name in list.names.sorted() { try refuseLink("charts/" + name) }
  }

  private func refuseLink(_ name: String) throws(StoreProblem) {
    switch kind(of: name) {
    case nil: break
    case S_IFLNK:
      throw StoreProblem("\(path)/\(name) is a symbolic link, and is not followed: remove it", .unfit)
    case S_IFDIR where name == "charts", S_IFREG where name != "charts": break
    default:
      throw StoreProblem(
        "\(path)/\(name) is no \(name == "charts" ? "folder" : "regular file"), and is not replaced", .unfit)
    }
  }

  /// Removes what a process has left that was killed while it wrote: parts of the files of a run, and nothing else.
  func removeParts() throws(StoreProblem) {
    var parts = Self.contents.map { $0 + WholeFile.partSuffix }
    parts += try entries(of: path).filter { name in
      name.hasSuffix(WholeFile.partSuffix) && ChartList.isPage(String(name.dropLast(WholeFile.partSuffix.count)))
    }
    if kind(of: "charts") == S_IFDIR {
      parts += try entries(of: charts).filter { $0.hasSuffix(".svg" + WholeFile.partSuffix) }.map { "charts/" + $0 }
    }
    try remove(parts)
  }

  /// Removes what a run has put here: nothing else, in `charts` neither.
  func removeRun() throws(StoreProblem) {
    let list = try ChartList(in: self)
    try remove(list.names.sorted().map { "charts/" + $0 } + list.pages.sorted() + Self.contents)
  }

  /// Removes files that are there.
  func remove(_ names: [String]) throws(StoreProblem) {
    for name in names where unlink(path + "/" + name) != 0 && errno != ENOENT && errno != ENOTDIR {
      throw StoreProblem("\(path)/\(name) cannot be removed", SystemFault(errno: errno))
    }
  }

  /// The names in a folder.
  func entries(of folder: String) throws(StoreProblem) -> [String] {
    guard let listing = opendir(folder) else {
      throw StoreProblem("\(folder) cannot be read", SystemFault(errno: errno))
    }
    defer { closedir(listing) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { place in
        place.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw StoreProblem("\(folder) cannot be read", SystemFault(errno: errno)) }
    return names
  }

  /// What a name stands for, links not followed: `S_IFREG`, `S_IFLNK`, …; nil for nothing.
  private func kind(of name: String) -> mode_t? {
    var information = stat()
    return lstat(path + "/" + name, &information) == 0 ? information.st_mode & S_IFMT : nil
  }
}
