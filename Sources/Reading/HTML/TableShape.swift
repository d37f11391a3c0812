import DocumentModel

/// What a table of a page looks like, by which tables of data are told from those that lay out a page.
struct TableShape {
  /// The index of the table around it.
  var parent: Int?
  /// How many tables of data stand in it.
  var innerTables = 0
  /// Whether it is a table of data; set when all within it are known.
  var holdsData = false
  private var rows = 0
  private var cellsOfRow = 0
  private var mostCells = 0
  private var cells = 0
  private var figures = 0
  private var blanks = 0
  private var names = 0
  private var headers = 0
  /// Cells that read like text that runs on, or have headings.
  private var flows = 0
  private var printed = 0
  private var linked = 0

  init(parent: Int?) { self.parent = parent }

  /// A cell, without what stands in tables within it.
  struct CellShape {
    /// Its first characters.
    private(set) var text: [UInt8] = []
    private(set) var printed = 0
    private(set) var linked = 0
    private(set) var isHeader = false
    var isFlow = false

    private static let longest = 96

    /// Begins another cell.
    mutating func clear(isHeader: Bool) {
      if !text.isEmpty { text.removeAll(keepingCapacity: true) }
      (printed, linked, isFlow) = (0, 0, false)
      self.isHeader = isHeader
    }

    mutating func add(_ bytes: ArraySlice<UInt8>, isLinked: Bool) {
      let count = bytes.printed
      printed += count
      if isLinked { linked += count }
      if text.count < Self.longest { text.append(contentsOf: bytes.prefix(Self.longest)) }
    }
  }

  mutating func beginRow() {
    rows += 1
    cellsOfRow = 0
  }

  mutating func add(_ cell: CellShape, isName: Bool) {
    if rows == 0 { beginRow() }
    cells += 1
    cellsOfRow += 1
    mostCells = max(mostCells, cellsOfRow)
    printed += cell.printed
    linked += cell.linked
    if cell.isHeader { headers += 1 }
    if isName { names += 1 }
    if cell.isFlow || cell.printed > 900 { flows += 1 }
    switch MarkupFigure(cell.text) {
    case .blank: blanks += 1
    case .figure: figures += 1
    case .words: break
    }
  }

  /// Whether its cells name particulars of the document and say them, in pairs.
  var isListOfParticulars: Bool { innerTables == 0 && names >= 2 && 3 * names >= cells - blanks && figures <= names }

  /// A table lays out a page where it has only one column, or one row without figures, or tables of data in it, or cells of
  /// running text or links and hardly a figure.
  var isData: Bool {
    guard cells > 1, mostCells > 1, printed > 0, !isListOfParticulars else { return false }
    if innerTables > 0 { return figures >= 6 }
    if rows == 1 { return figures >= 2 && flows == 0 }
    if flows > 0, figures < 4 { return false }
    return figures > 0 || 2 * linked < printed
  }
}

/// What a cell of markup holds, as far as tables of data have to be told from others.
enum MarkupFigure {
  case blank
  case figure
  case words

  /// Looks at a text in UTF-8: a figure is an optional sign, digits with separators, and at most three more characters.
  init(_ text: some Collection<UInt8>) {
    // Most words begin with a Latin letter or an ideograph, which no figure and no blank does.
    if let first = text.first(where: { $0 > 0x20 }), first >= 0xE4 && first <= 0xE9 || 0x41...0x7A ~= first {
      self = .words
      return
    }
    var (bytes, decoder) = (text.makeIterator(), UTF8())
    /// The next character that is printed; of bytes that are no character U+FFFD.
    func next() -> UInt32? {
      while true {
        switch decoder.decode(&bytes) {
        case .scalarValue(let scalar): if !Self.isBlank(scalar.value) { return scalar.value }
        case .error: return 0xFFFD
        case .emptyInput: return nil
        }
      }
    }
    guard var last = next() else {
      self = .blank
      return
    }
    var more = 0
    if [0x2B, 0x2D, 0x2212, 0xFF0D, 0xFF0B].contains(last) {
      more = 1
      last = next() ?? 0
    }
    guard Self.isDigit(last) else {
      self = .words
      return
    }
    var following = next()
    while let value = following, Self.isDigit(value) || [0x2C, 0x2E, 0xFF0C, 0xFF0E].contains(value) {
      following = next()
    }
    while following != nil, more <= 4 {
      more += 1
      following = next()
    }
    self = more <= 4 ? .figure : .words
  }

  private static func isDigit(_ value: UInt32) -> Bool {
    (0x30...0x39).contains(value) || (0xFF10...0xFF19).contains(value)
  }

  /// White space and characters without a mark.
  private static func isBlank(_ value: UInt32) -> Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200F, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
    default: false
    }
  }
}
