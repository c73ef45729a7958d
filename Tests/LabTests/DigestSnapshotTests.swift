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
    Snapshot(study: "flash-crash", digest: "25100c71cd699a928a401152bf9abbe5158f120a02628058c65cefc02cdbe1fe"),
    Snapshot(study: "history", digest: "3d69663312e5962c3eefaa92e806feb13aeaf86fd310653ecba76e57307dcbaf"),
    Snapshot(study: "several-assets", digest: "947129aa5031b3e9cd0eea3005f17af5eea731ce4d37c060eabee08b1212ae2e"),
    Snapshot(study: "daily", digest: "92fd9a9f0e5d29cf4eca7e18454af3d84164d580514cf3ef5404c36ed1ad20b8"),
    Snapshot(study: "continuous", digest: "3afc6f0ca22e8f83aa2457961c6c7f5d0f85e5327596d4e0f4427f9ab3d07384"),
    Snapshot(study: "slow-venue", digest: "84f57a341689fe6bc40994030b946a5b533c0359ff71c0fb10f018ea827faff3"),
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
