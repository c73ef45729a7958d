/* Makes one call of a program fail, as a full disk, a broken one or a system without file handles would.
 *
 * To be preloaded (LD_PRELOAD) by .make/faults.py, which says what is to happen:
 *
 *   FAULT_FOLDER  only files under it count, by their real path
 *   FAULT_CALL    write (write, pwrite), sync (fsync, fdatasync), rename, open (for writing, or of what is there), remove,
 *                 read
 *   FAULT_NUMBER  which of these calls, from 1; 0: none, but count them
 *   FAULT_ERROR   the error number; short: write half and say so; torn: write half and be gone
 *   FAULT_LASTS   1: that call and all after it fail
 *   FAULT_COUNT   a file that gets the number of calls at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;
static char folder[PATH_MAX];
static char call_name[16];
static long number;
static int error, is_short, is_torn, lasts;

static const char *setting(const char *name) {
  const char *value = getenv(name);
  return value ? value : "";
}

__attribute__((constructor)) static void begin(void) {
  if (!realpath(setting("FAULT_FOLDER"), folder)) folder[0] = 0;
  snprintf(call_name, sizeof call_name, "%s", setting("FAULT_CALL"));
  number = atol(setting("FAULT_NUMBER"));
  lasts = atoi(setting("FAULT_LASTS"));
  is_short = !strcmp(setting("FAULT_ERROR"), "short");
  is_torn = !strcmp(setting("FAULT_ERROR"), "torn");
  error = atoi(setting("FAULT_ERROR"));
}

__attribute__((destructor)) static void end(void) {
  FILE *file = *setting("FAULT_COUNT") ? fopen(setting("FAULT_COUNT"), "w") : NULL;
  if (!file) return;
  fprintf(file, "%ld\n", (long)calls);
  fclose(file);
}

static int is_ours(const char *path) {
  size_t length = strlen(folder);
  return length && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

/* Whether the folder of a path, which need not be there itself, is ours. */
static int path_counts(const char *path) {
  char copy[PATH_MAX], real[PATH_MAX];
  snprintf(copy, sizeof copy, "%s", path);
  if (realpath(copy, real)) return is_ours(real);
  char *slash = strrchr(copy, '/');
  if (slash) *slash = 0;
  return realpath(slash ? copy : ".", real) && is_ours(real);
}

static int descriptor_counts(int descriptor) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_ours(path);
}

/* Whether this call, which counts, is the one that fails. */
static int fails(const char *name) {
  if (strcmp(name, call_name)) return 0;
  long mine = atomic_fetch_add(&calls, 1) + 1;
  return number > 0 && (mine == number || (lasts && mine > number));
}

#define REAL(type, name, ...)                                            \
  static type (*real)(__VA_ARGS__);                                      \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define WRITE(symbol, parameters, arguments, half, types)                \
  ssize_t symbol parameters {                                            \
    REAL(ssize_t, #symbol, types);                                       \
    if (!descriptor_counts(descriptor) || !fails("write")) return real arguments; \
    if (is_short) return size > 1 ? real half : real arguments;          \
    if (is_torn) {                                                       \
      if (size > 1) real half;                                           \
      _exit(137);                                                        \
    }                                                                    \
    errno = error;                                                       \
    return -1;                                                           \
  }
#define COMMA ,

WRITE(write, (int descriptor, const void *bytes, size_t size), (descriptor, bytes, size), (descriptor, bytes, size / 2),
      int COMMA const void * COMMA size_t)
WRITE(pwrite, (int descriptor, const void *bytes, size_t size, off_t offset), (descriptor, bytes, size, offset),
      (descriptor, bytes, size / 2, offset), int COMMA const void * COMMA size_t COMMA off_t)
WRITE(pwrite64, (int descriptor, const void *bytes, size_t size, off64_t offset), (descriptor, bytes, size, offset),
      (descriptor, bytes, size / 2, offset), int COMMA const void * COMMA size_t COMMA off64_t)

ssize_t read(int descriptor, void *bytes, size_t size) {
  REAL(ssize_t, "read", int, void *, size_t);
  if (!descriptor_counts(descriptor) || !fails("read")) return real(descriptor, bytes, size);
  if (is_torn) _exit(137);
  errno = error;
  return -1;
}

#define ON_DESCRIPTOR(symbol, name)                                      \
  int symbol(int descriptor) {                                           \
    REAL(int, #symbol, int);                                             \
    if (!descriptor_counts(descriptor) || !fails(name)) return real(descriptor); \
    if (is_torn) _exit(137);                                             \
    errno = error;                                                       \
    return -1;                                                           \
  }
ON_DESCRIPTOR(fsync, "sync")
ON_DESCRIPTOR(fdatasync, "sync")

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  if (!path_counts(to) || !fails("rename")) return real(from, to);
  if (is_torn) _exit(137);
  errno = error;
  return -1;
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  struct stat information;
  if (lstat(path, &information) || !path_counts(path) || !fails("remove")) return real(path);
  if (is_torn) _exit(137);
  errno = error;
  return -1;
}

/* A file system that is read-only lets what is there be read (open(2)). */
static int writes(int flags) { return (flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT; }

#define OPEN(symbol)                                                     \
  int symbol(const char *path, int flags, ...) {                         \
    REAL(int, #symbol, const char *, int, ...);                          \
    va_list list;                                                        \
    va_start(list, flags);                                               \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, mode_t) : 0; \
    va_end(list);                                                        \
    if (!path_counts(path) || !fails("open")) return real(path, flags, mode); \
    if (is_torn) _exit(137);                                             \
    if (error == EROFS && !writes(flags)) return real(path, flags, mode); \
    errno = error;                                                       \
    return -1;                                                           \
  }
OPEN(open)
OPEN(open64)
