import Testing

@testable import RecordStages

private func likeness(_ label: String, _ printed: String) -> Double { Label(label).likeness(to: Label(printed)) }

@Suite struct Labels {
  @Test(arguments: [
    ("属于国家秘密", "1.属于国家秘密"), ("属于国家秘密", "1、属于国家秘密"), ("危及“三安全一稳定”", "3.危及\"三安全一稳定\""),
    ("其他法律行政法规禁止公开", "2.其他法律法规禁止公开"), ("其他法律行政法规禁止公开", "2.其他法律行政止公开"),
    ("属于三类内部事务信息", "5.属于三类内容事务信息"), ("属于四类过程性信息", "6.属于四类过程性性信息"),
    ("部分公开（区分处理的，只计这一情形，不计其他情形）", "(二)部分公开(区分处理的,只计这一情况)"), ("总计", "(七)总计"), ("其他", "3.其他"),
    ("本年收费金额（单位：万元）", "本年收费金额"), ("规章", "规章(设区的市)"),
    ("行政许可", "行政许许可"), ("予以公开", "(一)予予以公开"), ("重复申请", "2.重复请"), ("商业企业", "商业企"),
  ])
  func `Numbering, punctuation, explanations and small damage do not hide a label`(label: String, printed: String) {
    #expect(likeness(label, printed) >= 0.6)
  }

  @Test(arguments: [
    ("予以公开", "不予公开"), ("重复申请", "大量反复申请"), ("其他", "法人或其他组织"), ("总计", "自然人"), ("其他", ""),
    ("结果维持", "结果纠正"), ("规章", "行政许可"), ("其他", "(六)其他处理"), ("总计", "总计人数"),
    ("行政处罚", "行政检查"), ("予以公开", "(三)不予公开"), ("行政许可", "行政"), ("总计", "总总人数"),
  ])
  func `Another label is not taken for it`(label: String, printed: String) {
    #expect(likeness(label, printed) < 0.6)
  }

  @Test func `The label itself is likelier than any text that holds it`() {
    #expect(likeness("其他", "其他") > likeness("其他", "3.其他"))
    #expect(likeness("其他处理", "其他处理") > likeness("其他处理", "(六)其他处理"))
  }
}

@Suite struct `Contrasts of labels` {
  private let label = Label("本年处理决定数量", contrasts: [Label.Contrast(["本年", "上年", "累计"])])

  @Test func `A letter that is wrong leaves the label what it is`() {
    #expect(label.likeness(to: Label("本年处理绝对数量")) > 0.7)
  }

  @Test(arguments: ["上年处理决定数量", "累计处理决定数量"])
  func `A word of the contrast makes another label of it`(text: String) {
    #expect(label.likeness(to: Label(text)) == 0)
    #expect(Label("本年处理决定数量").likeness(to: Label(text)) > 0.4)
  }
}
