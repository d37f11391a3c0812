/// What a process may still do that opens documents of strangers: read files, and answer.
///
/// A process that finds GOUJI_JAIL in its environment when it starts goes to jail before its first thread and before
/// `main`, since a jail that is entered later does not hold the threads that are there already. The variable holds
/// five numbers: the process that must be the parent, bytes of address space, open files, seconds of processor time,
/// and 1 where other programs may be started.

#include <stdint.h>

#include "gouji_confined.h"

/// What of the jail could be had.
enum {
  GOUJI_JAIL_ASKED = 1,       ///< GOUJI_JAIL is set.
  GOUJI_JAIL_DIES_TOO = 2,    ///< PR_SET_PDEATHSIG: it dies with its parent.
  GOUJI_JAIL_LIMITS = 4,      ///< RLIMIT_AS, CPU, NOFILE, FSIZE and CORE.
  GOUJI_JAIL_READ_ONLY = 8,   ///< Landlock: nothing is written, no address is reached.
  GOUJI_JAIL_CALLS = 16,      ///< seccomp: no sockets, no other processes unless they may be started.
};

/// The bits above.
int gouji_jail_state(void);

/// Before a signal of its own ends this process while memory could not be had, write "memory\n" to the descriptor.
void gouji_jail_say_memory(int descriptor);

/// From now on SIGINT, SIGTERM and, unless it is ignored, SIGHUP do not end the process but can be read from a descriptor,
/// which is the result; -1 where there is none.
int gouji_stop_signals(void);

/// A pipe whose ends, the one to read from first, no program has that another thread starts meanwhile; 0, or -1 with errno.
int gouji_pipe(int ends[2]);
