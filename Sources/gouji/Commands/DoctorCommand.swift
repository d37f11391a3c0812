import ArgumentParser
import PipelineKit
import Reading

/// `gouji doctor`: is everything there that reading documents needs?
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say which versions are at work, and what is missing with the command that installs it."
  ).ofGouji

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let hasLanguageData = PopplerVersion.installed.hasCharacterMaps
    let scans = OCRInstallation.current
    let tesseract = [scans.version ?? "", scans.languages.joined(separator: " ")].filter { !$0.isEmpty }
    let scanAdvice = scans.advice.map { ["missing, only scans need it: \($0)"] } ?? []
    let office = OfficeConverter.installed?.path ?? "missing, only '--convert' needs it: \(OfficeConverter.advice)"
    let library = try shared.library
    let names = library.names
    let places = try names.map { "\($0) in \(try library.path(of: $0))" }
    try Output.standard.say(
      """
      gouji          \(Gouji.version)
      poppler        \(PopplerVersion.installed.version)
      poppler-data   \(hasLanguageData ? "installed" : "missing: apt-get install poppler-data")
      poppler-glib   \(PopplerVersion.hasSecondReader ? "installed" : "missing, only the pictures of 'inspect' and 'pdfReader: glib' need it: apt-get install libpoppler-glib8")
      tesseract      \((tesseract + scanAdvice).joined(separator: "; "))
      libreoffice    \(office)
      pipelines      \(names.isEmpty ? "none found: give --pipelines DIR" : places.joined(separator: "\n" + String(repeating: " ", count: 15)))
      """)
    if !hasLanguageData || names.isEmpty { throw Ended(status: .dependencyMissing) }
  }
}
