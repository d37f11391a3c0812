import CJail
import Glibc
import Synchronization

/// What is done when somebody asks this process to end, by Ctrl-C, SIGTERM or SIGHUP.
public enum StopSignals {
  private static let all = [SIGINT, SIGTERM, SIGHUP]

  /// Has the workers of this process ended first, and what `body` ends; then the signal does what it always does. Signals
  /// that are ignored stay so.
  ///
  /// Not for who looks at the signals itself, as a bulk run does.
  public static func end(first body: @escaping @Sendable () -> Void) {
    let ignored = all.filter { number in
      var action = sigaction()
      sigaction(number, nil, &action)
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1  // SIG_IGN
    }
    let stops = gouji_stop_signals()
    guard stops >= 0 else { return }
    for number in ignored { signal(number, SIG_IGN) }
    let watch = Unmanaged.passRetained(Watch(stops, body))
    var thread = pthread_t()
    let error = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Watch>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, watch.toOpaque())
    if error == 0 {
      pthread_detach(thread)
    } else {
      // Without a thread to look, signals end the process as ever, and no more.
      watch.release()
      for number in all where !ignored.contains(number) { signal(number, SIG_DFL) }
    }
  }

  private static let asked = Atomic<Int32>(0)

  /// The signal that is about to end this process, if any: what goes wrong from then on comes of that.
  public static var received: Int32? {
    let number = asked.load(ordering: .sequentiallyConsistent)
    return number == 0 ? nil : number
  }

  private final class Watch: Sendable {
    private let stops: Int32
    private let body: @Sendable () -> Void

    init(_ stops: Int32, _ body: @escaping @Sendable () -> Void) { (self.stops, self.body) = (stops, body) }

    func run() {
      var number: UInt8 = 0
      repeat { _ = wait(for: [stops], until: .infinity) } while read(stops, &number, 1) != 1
      asked.store(Int32(number), ordering: .sequentiallyConsistent)
      body()
      ChildProcess.killAll()
      signal(Int32(number), SIG_DFL)
      kill(getpid(), Int32(number))
    }
  }
}
