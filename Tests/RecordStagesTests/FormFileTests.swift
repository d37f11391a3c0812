import DocumentModel
import Foundation
import PipelineKit
import Testing

@testable import RecordStages

/// Reads schema files written into a folder of their own; the first is asked for.
private func forms(_ files: (name: String, yaml: String)...) throws -> [Form] {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for file in files { try Data(file.yaml.utf8).write(to: folder.appending(path: file.name)) }
  return try Form.forms(in: files.map { OptionFile(path: folder.appending(path: $0.name).path) })
}

private let base = """
  form: base
  format: 1
  tables:
    - key: loans
      blocks:
        - key: books
          columns: [{ key: adults, label: Adults, group: readers }, { key: total, label: Total }]
          rows: [{ key: novels, label: Novels }, { key: poems, label: Poems }, { key: sum, label: Sum }]
          equations:
            - { id: L-1, each: row, left: [readers], right: [total], message: readers add up }
  """

@Suite struct `Schema files` {
  @Test func `An equation has an instance for each row or column`() throws {
    let form = try #require(try forms(("base.yaml", base)).first)
    let grid = form.tables[0].blocks[0].grid(form: form.name, table: form.tables[0])
    #expect(grid.pointers[...1] == ["/loans/novels/adults", "/loans/novels/total"])
    #expect(grid.equations.map(\.instance) == ["novels", "poems", "sum"])
    #expect(grid.equations[1].left == [2])
    #expect(grid.equations[1].right == [3])
  }

  @Test func `A form extends another and replaces rows of it`() throws {
    let other = """
      form: other
      format: 1
      extends: base.yaml
      tables:
        - key: loans
          replaceRows:
            - { rows: [novels, poems], with: [{ key: books, label: Books }] }
      """
    let read = try forms(("other.yaml", other), ("base.yaml", base))
    #expect(read.map(\.name) == ["other", "base"])
    #expect(read[0].tables[0].blocks[0].rows.map(\.key) == ["books", "sum"])
    #expect(read[1].tables[0].blocks[0].rows.map(\.key) == ["novels", "poems", "sum"])
  }

  @Test(arguments: [
    ("left: [readers]", "left: [raeders]", "'raeders'"), ("format: 1", "format: 2", "'format' must be 1"),
    ("form: base", "form: base\nextends: base.yaml", "extends itself"),
    ("form: base", "form: base\nextends: nowhere.yaml", "must be listed"), ("key: books", "kye: books", "key"),
    ("- key: loans", "- key: loans\n    rulez: {}", "unknown key 'rulez'; did you mean 'rules'?"),
    ("- key: loans", "- key: loans\n    rules: { persent: { id: X, severity: error } }", "did you mean 'present'?"),
    ("- key: loans", "- key: loans\n    rules: { present: { id: X, severity: eror } }", "severity 'eror'"),
    ("label: Novels", "label: Novels, group: genres", "no equation uses the group 'genres'"),
  ])
  func `What is wrong with a schema is said with its file`(old: String, new: String, message: String) throws {
    #expect {
      try forms(("base.yaml", base.replacing(old, with: new)))
    } throws: { error in
      "\(error)".contains("base.yaml") && "\(error)".contains(message)
    }
  }
}
