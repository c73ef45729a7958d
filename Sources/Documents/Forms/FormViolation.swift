/// What is wrong between the fields of one form, such as a low above a high; thrown by what a form makes.
package struct FormViolation: Error, Sendable, Hashable, CustomStringConvertible {
  /// Each complaint, with the field at which it is reported (a JSON pointer from the form, such as `recovery/halfLife`;
  /// nil for the object as a whole).
  let complaints: [Complaint]

  /// One complaint.
  struct Complaint: Sendable, Hashable {
    let field: String?
    let message: String
  }

  /// A complaint about one field (a name, or a pointer such as `recovery/halfLife`), or about the whole.
  package init(_ field: String?, _ message: String) { complaints = [Complaint(field: field, message: message)] }

  /// A complaint about the whole.
  package init(_ message: String) { self.init(nil, message) }

  /// Several complaints at once.
  package init(_ violations: [FormViolation]) { complaints = violations.flatMap(\.complaints) }

  /// The same complaints, with fields that start from further up: `meanBlock` under `history` is `history/meanBlock`.
  package func under(_ prefix: String) -> FormViolation {
    FormViolation(complaints.map { FormViolation($0.field.map { prefix + "/" + $0 } ?? prefix, $0.message) })
  }

  /// The complaints, one a line.
  package var description: String {
    complaints.map { ($0.field.map { "\($0): " } ?? "") + $0.message }.joined(separator: "\n")
  }

  /// Reports the complaints: each at its field, or at the nearest node above it that exists.
  package func report(at node: Node, _ reading: Reading) {
    for complaint in complaints {
      var place = node
      for name in JSONPointer.components(complaint.field ?? "") where !name.isEmpty {
        guard let next = place.node(at: JSONPointer.escape(name)) else { break }
        place = next
      }
      reading.report(complaint.message, at: place)
    }
  }
}
