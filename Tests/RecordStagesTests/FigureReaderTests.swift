import DocumentModel
import Testing

@testable import RecordStages

private let reader = FigureReader(
  countUnits: ["件", "条"], nothing: ["无"], multiples: ["万"], amountUnits: ["元", "万元", "亿元"],
  signs: ["减": "-", "减少": "-", "增": "+"],
  unitWords: Vocabulary.UnitWords(around: ["单位", "为"], marks: ["单位"], shares: ["%"]))
private func column(_ type: FigureType) -> FormColumn {
  FormColumn(key: "", group: nil, labels: [], type: type, units: type == .amount ? ["元": -4, "万元": 0, "亿元": 4] : [:])
}
private func token(_ text: String, _ type: FigureType = .count, head: HeadUnit = .unread) -> Token {
  reader.token(PrintedText(text), column: column(type), head: head)
}

@Suite struct `Reading a cell` {
  @Test(arguments: [("12", 12), ("0", 0), ("3,985,758", 3_985_758), ("1000000000000000000", 1_000_000_000_000_000_000)])
  func `A count is printed as it is`(text: String, value: Int) {
    #expect(token(text) == Token(raw: text, value: .integer(value), state: .printed))
  }

  @Test func `A unit or a note behind the figure makes it converted`() {
    #expect(token("12件").state == .converted)
    #expect(token("22(其中修订16件)").value == 22)
    #expect(token("22(其中修订16件)").note == "note (其中修订16件)")
  }

  @Test(arguments: [
    ("96171.6", "96171.6"), ("0", "0"), ("43.788万元", "43.788"), ("251000元", "25.1"), ("8元", "0.0008"), ("5000元", "0.5"),
    ("1,234.50", "1234.50"),
  ])
  func `An amount is kept as a decimal in the unit of its column`(text: String, value: String) {
    #expect(token(text, .amount).value == .string(value))
  }

  @Test(arguments: [("", ValueState.blank), (" ", .blank), ("/", .slash), ("-", .dash), ("—", .dash), ("无", .text)])
  func `What is no figure is never zero`(text: String, state: ValueState) {
    #expect(token(text).value == .null)
    #expect(token(text).state == state)
  }

  @Test func `The unit of the header holds for its cells`() {
    #expect(token("125000", .amount, head: .unit("元")).value == "12.5")
    #expect(token("125000", .amount, head: .unit("元")).state == .converted)
    #expect(token("12.5", .amount, head: .unit("万元")) == Token(raw: "12.5", value: "12.5", state: .printed))
    #expect(token("8040", .amount, head: .none).state == .uncertain)
    #expect(token("0", .amount, head: .none).state == .printed)
    #expect(token("1204", head: .scaled).state == .uncertain)
    #expect(token("8040", .amount, head: .unknown).state == .uncertain)
    #expect(token("8040(千元)", .amount, head: .unit("万元")).state == .unreadable)
  }

  @Test(arguments: [
    ("收费金额(单位:元)", HeadUnit.unit("元")), ("采购总金额(单位:万元,保留4位小数)", .unit("万元")), ("采购总金额", .none),
    ("收费金额(亿元)", .unit("亿元")), ("收费金额(单位为万元)", .unit("万元")), ("收费金额(单位:千元)", .unknown), ("收费金额(百万元)", .unknown),
    ("收费金额(10万元)", .unknown), ("收费金额(单位:美元)", .unknown), ("收费金额(元/万元)", .unknown), ("收费金额(万)", .none),
    ("收费金额(单位:元)(万元)", .unknown), ("收费金额(单位:元)(含罚没)", .unit("元")), ("收费金额(单位:元)万元", .unknown),
    ("收费金额单位:万元", .unit("万元")), ("收费金额(元)*", .unit("元")),
  ])
  func `The unit stands in the brackets of the header`(head: String, unit: HeadUnit) {
    #expect(reader.unit(inHead: head, of: column(.amount)) == unit)
  }

  @Test(arguments: ["数量(万件)", "数量(万)", "数量(10万)", "数量(%)", "数量单位:万件", "数量(单位:万件)(含其他)"])
  func `A header that counts in multiples or shares is seen`(head: String) {
    #expect(reader.unit(inHead: head, of: column(.count)) == .scaled)
  }

  @Test(arguments: ["数量(件)", "数量", "数量(10)", "单位数量"])
  func `A header that counts one by one needs no unit`(head: String) {
    #expect(reader.unit(inHead: head, of: column(.count)) == .unread)
  }

  @Test(arguments: [
    ("金额(万元)", "收费(元)", HeadUnit.unknown), ("金额(万元)", "收费(万元)", .unit("万元")), ("金额(万元)", "收费", .unit("万元")),
    ("金额", "收费(元)", .unit("元")), ("金额(万元)", "收费(千元)", .unknown), ("", "收费(元)", .unit("元")), ("", "收费", .unread),
  ])
  func `The unit of a row has to agree with that of its column`(head: String, label: String, unit: HeadUnit) {
    #expect(reader.unit(inHead: head, label: label, of: column(.amount)) == unit)
  }

  @Test(arguments: ["18'5", "1’85", "1\"8\"5", "1 85", "4`6085", "39´8127", "6｀3"])
  func `What stands between digits makes two numbers of them`(text: String) {
    let digits = text.unicodeScalars.enumerated().filter { $0.element.properties.numericType != nil }
    let printed = PrintedText(
      raw: text, shown: text, folded: text.filter(\.isNumber), foldedOffsets: .origins(digits.map { Int32($0.offset) }))
    #expect(reader.token(printed, column: column(.count)).state == .unreadable)
  }

  @Test func `A unit in brackets is a unit, a figure in brackets is none`() {
    #expect(token("125000(元)", .amount).value == "12.5")
    #expect(token("1(204)").state == .unreadable)
  }

  @Test(arguments: ["12①", "12*", "12²", "12件*", "12※", "12¹⁰", "12⁽³⁾", "12₃"])
  func `A mark that refers to a note is none of the figure`(text: String) {
    #expect(token(text).value == 12)
    #expect(token(text).state == .converted)
    #expect(token(text).note?.contains(text.suffix(1)) == true)
  }

  @Test func `A number in square brackets refers to a note, one in others may be another figure`() {
    func token(_ raw: String) -> Token {
      reader.token(PrintedText(raw: raw, shown: raw, folded: "12(1)"), column: column(.count))
    }
    #expect(token("12[1]").value == 12)
    #expect(token("12〔1〕").state == .converted)
    #expect(token("12(1)").state == .unreadable)
  }

  @Test(arguments: [("+1", 1), ("-2", -2), ("\u{2212}8", -8), ("—8", -8), ("减8", -8), ("减少8", -8), ("增3", 3), ("0", 0)])
  func `A change has a sign, or what stands for it`(text: String, value: Int) {
    #expect(token(text, .change).value == .integer(value))
  }

  @Test(arguments: ["减8?", "减-8", "减", "—8", "3.5"])
  func `What is no sign of a count is not read as one`(text: String) {
    #expect(token(text).value == .null)
  }

  @Test func `Noughts behind the point leave a count one`() {
    #expect(token("12.00").value == 12)
    #expect(token("12.00").state == .converted)
    #expect(token("12.50").note == FigureReader.notAnInteger)
  }

  @Test(arguments: ["1204**", "(1204)", "1\u{FFFD}4", "1204[1", "1,20", "12,34", "1,2345", "1204.", "l204", "12o4"])
  func `A damaged figure is a figure that cannot be read`(text: String) {
    #expect(reader.isFigureOrHole(PrintedText(text)))
    #expect(token(text).state == .unreadable)
  }

  @Test(arguments: ["1 2", "12.5", "12,34", "99999999999999999999", "3.其他", "12万元"])
  func `What cannot be a count is unreadable`(text: String) {
    #expect(token(text).value == .null)
    #expect(token(text).state == .unreadable)
  }

  @Test func `A change keeps its sign`() {
    #expect(token("-2", .change).value == -2)
    #expect(token("+173", .change).value == 173)
  }
}

@Suite struct `Numerals in words` {
  private let numerals = Numerals(
    digits: ["零": 0, "一": 1, "二": 2, "叁": 3, "三": 3, "五": 5],
    units: ["十": 10, "拾": 10, "百": 100, "仟": 1000, "万": 10000])

  @Test(arguments: [("叁仟", 3000), ("十二", 12), ("三百零五", 305), ("二万三百", 20300), ("十", 10), ("17", 17)])
  func `Numbers are read by place`(text: String, value: Int) {
    #expect(numerals.integer(text) == value)
  }

  @Test func `Other words are no number`() {
    #expect(numerals.integer("许多") == nil)
    #expect(numerals.integer("") == nil)
    #expect(numerals.integer("一二三") == nil)
  }
}
