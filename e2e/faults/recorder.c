/*
 * Records what a process writes and syncs below one folder, so that power cuts can be played afterwards.
 * Loaded with LD_PRELOAD. FAULT_FOLDER is the folder, FAULT_LOG the record. Beside the files it notes what goes out
 * through sockets and the standard output: that is when others learn of something, so it must be on the disk by then.
 * The program ends when a file gets a name with FAULT_END_AT_NAME in it, before the name can be synced.
 * While FAULT_LOG with ".full" or ".eio" behind it exists, writes find no space or syncs fail.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real(#name))
#define LONGEST_NOTE (64 * 1024)

struct head {
  char op;
  char pad[3];
  uint32_t path_length;
  uint64_t number;
  uint32_t data_length;
  uint32_t fd;
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static size_t folder_length;
static int record = -1;
static char full[PATH_MAX], broken[PATH_MAX];

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  const char *log = getenv("FAULT_LOG");
  folder = getenv("FAULT_FOLDER");
  if (!log || !folder) return;
  folder_length = strlen(folder);
  snprintf(full, sizeof full, "%s.full", log);
  snprintf(broken, sizeof broken, "%s.eio", log);
  record = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static int inside(const char *path) {
  if (record < 0 || strncmp(path, folder, folder_length) != 0) return 0;
  size_t length = strlen(path);
  /* The index of the log lives in shared memory and is built anew after every start. */
  if (length > 4 && strcmp(path + length - 4, "-shm") == 0) return 0;
  return path[folder_length] == '/' || path[folder_length] == 0;
}

static int name_of(int fd, char *path) {
  char link[40];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

static void note(char op, int fd, const char *path, uint64_t number, const struct iovec *data, int parts, size_t limit) {
  struct head head = {.op = op, .path_length = (uint32_t)strlen(path), .number = number, .fd = (uint32_t)fd};
  struct iovec all[68];
  int count = 2;
  size_t total = 0;
  for (int i = 0; i < parts && count < 68 && total < limit; i++, count++) {
    all[count] = data[i];
    if (total + all[count].iov_len > limit) all[count].iov_len = limit - total;
    total += all[count].iov_len;
  }
  head.data_length = (uint32_t)total;
  all[0] = (struct iovec){&head, sizeof head};
  all[1] = (struct iovec){(void *)path, head.path_length};
  int kept = errno;
  syscall(SYS_writev, record, all, count);
  errno = kept;
}

static int file_of(int fd, char *path) { return record >= 0 && name_of(fd, path) && inside(path); }

static int goes_out(int fd) {
  struct stat about;
  return record >= 0 && (fd == 1 || (fstat(fd, &about) == 0 && S_ISSOCK(about.st_mode)));
}

static int refuses(const char *flag) { return syscall(SYS_faccessat, AT_FDCWD, flag, F_OK) == 0; }

/*
 * A change is noted before it is made, a sync after: a kill between the two must not leave a change that the record
 * does not know, on which the next start would build, nor a sync that was none.
 */
#define WRITING(fd, offset, data, parts, call)                                     \
  do {                                                                             \
    char path[PATH_MAX];                                                           \
    if (record < 0) return call;                                                   \
    if (file_of(fd, path)) {                                                       \
      if (refuses(full)) {                                                         \
        errno = ENOSPC;                                                            \
        return -1;                                                                 \
      }                                                                            \
      pthread_mutex_lock(&turn);                                                   \
      note('W', fd, path, (uint64_t)(offset), data, parts, SIZE_MAX);              \
      ssize_t written = call;                                                      \
      pthread_mutex_unlock(&turn);                                                 \
      return written;                                                              \
    }                                                                              \
    if (goes_out(fd)) {                                                            \
      pthread_mutex_lock(&turn);                                                   \
      note('N', fd, "", 0, data, parts, LONGEST_NOTE);                             \
      pthread_mutex_unlock(&turn);                                                 \
    }                                                                              \
    return call;                                                                   \
  } while (0)

/* Appending writes land at the end, wherever the file stands. */
static off_t here(int fd) {
  struct stat about;
  if (fcntl(fd, F_GETFL) & O_APPEND) return fstat(fd, &about) == 0 ? about.st_size : 0;
  return lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *data, size_t size) {
  struct iovec one = {(void *)data, size};
  WRITING(fd, here(fd), &one, 1, REAL(write)(fd, data, size));
}
ssize_t writev(int fd, const struct iovec *data, int parts) {
  WRITING(fd, here(fd), data, parts, REAL(writev)(fd, data, parts));
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
  struct iovec one = {(void *)data, size};
  WRITING(fd, offset, &one, 1, REAL(pwrite)(fd, data, size, offset));
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  struct iovec one = {(void *)data, size};
  WRITING(fd, offset, &one, 1, REAL(pwrite64)(fd, data, size, offset));
}
ssize_t pwritev(int fd, const struct iovec *data, int parts, off_t offset) {
  WRITING(fd, offset, data, parts, REAL(pwritev)(fd, data, parts, offset));
}
ssize_t pwritev64(int fd, const struct iovec *data, int parts, off64_t offset) {
  WRITING(fd, offset, data, parts, REAL(pwritev64)(fd, data, parts, offset));
}
ssize_t send(int fd, const void *data, size_t size, int flags) {
  struct iovec one = {(void *)data, size};
  WRITING(fd, 0, &one, 1, REAL(send)(fd, data, size, flags));
}
ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  WRITING(fd, 0, message->msg_iov, (int)message->msg_iovlen, REAL(sendmsg)(fd, message, flags));
}

static int synced(int fd, int (*call)(int)) {
  char path[PATH_MAX];
  if (!file_of(fd, path)) return call(fd);
  if (refuses(broken)) {
    errno = EIO;
    return -1;
  }
  pthread_mutex_lock(&turn);
  int result = call(fd);
  if (result == 0) note('S', fd, path, 0, NULL, 0, 0);
  pthread_mutex_unlock(&turn);
  return result;
}
int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

#define CHANGING(fd, op, number, call)                            \
  do {                                                            \
    char path[PATH_MAX];                                          \
    if (!file_of(fd, path)) return call;                          \
    pthread_mutex_lock(&turn);                                    \
    note(op, fd, path, number, NULL, 0, 0);                       \
    int result = call;                                            \
    pthread_mutex_unlock(&turn);                                  \
    return result;                                                \
  } while (0)

int ftruncate(int fd, off_t size) { CHANGING(fd, 'T', (uint64_t)size, REAL(ftruncate)(fd, size)); }
int ftruncate64(int fd, off64_t size) { CHANGING(fd, 'T', (uint64_t)size, REAL(ftruncate64)(fd, size)); }

#define NAMING(path, op, data, parts, call)                                          \
  do {                                                                               \
    if (record < 0 || !inside(path)) return call;                                    \
    pthread_mutex_lock(&turn);                                                       \
    note(op, 0, path, 0, data, parts, PATH_MAX);                                     \
    int result = call;                                                               \
    pthread_mutex_unlock(&turn);                                                     \
    return result;                                                                   \
  } while (0)

int rename(const char *from, const char *to) {
  struct iovec target = {(void *)to, strlen(to)};
  const char *end_at = getenv("FAULT_END_AT_NAME");
  if (record < 0 || !inside(from)) return REAL(rename)(from, to);
  pthread_mutex_lock(&turn);
  note('R', 0, from, 0, &target, 1, PATH_MAX);
  int result = REAL(rename)(from, to);
  if (end_at && strstr(to, end_at)) kill(getpid(), SIGKILL);
  pthread_mutex_unlock(&turn);
  return result;
}
int link(const char *from, const char *to) {
  struct iovec source = {(void *)from, strlen(from)};
  NAMING(to, 'L', &source, 1, REAL(link)(from, to));
}
int remove(const char *path) { NAMING(path, 'U', NULL, 0, REAL(remove)(path)); }
int unlink(const char *path) { NAMING(path, 'U', NULL, 0, REAL(unlink)(path)); }
int rmdir(const char *path) { NAMING(path, 'U', NULL, 0, REAL(rmdir)(path)); }
/* Folders that are removed with all that is in them go name by name, each relative to an open folder. */
int unlinkat(int at, const char *name, int flags) {
  char path[2 * PATH_MAX];
  if (record < 0) return REAL(unlinkat)(at, name, flags);
  if (at == AT_FDCWD || name[0] == '/') snprintf(path, sizeof path, "%s", name);
  else if (!name_of(at, path)) return REAL(unlinkat)(at, name, flags);
  else snprintf(path + strlen(path), sizeof path - strlen(path), "/%s", name);
  NAMING(path, 'U', NULL, 0, REAL(unlinkat)(at, name, flags));
}
int mkdir(const char *path, mode_t mode) { NAMING(path, 'M', NULL, 0, REAL(mkdir)(path, mode)); }

static int opened(int fd, int flags, int existed) {
  char path[PATH_MAX];
  if (fd < 0 || !(flags & (O_CREAT | O_TRUNC)) || !file_of(fd, path)) return fd;
  pthread_mutex_lock(&turn);
  if (!existed) note('C', fd, path, 0, NULL, 0, 0);
  else if (flags & O_TRUNC) note('T', fd, path, 0, NULL, 0, 0);
  pthread_mutex_unlock(&turn);
  return fd;
}

#define OPENING(at, call)                                                                             \
  mode_t mode = 0;                                                                                    \
  if (flags & (O_CREAT | O_TMPFILE)) {                                                                \
    va_list rest;                                                                                     \
    va_start(rest, flags);                                                                            \
    mode = va_arg(rest, mode_t);                                                                      \
    va_end(rest);                                                                                     \
  }                                                                                                   \
  int existed = record < 0 || !(flags & O_CREAT) || syscall(SYS_faccessat, at, path, F_OK) == 0;      \
  return opened(call, flags, existed)

int open(const char *path, int flags, ...) { OPENING(AT_FDCWD, REAL(open)(path, flags, mode)); }
int open64(const char *path, int flags, ...) { OPENING(AT_FDCWD, REAL(open64)(path, flags, mode)); }
int openat(int at, const char *path, int flags, ...) { OPENING(at, REAL(openat)(at, path, flags, mode)); }
int openat64(int at, const char *path, int flags, ...) { OPENING(at, REAL(openat64)(at, path, flags, mode)); }
