import BulkRunning
import DocumentModel
import Foundation
import PipelineKit
import Testing

extension JSONValue {
  /// As a line of a manifest.
  var line: [UInt8] { encoded() }
}

/// Archives made by Python's own libraries, listed and opened again.
@Suite struct `Inputs of a bulk run` {
  @Test(arguments: [
    ("a.zip", "zip_(files)"), ("a.zip", "zip_(files, zipfile.ZIP_STORED)"), ("a.zip", "zip_(files, zipfile.ZIP_BZIP2)"),
    ("a.tar", "tar(files)"), ("a.tar.gz", "tar(files, 'w:gz')"),
    ("a.tar.bz2", "tar(files, 'w:bz2')"), ("a.tar.xz", "tar(files, 'w:xz')"),
    ("a.tar", "tar(files, format=tarfile.GNU_FORMAT)"), ("named.pdf", "tar(files, 'w:gz', format=tarfile.PAX_FORMAT)"),
  ])
  func `Entries come out in their order, with the bytes that went in`(name: String, make: String) async throws {
    let script = """
      files = [("a.txt", b"first"), ("folder/b.txt", b""), ("\u{4E2D}\u{6587}" * 60 + ".txt", b"third" * 1000)]
      write("\(name)", \(make))
      """
    try await withInputs(script) { folder in
      let listed = try Listed("\(folder)/\(name)")
      #expect(listed.summary == ["\(name)#0", "\(name)#1", "\(name)#2"])
      #expect(listed.lines.map(\.bytes) == [5, 0, 5000])
      #expect(listed.lines[2].name?.text == String(repeating: "\u{4E2D}\u{6587}", count: 60) + ".txt")
      #expect(listed.opened(by: ContainerReader()) == ["first", "", String(repeating: "third", count: 8)])
    }
  }

  @Test(arguments: [("gzip.compress", "gz"), ("bz2.compress", "bz2"), ("lzma.compress", "xz")])
  func `A single compressed file is a container of one`(pack: String, suffix: String) async throws {
    try await withInputs("write('a', \(pack)(b'text'))") { folder in
      let listed = try Listed(folder + "/a")
      #expect(listed.summary == ["a#0"])
      #expect(listed.opened(by: ContainerReader()) == ["text"])
    }
  }

  @Test func `An archive with nothing in it is not passed over`() async throws {
    try await withInputs("write('a', zip_([])); write('b.zip', zip_([('a.txt', b'1'), ('inner', zip_([]))]))") {
      folder in
      let lines = try ["a", "b.zip"].flatMap { try Listed("\(folder)/\($0)").lines }
      #expect(lines.map(\.reason) == ["archive.empty", nil, "archive.empty"])
    }
  }

  @Test func `What zstd and 7z packed is opened`() async throws {
    try await withInputs("write('a.txt', b'text'); write('b.tar', tar([('x', b'1'), ('y', b'2')]))") { folder in
      try await run("zstd", "-q", "a.txt", "b.tar", in: folder)
      #expect(try Listed(folder + "/a.txt.zst").opened(by: ContainerReader()) == ["text"])
      #expect(try Listed(folder + "/b.tar.zst").opened(by: ContainerReader()) == ["1", "2"])
      try await run("bsdtar", "--format", "7zip", "-cf", "c.7z", "a.txt", "b.tar", in: folder)
      let listed = try Listed(folder + "/c.7z")
      #expect(listed.summary == ["c.7z#0", "c.7z#1#0", "c.7z#1#1"])
      #expect(listed.opened(by: ContainerReader()) == ["text", "1", "2"])
    }
  }

  @Test func `A folder is listed by the bytes of its names, without following links`() async throws {
    let script = """
      os.makedirs("in/b/c"); write("in/b/c/z", b"z"); write("in/a", b"a"); write("in/b.txt", b"b"); write("out", b"o")
      write(b"in/\\xd6\\xd0", b"gbk")
      os.symlink("../out", "in/l"); os.symlink("..", "in/b/loop"); os.mkfifo("in/p"); os.symlink("in", "named")
      """
    try await withInputs(script) { folder in
      let listed = try Listed(folder + "/named")
      #expect(
        listed.lines.map { String($0.id.dropFirst(folder.count)) } == [
          "/named/a", "/named/b/c/z", "/named/b/loop", "/named/b.txt", "/named/l", "/named/p", "/named/\\xD6\\xD0",
        ])
      #expect(
        listed.opened(by: ContainerReader()) == ["a", "z", "input.link", "b", "input.link", "input.special", "gbk"])
      #expect(listed.faults.isEmpty)
    }
  }

  @Test func `What is hidden, and what runs and stores have made, is left out unless it is named`() async throws {
    let script = """
      os.makedirs("in/.git/x"); os.makedirs("in/sub/out"); os.makedirs("in/s/" + "a" * 64); os.makedirs("in/s/.checked")
      os.makedirs("in/t/.checked")
      for name in ["in/.DS_Store", "in/.git/x/y", "in/a", "in/sub/.b", "in/sub/out/results.ndjson", "in/t/c"]:
          write(name, b"x")
      write("in/sub/out/run.part-1-of-2.json", b'{\\n  "format": "gouji.run/1",\\n  "state": "done"}')
      write("in/run.json", b'{"format": "another"}')
      """
    try await withInputs(script) { folder in
      let listed = try Listed(folder + "/in")
      #expect(listed.summary == ["a", "run.json", "c"])
      #expect(
        listed.notices.map { $0.replacing(folder, with: "") } == [
          "input.hidden: /in: 4 hidden files or folders are left out; what is named itself is read",
          "input.made_here: /in/s: a store, left out; what is named itself is read",
          "input.made_here: /in/sub/out: results of a bulk run, left out; what is named itself is read",
        ])
      let named = try Listed(folder + "/in/.DS_Store", folder + "/in/.git", folder + "/in/sub/out")
      #expect(named.summary == [".DS_Store", "y", "results.ndjson", "run.part-1-of-2.json"])
    }
  }

  @Test func `A document with the id of another one is refused, and the same one twice is not`() async throws {
    let script = """
      import json
      write("a.txt", b"a"); write("b.txt", b"b"); write("c.txt", b"c"); here = os.getcwd()
      ids = [("x", "a"), ("x", "b"), ("x", "a"), (here + "/c.txt", "a"), ("", "a"), ("long" * 10000, "a")]
      lines = [json.dumps({"id": id, "source": {"path": here + "/" + name + ".txt"}}) for id, name in ids]
      write("m", "\\n".join(lines).encode())
      """
    try await withInputs(script) { folder in
      let listed = try Listed("\(folder)/c.txt", "@\(folder)/m", comparesIDs: true)
      #expect(
        listed.lines.map { "\($0.id) \($0.address.id)".replacing(folder + "/", with: "") }
          == ["c.txt c.txt", "x a.txt", "x a.txt"])
      #expect(listed.faults.map(\.code) == Array(repeating: "manifest.invalid", count: 4))
      #expect(listed.faults[0].message.contains("b.txt has the id 'x', as another document has"))
    }
  }

  @Test(arguments: [
    #"{"path":"a","container":"b","entry":1}"#, #"{"path":"a","entry":1}"#, #"{"path":"a","offset":1,"length":2}"#,
    #"{"container":{"path":"a","container":"b","entry":1},"entry":1}"#, #"{"container":"a"}"#, "{}",
  ])
  func `A source that names two places, or half of one, is refused`(source: String) throws {
    let json = try JSONValue(json: Array(source.utf8))
    let error = #expect(throws: BulkError.self) { try DocumentAddress(json: json) }
    #expect(error?.code == "manifest.invalid")
  }

  @Test func `What is not there is a line, and is told`() async throws {
    let listed = try Listed("there/is/none", "/dev/null", "@there/is/none")
    #expect(listed.summary == ["none input.unreadable", "null input.unreadable"])
    #expect(listed.faults.map(\.code) == Array(repeating: "input.unreadable", count: 3))
  }

  @Test func `A manifest is passed on, and what it names is looked into`() async throws {
    let script = """
      write("a.zip", zip_([("x", b"1"), ("y", b"2")])); write("a.txt", b"text")
      write("m.ndjson", b'''{"v":1,"id":"mine","source":{"path":"FOLDER/a.txt"}}
      {"source":{"container":"FOLDER/a.zip","entry":1},"sha256":"ab","unknown":1}

      {"source":{"path":"FOLDER/a.zip"}}
      nonsense
      {"source":{"path":"gone"}}
      {"id":"z","source":{"path":"gone"},"reason":"archive.bomb"}
      '''.replace(b"FOLDER", os.getcwd().encode()))
      """
    try await withInputs(script) { folder in
      let listed = try Listed("@\(folder)/m.ndjson")
      #expect(
        listed.summary == ["mine", "a.zip#1", "a.zip#0", "a.zip#1", "gone input.unreadable", "z archive.bomb"])
      #expect(listed.lines[1].sha256 == "ab")
      #expect(listed.faults.map(\.code) == ["manifest.invalid"])
      #expect(listed.faults[0].message.contains("m.ndjson:5: "))
    }
  }

  @Test func `Archives in archives are opened, down to a depth`() async throws {
    let script = """
      inner = zip_([("x", b"1"), ("y", b"2")])
      write("a.zip", zip_([("t.txt", b"0"), ("b.tar.gz", tar([("c.zip", inner), ("d", b"3")], "w:gz")), ("e", b"4")]))
      """
    try await withInputs(script) { folder in
      let listed = try Listed(folder + "/a.zip")
      #expect(listed.summary == ["a.zip#0", "a.zip#1#0#0", "a.zip#1#0#1", "a.zip#1#1", "a.zip#2"])
      let reader = ContainerReader()
      #expect(listed.opened(by: reader) == ["0", "1", "2", "3", "4"])
      for (line, text) in zip(listed.lines, ["0", "1", "2", "3", "4"]).reversed() {
        #expect(try reader.content(at: line.address).bytes == Data(text.utf8))
      }
      var limits = InputLimits()
      limits.depth = 2
      #expect(
        try Listed(folder + "/a.zip", limits: limits).summary == [
          "a.zip#0", "a.zip#1#0 limit.depth", "a.zip#1#1", "a.zip#2",
        ])
    }
  }

  @Test func `What word processors write is a document, and so is a PDF with a ZIP behind it`() async throws {
    let script = """
      write("a.docx", zip_([("_rels/.rels", b""), ("[Content_Types].xml", b""), ("word/document.xml", b"")]))
      write("b.odt", zip_([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"")]))
      write("c.ofd", zip_([("Doc_0/Document.xml", b""), ("OFD.xml", b"")]))
      write("d.pdf", b"%PDF-1.4\\n1 0 obj\\n" + zip_([("x", b"1")]))
      write("e.exe", b"MZ\\0\\0" * 500 + zip_([("x", b"1")]))
      write("f.zip", zip_([("a.docx", open("a.docx", "rb").read()), ("mimetype", b"")]))
      """
    try await withInputs(script) { folder in
      let listed = try Listed(folder)
      #expect(listed.summary == ["a.docx", "b.odt", "c.ofd", "d.pdf", "e.exe#0", "f.zip#0", "f.zip#1"])
    }
  }

  @Test func `A name in GBK is shown in characters, and its bytes are kept`() async throws {
    let script = """
      class Gbk(zipfile.ZipInfo):
          def _encodeFilenameFlags(self): return "\u{62A5}\u{544A}.txt".encode("gbk"), 0
      out = io.BytesIO()
      with zipfile.ZipFile(out, "w") as z: z.writestr(Gbk("x"), b"1")
      write("a.zip", out.getvalue())
      """
    try await withInputs(script) { folder in
      let listed = try Listed(folder + "/a.zip")
      let name = try #require(listed.lines.first?.name)
      #expect(name.shown == "\u{62A5}\u{544A}.txt" && name.bytes == [0xB1, 0xA8, 0xB8, 0xE6] + Array(".txt".utf8))
      let again = try ManifestLine(json: listed.lines[0].json.line)
      #expect(again == listed.lines[0])
      let member = try ContainerReader().content(at: again.address).member
      #expect(member?.name == "\u{62A5}\u{544A}.txt" && member?.nameBytes == "b1a8b8e62e747874")
    }
  }

  @Test func `Links, devices and encrypted entries have a reason; nothing is written`() async throws {
    let script = """
      out = io.BytesIO()
      with tarfile.open(fileobj=out, mode="w") as t:
          for name, kind in [("s", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("d", tarfile.CHRTYPE), ("p", tarfile.FIFOTYPE), ("f", tarfile.DIRTYPE)]:
              info = tarfile.TarInfo(name); info.type = kind; info.linkname = "../../etc/passwd"; t.addfile(info)
          info = tarfile.TarInfo("../../../escaped"); info.size = 4; t.addfile(info, io.BytesIO(b"text"))
      write("a.tar", out.getvalue())
      z = bytearray(zip_([("x", b"1"), ("y", b"2")])); z[6] |= 1; z[z.index(b"PK\\1\\2") + 8] |= 1
      write("b.zip", z)
      """
    try await withInputs(script) { folder in
      let tar = try Listed(folder + "/a.tar")
      #expect(
        tar.summary == [
          "a.tar#0 archive.link", "a.tar#1 archive.link", "a.tar#2 archive.special", "a.tar#3 archive.special",
          "a.tar#5",
        ])
      #expect(tar.opened(by: ContainerReader()).last == "text")
      #expect(try Listed(folder + "/b.zip").summary == ["b.zip#0 archive.encrypted", "b.zip#1"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["a.tar", "b.zip"])
    }
  }

  @Test func `Encrypted entries of ZIP archives are read with their password, and with no other`() async throws {
    let script = """
      class Keys:
          # PKWARE's cipher (APPNOTE.TXT, 6.1), which the module opens and does not make.
          table = [0] * 256
          for i in range(256):
              c = i
              for _ in range(8): c = c >> 1 ^ (0xEDB88320 if c & 1 else 0)
              table[i] = c
          def __init__(self, word):
              self.k = [0x12345678, 0x23456789, 0x34567890]
              for b in word: self.feed(b)
          def crc(self, c, b): return c >> 8 ^ self.table[(c ^ b) & 255]
          def feed(self, b):
              k = self.k
              k[0] = self.crc(k[0], b); k[1] = ((k[1] + (k[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF; k[2] = self.crc(k[2], k[1] >> 24)
          def seal(self, data):
              out = bytearray()
              for b in data:
                  t = (self.k[2] | 2) & 0xFFFF
                  out.append(b ^ ((t * (t ^ 1)) >> 8 & 255)); self.feed(b)
              return bytes(out)
      def sealed(text, word):
          crc = zlib.crc32(text)
          body = Keys(word).seal(bytes(11) + bytes([crc >> 24]) + text)
          common = struct.pack("<HHHHHIIIHH", 20, 1, 0, 0, 33, crc, len(body), len(text), 1, 0)
          local = b"PK\\3\\4" + common + b"a" + body
          central = b"PK\\1\\2" + struct.pack("<H", 20) + common + bytes(14) + b"a"
          return local + central + b"PK\\5\\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
      write("a.zip", sealed(b"text", b"secret"))
      """
    try await withInputs(script) { folder in
      let path = folder + "/a.zip"
      #expect(try Listed(path).summary == ["a.zip#0 archive.encrypted"])
      #expect(try Listed(path, password: "wrong").summary == ["a.zip#0 archive.encrypted"])
      let listed = try Listed(path, password: "secret")
      #expect(listed.summary == ["a.zip#0"])
      #expect(listed.opened(by: ContainerReader(password: "secret")) == ["text"])
      #expect(listed.opened(by: ContainerReader()) == ["archive.encrypted"])
      #expect(listed.opened(by: ContainerReader(password: "wrong")) == ["archive.encrypted"])
    }
  }

  @Test func `Bombs end with a reason, and their neighbours come out`() async throws {
    let script = """
      zeros = bytes(40 << 20)
      write("a.zip", zip_([("good", b"1"), ("bomb", zeros), ("also", b"2")]))
      write("b.gz", gzip.compress(zeros))
      write("c.tar.gz", tar([("good", b"1"), ("bomb", zeros), ("also", b"2")], "w:gz"))
      """
    try await withInputs(script) { folder in
      let zip = try Listed(folder + "/a.zip")
      #expect(zip.opened(by: ContainerReader()) == ["1", "archive.bomb", "2"])
      #expect(try Listed(folder + "/b.gz").opened(by: ContainerReader()) == ["archive.bomb"])
      #expect(try Listed(folder + "/c.tar.gz").opened(by: ContainerReader()) == ["1", "archive.bomb", "archive.bomb"])
      var limits = InputLimits()
      (limits.ratio, limits.entryBytes) = (1 << 40, 1 << 20)
      let large = try Listed(folder + "/a.zip", limits: limits)
      #expect(large.opened(by: ContainerReader(limits: limits)) == ["1", "limit.entry_bytes", "2"])
      limits.entries = 2
      #expect(try Listed(folder + "/a.zip", limits: limits).summary.last == "a.zip#2 limit.entries")
    }
  }

  @Test func `An archive that is cut gives what it has, and says so`() async throws {
    let script = """
      data = tar([("a", b"1" * 3000), ("b", b"2" * 3000), ("c", b"3" * 3000)])
      write("a.tar", data[:6000]); packed = gzip.compress(os.urandom(90000)); write("b.gz", packed[:-500])
      """
    try await withInputs(script) { folder in
      let tar = try Listed(folder + "/a.tar")
      #expect(tar.summary == ["a.tar#0", "a.tar#1 archive.damaged", "a.tar#2 archive.damaged"])
      #expect(tar.opened(by: ContainerReader()).dropFirst() == ["archive.damaged", "archive.damaged"])
      #expect(try Listed(folder + "/b.gz").opened(by: ContainerReader()) == ["archive.damaged"])
    }
  }

  @Test func `An entry that cannot be unpacked takes no other with it`() async throws {
    let script = """
      data = bytearray(zip_([("a", b"1"), ("b", os.urandom(5000) + b"2" * 5000), ("c", b"3"), ("d", b"4" * 9000)]))
      place = data.index(b"PK\\3\\4", 10) + 40; data[place:place + 40] = bytes(40)
      write("a.zip", data)
      packed = bytearray(gzip.compress(b"text")); packed[-5] ^= 1; write("b.gz", packed)
      write("c.gz", gzip.compress(b"one, ") + gzip.compress(b"two") + b"garbage")
      write("d.gz.gz", gzip.compress(gzip.compress(b"text")))
      """
    try await withInputs(script) { folder in
      let zip = try Listed(folder + "/a.zip")
      #expect(zip.summary == ["a.zip#0", "a.zip#1 archive.damaged", "a.zip#2", "a.zip#3"])
      #expect(zip.opened(by: ContainerReader()) == ["1", "archive.damaged", "3", String(repeating: "4", count: 40)])
      for (name, ends) in [("b.gz", ["archive.damaged"]), ("c.gz", ["one, two"]), ("d.gz.gz", ["text"])] {
        let listed = try Listed(folder + "/" + name)
        #expect(listed.opened(by: ContainerReader()) == ends)
      }
    }
  }

  @Test func `In a collection of web archives only their records are documents`() async throws {
    let script = """
      record = b"WARC/1.1\\r\\nWARC-Type: resource\\r\\nContent-Length: 4\\r\\n\\r\\ntext\\r\\n\\r\\n"
      write("a.wacz", zip_([("datapackage.json", b"{}"), ("archive/data.warc.gz", gzip.compress(record) * 2),
          ("indexes/index.cdx.gz", gzip.compress(b"cdx")), ("pages/pages.jsonl", b"{}")], zipfile.ZIP_STORED))
      """
    try await withInputs(script) { folder in
      let ends = try Listed(folder + "/a.wacz").opened(by: ContainerReader())
      #expect(ends == ["warc.index", "text", "text", "warc.index", "warc.index"])
    }
  }
}
