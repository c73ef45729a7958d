import Foundation
import Lab
import Lanes
import Testing

/// Six studies whose outcomes are known to the last bit: whoever reshapes the code sees here that no result moved.
///
/// The digests are snapshots of our own output, so they say nothing about what is right; the other suites do. One that
/// moves on purpose is written anew in the commit that moves it, and that commit and the changelog say why.
@Suite("Digests of six studies", .enabled(if: CPULevel.current != .baseline, "bits differ without fused multiply-add"))
struct DigestSnapshotTests {
  /// A study under `fixtures/snapshots` with the digest of its outcome rows.
  struct Snapshot: Sendable, CustomTestStringConvertible {
    let study: String
    let digest: String

    var testDescription: String { study }
  }

  static let snapshots = [
    Snapshot(study: "flash-crash", digest: "2a7e545636003581aa7f4b94de274325a2cc1b50495d97b34b49bc8360250201"),
    Snapshot(study: "history", digest: "e8658aecca89f45cfeb9b626bdbcf4359f6ecf4676326589a2c34390f8c295b4"),
    Snapshot(study: "several-assets", digest: "bd38c3224d21bb23afac2b0d40c8b685dff4832834246ac92c09c6798ad91e55"),
    Snapshot(study: "daily", digest: "db06b6161841e0e08f2f71f08b31a13d57d9ace3e2639e9c7460d855591549c6"),
    Snapshot(study: "continuous", digest: "b499001c9932031cf84675f656e16946dd7cd995b267b0479c42ac0824bccc7f"),
    Snapshot(study: "slow-venue", digest: "44cc43a12f9cdcfad89c3f7bb9ede24c3ae33cc498dbc0817697398cac219943"),
  ]

  @Test("a study's outcomes are the same bits as ever", arguments: snapshots)
  func digest(_ snapshot: Snapshot) throws {
    let folder = try TemporaryFolder()
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let study = root.appendingPathComponent("fixtures/snapshots/\(snapshot.study).json").path
    let summary = try RunnerTests.run(study, into: folder.path("run"), RunSettings(threads: 2, tile: 64))
    #expect(summary.run.digest == snapshot.digest)
  }
}
