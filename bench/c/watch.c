// W3: pipes watched through virEventAddHandle.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "peer.h"

long pinger_dispatches, pinger_limit;
static int ack_fd = -1;

static void on_readable(int watch, int fd, int events, void *opaque) {
  (void)watch, (void)events, (void)opaque;
  char byte;
  if (read(fd, &byte, 1) != 1) return;
  if (++pinger_dispatches == pinger_limit) done = 1;
  if (ack_fd >= 0 && write(ack_fd, "k", 1) != 1) die("acknowledge");
}

// The helper inherits all file descriptors except these.
static void keep_from_helper(int fd) { fcntl(fd, F_SETFD, FD_CLOEXEC); }

struct pinger start_pinger(const char *mode, int m) {
  struct pinger pinger;
  int ack[2], out, *write_ends = calloc(m, sizeof *write_ends);
  char **argv = calloc(m + 4, sizeof *argv);
  if (pipe(ack)) die("pipe");
  keep_from_helper(ack[1]);
  argv[1] = (char *)mode;
  if (asprintf(&argv[2], "%d", ack[0]) < 0) die("asprintf");
  for (int i = 0; i < m; i++) {
    int ends[2];
    if (pipe(ends)) die("pipe");
    keep_from_helper(ends[0]);
    write_ends[i] = ends[1];
    if (asprintf(&argv[3 + i], "%d", ends[1]) < 0) die("asprintf");
    if (virEventAddHandle(ends[0], VIR_EVENT_HANDLE_READABLE, on_readable, NULL, NULL) < 0) die("add");
  }
  ack_fd = !strcmp(mode, "pp") ? ack[1] : -1;
  pinger.pid = start_helper("pinger", argv, &pinger.go_fd, &out);
  for (int i = 0; i < m; i++) close(write_ends[i]);
  close(ack[0]);
  return pinger;
}

void go_pinger(struct pinger pinger) {
  if (write(pinger.go_fd, "g", 1) != 1) die("go");
}

int run_watch(void) {
  pinger_limit = number_argument("limit", -1);
  struct pinger pinger = start_pinger(text_argument("mode", "pp"), number_argument("m", 1));
  stop_after(number_argument("secs", 2) * 1000);
  struct moment from = now();
  go_pinger(pinger);
  loop_until_done();
  struct moment to = now();
  end_helper(pinger.pid);

  double seconds = seconds_between(from, to), count = pinger_dispatches ? pinger_dispatches : 1;
  report_begin("watch");
  report_number("seconds", seconds, 3);
  report_number("dispatches", pinger_dispatches, 0);
  report_number("dispatches_per_s", pinger_dispatches / seconds, 0);
  report_number("cpu_us_per_dispatch", cpu_between(from, to) * 1e6 / count, 3);
  report_end();
  return 0;
}
