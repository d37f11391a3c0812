import CWatch
import FoundationEssentials
import Glibc
import Synchronization

/// The processes that a program started, wherever they went: they bear a mark in their environment.
///
/// A process group does not hold what makes a session of its own, and a parent that ends leaves its children to others.
/// The environment that a process began with stays with its children. Not found is what empties its environment or takes
/// another user; only a container could hold that. Where this process is killed itself, a watch of its own ends them.
struct MarkedProcesses: Sendable {
  /// The name of the variable.
  static let name = "GOUJI_STAGE_RUN"
  /// Its value, which no other run has.
  let value: String

  /// How often the processes are gone over: one may start another while it is looked for.
  private static let mostRounds = 20

  /// The marks of those that were started and not ended yet.
  private static let running = Mutex<Set<String>>([])

  /// Ends them all when this process is gone, where there is one.
  private let watch: gouji_watch

  /// A mark for a program that is about to be started.
  ///
  /// - Parameter folder: is removed, too, when this process is gone.
  init(folder: String? = nil) {
    let value = UUID().uuidString
    self.value = value
    watch = gouji_watch_begin("\(Self.name)=\(value)", folder)
    Self.running.withLock { _ = $0.insert(value) }
  }

  private init(value: String) { (self.value, watch) = (value, gouji_watch(pipe: -1, process: -1)) }

  /// Ends the processes of all that this process has started.
  static func endAll() {
    for value in running.withLock({ $0 }) { MarkedProcesses(value: value).end(nil) }
  }

  /// Notes that nothing is left to end.
  func forget() {
    Self.running.withLock { _ = $0.remove(value) }
    gouji_watch_end(watch)
  }

  /// Ends the group of the program, where it is known, and them all.
  func end(_ group: pid_t?) {
    if let group { killpg(group, SIGKILL) }
    for _ in 0..<Self.mostRounds {
      let found = Self.processes.filter { bears($0) }
      if found.isEmpty { return }
      for process in found { kill(process, SIGKILL) }
      // Whoever was killed may still be listed.
      usleep(1000)
    }
  }

  /// All that the system has.
  private static var processes: [pid_t] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var all: [pid_t] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let process = pid_t(name) { all.append(process) }
    }
    return all
  }

  /// Whether a process was started with the mark; false where it is gone, or is someone else's.
  private func bears(_ process: pid_t) -> Bool {
    guard let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ") else { return false }
    return environment.split(separator: 0).contains { $0.elementsEqual("\(Self.name)=\(value)".utf8) }
  }
}
