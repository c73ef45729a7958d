import Documents
import Foundation
import GRDB

/// Something is wrong with a report folder or with the file system; the text says what, and what to do.
package struct StoreProblem: Error, CustomStringConvertible, Sendable, Hashable {
  /// Whose the problem is, and so with what the program exits.
  package enum Kind: Sendable, Hashable {
    /// The folder or its store is not what it should be: another one, or another option, helps.
    case unfit
    /// The store is not as it was written.
    case damaged
    /// The system failed: no room on the disk, no permission, no file handles.
    case system
    /// The program failed.
    case fault
  }

  /// Whose the problem is.
  package let kind: Kind
  /// What is wrong, for people.
  package let description: String

  /// A problem in words; the program's own unless said otherwise.
  package init(_ description: String, _ kind: Kind = .fault) {
    self.description = description
    self.kind = kind
  }

  /// What the system refused.
  ///
  /// - Parameter what: what cannot be done, as the beginning of a sentence.
  package init(_ what: String, _ fault: SystemFault) {
    self.init("\(what): \(fault)", .system)
  }

  /// A store whose contents are not those that were written.
  ///
  /// - Parameters:
  ///   - path: of the store.
  ///   - what: what has changed; SQLite's words quote what the file holds, so that the first printable line is taken.
  static func damaged(_ path: String, _ what: String) -> StoreProblem {
    let line = what.unicodeScalars.prefix { $0 != "\n" }
    let printable = line.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : String($0) }.joined()
    return StoreProblem("the store is damaged: \(path): \(printable)", .damaged)
  }

  /// The same problem with another sentence of what to do, where the system failed.
  package func whereTheSystemFailed(_ sentence: String) -> StoreProblem {
    kind == .system ? StoreProblem("\(description). \(sentence)", .system) : self
  }

  /// Works with what throws errors of its own (coders, the database, the file system).
  ///
  /// - Parameter what: what cannot be done when it throws, as the beginning of a sentence.
  /// - Throws: the body's `StoreProblem`, or one that says `what` and the cause.
  package static func wrapping<Result>(
    _ what: @autoclosure () -> String, _ body: () throws -> Result
  ) throws(StoreProblem) -> Result {
    do {
      return try body()
    } catch let problem as StoreProblem {
      throw problem
    } catch {
      if let fault = SystemFault(error) { throw StoreProblem(what(), fault) }
      throw StoreProblem("\(what()): \(SystemFault.words(of: error))")
    }
  }

  /// What an error of the database says.
  ///
  /// - Parameters:
  ///   - path: of the store.
  ///   - what: what cannot be done, as the beginning of a sentence.
  ///   - systemError: the error number that the failing call left; 0 where none is known.
  package init(_ error: DatabaseError, at path: String, _ what: String, systemError: Int32) {
    if let fault = SystemFault(error, at: path, systemError: systemError) {
      self.init(what, fault)
    } else if [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
      self = .damaged(path, error.message ?? "it is no SQLite database")
    } else {
      self.init("\(what): \(error)")
    }
  }
}
