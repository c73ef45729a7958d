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
    Snapshot(study: "flash-crash", digest: "1048c02b72456dd9400b7a38945f13932309a5d15e59029a54257d2aa505a11f"),
    Snapshot(study: "history", digest: "65ee577864eb6d2d314132f545238164720141ff13eb1b4185a27c8226d42612"),
    Snapshot(study: "several-assets", digest: "9b1af5609fe9c3c38073ee36dd6aaa321608dc14ff0cdbe345b25628a454b796"),
    Snapshot(study: "daily", digest: "d88ec02a1c4c2d90639e108c3a36f7361f20af6f07913924c897bc3b19c974aa"),
    Snapshot(study: "continuous", digest: "f8a0ff0cfb97a79f12e0c219e7c5c15d67db04e38c3556b8297e65c3c3c5e921"),
    Snapshot(study: "slow-venue", digest: "7074151dd861f09e3e9e2d85ec190fb664c819ecba04adbf73680eed759945c5"),
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
