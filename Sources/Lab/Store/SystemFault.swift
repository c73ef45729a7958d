import Foundation
import GRDB
import GRDBSQLite
import Glibc

/// What the system refused to do: nothing that another input would mend, and no fault of the program.
package enum SystemFault: Sendable, Hashable, CustomStringConvertible {
  case diskFull
  case quotaExceeded
  case fileTooLarge
  case readOrWriteFailed
  case noFileHandles
  case noMemory
  case readOnly
  case notPermitted
  case inUse
  /// Anything else, in the system's words.
  case other(String)

  /// A part of a sentence, such as `the disk is full`.
  package var description: String {
    switch self {
    case .diskFull: "the disk is full"
    case .quotaExceeded: "the disk quota is used up"
    case .fileTooLarge: "the file would be larger than the system allows"
    case .readOrWriteFailed: "the disk failed to read or write (input/output error)"
    case .noFileHandles: "no more files can be opened (too many open files)"
    case .noMemory: "there is no memory left"
    case .readOnly: "it is read-only"
    case .notPermitted: "permission is denied"
    case .inUse: "another program has it open and locked"
    case .other(let words): words
    }
  }

  /// What an error number of the system means.
  package init(errno number: Int32) {
    self =
      switch number {
      case ENOSPC: .diskFull
      case EDQUOT: .quotaExceeded
      case EFBIG: .fileTooLarge
      case EIO: .readOrWriteFailed
      case EMFILE, ENFILE: .noFileHandles
      case ENOMEM: .noMemory
      case EROFS: .readOnly
      case EACCES, EPERM: .notPermitted
      case EAGAIN, EBUSY: .inUse
      default: .other(String(cString: strerror(number)))
      }
  }

  /// Whether it says something of the machine (a disk that is full or breaks, no file handles, no memory), and not of the
  /// name that was asked for.
  package var isOfTheMachine: Bool {
    switch self {
    case .diskFull, .quotaExceeded, .fileTooLarge, .readOrWriteFailed, .noFileHandles, .noMemory: true
    case .readOnly, .notPermitted, .inUse, .other: false
    }
  }

  /// What an error number means that has words of its own; nil for others.
  private init?(known number: Int32) {
    let fault = SystemFault(errno: number)
    if case .other = fault { return nil }
    self = fault
  }

  /// What an error of Foundation says of the system; nil where it names nothing known here.
  init?(_ error: any Error) {
    var next: NSError? = error as NSError
    while let cause = next, cause.domain != NSPOSIXErrorDomain {
      next = (cause.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError }
    }
    guard let number = next?.code, let fault = SystemFault(known: Int32(truncatingIfNeeded: number)) else { return nil }
    self = fault
  }

  /// What an error of SQLite says of the system; nil where it is not the system that failed.
  ///
  /// - Parameters:
  ///   - path: of the store.
  ///   - systemError: the error number that the failing call left; 0 where none is known.
  init?(_ error: DatabaseError, at path: String, systemError: Int32) {
    let named = SystemFault(known: systemError)
    switch error.resultCode {
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_NOMEM: self = .noMemory
    case .SQLITE_READONLY: self = .readOnly
    case .SQLITE_PERM, .SQLITE_AUTH: self = .notPermitted
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: self = .inUse
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_NOMEM: self = .noMemory
    case .SQLITE_IOERR: self = named ?? SystemFault(probing: path) ?? .readOrWriteFailed
    case .SQLITE_CANTOPEN: self = named ?? SystemFault(probing: path) ?? .other("the system does not open it")
    default: return nil
    }
  }

  /// What the system says to somebody else who writes beside a file; nil where it has nothing against it.
  private init?(probing path: String) {
    let probe = path + WholeFile.partSuffix
    let descriptor = open(probe, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      self.init(known: errno)
      return
    }
    let fault = WholeFile.put(Data(repeating: 0, count: 1 << 17), descriptor)
    close(descriptor)
    unlink(probe)
    self.init(known: fault)
  }
}
