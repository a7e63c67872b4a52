// pinger: writes single bytes to inherited write ends of pipes, to one pipe after the other.
//
// usage: pinger pp|sat ACK_FD FD...
//   pp   keeps one byte in flight: writes a byte, then waits for a byte on ACK_FD
//   sat  keeps every pipe full: never waits for an answer, and doesn't read ACK_FD
// Waits for a byte on stdin before it begins; ends when the pipes are closed, or after 30 s.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void ping_pong(const int *fds, int count, int ack) {
  char byte;
  for (int i = 0;; i = i + 1 < count ? i + 1 : 0)
    if (write(fds[i], "x", 1) != 1 || read(ack, &byte, 1) != 1) return;
}

static void saturate(const int *fds, int count) {
  char block[4096];
  struct pollfd *polled = calloc(count, sizeof *polled);
  memset(block, 'x', sizeof block);
  for (int i = 0; i < count; i++) {
    polled[i] = (struct pollfd){fds[i], POLLOUT, 0};
    fcntl(fds[i], F_SETFL, O_NONBLOCK);
    fcntl(fds[i], F_SETPIPE_SZ, 4096);  // 1000 larger pipes would exceed the user's limit of pipe pages
  }
  for (;;) {
    if (poll(polled, count, 1000) < 0 && errno != EINTR) return;
    for (int i = 0; i < count; i++) {
      if (polled[i].revents & POLLERR) return;
      if (polled[i].revents & POLLOUT && write(fds[i], block, sizeof block) < 0 && errno != EAGAIN) return;
    }
  }
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: %s pp|sat ACK_FD FD...\n", argv[0]);
    return 2;
  }
  int count = argc - 3, *fds = calloc(count, sizeof *fds);
  for (int i = 0; i < count; i++) fds[i] = atoi(argv[3 + i]);
  signal(SIGPIPE, SIG_IGN);
  alarm(30);
  char byte;
  if (read(0, &byte, 1) != 1) return 0;
  if (!strcmp(argv[1], "pp"))
    ping_pong(fds, count, atoi(argv[2]));
  else
    saturate(fds, count);
  return 0;
}
