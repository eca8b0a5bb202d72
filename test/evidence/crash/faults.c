/*
 * Makes one write fail. Loaded before the C library; counts every call that changes a file below FAULT_FOLDER and
 * fails the one whose number is in the control file FAULT_CONTROL, with the error number that is there. The control
 * file is shared memory of four ints: armed, number to fail, errno, calls seen since armed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ARMED, NUMBER, ERROR, SEEN, INTS };
static volatile int *control;
static const char *folder;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("FAULT_CONTROL");
  folder = getenv("FAULT_FOLDER");
  int handle = path ? open(path, O_RDWR) : -1;
  if (handle < 0 || !folder) return;
  void *memory = mmap(NULL, INTS * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
  if (memory != MAP_FAILED) control = memory;
}

static int below(const char *path) { return path && strncmp(path, folder, strlen(folder)) == 0; }

static int handle_below(int handle) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return below(path);
}

/* True when this very call is to fail; errno is set. */
static int fails(int is_ours) {
  if (!control || !control[ARMED] || !is_ours) return 0;
  if (++control[SEEN] != control[NUMBER]) return 0;
  errno = control[ERROR];
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int h, const void *b, size_t n) {
  return fails(handle_below(h)) ? -1 : REAL(write)(h, b, n);
}
ssize_t pwrite(int h, const void *b, size_t n, off_t o) {
  return fails(handle_below(h)) ? -1 : REAL(pwrite)(h, b, n, o);
}
ssize_t pwrite64(int h, const void *b, size_t n, off64_t o) {
  return fails(handle_below(h)) ? -1 : REAL(pwrite64)(h, b, n, o);
}
ssize_t writev(int h, const struct iovec *v, int n) {
  return fails(handle_below(h)) ? -1 : REAL(writev)(h, v, n);
}
int fsync(int h) { return fails(handle_below(h)) ? -1 : REAL(fsync)(h); }
int fdatasync(int h) { return fails(handle_below(h)) ? -1 : REAL(fdatasync)(h); }
int ftruncate(int h, off_t n) { return fails(handle_below(h)) ? -1 : REAL(ftruncate)(h, n); }
int ftruncate64(int h, off64_t n) { return fails(handle_below(h)) ? -1 : REAL(ftruncate64)(h, n); }
int rename(const char *a, const char *b) { return fails(below(a)) ? -1 : REAL(rename)(a, b); }
