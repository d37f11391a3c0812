// For the calls that are not in POSIX.
#define _GNU_SOURCE

#include "gouji_jail.h"
#include "restrictions.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int state;
static int notice = -1;

int gouji_jail_state(void) { return state; }

// ---- Memory -------------------------------------------------------------------------------------------------------

/// Whoever meets the end of memory aborts, or uses what it did not get: the last error of the thread tells.
static void last_words(int number) {
  int last = errno;
  signal(number, SIG_DFL);
  if (last == ENOMEM && notice >= 0) {
    ssize_t written = write(notice, "memory\n", 7);
    (void)written;
  }
  raise(number);
}

void gouji_jail_say_memory(int descriptor) {
  notice = descriptor;
  struct sigaction action = {.sa_handler = last_words, .sa_flags = SA_NODEFER};
  sigemptyset(&action.sa_mask);
  for (size_t at = 0; at < 4; at++) sigaction((int[]){SIGABRT, SIGSEGV, SIGBUS, SIGILL}[at], &action, NULL);
}

// ---- Signals that stop ----------------------------------------------------------------------------------------------

static int stop_writer = -1;

static void stop(int number) {
  int last = errno;
  char byte = (char)number;
  ssize_t written = write(stop_writer, &byte, 1);
  (void)written;
  errno = last;
}

int gouji_stop_signals(void) {
  static int reader = -1;
  if (reader >= 0) return reader;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  reader = ends[0];
  stop_writer = ends[1];
  struct sigaction action = {.sa_handler = stop, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  // Who started it with nohup wants it to go on.
  struct sigaction before;
  if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, NULL);
  return reader;
}

int gouji_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

// ---- The group ----------------------------------------------------------------------------------------------------

/// Ends what is left of the group of this process when it has ended, however that was: what it starts is in it, and may
/// outlive it else. The one who looks after that is a process outside of the jail that never looks at anything else. It
/// waits for the end of a pipe: no signal comes out of a jail, not even that of a parent's death.
static void end_with_group(void) {
  pid_t leader = getpid();
  int ends[2];
  if (getpgrp() != leader || pipe2(ends, O_CLOEXEC) != 0) return;
  pid_t other = fork();
  if (other != 0) {
    // The end to write to stays open as long as this process lives.
    close(ends[0]);
    return;
  }
  dup2(ends[0], STDIN_FILENO);
  syscall(SYS_close_range, STDIN_FILENO + 1, ~0U, 0);
  sigset_t signals;
  sigfillset(&signals);
  sigprocmask(SIG_BLOCK, &signals, NULL);
  char byte;
  while (read(STDIN_FILENO, &byte, 1) < 0 && errno == EINTR) {
  }
  kill(-leader, SIGKILL);
  _exit(0);
}

// ---- The door -----------------------------------------------------------------------------------------------------

__attribute__((constructor)) static void enter(void) {
  const char *asked = getenv("GOUJI_JAIL");
  if (asked == NULL) return;
  int parent, mayStartPrograms;
  uint64_t memory, files, seconds;
  if (sscanf(asked, "%d %" SCNu64 " %" SCNu64 " %" SCNu64 " %d", &parent, &memory, &files, &seconds,
             &mayStartPrograms) != 5) {
    fprintf(stderr, "GOUJI_JAIL is not as it must be\n");
    _exit(70);
  }
  unsetenv("GOUJI_JAIL");
  state = GOUJI_JAIL_ASKED;
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0) state |= GOUJI_JAIL_DIES_TOO;
  // The parent may have ended before this was asked for.
  if (getppid() != parent) _exit(70);
  // Files that somebody further up left open are none of its business.
  syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0);
  if (mayStartPrograms) end_with_group();
  if (gouji_limit(memory, memory, seconds, files, 0))
    state |= GOUJI_JAIL_LIMITS;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return;
  if (gouji_restrict_files(NULL, NULL)) state |= GOUJI_JAIL_READ_ONLY;
  if (gouji_restrict_calls(mayStartPrograms ? GOUJI_PROGRAMS : GOUJI_ALONE)) state |= GOUJI_JAIL_CALLS;
}
