#pragma once

/// Starts a process that looks after what this one starts: when this process has ended, however that was, it ends all
/// processes whose environment has `mark`, which is NAME=VALUE. It does nothing else, holds no file of this process, and
/// is no child of it.
///
/// @return What gouji_watch_end is given; -1 where there is no watch.
int gouji_watch_begin(const char *mark);

/// Ends the watch: nothing is left to look after.
void gouji_watch_end(int watch);
