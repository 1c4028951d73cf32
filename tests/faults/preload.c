/* Calls on files of the data folder that fail while a file says so: LD_PRELOAD names this library, OZG_FAULT a file with the name of a call and the
 * number of an error, such as "fdatasync 5". "short 28" writes half of the bytes, then fails. "clock 172800" sets the clock two days ahead. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Returns the number that the file has beside the name of a call; 0 if it names another. */
static int said(const char *call) {
    char name[32];
    int number = 0;
    const char *fault = getenv("OZG_FAULT");
    FILE *file = fault ? fopen(fault, "re") : NULL;
    if (!file) return 0;
    int found = fscanf(file, "%31s %d", name, &number);
    fclose(file);
    return found == 2 && !strcmp(name, call) ? number : 0;
}

/* Tells with which error a call on a file fails; 0 if it works. */
static int failing(const char *call, int fd) {
    char link[64], path[4096];
    int error = said(call);
    if (!error) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, "/data/") ? error : 0;
}

#define REAL(call) ((__typeof__(&call))dlsym(RTLD_NEXT, #call))
#define FAIL(call, fd) do { int error = failing(call, fd); if (error) { errno = error; return -1; } } while (0)

int fdatasync(int fd) { FAIL("fdatasync", fd); return REAL(fdatasync)(fd); }
int fsync(int fd) { FAIL("fsync", fd); return REAL(fsync)(fd); }
int ftruncate64(int fd, off64_t length) { FAIL("ftruncate", fd); return REAL(ftruncate64)(fd, length); }

ssize_t pread64(int fd, void *bytes, size_t count, off64_t offset) {
    FAIL("pread", fd);
    return REAL(pread64)(fd, bytes, count, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    FAIL("pwrite", fd);
    int error = failing("short", fd);
    if (error && count < 2) { errno = error; return -1; }
    return REAL(pwrite64)(fd, bytes, error ? count / 2 : count, offset);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int answer = REAL(clock_gettime)(clock, time);
    if (clock == CLOCK_REALTIME) time->tv_sec += said("clock");
    return answer;
}
