import Foundation
import Pipeline
import Testing

/// Steps, addresses, dates and waits by themselves. Seen to fail when waits do not grow.
@Suite("Words between us and exchanges")
struct ExchangeWordsTests {
  @Test("a step is a number of minutes or hours, or a day")
  func steps() {
    #expect(CandleStep("1m")?.milliseconds == 60_000)
    #expect(CandleStep("4h")?.seconds == 14_400)
    #expect(CandleStep("1d")?.milliseconds == 86_400_000)
    for text in ["", "m", "0m", "01m", "+1m", "-1h", "1w", "1M", "2d", "25h", "1 h", "1.5h", "1441m", "1s", "h1"] {
      #expect(CandleStep(text) == nil, "\(text)")
    }
    #expect([CandleStep](named: ["1d", "1w", "1m", "1h"]).map(\.description) == ["1m", "1h", "1d"])
  }

  @Test("a bar begins at a multiple of its step, before 1970 too")
  func opens() throws {
    let step = try #require(CandleStep("1h"))
    #expect(step.open(of: 3_600_000) == 3_600_000 && step.open(of: 3_599_999) == 0)
    #expect(step.open(of: -1) == -3_600_000)
    #expect(step.firstOpen(from: 1) == 3_600_000 && step.firstOpen(from: 0) == 0)
    #expect(step.count(in: 0..<7_200_000) == 2)
  }

  @Test(
    "an address is one of http or https, of a host and no more",
    arguments: [
      ("https://api.kraken.com", true), ("http://127.0.0.1:8000/w/a/", true), ("ftp://a", false),
      ("api.kraken.com", false),
      ("http://", false), ("https://user:word@host", false), ("https://a?b=c", false), ("https://a#b", false),
      ("http://a:99999", false), ("file:///etc/passwd", false), ("http://a b", false), ("http://ü", false), ("", false),
    ])
  func addresses(_ text: String, _ isOne: Bool) {
    #expect((WebAddress(text) != nil) == isOne)
  }

  @Test("names and values are escaped, and a slash at the end is none")
  func queries() throws {
    let address = try #require(WebAddress("http://a/b/"))
    #expect(address.url("/c", [("x", "1&y=2 ü")])?.absoluteString == "http://a/b/c?x=1%26y%3D2%20%C3%BC")
  }

  @Test(
    "Retry-After is read in seconds and as a date",
    arguments: [
      ("7", 7), ("0", 0), (" 12 ", 12), ("Sun, 06 Nov 1994 08:49:47 GMT", 10), ("Sun, 06 Nov 1994 08:49:07 GMT", 0),
      ("-1", nil), ("1e9", nil), ("soon", nil), ("", nil), ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
      ("Sun, 31 Feb 1994 08:49:37 GMT", nil), (nil, nil),
    ] as [(String?, Double?)])
  func retryAfter(_ text: String?, _ seconds: Double?) {
    // 1994-11-06T08:49:37Z, the example of RFC 9110.
    #expect(HTTPReply.retryAfter(text, from: 784_111_777_000) == seconds)
  }

  @Test("waits grow by two up to a minute, and tries end with the time that they may take")
  func waits() {
    var rule = Persistence()
    rule.tries = 100
    let sleeper = MadeSleeper(0)
    var pauses: [Persistence.Pause] = []
    let fault = #expect(throws: ExchangeFault.self) {
      try rule.attempt(sleeper: sleeper, fraction: { 0.999 }, tell: { pauses.append($0) }) { () throws(ExchangeFault) in
        throw .passing("fails")
      }
    }
    #expect(zip(pauses, [1.0, 2, 4, 8, 16, 32, 60, 60]).allSatisfy { abs($0.seconds - $1 * 0.999) < 1e-9 })
    #expect(sleeper.uptime <= 900)
    guard case .unavailable(let words) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(words.hasPrefix("fails, asked ") && words.contains(" times within "))
  }

  @Test("who asked too much waits half of it at least")
  func longer() {
    var pauses: [Double] = []
    var rule = Persistence()
    rule.tries = 4
    #expect(throws: ExchangeFault.self) {
      try rule.attempt(sleeper: MadeSleeper(0), fraction: { 0 }, tell: { pauses.append($0.seconds) }) {
        () throws(ExchangeFault) in throw .passing("is asked too often", wait: .longer)
      }
    }
    #expect(pauses == [2, 4, 8])
  }

  @Test("requests leave apart, and not at all while they are held")
  func pacing() throws {
    let sleeper = MadeSleeper(0)
    let pacer = Pacer(spacing: 0.5, sleeper: sleeper)
    for _ in 0..<3 { try pacer.wait() }
    #expect(sleeper.waits == [0.5, 0.5])
    pacer.hold(20)
    try pacer.wait()
    #expect(sleeper.waits == [0.5, 0.5, 20])
  }
}
