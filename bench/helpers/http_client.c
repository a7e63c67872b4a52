// http_client: sends requests to an HTTP server on 127.0.0.1, and prints how long the answers took.
//
// usage: http_client PORT SECONDS
//
// A request is due every 20 ms, on a TCP connection of its own. The client doesn't wait for earlier answers.
// The time of a request runs from the moment when it was due. So when the server stands still, all requests
// of that time are late, and not only one. The requests of the first second are left out. A request that has
// no answer 3 s after the last one was due counts with the time that it has waited until then. Prints one
// line of JSON.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVERY_MS = 20, WARM_UP_MS = 1000, PATIENCE_MS = 3000 };

static const char text[] = "GET / HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n";

struct request {
  double due_ms;
  double took_ms;  // -1: not answered yet
  int is_answered;
};

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

// A socket that is polled until it can send; the fd is -1 when there is none.
static struct pollfd begin(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS) {
    close(fd);
    fd = -1;
  }
  return (struct pollfd){.fd = fd, .events = POLLOUT};
}

// Does the next step of a request when its socket is ready.
static void step(struct request *request, struct pollfd *polled) {
  char answer[4096];
  if (polled->events == POLLOUT) {
    polled->events = POLLIN;
    if (send(polled->fd, text, sizeof text - 1, MSG_NOSIGNAL) == sizeof text - 1) return;
  } else {
    ssize_t got = recv(polled->fd, answer, sizeof answer, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got > 0) {
      request->is_answered = 1;
      return;
    }
    // The server closes the connection when its answer is complete.
    if (got == 0 && request->is_answered) request->took_ms = now_ms() - request->due_ms;
  }
  close(polled->fd);
  polled->fd = -1;
}

static int compare(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

static void report(const struct request *requests, int count, double end_ms) {
  double *took = calloc(count, sizeof *took);
  int unanswered = 0;
  for (int i = 0; i < count; i++) {
    int is_late = requests[i].took_ms < 0;
    took[i] = is_late ? end_ms - requests[i].due_ms : requests[i].took_ms;
    unanswered += is_late;
  }
  qsort(took, count, sizeof *took, compare);
  printf("{\"http_p50_ms\": %.3f, \"http_p99_ms\": %.3f, \"http_max_ms\": %.3f, \"unanswered\": %d}\n",
         took[(int)(0.5 * (count - 1))], took[(int)(0.99 * (count - 1))], took[count - 1], unanswered);
  free(took);
}

int main(int argc, char **argv) {
  int port = argc == 3 ? atoi(argv[1]) : 0, secs = argc == 3 ? atoi(argv[2]) : 0;
  if (port < 1 || secs < 1) {
    fprintf(stderr, "usage: %s PORT SECONDS\n", argv[0]);
    return 2;
  }
  int warm_up = WARM_UP_MS / EVERY_MS, count = warm_up + secs * 1000 / EVERY_MS;
  struct request *requests = calloc(count, sizeof *requests);
  struct pollfd *polled = calloc(count, sizeof *polled);
  double start = now_ms(), end = start + count * EVERY_MS + PATIENCE_MS;
  int begun = 0, first = 0;  // the requests before `first` are done
  for (double now = start; now < end && first < count; now = now_ms()) {
    for (; begun < count && start + begun * EVERY_MS <= now; begun++) {
      requests[begun] = (struct request){.due_ms = start + begun * EVERY_MS, .took_ms = -1};
      polled[begun] = begin(port);
    }
    double next = begun < count ? start + begun * EVERY_MS : end;
    int timeout = next > now ? (int)(next - now) + 1 : 0;
    if (poll(polled + first, begun - first, timeout) < 0 && errno != EINTR) return 1;
    for (int i = first; i < begun; i++)
      if (polled[i].fd >= 0 && polled[i].revents) step(&requests[i], &polled[i]);
    while (first < begun && polled[first].fd < 0) first++;
  }
  report(requests + warm_up, count - warm_up, now_ms());
  return 0;
}
