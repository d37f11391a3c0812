public import DocumentModel
import FoundationEssentials

extension Correction {
  /// The corrections in a file, an object a line.
  ///
  /// - Throws: ``PipelineError`` with code `input.unreadable`, or `corrections.invalid` with the line that is none.
  public static func read(_ path: String) throws -> [Correction] {
    var texts = JSONTexts(try SourceLines(path: path))
    var corrections: [Correction] = []
    while let text = try texts.next() {
      do { corrections.append(try one(text.bytes)) } catch {
        throw PipelineError("corrections.invalid", "\(path):\(text.line): \(plainFault(error))", underlying: error)
      }
    }
    return corrections
  }

  private static func one(_ bytes: ArraySlice<UInt8>) throws -> Correction {
    let correction: Correction = try LayerFormat.decoded(Data(bytes))
    guard correction.document.utf8.count == 64, correction.document.allSatisfy(\.isHexDigit) else {
      throw PipelineError(
        "corrections.invalid", "'document' must be the SHA-256 of the document, which its record has as 'source.sha256'"
      )
    }
    switch correction.value {
    case .null, .integer, .string, .bool: return correction
    case .number, .array, .object:
      throw PipelineError("corrections.invalid", "'value' must be a whole number, a text, true, false or null")
    }
  }
}
