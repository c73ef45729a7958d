import Foundation

/// What the system refused to do: nothing that another input would mend, and no fault of the program.
package enum SystemFault: Error, Sendable, Hashable, CustomStringConvertible {
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
  package init?(known number: Int32) {
    let fault = SystemFault(errno: number)
    if case .other = fault { return nil }
    self = fault
  }

  /// What an error of Foundation says of the system; nil where it names nothing known here.
  package init?(_ error: any Error) {
    guard let number = Self.number(beneath: error), let fault = SystemFault(known: number) else { return nil }
    self = fault
  }

  /// An error in the words of a fault where the system is behind it, without the wrapping that Foundation puts around it:
  /// `the disk is full` rather than `Error Domain=NSCocoaErrorDomain Code=640 …`.
  package static func words(of error: any Error) -> String {
    if let number = number(beneath: error) { return "\(SystemFault(errno: number))" }
    guard let error = error as? CocoaError else { return "\(error)" }
    let number: Int32? =
      switch error.code {
      case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
      case .fileReadNoPermission, .fileWriteNoPermission: EACCES
      case .fileWriteOutOfSpace: ENOSPC
      case .fileWriteVolumeReadOnly: EROFS
      case .fileWriteFileExists: EEXIST
      case .fileReadInvalidFileName, .fileWriteInvalidFileName: ENAMETOOLONG
      default: nil
      }
    return number.map { "\(SystemFault(errno: $0))" } ?? "the system gives no reason (\(error.code.rawValue))"
  }

  /// The number of the system's error beneath another; nil where there is none.
  private static func number(beneath error: any Error) -> Int32? {
    let wrapped = error as NSError
    if wrapped.domain == NSPOSIXErrorDomain { return Int32(exactly: wrapped.code) }
    return (wrapped.userInfo[NSUnderlyingErrorKey] as? any Error).flatMap(number)
  }
}
