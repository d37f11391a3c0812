import DocumentModel
import PipelineKit

/// The words of the page in the languages that it has, all of which are in it: the reader chooses, and no script is needed.
///
///     <span lang="en">partial</span><span lang="zh">…</span>
enum OverviewLabels {
  /// The codes of the languages, the first one shown where nobody chooses.
  static let languages = all.map(\.language)

  private static let all: [(language: String, words: [String: String])] = {
    let json: JSONValue
    do { json = try JSONValue(json: PackageResources.overview_json) } catch {
      preconditionFailure("the words of the page are no JSON: \(error)")
    }
    return json.members.map { language in
      let words = language.value.members.compactMap { word in word.value.text.map { (word.key, $0) } }
      return (language.key, Dictionary(words, uniquingKeysWith: { $1 }))
    }
  }()

  /// A word in one language.
  static func word(_ key: String, in language: String, _ number: String? = nil) -> String {
    guard let word = all.first(where: { $0.language == language })?.words[key] else {
      preconditionFailure("the page has no word '\(key)' in '\(language)'")
    }
    return number.map { word.replacing("{n}", with: $0) } ?? word
  }
}

extension Markup {
  /// A word in all languages of the page.
  ///
  /// - Parameter number: stands in the place of `{n}`.
  static func word(_ key: String, _ number: Int? = nil) -> Markup {
    .group(
      OverviewLabels.languages.map {
        .of("span", ["lang": $0], OverviewLabels.word(key, in: $0, number?.grouped))
      })
  }

  /// Parts with a comma between them.
  static func list(_ parts: [Markup]) -> Markup {
    .group(parts.enumerated().flatMap { $0.offset == 0 ? [$0.element] : [.text(", "), $0.element] })
  }
}
