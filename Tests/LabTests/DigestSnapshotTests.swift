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
    Snapshot(study: "flash-crash", digest: "f5619f3b27a9455901fa3e75b4057d88a50c3d6d9e802681d162727cf77f466d"),
    Snapshot(study: "history", digest: "71df522b9c750f0feff100a49cb186ae577efa162bdbede6ab53f321c61e8c4b"),
    Snapshot(study: "several-assets", digest: "2ee67222b8f4443081bebe6d8f5be92caaa76d783259912214fd5b3ef447fde6"),
    Snapshot(study: "daily", digest: "5d8d5583942efdb3ea9b2d7646d55d0fdbbf2ccba0946b22a75f29ef08604eab"),
    Snapshot(study: "continuous", digest: "c81209a2351552c52f3ea12f18cfa6cd27077ecef07511daf84a264a7586b507"),
    Snapshot(study: "slow-venue", digest: "9a07333fff4b2d535a352c5202447200433d6dbfaa8f1db2f1eb0c77c56a3036"),
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
