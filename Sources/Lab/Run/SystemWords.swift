import Foundation
import Glibc

/// What the system says of an error, in its own words and without the wrapping that Foundation puts around it.
package enum SystemWords {
  /// `No space left on device` rather than `Error Domain=NSCocoaErrorDomain Code=640 …`.
  package static func text(of error: any Error) -> String {
    if let code = code(of: error) { return String(cString: strerror(code)) }
    guard let error = error as? CocoaError else { return "\(error)" }
    switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: return String(cString: strerror(ENOENT))
    case .fileReadNoPermission, .fileWriteNoPermission: return String(cString: strerror(EACCES))
    case .fileWriteOutOfSpace: return String(cString: strerror(ENOSPC))
    case .fileWriteVolumeReadOnly: return String(cString: strerror(EROFS))
    case .fileWriteFileExists: return String(cString: strerror(EEXIST))
    case .fileReadInvalidFileName, .fileWriteInvalidFileName: return String(cString: strerror(ENAMETOOLONG))
    default: return "the system gives no reason (\(error.code.rawValue))"
    }
  }

  /// The number of the system's error beneath another; nil where there is none.
  private static func code(of error: any Error) -> Int32? {
    if let error = error as? POSIXError { return error.code.rawValue }
    let wrapped = error as NSError
    if wrapped.domain == NSPOSIXErrorDomain { return Int32(exactly: wrapped.code) }
    return (wrapped.userInfo[NSUnderlyingErrorKey] as? any Error).flatMap(code)
  }
}
