import BulkRunning
import FoundationEssentials
import PipelineKit

/// A document as a person names it: a file, `-` for standard input, or an address as `gouji list` prints it, such as
/// `a.zip#3` or `crawl.warc.gz#5020+1871`. Where a file is called so, it is meant.
struct NamedDocument {
  let name: String
  private let address: DocumentAddress

  init(_ name: String) {
    self.name = name
    let isFile = name == "-" || FileManager.default.fileExists(atPath: name)
    address = isFile ? DocumentAddress(path: name) : DocumentAddress(id: name)
  }

  /// The file that it is, or lies in.
  var file: String { address.path.escaped }

  /// Its bytes, and where they lay.
  ///
  /// - Parameter password: that of entries that are encrypted.
  /// - Throws: `PipelineError`, or ``BulkError`` for what cannot be taken out of its archive.
  func content(password: String? = nil) throws -> SourceContent {
    address.steps.isEmpty
      ? try SourceContent(path: name)
      : try ContainerReader(password: password).content(at: address).content(id: name)
  }
}
