import Glibc
import PipelineKit

/// Seconds of a clock that nobody sets.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Writes all bytes.
///
/// - Throws: `SystemError`.
func writeAll(_ bytes: some Collection<UInt8>, to stream: Int32) throws {
  let wrote: Void? = try bytes.withContiguousStorageIfAvailable { buffer in
    var rest = UnsafeRawBufferPointer(buffer)[...]
    while !rest.isEmpty, let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress {
      let count = write(stream, start, rest.count)
      guard count >= 0 || errno == EINTR else { throw SystemError(number: errno) }
      rest = rest.dropFirst(max(count, 0))
    }
  }
  if wrote == nil { try writeAll(Array(bytes), to: stream) }
}

/// Waits until one of the streams has something to say, or the time has come.
///
/// - Returns: the streams that have something to say, or have ended.
func wait(for streams: [Int32], until deadline: Double) -> Set<Int32> {
  var polled = streams.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  let rest = deadline - monotonicSeconds()
  let count = poll(&polled, nfds_t(polled.count), rest > 1e6 ? -1 : Int32(max(0, (rest * 1000).rounded(.up))))
  guard count > 0 else { return [] }
  return Set(polled.filter { $0.revents != 0 }.map(\.fd))
}
