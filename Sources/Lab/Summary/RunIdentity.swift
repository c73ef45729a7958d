/// What names a run: enough to make it again, and to tell two runs apart.
package struct RunIdentity: Codable, Sendable, Equatable {
  /// Paths of the range that the store holds.
  package let paths: Int64
  /// Number of the range's first path, from 0.
  package let firstPath: Int64
  /// What all draws follow from.
  package let seed: UInt64
  /// Of every interval, such as 0.95.
  package let confidence: Double
  /// `Program.version` of the program that began the run.
  package let programVersion: String
  /// The commit of the checkout that the program ran from, when it can be known.
  package let gitRevision: String?
  /// `RandomStreams.version`: another version draws other numbers from the same seed.
  package let streamVersion: Int
  /// Instruction set of the vector kernels, such as `x86-64-v4`: results are bit-exact on one level.
  package let cpuLevel: String
  /// SHA-256 over the outcome rows, little-endian, in (path, clone, desk) order; hexadecimal.
  package let digest: String
  /// The command line that makes the run again.
  package let command: String
  /// Each document and data file that the run read, in the order of first use.
  package let files: [InputFile]

  /// A run makes it from its store.
  package init(
    paths: Int64, firstPath: Int64, seed: UInt64, confidence: Double, programVersion: String,
    gitRevision: String? = nil, streamVersion: Int, cpuLevel: String, digest: String, command: String,
    files: [InputFile]
  ) {
    self.paths = paths
    self.firstPath = firstPath
    self.seed = seed
    self.confidence = confidence
    self.programVersion = programVersion
    self.gitRevision = gitRevision
    self.streamVersion = streamVersion
    self.cpuLevel = cpuLevel
    self.digest = digest
    self.command = command
    self.files = files
  }
}
