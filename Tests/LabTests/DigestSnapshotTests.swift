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
    Snapshot(study: "flash-crash", digest: "384a0bd9ee619027a0c4867133ad29b8694022e12e350172d3cef460133fc057"),
    Snapshot(study: "history", digest: "3f61dfb70fa0437791e564fb80de2bf474c0e28a46b265232696498711564423"),
    Snapshot(study: "several-assets", digest: "ef5adf0bbc72ab7a379a1fd69f2afcbc8e863a2a4d24bcd4ff5304e1df01a3a6"),
    Snapshot(study: "daily", digest: "60bf858df64ab647c00013baba609994419f544c9e643734ce48bf056b5ed56d"),
    Snapshot(study: "continuous", digest: "f11e20b7b013c32b99a1dab8928de71afe3c5b779d43562c2ee8416e1eb926b1"),
    Snapshot(study: "slow-venue", digest: "bef8772f5ae036c9215635f00595c767ab5f58077f71d8f0426a2562320003a9"),
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
