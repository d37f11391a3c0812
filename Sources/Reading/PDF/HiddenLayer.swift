import DocumentModel

extension Page {
  /// Whether pictures cover half of it or more.
  var isCoveredByPictures: Bool {
    let area = images.reduce(0.0) { sum, image in
      sum + max(0, min(image.x1, width) - max(image.x0, 0)) * max(0, min(image.y1, height) - max(image.y0, 0))
    }
    return area >= 0.5 * width * height
  }

  /// Whether its text is a layer below a picture of it that is not shown, as programs leave it that recognise scans. A
  /// number or a stamp that was put on the page later is shown.
  var hasHiddenLayer: Bool {
    guard glyphs.contains(where: \.isHidden), isCoveredByPictures else { return false }
    let inked = glyphs.lazy.filter { !$0.scalar.properties.isWhitespace }
    let hidden = inked.count(where: \.isHidden)
    return hidden > 0 && hidden >= 4 * (inked.count - hidden)
  }

  /// Takes the layer for the text of the page, as one that was recognised.
  mutating func showHiddenLayer() {
    for index in glyphs.indices { glyphs[index].isHidden = false }
    isRecognised = true
  }
}
