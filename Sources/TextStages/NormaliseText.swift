public import DocumentModel
public import PipelineKit

/// Gives every line and every table cell its readable form and its form for comparisons.
///
/// Reads lines and tables, writes the same with `shown`, `folded` and the ways back to `raw` filled in.
///
/// ```
/// raw     ⼀、2024 年公開（gong）情况:共 １２ 件,①其他
/// shown   一、2024年公開（gong）情况：共12件，①其他      what a person should read
/// folded  一、2024年公開情况:共12件,①其他               what is compared (公開 too becomes 公开 with variants)
/// ```
///
/// Both start from a plain text: radicals and compatibility ideographs are replaced by the ideographs that they look
/// like, full-width digits and letters by ASCII, ligatures by letters, spaces by U+0020; zero-width and private-use
/// characters are gone. This goes by tables and not by NFKC, which makes 1 of ① and m2 of ㎡.
///
/// `shown` then has its punctuation after GB/T 15834 (``PunctuationRule``) and its spaces after common practice
/// (``SpacingRule``). `folded` has no white space, no quotation marks, one form of each dash and bracket, ASCII marks,
/// small letters, no readings injected after ideographs (``PinyinReading``), and the variants of the option file.
///
/// Fails where a text is wrong as a whole: a string decoded with the wrong encoding stays garbage. Punctuation is
/// decided line by line, so that a bracket closed in the next line goes by its own neighbours only.
public struct NormaliseText: Stage {
  /// The settings of ``NormaliseText``.
  public struct Options: StageOptions {
    /// Which marks `shown` has.
    public var punctuation = Punctuation.gbt15834
    /// Which spaces `shown` has.
    public var spacing = Spacing.tight
    /// A text file of characters and words that `folded` unifies: one `from=to` a line, comments after `#`.
    public var variants: OptionFile?

    /// The punctuation of `shown`.
    public enum Punctuation: String, Codable, CaseIterable, Sendable {
      /// Chinese marks beside Chinese characters, after the national standard GB/T 15834.
      case gbt15834
      /// As printed.
      case keep
    }

    /// The spaces of `shown`.
    public enum Spacing: String, Codable, CaseIterable, Sendable {
      /// None beside Chinese characters, single ones elsewhere.
      case tight
      /// As many as printed.
      case keep
    }

    /// No variants.
    public init() {}

    /// What each option means, for people who write pipeline files.
    public static let meanings = [
      "punctuation": "Which marks `shown` has.",
      "spacing": "Which spaces `shown` has.",
      "variants":
        "A text file of characters and words that `folded` unifies: one `from=to` a line, comments after `#`.",
    ]

    /// The file of variants.
    public var files: [OptionFile] { variants.map { [$0] } ?? [] }

    /// Writes every option, also one that is not set.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(punctuation, forKey: .punctuation)
      try container.encode(spacing, forKey: .spacing)
      try container.encode(variants, forKey: .variants)
    }

    private enum CodingKeys: String, CodingKey {
      case punctuation, spacing, variants
    }
  }

  /// See ``Stage/contract``.
  public static let contract = StageContract(
    "text.normalise", version: 2, summary: "Puts characters, spaces and punctuation right", reads: [],
    mayRead: [.lines, .tables], writes: [.lines, .tables])

  private let options: Options
  private let variants: CharacterVariants

  /// Reads the file of variants.
  ///
  /// - Throws: ``TextStageError`` with code `text.variants`.
  public init(options: Options) throws {
    self.options = options
    variants = try options.variants.map { try CharacterVariants(contentsOf: $0) } ?? CharacterVariants()
  }

  /// See ``Stage/run(_:in:)``.
  public func run(_ document: inout Document, in context: StageContext) {
    var forms = TextForms(punctuation: options.punctuation, spacing: options.spacing, variants: variants)
    if var lines = document.lines {
      document.lines = nil
      for index in lines.indices { forms.fill(&lines[index].text) }
      document.lines = lines
    }
    if var tables = document.tables {
      document.tables = nil
      for table in tables.indices {
        if var text = tables[table].caption?.text { forms.fill(&text); tables[table].caption?.text = text }
        if var text = tables[table].unit?.text { forms.fill(&text); tables[table].unit?.text = text }
        for cell in tables[table].cells.indices { forms.fill(&tables[table].cells[cell].text) }
      }
      document.tables = tables
    }
  }
}
