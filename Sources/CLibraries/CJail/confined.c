// One program of somebody else on files of strangers.

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "gouji_confined.h"
#include "restrictions.h"

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/// What the parent hears in place of the program.
static void say(const char *why) {
  ssize_t written = write(STDERR_FILENO, why, strlen(why));
  (void)written;
}

/// What the program is told of this process: its standard streams, and no signals but the usual ones.
static void begin(const struct gouji_confinement *how, int output) {
  // A session of its own has no terminal, which it could type on.
  setsid();
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  int nothing = open("/dev/null", O_RDONLY);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
      dup2(output, STDERR_FILENO) < 0 || chdir(how->folder) != 0)
    return;
  if (syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0) != 0)
    return say("not started: this system cannot close files (close_range)");
  if (!gouji_limit(how->memory, how->data, (uint64_t)how->seconds + 2, 1024, how->file_bytes))
    return say("not started: this system sets no limits (setrlimit)");
  int held = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  if (held && !gouji_restrict_files(how->folder, how->readable) && gouji_can_restrict_files())
    return say("not started: this system does not hold it to its files (Landlock)");
  if (!held || !gouji_restrict_calls(GOUJI_CONFINED)) return say("not started: this system refuses no calls (seccomp)");
  execve(how->words[0], (char *const *)how->words, (char *const *)how->environment);
  say(strerrordesc_np(errno));
}

/// Whether it has ended; it is waited for later, and its number stays its own. Unless it is `lost`: then nobody
/// can tell how it ended, and another may have its number.
static int has_ended(pid_t process, int *lost) {
  siginfo_t ending = {0};
  if (waitid(P_PID, (id_t)process, &ending, WEXITED | WNOHANG | WNOWAIT) == 0) return ending.si_pid == process;
  return *lost = errno == ECHILD;
}

/// Who started this process may have had it ignore the ends of what it starts; nobody would be told how that ended.
static void hear_of_ends(void) {
  struct sigaction action;
  if (sigaction(SIGCHLD, NULL, &action) != 0) return;
  if (action.sa_handler != SIG_IGN && !(action.sa_flags & SA_NOCLDWAIT)) return;
  if (action.sa_handler == SIG_IGN) action.sa_handler = SIG_DFL;
  action.sa_flags &= ~SA_NOCLDWAIT;
  sigaction(SIGCHLD, &action, NULL);
}

/// Keeps the end of what it says; 0 when it says no more.
static int hear(int stream, char *said, size_t size) {
  char part[4096];
  ssize_t count = read(stream, part, sizeof part);
  if (count <= 0) return count < 0 && errno == EINTR;
  size_t had = strlen(said), most = size - 1;
  size_t got = (size_t)count < most ? (size_t)count : most;
  size_t kept = had < most - got ? had : most - got;
  memmove(said, said + had - kept, kept);
  memcpy(said + kept, part + count - got, got);
  said[kept + got] = 0;
  // A text ends at a zero.
  for (size_t at = kept; at < kept + got; at++)
    if (said[at] == 0) said[at] = ' ';
  return 1;
}

enum gouji_confined_end gouji_run_confined(const struct gouji_confinement *how, int *status, char *said, size_t size) {
  int ends[2];
  said[0] = 0;
  if (pipe2(ends, O_CLOEXEC) != 0) {
    *status = errno;
    return GOUJI_CONFINED_NOT_STARTED;
  }
  hear_of_ends();
  pid_t process = fork();
  if (process == 0) {
    begin(how, ends[1]);
    _exit(127);
  }
  *status = errno;
  close(ends[1]);
  if (process < 0) {
    close(ends[0]);
    return GOUJI_CONFINED_NOT_STARTED;
  }
  double deadline = now() + how->seconds;
  struct pollfd stream = {.fd = ends[0], .events = POLLIN};
  int ended = 0, lost = 0;
  while (!(ended = has_ended(process, &lost)) && now() < deadline) {
    // What it started may hold its output longer than it lives, and it may close it before it ends.
    if (poll(&stream, 1, 50) > 0 && !hear(ends[0], said, size)) stream.fd = -1;
  }
  while (stream.fd >= 0 && poll(&stream, 1, 0) > 0 && hear(ends[0], said, size) && now() < deadline) {
  }
  close(ends[0]);
  if (lost) return GOUJI_CONFINED_LOST;
  // Also where it has no session yet.
  kill(-process, SIGKILL);
  kill(process, SIGKILL);
  pid_t waited;
  while ((waited = waitpid(process, status, 0)) < 0 && errno == EINTR) {
  }
  if (waited < 0 && ended) return GOUJI_CONFINED_LOST;
  return ended ? GOUJI_CONFINED_ENDED : GOUJI_CONFINED_TIMEOUT;
}
