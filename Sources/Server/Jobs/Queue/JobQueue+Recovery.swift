import Documents
import Foundation
import Glibc
import Lab

extension JobQueue {
  /// Takes up what an earlier server left: jobs that ran wait again once no process of them is there.
  func takeUp() throws(StoreProblem) {
    folders.removeAll(but: try store.identifiers())
    for stored in try store.running() {
      let (job, files) = (stored.job, folders.files(of: stored.job.id))
      guard running[job.id] == nil, held[job.id] == nil else { continue }
      try files.make()
      if let lock = try? FileLock.take(files.lock) {
        withExtendedLifetime(lock) { free(job.id, isStopping: job.isStopping) }
      } else {
        // Its server is gone: most likely it is stopping already.
        stored.process?.signal(SIGINT)
        hold(job, process: stored.process, isRunning: true)
        logger.notice("a process of an earlier server is still there", metadata: ["job": "\(job.id)"])
      }
    }
    hasTakenUp = true
  }

  /// Waits until no process of a job is there any more.
  func hold(_ job: Job, process: ProcessIdentity?, isRunning: Bool) {
    let id = job.id
    held[id] = HeldJob(order: job.order, process: process, isRunning: isRunning)
    FileLock.wait(folders.files(of: id).lock) { [weak self] in
      Task { await self?.released(id) }
    }
    let patience = limits.patience
    Task.detached { [weak self] in
      try? await Task.sleep(for: patience)
      await self?.endHolders(of: id)
    }
  }

  /// Ends what still holds a job up.
  private func endHolders(of id: String) {
    guard held[id] != nil, !isDraining else { return }
    LockHolders.end(folders.files(of: id).lock)
  }

  /// No process of a job is there any more.
  private func released(_ id: String) {
    guard let job = held.removeValue(forKey: id) else { return }
    if job.isRunning {
      let isStopping = (try? store.job(id))?.isStopping ?? false
      free(id, isStopping: isStopping)
    }
    wake()
  }

  /// A job that ran when an earlier server was killed waits again, or is over where it was to be stopped.
  private func free(_ id: String, isStopping: Bool) {
    end(id, isStopping ? .cancelled : .again)
  }
}
