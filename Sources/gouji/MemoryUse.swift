import CMemory

/// How the program asks the system for memory.
enum MemoryUse {
  /// Takes it from one heap, in steps of many pages, and keeps what is freed of it.
  ///
  /// Documents are read by one thread at a time. A heap of its own, which glibc gives to every thread, grows by a page or two
  /// at a time, and memory that goes back to the system has to be cleared anew: of the time that a long page of HTML takes
  /// that was a tenth. To be called before any other thread begins.
  static func keepOneHeap() {
    _ = mallopt(M_ARENA_MAX, 1)
    _ = mallopt(M_TOP_PAD, 16 << 20)
    _ = mallopt(M_TRIM_THRESHOLD, 64 << 20)
    _ = mallopt(M_MMAP_THRESHOLD, 32 << 20)
  }
}
