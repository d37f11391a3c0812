import DocumentModel
import PipelineKit

/// A record, or the tables of a document, as a text of which only what is needed is read.
public struct RecordText: Sendable {
  /// What it is known by, as of ``ReportedRecord``.
  public let key: String
  private let members: JSONMembers

  /// A text that is no record, and why.
  public struct Fault: Error, CustomStringConvertible {
    /// For a person.
    public let description: String
  }

  /// Reads what a record is known by.
  ///
  /// - Throws: ``Fault``.
  public init(_ text: ArraySlice<UInt8>) throws {
    guard let members = JSONMembers(text) else {
      // The reader says what is wrong.
      _ = try Self.value(text)
      throw Fault(description: "no record")
    }
    self.members = members
    guard let record = ReportedRecord(try Self.value(members.text { ["format", "source"].contains($0.name) }[...]))
    else {
      throw Fault(description: "no record")
    }
    key = record.key
  }

  /// Two records with all that is not the same in both; what is the same, byte for byte, need not be read.
  ///
  /// - Throws: ``Fault``.
  public static func parts(of before: RecordText, and after: RecordText) throws -> (ReportedRecord, ReportedRecord) {
    // What is said of a value comes from two members.
    let groups = [["data", "provenance", "tables"], ["checks"], ["repairs"], ["unexplained"], ["diagnostics"]]
    let same = Set(
      groups.filter { names in
        names.allSatisfy { name in
          switch (before.members[name], after.members[name]) {
          case (let one?, let other?): one == other
          case (nil, nil): true
          default: false
          }
        }
      }.joined())
    func read(_ text: RecordText) throws -> ReportedRecord {
      let value = try value(text.members.text { !same.contains($0.name) }[...])
      guard let record = ReportedRecord(value) else { throw Fault(description: "no record") }
      return record
    }
    let first = try read(before)
    do { return (first, try read(after)) } catch let fault as Fault {
      throw Fault(description: "the record to compare it with: \(fault)")
    }
  }

  private static func value(_ text: ArraySlice<UInt8>) throws -> JSONValue {
    do { return try JSONValue(json: text) } catch { throw Fault(description: "\(error)") }
  }
}
