import CJail
import Glibc
import PipelineKit
import Synchronization

/// Another process, in a group of its own, and the pipes to it.
struct ChildProcess {
  /// Its number, which is that of its group, too.
  let process: pid_t
  /// Writes to its standard input; -1 where it has none of ours.
  let input: Int32
  /// Reads its standard output, without waiting.
  let output: Int32
  /// Reads its standard error, without waiting.
  let messages: Int32

  /// What its standard input is.
  enum Input {
    /// A pipe from this process.
    case pipe
    /// That of this process.
    case shared
  }

  /// How it ended.
  struct Ending: Equatable {
    /// The signal that ended it; nil where it ended by itself.
    var signal: Int32?
    /// Its exit code where no signal ended it.
    var code: Int32
    /// Whether it was still alive, and the signal came from here.
    var wasKilled: Bool
  }

  /// Starts a program, found by its path.
  ///
  /// It has the environment of this process with `variables` on top, no signals blocked, and the usual answer to all
  /// of them.
  ///
  /// - Throws: ``BulkError`` with code `worker.not_started`.
  init(_ command: [String], variables: [String: String], input kind: Input) throws {
    var (ours, theirs) = ([Int32](), [Int32]())
    defer { for stream in theirs { close(stream) } }
    do {
      for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
        var ends: [Int32] = [-1, -1]
        if stream != STDIN_FILENO || kind == .pipe {
          guard gouji_pipe(&ends) == 0 else { throw SystemError(number: errno) }
        }
        if stream == STDIN_FILENO { ends.swapAt(0, 1) }
        ours.append(ends[0])
        theirs.append(ends[1])
      }
      process = try Self.running.withLock { running in
        let process = try Self.spawn(command, variables: variables, streams: theirs)
        running.insert(process)
        return process
      }
    } catch {
      for stream in ours { close(stream) }
      throw BulkError("worker.not_started", "\(command[0]) cannot be started: \(error)", underlying: error)
    }
    (input, output, messages) = (ours[0], ours[1], ours[2])
    for stream in [output, messages] { _ = fcntl(stream, F_SETFL, O_NONBLOCK) }
  }

  /// The groups that have not been ended.
  private static let running = Mutex<Set<pid_t>>([])

  /// Kills all processes that this one has started, with what they have started. They are waited for as ever.
  static func killAll() {
    running.withLock { running in for group in running { killpg(group, SIGKILL) } }
  }

  private static func spawn(_ command: [String], variables: [String: String], streams: [Int32]) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() where stream >= 0 {
      posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process = pid_t()
    let error = withStrings(command) { arguments in
      withStrings(environment(with: variables)) {
        posix_spawn(&process, command[0], &actions, &attributes, arguments, $0)
      }
    }
    guard error == 0 else { throw SystemError(number: error) }
    return process
  }

  /// The environment of this process with variables on top.
  private static func environment(with variables: [String: String]) -> [String] {
    var words: [String] = []
    var next = environ
    while let word = next.pointee {
      let text = String(cString: word)
      if variables[String(text.prefix { $0 != "=" })] == nil { words.append(text) }
      next += 1
    }
    return words + variables.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
  }

  /// Ends it with all that it has started, waits for it, and closes the pipes.
  ///
  /// A process whose end has begun keeps the cause of it: this is how a signal that ended it is told from this one.
  ///
  /// - Parameter patience: seconds that it is given to end by itself.
  func end(patience: Double = 0) -> Ending {
    let deadline = monotonicSeconds() + patience
    var isAlive = lives
    while isAlive, monotonicSeconds() < deadline {
      usleep(1000)
      isAlive = lives
    }
    killpg(process, SIGKILL)
    var status: Int32 = 0
    // Its number may be another's from then on.
    Self.running.withLock { running in
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
      running.remove(process)
    }
    for stream in [input, output, messages] where stream >= 0 { close(stream) }
    let signal = status & 0x7F
    return Ending(signal: signal == 0 ? nil : signal, code: status >> 8 & 0xFF, wasKilled: isAlive)
  }

  /// Whether it has not ended yet; its number stays its own until it is waited for.
  private var lives: Bool {
    var ended = siginfo_t()
    return waitid(P_PID, id_t(process), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_signo == 0
  }
}

/// Calls `body` with the strings as C has lists of them.
private func withStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
