#pragma once

#include <stddef.h>
#include <stdint.h>

/// A program, and what it may use.
struct gouji_confinement {
  /// The path of the program and its arguments; NULL at the end, as in the other lists.
  const char *const *words;
  /// NAME=VALUE; it has nothing of the environment of this process.
  const char *const *environment;
  /// Where it works, and the only place where it writes, where this system can hold it to that.
  const char *folder;
  /// The paths below which it may read, its folder apart.
  const char *const *readable;
  /// Seconds by the clock; of processor time each of its processes has up to two more.
  double seconds;
  /// Bytes of address space, of what it may fill of that, and of a file that it writes; for each of its processes.
  uint64_t memory, data, file_bytes;
};

enum gouji_confined_end {
  GOUJI_CONFINED_ENDED,        ///< By itself, or by a signal that came from elsewhere.
  GOUJI_CONFINED_TIMEOUT,      ///< It was killed when its time was over.
  GOUJI_CONFINED_LOST,         ///< By itself, and somebody else in this process was told how.
  GOUJI_CONFINED_NOT_STARTED,  ///< This system has no process left.
};

/// Whether this system can hold a program to its files (Landlock); 0 or 1.
int gouji_can_restrict_files(void);

/// Runs a program to its end, in a session of its own that ends with it: without network, with few calls of the
/// system, and as far as this system offers it, bound to its files. Where the rest cannot be had, it is not started, says
/// why in its place, and ends with 127.
///
/// @param status As waitpid gives it, or the error where it was not started.
/// @param said The end of what it wrote to its standard streams, with a zero at its end; of `size` bytes.
enum gouji_confined_end gouji_run_confined(const struct gouji_confinement *how, int *status, char *said, size_t size);
