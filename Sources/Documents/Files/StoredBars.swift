import Digests
import Glibc

/// The bytes of a file of bars in the data folder, held against the SHA-256 in the manifest beside it: bars that somebody has
/// changed, or that a disk has, are never used in silence.
package enum StoredBars {
  /// What does not go together, in a sentence.
  package struct Mismatch: Error, Sendable, Hashable, CustomStringConvertible {
    /// Which file is not what it was.
    package let description: String
  }

  /// How often a file and its manifest are read before they count as not going together: a writer puts one after the other
  /// into their places.
  private static let tries = 20
  /// How long a writer gets in between, in microseconds.
  private static let pause: UInt32 = 20_000

  /// The bytes of a file that goes with its manifest; nil where there is no file. Where there is no manifest, nothing says what
  /// the file was.
  ///
  /// - Parameters:
  ///   - name: the dataset's.
  ///   - place: where the file lies, for messages.
  ///   - bars: reads the file.
  ///   - manifest: reads the manifest.
  /// - Throws: a `Mismatch`, or what reading throws.
  package static func bytes<Failure: Error>(
    of name: some StringProtocol, at place: String, bars: () throws(Failure) -> [UInt8]?,
    manifest: () throws(Failure) -> [UInt8]?
  ) throws(Failure) -> Result<[UInt8]?, Mismatch> {
    var attempt = 1
    while true {
      guard let bytes = try bars() else { return .success(nil) }
      guard let written = try manifest() else { return .success(bytes) }
      let expected = digest(in: written)
      if expected == Digest.sha256(bytes) { return .success(bytes) }
      if attempt == tries {
        let what =
          expected == nil
          ? "what stands beside \(place) is no manifest"
          : "\(place) is not what was written: its SHA-256 is another one"
        let help = "stresslab data process \(name) makes it again, stresslab data verify looks at all files"
        return .failure(Mismatch(description: "\(what); \(help)"))
      }
      attempt += 1
      usleep(pause)
    }
  }

  /// What a manifest says of the file; nil where it is none.
  private static func digest(in manifest: [UInt8]) -> String? {
    (try? DocumentLoader().load(manifest, file: "manifest"))?.root["sha256"]?.string
  }
}
