import Hummingbird

/// Whether the server is there.
enum Health {
  /// Answers `/healthz`.
  static func route(_ router: Router<BasicRequestContext>) {
    router.get("healthz") { _, _ in "ok\n" }
  }
}
