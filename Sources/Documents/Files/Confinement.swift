import Foundation
import Glibc

/// Where files may lie that this process reads in somebody else's name: in the folders that `STRESSLAB_WITHIN` lists, one a
/// line; anywhere where it is not set.
///
/// A server sets it for itself and for its jobs, so that no document that a visitor has written reads, or quotes in what is wrong
/// with it, a file that is none of the visitor's business. Links are followed before a place is judged.
package enum Confinement {
  /// The variable of the environment.
  package static let variable = "STRESSLAB_WITHIN"

  /// The folders, without links; nil for everywhere. Taken once: it never widens.
  private static let folders: [String]? = ProcessInfo.processInfo.environment[variable].map { text in
    text.split(separator: "\n").compactMap { real(String($0)) }
  }

  /// Confines this process, and those that it starts; before it reads the first file of somebody else's.
  ///
  /// - Parameter folders: absolute, or from the working folder.
  package static func begin(_ folders: [String]) {
    setenv(variable, folders.joined(separator: "\n"), 1)
  }

  /// Whether a file may be read. What is not there may: it is told of as any other.
  static func allows(_ place: String) -> Bool {
    guard let folders, let place = real(place) else { return true }
    return folders.contains { place == $0 || place.hasPrefix($0 == "/" ? $0 : $0 + "/") }
  }

  private static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
