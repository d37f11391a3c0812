/// JSON Schema (2020-12) of the formats that are written and read.
public enum FormatSchema: String, CaseIterable, Sendable {
  /// `gouji.record/1`.
  case record
  /// `gouji.tables/1`.
  case tables
  /// `gouji.document/1`, and the files of layers in a store.
  case document
  /// A line of a list of inputs.
  case manifest

  /// The schema as UTF-8 JSON.
  public var json: [UInt8] {
    switch self {
    case .record: PackageResources.record_schema_json
    case .tables: PackageResources.tables_schema_json
    case .document: PackageResources.document_schema_json
    case .manifest: PackageResources.manifest_schema_json
    }
  }
}
