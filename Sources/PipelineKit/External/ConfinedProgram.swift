import CJail
public import FoundationEssentials
import Glibc
import SystemPackage

/// Another program that makes a file out of files, in a folder of its own that is there only while it works.
///
/// ```
///  files ──► folder ──► program ──► folder/NAME ──► bytes
///            └─ removed afterwards, also when this process is killed: then a watch does it, once it has ended the program
/// ```
///
/// It is for programs that are trusted themselves, with files of strangers. Within its folder it may do what it likes; it
/// reads no other files than those of the system and of the program, writes nowhere else (Landlock, where this system has
/// it), reaches no network (seccomp), and has bounded time, memory and files. It is told nothing of this process but where
/// programs are found. What it starts ends with it.
public struct ConfinedProgram: Sendable {
  /// The path of the program.
  public var path: String
  /// The most seconds that it may take.
  public var timeout: Double
  /// A file that it makes has fewer bytes.
  public var outputLimit: Int
  /// Other folders that it reads.
  public var folders: [String]

  /// The most bytes of address space, which office programs take a lot of and do not use.
  private static let memory: UInt64 = 8 << 30
  /// The most bytes of it that they fill.
  private static let data: UInt64 = 2 << 30
  /// Where programs, their libraries, fonts and settings are. What people and services keep is elsewhere.
  private static let readable = [
    "/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/proc", "/sys", "/dev/null", "/dev/zero",
    "/dev/random", "/dev/urandom", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/passwd",
    "/etc/nsswitch.conf", "/etc/fonts", "/var/cache/fontconfig",
  ]

  /// A program by its path.
  public init(_ path: String, timeout: Double, outputLimit: Int, folders: [String] = []) {
    (self.path, self.timeout, self.outputLimit, self.folders) = (path, timeout, outputLimit, folders)
  }

  /// The path of the first of these programs that is found where the environment says that programs are.
  public static func find(_ names: [String]) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
    for name in names {
      for folder in folders where folder.hasPrefix("/") && access("\(folder)/\(name)", X_OK) == 0 {
        return "\(folder)/\(name)"
      }
    }
    return nil
  }

  /// Whether this system can hold programs to their files (Landlock); the rest it must, or they are not started.
  public static var isHeldToFiles: Bool { gouji_can_restrict_files() != 0 }

  /// How it ended.
  public enum Ending: Equatable, Sendable {
    /// It made the file.
    case made(Data)
    /// It made none, or something else; how it ended, and the last that it said.
    case failed(String)
    /// Its time was over.
    case tooSlow
    /// It made a file of too many bytes.
    case tooLarge
  }

  /// Gives the program its files, and takes the one that it has made.
  ///
  /// - Parameters:
  ///   - files: by their paths in the folder.
  ///   - name: the name in the folder of the file that it makes.
  ///   - arguments: are told the folder.
  /// - Throws: ``PipelineError`` with the code `scratch.not_writable`.
  public func run(
    on files: [String: Data], making name: String, arguments: (_ folder: URL) -> [String]
  ) throws -> Ending {
    let folder = try Self.newFolder()
    let started = MarkedProcesses(folder: folder.path)
    defer { started.forget() }
    defer { remove(folder) }
    do {
      for (file, bytes) in files {
        let place = folder.appending(path: file)
        try FileManager.default.createDirectory(
          at: place.deletingLastPathComponent(), withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
        try bytes.write(to: place)
      }
    } catch {
      throw PipelineError("scratch.not_writable", "\(folder.path): \(plainReason(error))", underlying: error)
    }
    var status: Int32 = 0
    var said = [CChar](repeating: 0, count: 2048)
    let end = confined(arguments(folder), in: folder.path, "\(MarkedProcesses.name)=\(started.value)") { how in
      gouji_run_confined(&how, &status, &said, said.count)
    }
    started.end(nil)
    switch end {
    case GOUJI_CONFINED_TIMEOUT: return .tooSlow
    case GOUJI_CONFINED_LOST: return .failed("it is not known how it ended")
    case GOUJI_CONFINED_NOT_STARTED: return .failed("it cannot be started: \(SystemError(number: status))")
    default:
      let file = try made(folder.appending(path: name).path)
      if file == .tooLarge || status & 0x7F == SIGXFSZ { return .tooLarge }
      return status == 0 ? file ?? .failed(Self.words(status, said)) : .failed(Self.words(status, said))
    }
  }

  /// The file at a path, which may be anything; nil where there is none.
  private func made(_ path: String) throws -> Ending? {
    var file = stat()
    guard lstat(path, &file) == 0, file.st_mode & S_IFMT == S_IFREG else { return nil }
    let size = Int(file.st_size)
    return size >= outputLimit ? .tooLarge : .made(Data(try FileBytes(path: path).bytes(in: 0..<size)))
  }

  /// How it ended, and the last that it said.
  private static func words(_ status: Int32, _ said: [CChar]) -> String {
    let signal = status & 0x7F
    let ending = signal == 0 ? "it ended with \(status >> 8 & 0xFF)" : "signal \(signal) ended it"
    let text = String(decoding: said.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let last = text.split(whereSeparator: \.isNewline).last.map { "; it said: \($0.prefix(200))" }
    return (status == 0 ? "it made no file" : ending) + (last ?? "")
  }

  /// Calls `body` with what C is told.
  private func confined<Result>(
    _ arguments: [String], in folder: String, _ mark: String, _ body: (inout gouji_confinement) -> Result
  ) -> Result {
    let searched = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let variables = ["PATH=\(searched)", "LANG=C.UTF-8", mark] + Self.homes.map { "\($0)=\(folder)" }
    let lists = [[path] + arguments, variables, Self.readable + folders + [home]].map { list in
      list.map { UnsafePointer(strdup($0)) } + [nil]
    }
    let place = strdup(folder)
    defer {
      for text in lists.joined() { free(UnsafeMutablePointer(mutating: text)) }
      free(place)
    }
    return lists[0].withUnsafeBufferPointer { words in
      lists[1].withUnsafeBufferPointer { environment in
        lists[2].withUnsafeBufferPointer { readable in
          var how = gouji_confinement(
            words: words.baseAddress, environment: environment.baseAddress, folder: place,
            readable: readable.baseAddress, seconds: timeout, memory: Self.memory, data: Self.data,
            file_bytes: UInt64(outputLimit))
          return body(&how)
        }
      }
    }
  }

  /// The folder of the program and of what belongs to it; those of office programs are beside the folder `program`.
  private var home: String {
    let folder = FilePath(URL(filePath: path).resolvingSymlinksInPath().path).removingLastComponent()
    return (folder.lastComponent == "program" ? folder.removingLastComponent() : folder).string
  }

  /// A folder that was not there before, and that is nobody else's.
  private static func newFolder() throws -> URL {
    let template = FileManager.default.temporaryDirectory.appending(path: "gouji-XXXXXX").path
    let path = strdup(template)
    defer { free(path) }
    guard let path, mkdtemp(path) != nil else {
      throw PipelineError("scratch.not_writable", "\(template): \(SystemError(number: errno))")
    }
    return URL(filePath: String(cString: path))
  }

  /// Where programs keep what is theirs.
  private static let homes = ["HOME", "TMPDIR", "XDG_RUNTIME_DIR"]

  private func remove(_ folder: URL) {
    do { try FileManager.default.removeItem(at: folder) } catch {}
  }
}
