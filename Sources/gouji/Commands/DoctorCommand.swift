import ArgumentParser
import PipelineKit
import Reading

/// `gouji doctor`: is everything there that reading documents needs?
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say which versions are at work, and what is missing with the command that installs it.")

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let hasLanguageData = PopplerVersion.installed.hasCharacterMaps
    let names = try shared.library.names
    try Output.standard.write(
      """
      gouji          \(Gouji.version)
      poppler        \(PopplerVersion.installed.version)
      poppler-data   \(hasLanguageData ? "installed" : "missing: apt-get install poppler-data")
      pipelines      \(names.isEmpty ? "none found: give --pipelines DIR" : names.joined(separator: ", "))
      """)
    if !hasLanguageData || names.isEmpty { throw Ended(status: .dependencyMissing) }
  }
}
