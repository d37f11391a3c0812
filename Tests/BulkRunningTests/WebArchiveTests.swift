import BulkRunning
import DocumentModel
import Foundation
import PipelineKit
import Testing

/// Web archives that are written here, byte by byte.
@Suite struct `Web archives` {
  private static let prelude = #"""
    import base64, hashlib
    def record(kind, block, target="http://a.example/x", version="WARC/1.1", end="\r\n", **more):
        fields = [version, f"WARC-Type: {kind}", f"WARC-Target-URI: {target}", "WARC-Date: 2025-03-01T08:00:00Z",
                  "WARC-Record-ID: <urn:uuid:1>"] + [f"{k.replace('_', '-')}: {v}" for k, v in more.items()]
        if kind in ("response", "request", "revisit"): fields.append(f"Content-Type: application/http;msgtype={kind}")
        return (end.join(fields + [f"Content-Length: {len(block)}"]) + end * 2).encode() + block + (end * 2).encode()
    def http(body, status="200 OK", **more):
        return (f"HTTP/1.1 {status}\r\n" + "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in more.items()) + "\r\n").encode() + body
    def chunked(body): return b"%x\r\n" % 3 + body[:3] + b"\r\n%X;a=b\r\n" % (len(body) - 3) + body[3:] + b"\r\n0\r\n\r\n"
    def sha1(body): return "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()
    raw = zlib.compressobj(wbits=-15); raw = raw.compress(b"a deflated body") + raw.flush()
    records = [
        record("warcinfo", b"software: x"), record("request", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", http(b"plain body", Content_Type="text/html"), WARC_Payload_Digest=sha1(b"plain body")),
        record("response", http(chunked(b"chunked body"), Transfer_Encoding="chunked")),
        record("response", http(b"no chunks at all", Transfer_Encoding="chunked")),
        record("response", http(chunked(gzip.compress(b"packed body")), Transfer_Encoding="chunked", Content_Encoding="gzip")),
        record("response", http(b"not packed at all", Content_Encoding="gzip")),
        record("response", http(raw, Content_Encoding="deflate")),
        record("response", http(zlib.compress(b"a zlib body"), Content_Encoding="deflate")),
        record("response", http(b"(\xb5/\xfd", Content_Encoding="zstd")),
        record("response", http(b"%PDF-1.4 br", Content_Encoding="br")),
        record("response", http(b"gone", status="404 Not Found")), record("response", http(b"", status="302 Found")),
        record("revisit", http(b"")), record("response", http(b"part"), WARC_Truncated="length"),
        record("resource", b"a resource", version="WARC/0.17"), record("conversion", b"text", version="WARC/0.18"),
        record("resource", b"1.2.3.4", target="dns:a.example"), record("metadata", b"fetchTimeMs: 1"),
        record("response", http(zip_([("x.txt", b"inside"), ("y", b"")])), target="<http://a.example/z>"),
    ]

    """#

  /// What all readings of these records give.
  private static let expected = [
    "plain body", "chunked body", "no chunks at all", "packed body", "not packed at all", "a deflated body",
    "a zlib body", "warc.encoding", "%PDF-1.4 br", "warc.status", "warc.status", "warc.revisit", "warc.truncated",
    "a resource", "text", "inside", "",
  ]

  @Test func `What is packed by Brotli is unpacked, and what the crawler unpacked is left as it is`() async throws {
    let records = #"""
      def br(body): return record("response", http(body, Content_Encoding="br"))
      packed = bytes.fromhex("8b05806120626f647920627920627203")
      bomb = bytes.fromhex("cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd1fffffffe09f0088c30200ddfb3ffeffffc13f011087"
          "0500baf77ffcffff837f02200e0b0074effff8ffff07ff04401c1600e8defff1ffff0ffe0980382c00d0bdffcbffff3ffc130071")
      write('a', b''.join([br(packed), br(packed[:-3]), br(bytes.fromhex("5b7f1a865f0a2f2f2e0b0370240c04")),
          br(bomb), br(b"plain text"), br(b"3,a,b"), br("\u5e74\u5ea6\u62a5\u544a".encode()), br(b"\xef\xbb\xbf<p>"), br(b""),
          record("response", http(chunked(packed), Transfer_Encoding="chunked", Content_Encoding="br"))]))
      """#
    try await withInputs(Self.prelude + records) { folder in
      let listed = try Listed(folder + "/a")
      let pairs = String(repeating: "xy", count: 20)
      #expect(
        listed.opened(by: ContainerReader()) == [
          "a body by br", "warc.damaged", pairs, "archive.bomb", "plain text", "3,a,b",
          "\u{5E74}\u{5EA6}\u{62A5}\u{544A}",
          "\u{FEFF}<p>", "", "a body by br",
        ])
      #expect(try ContainerReader().content(at: listed.lines[2].address).bytes.count == 400_000)
    }
  }

  @Test func `What is deflated comes out to its last byte, whatever fits into a step`() async throws {
    let records = """
      def raw(body):
          packer = zlib.compressobj(9, wbits=-15); return packer.compress(body) + packer.flush()
      write('a', b''.join(record("response", http(raw(b"z" * n), Content_Encoding="deflate")) for n in range(65536, 66200, 41)))
      """
    try await withInputs(Self.prelude + records) { folder in
      let counts = try Listed(folder + "/a").lines.map { try ContainerReader().content(at: $0.address).bytes.count }
      #expect(counts == Array(stride(from: 65536, to: 66200, by: 41)))
    }
  }

  @Test func `What a server says of the encoding goes with the document`() async throws {
    let records = """
      write('a', record("response", http(b"a", Content_Type="text/html; Charset=\\"GBK\\"")) + record("response", http(b"b",
      Content_Type="text/html")) + record("response", http(b"c", Content_Type="text/plain;x=1;charset=big5")))
      """
    try await withInputs(Self.prelude + records) { folder in
      let reader = ContainerReader()
      let charsets = try Listed(folder + "/a").lines.map { line in
        try reader.content(at: line.address).content(id: line.id).charset
      }
      #expect(charsets == ["gbk", nil, "big5"])
    }
  }

  @Test(arguments: [
    "b''.join(records)", "b''.join(map(gzip.compress, records))", "gzip.compress(b''.join(records))",
    "bz2.compress(b''.join(records))",
    "tar([('t', b'plain body'), ('a.warc', b''.join(records[3:]))], 'w:gz')",
    "zip_([('t', b'plain body'), ('archive/a.warc.gz', b''.join(map(gzip.compress, records[3:])))], zipfile.ZIP_STORED)",
  ])
  func `Every record comes out once, however the archive is packed`(make: String) async throws {
    try await withInputs(Self.prelude + "write('a', \(make))") { folder in
      let listed = try Listed(folder + "/a")
      #expect(listed.opened(by: ContainerReader()) == Self.expected)
      #expect(Set(listed.lines.map(\.id)).count == Self.expected.count)
      let reader = ContainerReader()
      for (line, text) in zip(listed.lines, Self.expected).reversed()
      where line.reason == nil && text != "warc.encoding" {
        #expect(try reader.content(at: line.address).bytes.starts(with: Data(text.utf8)))
      }
    }
  }

  @Test func `A record is known by its place, and says where it is from`() async throws {
    try await withInputs(
      Self.prelude + "write('a', b''.join(records)); write('b', b''.join(map(gzip.compress, records)))"
    ) {
      folder in
      for name in ["a", "b"] {
        let lines = try Listed(folder + "/" + name).lines
        let data = try Data(contentsOf: URL(filePath: folder + "/" + name))
        guard case .range(let offset, let length)? = lines[0].address.steps.last else { return #expect(Bool(false)) }
        let start = name == "a" ? Data("WARC/1.1".utf8) : Data([0x1F, 0x8B])
        let next = name == "a" ? Data("\r\n\r\nWARC/1.1".utf8) : start
        #expect(data[offset...].starts(with: start) && data[(offset + length)...].starts(with: next))
        let document = try ContainerReader().content(at: lines[0].address)
        let member = try #require(document.member)
        #expect(member.offset == offset && member.length == length && member.container == folder + "/" + name)
        #expect(member.targetURI == "http://a.example/x" && member.date == "2025-03-01T08:00:00Z")
        #expect(member.recordID == "<urn:uuid:1>" && member.digest?.hasPrefix("sha1:") == true)
        #expect(document.diagnostics.isEmpty)
        #expect(lines.last?.address.steps.count == 2)
      }
    }
  }

  @Test(arguments: [
    ("sha1(b'body')", []), ("sha1(chunked(b'body'))", []), ("'sha256:' + hashlib.sha256(b'body').hexdigest()", []),
    ("'md5:' + hashlib.md5(b'body').hexdigest()", []), ("sha1(b'other')", ["warc.digest_wrong"]),
    ("'tiger:00'", ["warc.digest_unknown"]),
  ])
  func `The digest of the payload is checked, with chunks or without`(digest: String, codes: [String]) async throws {
    let script = """
      write('a', record('response', http(chunked(b'body'), Transfer_Encoding='chunked'), WARC_Payload_Digest=\(digest)))
      """
    try await withInputs(Self.prelude + script) { folder in
      let document = try ContainerReader().content(at: try #require(try Listed(folder + "/a").lines.first).address)
      #expect(document.bytes == Data("body".utf8))
      #expect(document.diagnostics.map(\.code) == codes)
      #expect(document.content(id: "x").document().diagnostics.map(\.code) == codes)
    }
  }

  @Test(arguments: ["lambda r: r", "gzip.compress"])
  func `What is damaged is said, and what follows is read`(pack: String) async throws {
    let script = """
      pack = \(pack)
      good = [pack(record("resource", b"r%d" % i * 400)) for i in range(4)]
      lies = pack(record("resource", b"x").replace(b"Content-Length: 1", b"Content-Length: 91"))
      none = pack(record("resource", b"x").replace(b"Content-Length", b"Length"))
      write('a', good[0] + lies + good[1] + none + b"junk\\n" * 9 + good[2] + good[3][:-20])
      """
    try await withInputs(Self.prelude + script) { folder in
      let listed = try Listed(folder + "/a")
      let ends = listed.opened(by: ContainerReader()).map { String($0.prefix(14)) }
      #expect(ends.filter { $0.hasPrefix("r") } == (0..<3).map { "r\($0)r\($0)r\($0)r\($0)r\($0)r\($0)r\($0)" })
      #expect(ends.last == "warc.truncated")
      #expect(ends.count { $0 == "warc.damaged" } >= 2)
    }
  }

  @Test func `A name or an address of any length makes a line of bounded length`() async throws {
    let script = #"""
      write('a', record('resource', b'text', target="http://a.example/" + "\x01" * 90000, WARC_X="y" * 90000))
      write('b.tar', tar([("\u4E2D" * 50000, b"text"), ("\udcd6" * 50000, b"text")], format=tarfile.PAX_FORMAT))
      """#
    try await withInputs(Self.prelude + script) { folder in
      let lines = try Listed(folder).lines
      #expect(lines.count == 3)
      for line in lines { #expect(line.json.line.count < 32_000) }
      #expect(lines[1].name?.text?.allSatisfy { $0 == "\u{4E2D}" } == true)
    }
  }

  @Test func `Bare line feeds, doubled carriage returns and missing blank lines are read`() async throws {
    let script = """
      write('a', b''.join(record('resource', b'r%d' % i, end="\\n") for i in range(3)))
      write('b', b''.join(record('resource', b'r%d' % i)[:-4] for i in range(3)))
      write('c', b''.join(record('resource', b'r%d' % i, end="\\r\\r\\n") for i in range(3)))
      """
    try await withInputs(Self.prelude + script) { folder in
      for name in ["a", "b", "c"] {
        let listed = try Listed(folder + "/" + name)
        #expect(listed.opened(by: ContainerReader()) == ["r0", "r1", "r2"])
      }
    }
  }
}
