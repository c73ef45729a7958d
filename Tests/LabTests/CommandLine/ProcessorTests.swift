import Foundation
import Lab
import Testing

#if canImport(Glibc)
  @Suite("The C library on another processor")
  struct ProcessorTests {
    /// glibc takes other code for exp, log and pow where it may not use these instructions, and rounds otherwise.
    private static let withoutFMA = "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4"

    /// A market in which all that can be drawn is drawn: PERT, normal, lognormal, uniform, jumps.
    private static let scenario = """
      { "stresslab": "scenario/1", "title": "Drawn",
        "clock": { "step": "1h", "length": "24h", "warmup": "4h", "start": "2024-01-03",
          "calendar": { "model": "continuous" } },
        "assets": {
          "AAA": { "price": 100, "process": { "model": "gbm",
              "annualDrift": { "normal": { "mean": 0, "sd": 0.5 } },
              "annualVolatility": { "lognormal": { "median": 0.6, "sigma": 0.4 } } },
            "liquidity": { "halfSpreadBps": 1, "volumePerDay": 10000000, "depthTo1Percent": 100000 } },
          "BBB": { "price": 50, "process": { "model": "merton",
              "annualVolatility": { "low": 1.2, "typical": 1.4, "high": 2.5 },
              "jumpsPerYear": { "low": 20, "typical": 30, "high": 90 },
              "meanJump": { "low": -0.04, "typical": -0.02, "high": 0 },
              "jumpVolatility": { "between": [0.01, 0.02] } },
            "liquidity": { "halfSpreadBps": 1, "volumePerDay": 10000000, "depthTo1Percent": 100000 } } },
        "venue": { "takerFeeBps": 1, "latency": "30s" },
        "events": { "crash": { "model": "flashCrash", "asset": "AAA", "start": { "low": "1h", "typical": "5h", "high": "9h" },
          "drop": { "low": 0.05, "typical": 0.15, "high": 0.3 },
          "fall": { "duration": { "lognormal": { "median": "2h", "sigma": 0.3 } }, "shape": 1.5 },
          "recovery": { "fraction": { "low": 0.2, "typical": 0.7, "high": 1 }, "halfLife": "5h" },
          "contagion": { "BBB": { "beta": 0.8, "lag": "1h" } },
          "multipliers": { "volatility": { "low": 2, "typical": 3, "high": 5 }, "halfLife": "3h" } } } }
      """

    /// Measured before: on 6 of 2,000 paths of the repository's scenarios an outcome differed, while the manifest said avx2+fma
    /// of both runs.
    @Test("moves no bit of an outcome")
    func digest() throws {
      let folder = try TemporaryFolder()
      try folder.write("drawn.json", Self.scenario)
      try folder.write(
        "study.json",
        #"{ "stresslab": "study/1", "title": "s", "scenarios": ["drawn.json"], "panel": { "h": { "model": "buyAndHold" } } }"#
      )
      let digests = try [[], [Self.withoutFMA]].enumerated().map { index, environment in
        let output = try folder.run(
          "/usr/bin/env",
          environment + [
            StressLabProgram.path, "run", "study.json", "--paths", "6000", "--out", "out\(index)", "--quiet",
          ])
        try #require(FileManager.default.fileExists(atPath: folder.path("out\(index)/summary.json")), "\(output)")
        return try JSONDecoder().decode(
          Summary.self, from: Data(contentsOf: folder.url.appendingPathComponent("out\(index)/summary.json"))
        ).run.digest
      }
      #expect(digests[0] == digests[1])
    }
  }
#endif
