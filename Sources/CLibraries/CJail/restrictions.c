// For the calls that are not in POSIX.
#define _GNU_SOURCE

#include "restrictions.h"

#include "gouji_confined.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// ---- Limits -------------------------------------------------------------------------------------------------------

static int limit(int resource, uint64_t most) {
  struct rlimit limits;
  if (getrlimit(resource, &limits) != 0) return 0;
  if (limits.rlim_max != RLIM_INFINITY && limits.rlim_max < most) most = limits.rlim_max;
  limits.rlim_cur = limits.rlim_max = most;
  return setrlimit(resource, &limits) == 0;
}

int gouji_limit(uint64_t memory, uint64_t data, uint64_t seconds, uint64_t files, uint64_t file_bytes) {
  return limit(RLIMIT_AS, memory) & limit(RLIMIT_DATA, data) & limit(RLIMIT_CPU, seconds) &
         limit(RLIMIT_NOFILE, files) & limit(RLIMIT_FSIZE, file_bytes) & limit(RLIMIT_CORE, 0);
}

// ---- Files --------------------------------------------------------------------------------------------------------

/// As in linux/landlock.h of Linux 6.12; older headers lack the last members.
struct ruleset {
  uint64_t files, net, scopes;
};

/// Whether processes outside of this jail cannot be sent a signal.
static int signals_stay;

/// Allows what is handled below a file or a folder; what is not there is left out.
static void allow(int set, const char *path, uint64_t rights) {
  struct landlock_path_beneath_attr rule = {.allowed_access = rights};
  rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
  if (rule.parent_fd < 0) return;
  struct stat found;
  // What is about folders is refused for a file.
  if (fstat(rule.parent_fd, &found) == 0 && !S_ISDIR(found.st_mode))
    rule.allowed_access &= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
  syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close(rule.parent_fd);
}

static long landlock_version(void) {
  return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

int gouji_can_restrict_files(void) { return landlock_version() >= 1; }

int gouji_restrict_files(const char *writable, const char *const *readable) {
  long version = landlock_version();
  if (version < 1) return 0;
  struct ruleset rules = {0};
  rules.files = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                LANDLOCK_ACCESS_FS_MAKE_SYM;
  if (readable) rules.files |= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  if (version >= 2) rules.files |= 1 << 13;  // files may not change their folder
  if (version >= 3) rules.files |= 1 << 14;  // nor be cut
  if (version >= 4) rules.net = 3;           // no TCP: bind, connect
  if (version >= 6) rules.scopes = 3;        // no abstract sockets, no signals to others
  int set = (int)syscall(SYS_landlock_create_ruleset, &rules, version >= 6 ? 24 : version >= 4 ? 16 : 8, 0);
  if (set < 0) return 0;
  const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  allow(set, "/dev/null", LANDLOCK_ACCESS_FS_WRITE_FILE);
  if (writable) allow(set, writable, rules.files & ~(LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK));
  for (; readable && *readable; readable++) allow(set, *readable, reading);
  int held = syscall(SYS_landlock_restrict_self, set, 0) == 0;
  close(set);
  signals_stay = held && version >= 6;
  return held;
}

// ---- Calls of the system ------------------------------------------------------------------------------------------

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/// What nobody who reads a document needs. io_uring would do the others' work unseen.
static const int refused[] = {
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare,
    SYS_setns, SYS_bpf, SYS_perf_event_open, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_keyctl,
    SYS_add_key, SYS_request_key, SYS_userfaultfd, SYS_kexec_load, SYS_init_module, SYS_finit_module,
    SYS_delete_module, SYS_setrlimit, SYS_pidfd_send_signal, SYS_pidfd_getfd,
    SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_shmget, SYS_msgget,
    SYS_semget, SYS_mq_open, SYS_setsid, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_settimeofday, SYS_clock_settime,
    SYS_clock_adjtime, SYS_adjtimex, SYS_sethostname, SYS_setdomainname, SYS_open_by_handle_at, SYS_acct,
    SYS_quotactl, SYS_fanotify_init};
/// Who starts programs that talk among themselves needs those of one machine.
static const int sockets[] = {SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4};
/// What Landlock does not know of: what a file is besides its content, of files that are named by a path.
static const int attributes[] = {
#ifdef SYS_chmod
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
    SYS_fchmodat, SYS_fchownat, SYS_utimensat, SYS_setxattr, SYS_lsetxattr, SYS_removexattr, SYS_lremovexattr,
    452 /* fchmodat2 */, 463 /* setxattrat */, 466 /* removexattrat */, 469 /* file_setattr */};
/// The same of open files; and what Landlock forbids, where the system has none.
static const int changes[] = {
#ifdef SYS_creat
    SYS_creat, SYS_rename, SYS_link, SYS_symlink, SYS_unlink, SYS_mkdir, SYS_rmdir, SYS_mknod,
#endif
#ifdef SYS_renameat
    SYS_renameat,
#endif
    SYS_fchmod, SYS_fchown, SYS_fsetxattr, SYS_fremovexattr, SYS_truncate, SYS_ftruncate, SYS_fallocate, SYS_renameat2,
    SYS_linkat, SYS_symlinkat, SYS_unlinkat, SYS_mkdirat, SYS_mknodat};
static const int processes[] = {
#ifdef SYS_fork
    SYS_fork, SYS_vfork,
#endif
    SYS_execve, SYS_execveat, SYS_setpgid, SYS_pidfd_open};

enum { MOST = 512 };
static struct sock_filter program[MOST];
static unsigned short length;

static void put(struct sock_filter instruction) {
  if (length < MOST) program[length++] = instruction;
}

static void load(size_t offset) {
  put((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void answer(uint32_t what) { put((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what)); }

/// Goes on with the next `count` instructions only where the loaded word is `value`.
static void only_if(uint32_t value, uint8_t count) {
  put((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count));
}

static void refuse(int call, uint32_t error) {
  only_if((uint32_t)call, 1);
  answer(SECCOMP_RET_ERRNO | error);
}

/// The half of an argument of the call; both machines put the lower one first.
static size_t argument(int index, int half) {
  return offsetof(struct seccomp_data, args) + (size_t)index * 8 + (size_t)half * 4;
}

/// A call that is refused unless it is about this process.
static void only_myself(int call) {
  only_if((uint32_t)call, 4);
  load(argument(0, 0));
  only_if((uint32_t)getpid(), 1);
  answer(SECCOMP_RET_ALLOW);
  answer(SECCOMP_RET_ERRNO | EPERM);
}

/// A call that is refused unless it makes a socket of this machine that talks to nobody before it is connected: others
/// send to any address.
static void only_streams(int call) {
  only_if((uint32_t)call, 7);
  load(argument(0, 0));
  only_if(AF_UNIX, 4);
  load(argument(1, 0));
  put((struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xF));
  only_if(SOCK_STREAM, 1);
  answer(SECCOMP_RET_ALLOW);
  answer(SECCOMP_RET_ERRNO | EPERM);
}

int gouji_restrict_calls(enum gouji_calls allowed) {
#ifdef ARCHITECTURE
  load(offsetof(struct seccomp_data, arch));
  put((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
  answer(SECCOMP_RET_KILL_PROCESS);
  load(offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
  // The calls of the x32 ABI have other numbers.
  put((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
  answer(SECCOMP_RET_ERRNO | ENOSYS);
#endif
  for (size_t at = 0; at < sizeof refused / sizeof *refused; at++) {
    refuse(refused[at], EPERM);
  }
  if (allowed == GOUJI_CONFINED) {
    // Landlock knows nothing but TCP, and that only since Linux 6.7.
    only_streams(SYS_socket);
    only_streams(SYS_socketpair);
    // Whoever listens on this machine does more than a document may ask for.
    refuse(SYS_connect, ECONNREFUSED);
    // Office programs end where they have no socket by which a second one would find them, and want it in /tmp, where it
    // would stay. They are told that they have it.
    refuse(SYS_bind, 0);
    refuse(SYS_listen, 0);
    // Nor does it need to know that a file stays as it is, of its own ones, either.
    for (size_t at = 0; at < sizeof attributes / sizeof *attributes; at++) refuse(attributes[at], 0);
    // Landlock knows of it since Linux 6.2.
    refuse(SYS_truncate, EPERM);
  } else {
    for (size_t at = 0; at < sizeof sockets / sizeof *sockets; at++) refuse(sockets[at], EPERM);
    for (size_t at = 0; at < sizeof attributes / sizeof *attributes; at++) refuse(attributes[at], EPERM);
    for (size_t at = 0; at < sizeof changes / sizeof *changes; at++) refuse(changes[at], EPERM);
  }
  // Without it, the C library makes threads and processes by clone, whose flags can be looked at.
  refuse(SYS_clone3, ENOSYS);
  if (allowed != GOUJI_ALONE) {
    only_if(SYS_clone, 4);
    load(argument(0, 0));
    put((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x7E020000 /* CLONE_NEW... */, 0, 1));
    answer(SECCOMP_RET_ERRNO | EPERM);
    answer(SECCOMP_RET_ALLOW);
    // What is started stays in the group of this process, and ends with it, whatever group it is meant to have.
    refuse(SYS_setpgid, 0);
  } else {
    for (size_t at = 0; at < sizeof processes / sizeof *processes; at++) refuse(processes[at], EPERM);
    only_if(SYS_clone, 4);
    load(argument(0, 0));
    put((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x00010000 /* CLONE_THREAD */, 0, 1));
    answer(SECCOMP_RET_ALLOW);
    answer(SECCOMP_RET_ERRNO | EPERM);
  }
  if (allowed == GOUJI_ALONE || !signals_stay) {
    only_myself(SYS_kill);
    only_myself(SYS_tgkill);
  }
  refuse(SYS_tkill, EPERM);
  // Limits may be asked for and not be changed.
  only_if(SYS_prlimit64, 6);
  load(argument(2, 0));
  only_if(0, 3);
  load(argument(2, 1));
  only_if(0, 1);
  answer(SECCOMP_RET_ALLOW);
  answer(SECCOMP_RET_ERRNO | EPERM);
  answer(SECCOMP_RET_ALLOW);
  struct sock_fprog filter = {.len = length, .filter = program};
  return length < MOST && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
#else
  (void)allowed;
  return 0;
#endif
}
