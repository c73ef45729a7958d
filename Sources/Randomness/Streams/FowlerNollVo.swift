/// The 64-bit FNV-1a hash of a text's UTF-8 bytes.
///
/// Source: Fowler, Noll & Vo; RFC 9923 has the constants. "" hashes to cbf29ce484222325, "a" to af63dc4c8601ec8c.
package func fnv1a(_ text: String) -> UInt64 {
  text.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
}
