/// Text in double quotes for a message, written as JSON and cut after 60 characters.
package func quoted(_ text: String) -> String {
  JSONValue.string(text.unicodeScalars.count > 60 ? String(text.prefix(57)) + "…" : text).text
}
