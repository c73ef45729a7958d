import Documents
import Foundation
import GRDB
import GRDBSQLite
import Glibc

extension SystemFault {
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
