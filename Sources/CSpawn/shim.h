// What glibc (2.34 and later) knows of processes that are started, beyond what Swift sees of it: it shows these to GNU sources
// alone.
#pragma once
#include <spawn.h>
#include <sys/resource.h>
#include <sys/types.h>

#ifndef __USE_GNU
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
extern int prlimit(pid_t, int, const struct rlimit *, struct rlimit *);
#endif

/// The process works in a folder.
static inline int spawn_actions_add_folder(posix_spawn_file_actions_t *actions, const char *path) {
  return posix_spawn_file_actions_addchdir_np(actions, path);
}

/// The process has none of our files from this descriptor on.
static inline int spawn_actions_add_close_from(posix_spawn_file_actions_t *actions, int descriptor) {
  return posix_spawn_file_actions_addclosefrom_np(actions, descriptor);
}

/// Limits the address space of a process, in bytes.
static inline int limit_address_space(pid_t process, unsigned long long bytes) {
  const struct rlimit limit = {.rlim_cur = bytes, .rlim_max = bytes};
  return prlimit(process, RLIMIT_AS, &limit, 0);
}

/// Lets this process have as many files open as it may: each connection is one.
static inline int allow_open_files(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &limit);
}
