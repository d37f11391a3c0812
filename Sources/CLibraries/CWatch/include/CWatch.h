#pragma once

#include <sys/types.h>

/// A process that looks after others; both are -1 where there is none.
struct gouji_watch {
  int pipe;
  pid_t process;
};

/// Starts a process that looks after what this one starts: when this process has ended, however that was, it ends all
/// processes whose environment has `mark`, which is NAME=VALUE, and then removes `folder`, where that is not NULL. It does
/// nothing else, and holds no file of this process.
///
/// @return What gouji_watch_end is given once.
struct gouji_watch gouji_watch_begin(const char *mark, const char *folder);

/// Ends the watch, and waits for its end: nothing is left to look after.
void gouji_watch_end(struct gouji_watch watch);
