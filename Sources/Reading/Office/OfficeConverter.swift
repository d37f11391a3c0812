import FoundationEssentials
public import PipelineKit

/// An office program on this machine that makes Word files (DOCX) of older ones and of their like.
public struct OfficeConverter: Sendable {
  /// The path of the program.
  public let path: String

  /// LibreOffice where programs are looked for; nil where there is none.
  public static var installed: OfficeConverter? {
    ConfinedProgram.find(["soffice", "libreoffice"]).map { OfficeConverter(path: $0) }
  }

  /// The command that installs it.
  public static let advice = "apt-get install libreoffice-writer-nogui"

  /// The name and the version of what converts a document, for ``RunRequest/converter``; nil where it needs no conversion.
  public static func name(for document: SourceContent) -> String? {
    guard case .office = MediaType(of: document.bytes) else { return nil }
    return installed?.version ?? "LibreOffice"
  }

  /// What its settings say that it is; nil where they say nothing.
  private var version: String? {
    let folder = URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent()
    let found = [("bootstraprc", "ProductKey="), ("versionrc", "buildid=")].compactMap { file, key in
      FileManager.default.contents(atPath: folder.appending(path: file).path).flatMap { bytes in
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first { $0.hasPrefix(key) }
      }.map { $0.dropFirst(key.count) }
    }
    return found.count == 2 ? "\(found[0]) (build \(found[1]))" : nil
  }

  /// The most bytes of a Word file; what is unpacked of it has limits of its own.
  private static let outputLimit = 1 << 28

  /// Where Debian has its settings and extensions, beside what every program reads.
  private static let folders = ["/etc/libreoffice", "/var/lib/libreoffice", "/var/spool/libreoffice"]

  /// Makes a Word file of a document, with a profile of its own that is new each time.
  func wordFile(of document: Data, ending: String, timeout: Double) throws -> ConfinedProgram.Ending {
    let program = ConfinedProgram(path, timeout: timeout, outputLimit: Self.outputLimit, folders: Self.folders)
    let files = ["source.\(ending)": document, "profile/user/registrymodifications.xcu": Data(Self.settings.utf8)]
    return try program.run(on: files, making: "source.docx") { folder in
      let profile = folder.appending(path: "profile").absoluteString
      return [
        "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "-env:UserInstallation=\(profile)",
        "--convert-to", "docx", "--outdir", folder.path, folder.appending(path: "source.\(ending)").path,
      ]
    }
  }

  /// No macros, no Java, nothing fetched that a document links to.
  private static var settings: String {
    let common = "/org.openoffice.Office.Common"
    let values = [
      ("\(common)/Security/Scripting", "MacroSecurityLevel", "3"),
      ("\(common)/Security/Scripting", "DisableMacrosExecution", "true"),
      // Unknown to LibreOffice before 24.2.
      ("\(common)/Security/Scripting", "DisableActiveContent", "true"),
      ("\(common)/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
      ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
      ("/org.openoffice.Office.Writer/Content/Update", "Field", "false"),
      ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ].map { path, name, value in
      "<item oor:path=\"\(path)\"><prop oor:name=\"\(name)\" oor:op=\"fuse\"><value>\(value)</value></prop></item>"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\(values.joined())</oor:items>
      """
  }
}
