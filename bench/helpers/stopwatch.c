// stopwatch: runs a program COUNT times, one after the other. Tells the program when it was started, and
// prints how long it lived.
//
// usage: stopwatch COUNT PROGRAM [ARGUMENT ...]
// The program gets one more argument, t0=NS: the CLOCK_MONOTONIC time just before it was started. Its output
// is passed through. After each run stopwatch prints {"exit_ms": ...}.
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: %s COUNT PROGRAM [ARGUMENT ...]\n", argv[0]);
    return 2;
  }
  char began[32];
  char **arguments = calloc(argc, sizeof *arguments);
  memcpy(arguments, argv + 2, (argc - 2) * sizeof *arguments);
  arguments[argc - 2] = began;
  for (int i = atoi(argv[1]); i > 0; i--) {
    uint64_t start = now_ns();
    snprintf(began, sizeof began, "t0=%" PRIu64, start);
    pid_t pid = vfork();
    if (pid == 0) {
      execvp(arguments[0], arguments);
      _exit(127);
    }
    int status;
    waitpid(pid, &status, 0);
    if (status) return 1;
    printf("{\"exit_ms\": %.3f}\n", (now_ns() - start) / 1e6);
    fflush(stdout);
  }
  return 0;
}
