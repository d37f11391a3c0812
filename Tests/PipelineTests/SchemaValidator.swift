import Foundation
import PipelineKit
import Subprocess
import Testing

/// An implementation of JSON Schema that is not ours: python3-jsonschema of Debian.
enum SchemaValidator {
  /// A text, and what it must fit.
  struct Trial {
    /// JSON.
    var text: String
    /// A part of the schema under `$defs`; nil for all of it.
    var part: String?
  }

  /// What is wrong with each of the texts, empty where nothing is.
  ///
  /// - Throws: where the schema itself is none, or there is no validator.
  static func faults(of trials: [Trial], against schema: String) async throws -> [String] {
    let input = ([schema] + trials.map { "[\($0.part.map { "\"\($0)\"" } ?? "null"),\($0.text)]" })
      .map { $0.replacing("\n", with: " ") }.joined(separator: "\n")
    let result = try await Subprocess.run(
      .name("env"), arguments: ["/usr/bin/python3", "-c", script], input: .string(input),
      output: .string(limit: 1 << 24),
      error: .string(limit: 1 << 20))
    struct Unusable: Error { var messages: String }
    guard result.terminationStatus.isSuccess else { throw Unusable(messages: result.standardError) }
    let faults = try JSONDecoder().decode([String].self, from: Data(result.standardOutput.utf8))
    #expect(faults.count == trials.count)
    return faults
  }

  private static let script = """
    import json, sys
    from jsonschema import Draft202012Validator as Validator
    sys.stdin.reconfigure(encoding="utf-8")
    schema = json.loads(sys.stdin.readline())
    Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    faults = []
    for line in sys.stdin:
        part, value = json.loads(line)
        used = {"$ref": "#/$defs/" + part, "$defs": schema["$defs"]} if part else schema
        found = list(Validator(used).iter_errors(value))
        faults.append("; ".join(f"{error.json_path}: {error.message[:200]}" for error in found[:3]))
    print(json.dumps(faults))
    """
}
