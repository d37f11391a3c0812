#pragma once

// What a process gives up for itself and for all that it starts. Nothing here takes a lock: a process may call it that was
// just forked from one with threads.

#include <stdint.h>

/// Limits of address space, of what is filled of it, of processor time, open files, and bytes of a file, and no core; 1 where all could be had.
int gouji_limit(uint64_t memory, uint64_t data, uint64_t seconds, uint64_t files, uint64_t file_bytes);

/// Landlock: nothing is written but below `writable`, where that is not NULL, and nothing is read but below the paths of
/// `readable`, a list with NULL at its end, where that is not NULL. 1 where it could be had.
int gouji_restrict_files(const char *writable, const char *const *readable);

/// Who a process may be.
enum gouji_calls {
  GOUJI_ALONE,     ///< No sockets, no other processes.
  GOUJI_PROGRAMS,  ///< No sockets; other programs, in the group of this process.
  GOUJI_CONFINED,  ///< Other programs that talk among themselves; files change where Landlock lets them.
};

/// seccomp; 1 where it could be had. Called after gouji_restrict_files, and after PR_SET_NO_NEW_PRIVS.
int gouji_restrict_calls(enum gouji_calls allowed);
