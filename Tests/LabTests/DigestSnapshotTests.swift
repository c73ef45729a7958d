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
    Snapshot(study: "flash-crash", digest: "d027fa051427435f13cce9ad6f3a8b8a19aa91736271edeca20521ef1796a09d"),
    Snapshot(study: "history", digest: "e3465267c1807751050ef5eec69b76d74c95c56dd6f63fed66473be412b5943f"),
    Snapshot(study: "several-assets", digest: "0e729413266a721e086c4c86685eccebd0c74dbcacb2e9309930bf4e30eabdaa"),
    Snapshot(study: "daily", digest: "92cdbcc765dd6c557294a0ef138cdcf911c2c592daac998667dcf2495d26e6ec"),
    Snapshot(study: "continuous", digest: "f8a0ff0cfb97a79f12e0c219e7c5c15d67db04e38c3556b8297e65c3c3c5e921"),
    Snapshot(study: "slow-venue", digest: "458f9798eb635a0d2d77f3c8fa24929fbb5734e7a5a16e92599401d5fae69050"),
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
