import Documents
import Lab

/// What whoever starts the server chooses.
package struct ServerSettings: Sendable {
  /// The address that it listens at.
  package var host: String
  /// The port; 0 for one that is free.
  package var port: Int
  /// Names by which it may be called beside those of the loopback.
  package var allowedHosts: [String]
  /// What visitors have to know; nil where everybody on this machine may come in.
  package var token: AccessToken?
  /// How it is reached from outside, such as `https://lab.example`; nil where nothing stands before it.
  package var publicAddress: String?
  /// Its limits.
  package var limits: Limits
  /// The folders of market data and of the record, where others than the workspace's.
  package var dataFolder, trackingFolder: String?

  /// What bounds a visitor.
  package struct Limits: Sendable {
    /// Bytes of a request's body.
    package var bodyBytes = 2 << 20
    /// Seconds until the body is there.
    package var bodySeconds = 15
    /// Seconds until an idle connection is closed.
    package var idleSeconds = 60
    /// Connections at once.
    package var connections = 4096
    /// Event streams at once.
    package var streams = 1200
    /// Jobs at once, and jobs that wait.
    package var runningJobs = 1
    package var waitingJobs = 1000
    /// Bytes of memory of a job.
    package var jobBytes = 8 << 30
    /// Seconds of a preview.
    package var previewSeconds = 20
    /// Previews and replays at once.
    package var helpers = 2

    /// The usual ones.
    package init() {}
  }

  /// Settings.
  ///
  /// - Throws: a `Refusal` where it would be open to others without a token.
  package init(
    host: String = "127.0.0.1", port: Int = 8420, allowedHosts: [String] = [], token: AccessToken? = nil,
    publicAddress: String? = nil, limits: Limits = Limits()
  ) throws(Refusal) {
    (self.host, self.port, self.allowedHosts) = (host, port, allowedHosts)
    (self.token, self.publicAddress, self.limits) = (token, publicAddress, limits)
    guard isLoopback || token != nil else {
      throw Refusal(
        "at \(host) others than this machine can come in: --token-file names a file with a token, or leave --host out")
    }
  }

  /// Whether only this machine reaches it.
  package var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
}
