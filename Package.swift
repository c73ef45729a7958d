// swift-tools-version: 6.2
import PackageDescription

// The vector kernels need the instructions of the machine that builds them: without fused multiply-add they run
// several times slower (and still right). STRESSLAB_CPU names another level, such as x86-64-v3 or x86-64.
#if arch(x86_64)
  let cpuFlag = "-march=\(Context.environment["STRESSLAB_CPU"] ?? "native")"
#else
  let cpuFlag = "-mcpu=\(Context.environment["STRESSLAB_CPU"] ?? "native")"
#endif

/// For the C kernels: no contraction, so that every fused multiply-add is one that we wrote.
let vectorisedC: [CSetting] = [.unsafeFlags([cpuFlag, "-ffp-contract=off", "-Wno-psabi"])]
/// Exclusive access is checked when compiling, and in debug builds when running; release builds leave out the latter, which
/// cost a tenth of a run, unless STRESSLAB_EXCLUSIVITY is `checked`, as in `make test-exclusivity`.
let exclusivity = Context.environment["STRESSLAB_EXCLUSIVITY"] ?? "unchecked"

/// For every target that inlines vector code; the flags reach Swift's own code generation too.
let vectorised: [SwiftSetting] = [
  .unsafeFlags(["-Xcc", cpuFlag, "-Xcc", "-ffp-contract=off", "-Xcc", "-Wno-psabi"]),
  .unsafeFlags(["-enforce-exclusivity=\(exclusivity)"], .when(configuration: .release)),
]

/// A library target of ours.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: vectorised)
}

/// The tests of a module, which may import anything.
func tests(of name: String, _ more: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name)] + more, swiftSettings: vectorised)
}

let package = Package(
  name: "StressLab",
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-async-algorithms", exact: "1.1.4"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSpawn"),
    .target(name: "CLanes", cSettings: vectorisedC),
    module("Lanes", ["CLanes"]),
    module("Threads"),
    module("Digests", ["CCrypto"]),
    module("Documents", ["Digests"]),
    module("MarketData", ["Documents", "Lanes"]),
    module("Randomness", ["CGSL", "Lanes", "Documents"]),
    module("Statistics", ["CGSL", "Randomness"]),
    module("Markets", ["Lanes", "Documents", "MarketData", "Randomness", "Statistics"]),
    module("Indicators", ["Lanes", "Threads", "Documents", "MarketData"]),
    module("Trading", ["Markets", "MarketData", "Randomness", "Statistics"]),
    module("Learning", ["Digests", "Lanes", "Randomness"]),
    module("Agents", ["Trading", "Indicators", "Learning"]),
    module("Drawing"),
    module(
      "Lab",
      [
        "Agents", "Digests", "Threads", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    module("Training", ["Lab", "Learning"]),
    module("Reports", ["Drawing", "Lab", "Statistics"]),
    module(
      "Pipeline",
      [
        "Lab", "Indicators", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    module(
      "Tracking",
      [
        "Training", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    module(
      "Server",
      [
        "CSpawn", "Reports", "Pipeline", "Tracking", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], resources: [.embedInCode("Assets")]),
    .executableTarget(
      name: "stresslab",
      dependencies: [
        "Reports", "Training", "Indicators", "Pipeline", "Tracking", "Server",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: vectorised),
    .executableTarget(
      name: "bench-paths", dependencies: ["Lanes", "Markets", "Randomness"], path: "Benchmarks/PathGeneration",
      swiftSettings: vectorised),
    .executableTarget(
      name: "stream-words", dependencies: ["Lanes", "Randomness"], path: "Benchmarks/StreamWords",
      swiftSettings: vectorised),
    .executableTarget(
      name: "bench-market", dependencies: ["Markets"], path: "Benchmarks/MarketStep", swiftSettings: vectorised),
    .executableTarget(
      name: "bench-desk", dependencies: ["Agents"], path: "Benchmarks/DeskStep", swiftSettings: vectorised),
    .executableTarget(
      name: "bench-backtest", dependencies: ["Lanes"], path: "Benchmarks/Backtest", swiftSettings: vectorised),
    .target(
      name: "LearningTasks", dependencies: ["Drawing", "Learning", "Statistics"], path: "Benchmarks/LearningTasks",
      swiftSettings: vectorised),
    .executableTarget(
      name: "prove-learning", dependencies: ["LearningTasks"], path: "Benchmarks/LearningProofs",
      swiftSettings: vectorised),
    .executableTarget(
      name: "bench-learning", dependencies: ["Learning"], path: "Benchmarks/Learning", swiftSettings: vectorised),
    .executableTarget(
      name: "bench-indicators", dependencies: ["Indicators"], path: "Benchmarks/Indicators",
      swiftSettings: vectorised),
    .executableTarget(
      name: "bench-features", dependencies: ["Indicators"], path: "Benchmarks/Features", swiftSettings: vectorised),

    tests(of: "Lanes", ["CGSL"]),
    tests(of: "Threads"),
    tests(of: "Documents"),
    tests(of: "MarketData"),
    tests(of: "Randomness", ["CGSL"]),
    tests(of: "Statistics", ["CGSL"]),
    tests(of: "Markets"),
    tests(of: "Indicators"),
    tests(of: "Trading", ["Agents", "CGSL"]),
    tests(of: "Learning", ["Agents", "CGSL", "LearningTasks"]),
    tests(of: "Training", ["Agents"]),
    tests(of: "Pipeline", ["stresslab"]),
    tests(of: "Tracking", ["stresslab"]),
    tests(
      of: "Server",
      [
        "stresslab", .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      ]),
    tests(of: "Drawing", ["CCrypto", "Statistics"]),
    tests(of: "Lab", ["stresslab"]),
    tests(of: "Reports", ["stresslab"]),
    .testTarget(name: "ProjectTests", dependencies: ["CCrypto"]),
  ],
  swiftLanguageModes: [.v6]
)

// What a target reaches through others is its dependency too. Unless it is named as one, a build after a change of, say, what
// `Documents` holds leaves the objects of who reaches it through `Randomness` alone as they were, with the layouts of before:
// a program that crashes where nothing is wrong with the sources.
extension Target {
  /// Targets of this package that it names.
  fileprivate var named: [String] {
    dependencies.compactMap { dependency in
      switch dependency {
      case .byNameItem(let name, _), .targetItem(let name, _): name
      default: nil
      }
    }
  }
}

let named = Dictionary(uniqueKeysWithValues: package.targets.map { ($0.name, $0.named) })

func reached(from name: String) -> Set<String> {
  (named[name] ?? []).reduce(into: []) { all, next in all.formUnion(reached(from: next).union([next])) }
}

for target in package.targets {
  target.dependencies += reached(from: target.name).subtracting(target.named).sorted().map { .target(name: $0) }
}
