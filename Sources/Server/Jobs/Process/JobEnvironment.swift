/// What a job's process sees of the server's environment: what the program and the libraries that it uses look at, and
/// nothing that somebody else has put there.
enum JobEnvironment {
  private static let names: Set<String> = [
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "http_proxy",
    "https_proxy", "no_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SSL_CERT_FILE",
    "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE",
  ]
  private static let beginnings = ["LC_", "STRESSLAB_", "MLFLOW_"]
  /// What lets one into the server is nobody else's business.
  private static let secrets: Set<String> = ["STRESSLAB_TOKEN"]

  /// The process that a job's process shall not outlive.
  static let parent = "STRESSLAB_PARENT"

  /// What a job's process is given.
  static func filtered(_ environment: [String: String], parent: Int32) -> [String: String] {
    var given = environment.filter { name, _ in
      !secrets.contains(name) && (names.contains(name) || beginnings.contains { name.hasPrefix($0) })
    }
    given[Self.parent] = "\(parent)"
    return given
  }
}
