import Testing

extension TemporaryFolder {
  /// Changes the facts about a run in the folder, and seals them as another program would that knows docs/results-store.md.
  ///
  /// - Parameter sql: a statement that changes rows of the table `meta`.
  func changeMeta(of run: String, _ sql: String) throws {
    let code = """
      import hashlib, sqlite3, struct, sys

      def checksum(rows):
          digest = hashlib.sha256()
          for row in rows:
              for value in row:
                  if isinstance(value, int): digest.update(struct.pack("<Bq", 1, value))
                  elif isinstance(value, float): digest.update(struct.pack("<Bd", 2, value))
                  elif isinstance(value, str):
                      digest.update(struct.pack("<BQ", 3, len(value.encode())) + value.encode())
                  elif isinstance(value, bytes): digest.update(struct.pack("<BQ", 4, len(value)) + value)
                  else: digest.update(b"\\x05")
          return digest.hexdigest()

      with sqlite3.connect(sys.argv[1]) as store:
          assert store.execute(sys.argv[2]).rowcount > 0
          store.execute("update checksums set sha256 = ? where part = 'meta'",
                        [checksum(store.execute("select * from meta order by key"))])
      print("done")
      """
    let store = path("\(run)/results.sqlite")
    try #require(try self.run("/usr/bin/env", ["python3", "-c", code, store, sql]) == "done\n", "\(sql)")
  }
}
