import Dispatch
import Documents
import Foundation
import Glibc
import Threads

/// Files of events that are followed: one inotify descriptor from the first follower on (users have few), one watch and one open
/// file for a job, however many follow it.
final class EventsHub: Sendable {
  private struct State {
    var watcher: Watcher?
    var files: [String: (file: EventsFile, followers: Int)] = [:]
    var jobs: [Int32: String] = [:]
    var isOver = false
  }

  private let state = Locked(State())

  /// The kernel's words on files, and who hears them.
  private final class Watcher {
    let inotify: Int32
    private let source: any DispatchSourceRead

    /// - Parameter hear: called when there is something to read.
    init(_ hear: @escaping @Sendable (_ inotify: Int32) -> Void) throws(SystemFault) {
      let inotify = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
      guard inotify >= 0 else { throw SystemFault(errno: errno) }
      self.inotify = inotify
      source = DispatchSource.makeReadSource(
        fileDescriptor: inotify, queue: DispatchQueue(label: "stresslab.events", qos: .userInitiated))
      source.setEventHandler { hear(inotify) }
      source.setCancelHandler { close(inotify) }
      source.resume()
    }

    deinit { source.cancel() }
  }

  /// How many files are watched.
  var watched: Int { state.withLock { $0.files.count } }

  /// A job's file of events, for one more follower, who lets go of it with `leave`.
  ///
  /// - Parameter isOver: asked, once the file is watched, whether nothing more will be written.
  func join<Failure>(
    _ job: String, at path: String, isOver: () throws(Failure) -> Bool
  ) throws -> EventsFile {
    let file = try state.withLock { state throws(SystemFault) in
      if let known = state.files[job] {
        state.files[job] = (known.file, known.followers + 1)
        return known.file
      }
      let watcher: Watcher
      if let known = state.watcher {
        watcher = known
      } else {
        watcher = try Watcher { [weak self] inotify in self?.readChanges(inotify) }
        state.watcher = watcher
      }
      let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { throw SystemFault(errno: errno) }
      let watch = inotify_add_watch(watcher.inotify, path, UInt32(IN_MODIFY))
      guard watch >= 0 else {
        let fault = SystemFault(errno: errno)
        close(descriptor)
        throw fault
      }
      let file = EventsFile(job: job, descriptor: descriptor, watch: watch)
      if state.isOver { file.tell(isOver: true) }
      state.files[job] = (file, 1)
      state.jobs[watch] = job
      return file
    }
    do {
      file.begin(isOver: try isOver())
    } catch {
      leave(file)
      throw error
    }
    return file
  }

  /// A follower goes.
  func leave(_ file: EventsFile) {
    state.withLock { state in
      guard let known = state.files[file.job], known.file === file else { return }
      guard known.followers == 1 else {
        state.files[file.job] = (file, known.followers - 1)
        return
      }
      state.files[file.job] = nil
      state.jobs[file.watch] = nil
      if let watcher = state.watcher { inotify_rm_watch(watcher.inotify, file.watch) }
    }
  }

  /// Says whether a job is over, so that who follows it ends when all is told, or does not.
  func tell(_ job: String, isOver: Bool) {
    state.withLock { $0.isOver ? nil : $0.files[job]?.file }?.tell(isOver: isOver)
  }

  /// Ends who follows, now and later, when all is told that is there.
  func end() {
    let files = state.withLock { state in
      state.isOver = true
      return state.files.values.map(\.file)
    }
    for file in files { file.tell(isOver: true) }
  }

  /// Reads what the kernel says, and wakes who waits for it.
  private func readChanges(_ inotify: Int32) {
    let header = MemoryLayout<inotify_event>.size
    withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: MemoryLayout<inotify_event>.alignment) { block in
      while true {
        let count = read(inotify, block.baseAddress, block.count)
        guard count > 0 else { return }
        var changed: Set<Int32> = []
        var place = 0
        while place + header <= count {
          let event = block.loadUnaligned(fromByteOffset: place, as: inotify_event.self)
          changed.insert(event.wd)
          place += header + Int(event.len)
        }
        let files = state.withLock { state in
          // Where the kernel has lost count, it names none.
          changed.contains(-1)
            ? state.files.values.map(\.file)
            : changed.compactMap { state.jobs[$0] }.compactMap { state.files[$0]?.file }
        }
        for file in files { file.wake() }
      }
    }
  }
}
