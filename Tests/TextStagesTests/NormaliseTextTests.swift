import DocumentModel
import PipelineKit
import Testing

@testable import TextStages

private func normalised(_ raw: String, variants: String = "") throws -> PrintedText {
  var forms = TextForms(variants: try CharacterVariants(variants, name: "variants.txt"))
  var text = PrintedText(raw)
  forms.fill(&text)
  return text
}

private func shown(_ raw: String) throws -> String { try normalised(raw).shown }
private func folded(_ raw: String) throws -> String { try normalised(raw).folded }

/// What a range of a form was printed as.
private func printed(_ part: String, of form: KeyPath<PrintedText, String>, in text: PrintedText) throws -> String {
  let whole = Array(text[keyPath: form].unicodeScalars)
  let wanted = Array(part.unicodeScalars)
  let start = try #require(whole.indices.first { whole[$0...].starts(with: wanted) })
  let map = form == \.shown ? text.shownOffsets : text.foldedOffsets
  let raw = Array(text.raw.unicodeScalars)
  var result = ""
  result.unicodeScalars.append(contentsOf: raw[map.origins(of: start..<(start + wanted.count))])
  return result
}

@Test func `Normal text keeps its string and needs no way back`() throws {
  let text = try normalised("全年共办结12件")
  #expect(text.shown == text.raw && text.folded == text.raw)
  #expect(text.shownOffsets == .identity && text.foldedOffsets == .identity)
}

@Test func `Radicals and compatibility ideographs become the ideographs they look like`() throws {
  #expect(try shown("\u{2F00}\u{2F2F}\u{2FBD}\u{2EA0}\u{2ED3}\u{2EDA}\u{2ECB}\u{F9DB}\u{FACF}") == "一工髟民长页车率𢡊")
  #expect(try shown("\u{2F64}\u{2F3E}") == "用户")
  #expect(try shown("\u{FA0E}\u{FA27}") == "\u{FA0E}\u{FA27}")
}

@Test func `Circled numbers and squared units are left alone`() throws {
  #expect(try shown("①项目②面积12㎡") == "①项目②面积12㎡")
  #expect(try folded("①㎡") == "①㎡")
}

@Test(arguments: [
  ("14\u{E031}4", "14\u{FFFD}4"), ("\u{E031}4", "\u{FFFD}4"), ("4\u{1}", "4\u{FFFD}"), ("表\u{E031}一", "表一"),
  ("1\u{200B}2", "12"),
])
func `A character that nobody can read stays beside a digit, for it may have been one`(
  raw: String, expected: String
) throws {
  #expect(try shown(raw) == expected)
}

@Test func `Full-width letters, ligatures and invisible characters are put right`() throws {
  #expect(try shown("ＡＢ１２％＋\u{FB01}le\u{200B}\u{E001}\u{AD}x\u{FEFF}") == "AB12%+filex")
  let text = try normalised("\u{E000}共１２\u{200B}件")
  #expect(text.shown == "共12件")
  #expect(try printed("12件", of: \.shown, in: text) == "１２\u{200B}件")
}

@Test(arguments: [
  ("共12件,其中1,234条", "共12件，其中1,234条"),
  ("办结1，234件，退回2件", "办结1，234件，退回2件"),
  ("2019，2020年", "2019，2020年"),
  ("来源:某局;时间:15:36", "来源：某局；时间：15:36"),
  ("时间15：36", "时间15:36"),
  ("(一)主动公开", "（一）主动公开"),
  ("某省某市(2021)第3号", "某省某市（2021）第3号"),
  ("f(x) = y, see (1).", "f(x) = y, see (1)."),
  ("GDP(现价)增长", "GDP（现价）增长"),
  ("工作全部办理完毕.", "工作全部办理完毕。"),
  ("工作已全部办理.其余", "工作已全部办理。其余"),
  ("一.总则", "一.总则"),
  ("1．总则", "1.总则"),
  ("合格率99.86%,比例3．5%", "合格率99.86%，比例3.5%"),
  ("网址:http://a.cn/x?y=1,电邮:ab.c@d.cn.", "网址：http://a.cn/x?y=1，电邮：ab.c@d.cn."),
  ("做好\"放管服\"工作", "做好“放管服”工作"),
  ("it's \"fine\"", "it's \"fine\""),
  ("「一網」『通』", "“一網”‘通’"),
  ("为什么?好!", "为什么？好！"),
  ("等等...其他", "等等……其他"),
  ("公开--不公开", "公开——不公开"),
  ("电话0517-8360", "电话0517-8360"),
  ("(未闭合", "（未闭合"),
])
func `Punctuation is Chinese beside Chinese and ASCII in figures`(raw: String, expected: String) throws {
  #expect(try shown(raw) == expected)
}

@Test(arguments: [
  ("　　截至 2024 年 12 月 31 日 ", "截至2024年12月31日"),
  ("结果 维持", "结果维持"),
  ("iOS  17 版 和 App Store", "iOS 17版和App Store"),
  ("规章\t0\t12", "规章 0 12"),
  ("一、\t总则", "一、总则"),
  ("两行\n文字 two\nlines", "两行文字two lines"),
  ("坚持 “三审” 制", "坚持“三审”制"),
])
func `Spaces stand between Latin words only`(raw: String, expected: String) throws {
  #expect(try shown(raw) == expected)
}

@Test func `Punctuation and spaces are kept on request`() {
  var forms = TextForms(punctuation: .keep, spacing: .keep)
  var text = PrintedText("共　１２ 件,其中(甲)")
  forms.fill(&text)
  #expect(text.shown == "共 12 件,其中(甲)")
  #expect(text.folded == "共12件,其中(甲)")
}

@Test func `Texts that mean the same fold to the same`() throws {
  let forms = ["（一）“主动” 公开：A、B", "(一)\"主动\"公开:ａ、ｂ", "㈠ 「主动」公开﹕a､b", "【一】主动公開:A、B"]
  for form in forms { #expect(try normalised(form, variants: "開=开").folded == "(一)主动公开:a、b") }
  #expect(try folded("⑴甲⒉乙") == "(1)甲2.乙")
  #expect(try folded("〔2021〕《办法》〈x〉") == "〔2021〕《办法》〈x〉")
  #expect(try folded("3—5－7―9") == "3-5-7-9")
}

@Test func `Injected readings are deleted for comparisons only`() throws {
  let text = try normalised("行政服務(wù)公(gong)(gong)開(kāi)")
  #expect(text.folded == "行政服務公開")
  #expect(text.shown == "行政服務（wù）公（gong）（gong）開（kāi）")
  #expect(try printed("公開", of: \.folded, in: text) == "公(gong)(gong)開")
  #expect(try folded("客户端(app)及总值(GDP)与(an)") == "客户端(app)及总值(gdp)与")
}

@Test func `Variants are replaced, the longest first, and point back`() throws {
  let variants = "# from=to\n資訊=信息  # a word\n資=资\n訊=讯\n規=规\n檔案=文件\n"
  let text = try normalised("資 訊公開規範性檔案:資格", variants: variants)
  #expect(text.folded == "信息公開规範性文件:资格")
  #expect(try printed("信息", of: \.folded, in: text) == "資 訊")
  #expect(try printed("资格", of: \.folded, in: text) == "資格")
  #expect(text.shown == "資訊公開規範性檔案：資格")
}

@Test func `Lines of the variants may end in any way`() throws {
  #expect(try normalised("資訊公開", variants: "資訊=信息 # a word\r\n\r\n開=开\r\n").folded == "信息公开")
}

@Test func `A line of the variants without an equals sign is refused`() {
  #expect {
    try CharacterVariants("甲=乙\n丙丁\n", name: "v.txt")
  } throws: { error in
    "\(error)".contains("v.txt:2:")
  }
}

@Test func `The way back is right for every scalar`() throws {
  for raw in ["", " ", "　１，２３４ 件(其中 a b)\t，—— 「x」 ...", "\u{FB03}\u{FACF}\u{200D}é\u{301}ＸＹ⑿"] {
    let text = try normalised(raw)
    for (form, map) in [(text.shown, text.shownOffsets), (text.folded, text.foldedOffsets)] {
      let origins = (0..<form.unicodeScalars.count).map(map.origin)
      #expect(origins == origins.sorted())
      #expect(origins.allSatisfy { (0..<raw.unicodeScalars.count).contains($0) })
    }
  }
}

@Test func `Lines and cells are normalised`() async throws {
  var document = textDocument("一、 概 况\n\n共１件")
  document.tables = [
    Table(
      id: "t1", kind: .text, rows: 1, columns: 1, cells: [Cell(row: 0, column: 0, text: PrintedText("总\n计"))],
      columnEvidence: .ordered)
  ]
  let result = try await run(NormaliseText(options: .init()), on: document)
  #expect(result.lines?.map(\.text.shown) == ["一、概况", "共1件"])
  #expect(result.tables?[0].cells[0].text.folded == "总计")
  #expect(try await run(NormaliseText(options: .init()), on: Document(source: Source(uri: "x"))).lines == nil)
}
