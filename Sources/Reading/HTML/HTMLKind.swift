/// What an element of a page does to the text around it.
enum HTMLKind: UInt8 {
  /// A text, of no element.
  case text
  /// It stands within a line.
  case inline
  /// It begins and ends a line.
  case block
  case heading
  case lineBreak
  case table
  case row
  case cell
  case headerCell
  case caption
  /// What names or describes a column and prints nothing.
  case column
  case link
  /// A name of a list of names; what is said of it goes on with its line.
  case term
  case definition
  case preformatted
  /// Somebody may write into it; what stands in it is the text of a cell, and of nothing else.
  case field
  /// It shows one of its options.
  case choice
  case option
  case picture
  /// Nothing within it is the text of the page.
  case skipped
  /// A part of the site that says by its name that it is no part of the article.
  case chrome
  case head
  case title
  case meta
  case style
  /// Another document within the page.
  case frame

  /// By the name of the element, in lower case.
  init(_ name: String) { self = Self.known[name] ?? .inline }

  private static let known: [String: HTMLKind] = {
    var known: [String: HTMLKind] = [
      "br": .lineBreak, "table": .table, "tr": .row, "td": .cell, "th": .headerCell, "caption": .caption,
      "col": .column, "colgroup": .column, "a": .link, "dt": .term, "dd": .definition, "pre": .preformatted,
      "head": .head,
      "title": .title, "meta": .meta, "style": .style, "iframe": .frame, "frame": .frame, "embed": .frame,
      "object": .frame, "input": .field, "textarea": .field, "select": .choice, "option": .option, "img": .picture,
      "svg": .picture, "canvas": .picture, "math": .picture,
    ]
    for name in blockNames { known[name] = .block }
    for name in ["h1", "h2", "h3", "h4", "h5", "h6"] { known[name] = .heading }
    for name in skippedNames { known[name] = .skipped }
    for name in ["nav", "header", "footer", "aside"] { known[name] = .chrome }
    return known
  }()

  private static let blockNames = [
    "address", "article", "blockquote", "body", "center", "dir", "div", "dl", "fieldset", "figcaption", "figure",
    "form", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "section", "tbody", "tfoot", "thead", "ul",
    "details", "summary", "listing", "plaintext", "xmp",
  ]

  private static let skippedNames = [
    "script", "noscript", "template", "button", "rt", "rp", "audio", "video", "map", "noframes",
    "datalist", "applet", "base", "link", "xml", "dialog",
  ]
}
