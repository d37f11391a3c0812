// Who looks after programs when the process that started them was killed.
//
// The signal of a parent's death (PR_SET_PDEATHSIG) comes with the end of the thread that started a program, and threads
// of a pool come and go. A process that waits for the end of a pipe sees no other end than that of all who hold it. It is
// a fork of a process with threads: it may call nothing that locks, and so reads /proc without the C library.

#define _GNU_SOURCE
#include "CWatch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/// As the kernel lists a folder.
struct entry {
  uint64_t inode;
  int64_t offset;
  unsigned short size;
  unsigned char type;
  char name[];
};

/// Whether the environment of a process has the mark.
static int bears(const char *process, const char *mark, size_t length) {
  char path[64] = "/proc/";
  if (strlen(process) > 20) return 0;
  strcat(strcat(path, process), "/environ");
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  static char bytes[1 << 16];
  size_t kept = 0;
  int found = 0;
  for (;;) {
    ssize_t got = read(file, bytes + kept, sizeof bytes - kept);
    if (got <= 0) break;
    size_t all = kept + (size_t)got;
    if (memmem(bytes, all, mark, length)) {
      found = 1;
      break;
    }
    // A mark may lie across two reads.
    kept = all < length ? all : length;
    memmove(bytes, bytes + all - kept, kept);
  }
  close(file);
  return found;
}

/// Ends all that bear the mark; how many there were.
static int end_marked(const char *mark, size_t length) {
  int folder = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return 0;
  static char list[1 << 15];
  int count = 0;
  for (;;) {
    long got = syscall(SYS_getdents64, folder, list, sizeof list);
    if (got <= 0) break;
    for (long at = 0; at < got;) {
      struct entry *one = (struct entry *)(list + at);
      at += one->size;
      int process = 0;
      for (const char *digit = one->name; process >= 0 && *digit; digit++)
        process = *digit < '0' || *digit > '9' || process > 100000000 ? -1 : process * 10 + (*digit - '0');
      if (process > 1 && bears(one->name, mark, length) && kill(process, SIGKILL) == 0) count++;
    }
  }
  close(folder);
  return count;
}

/// Closes all files but standard input: the end of the pipe that others wait for, too.
static void close_others(void) {
  if (syscall(SYS_close_range, STDIN_FILENO + 1, ~0U, 0) == 0) return;
  // Kernels before 5.9.
  for (int file = STDIN_FILENO + 1; file < 1 << 16; file++) close(file);
}

static void watch(int end, const char *mark, const char *folder) {
  // Out of reach of who kills the group of the one that is watched, where that may be.
  setsid();
  if (dup2(end, STDIN_FILENO) < 0) _exit(1);
  close_others();
  sigset_t signals;
  sigfillset(&signals);
  sigprocmask(SIG_BLOCK, &signals, NULL);
  char byte;
  ssize_t got;
  do got = read(STDIN_FILENO, &byte, 1);
  while (got < 0 && errno == EINTR);
  if (got != 0) _exit(0);
  // What was just being started does not bear the mark yet, and what was killed may still be listed.
  size_t length = strlen(mark);
  struct timespec pause = {0, 20 * 1000 * 1000};
  for (int round = 0, quiet = 0; round < 500 && quiet < 10; round++) {
    quiet = end_marked(mark, length) ? 0 : quiet + 1;
    nanosleep(&pause, NULL);
  }
  if (folder) execl("/bin/rm", "rm", "-rf", "--", folder, (char *)NULL);
  _exit(0);
}

struct gouji_watch gouji_watch_begin(const char *mark, const char *folder) {
  const struct gouji_watch none = {-1, -1};
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return none;
  pid_t child = fork();
  if (child == 0) watch(ends[0], mark, folder);
  close(ends[0]);
  if (child < 0) {
    close(ends[1]);
    return none;
  }
  const struct gouji_watch watch = {ends[1], child};
  return watch;
}

void gouji_watch_end(struct gouji_watch watch) {
  if (watch.process < 0) return;
  // Where nobody watches any more, nobody has to be told.
  sigset_t broken, before;
  sigemptyset(&broken);
  sigaddset(&broken, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken, &before);
  ssize_t told = write(watch.pipe, "e", 1);
  if (told < 0 && errno == EPIPE) {
    struct timespec none = {0, 0};
    sigtimedwait(&broken, NULL, &none);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(watch.pipe);
  while (waitpid(watch.process, NULL, 0) < 0 && errno == EINTR) {
  }
}
