// flood_server: a scripted stand-in for libvirtd, one thread per connection.
//
// usage: flood_server SOCKET [events=200000] [domains=1] [connections=1] [delay=100]
//
// A libvirt client opens test+unix:///default?socket=SOCKET and registers for domain lifecycle events. The
// flood begins `delay` ms after the last of `connections` registrations. Each connection gets its share of
// `events` events (suspended, resumed), which are encoded in advance and sent as fast as the socket takes
// them. Then it gets one marker event (stopped, failed). With events=0 nothing is sent. Prints "ready" when
// it listens. Ends when its stdin is closed.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "flood.h"
#include "rpc.h"

static char **arguments;

static long number(const char *key, long otherwise) {
  size_t size = strlen(key);
  for (char **a = arguments; *a; a++)
    if (!strncmp(*a, key, size) && (*a)[size] == '=') return atol(*a + size + 1);
  return otherwise;
}

static void encode_chunk(struct flood *flood) {
  enum { CHUNK = 64 * 1024 };
  struct message m;
  lifecycle_event(&m, flood->domains, 0, EVENT_SUSPENDED, 0);
  flood->message_size = m.size;
  size_t round = m.size * 2 * flood->domains;
  flood->chunk_size = round > CHUNK ? round : CHUNK / round * round;
  flood->chunk = malloc(flood->chunk_size);
  for (size_t i = 0; i < flood->chunk_size / m.size; i++) {
    int event = i / flood->domains % 2 ? EVENT_RESUMED : EVENT_SUSPENDED;
    lifecycle_event(&m, flood->domains, i % flood->domains, event, 0);
    memcpy(flood->chunk + i * m.size, m.bytes, m.size);
  }
}

static void *end_with_stdin(void *path) {
  char bytes[64];
  while (read(0, bytes, sizeof bytes) > 0) continue;
  unlink(path);
  _exit(0);
}

static int listen_at(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
  unlink(path);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1024) < 0) {
    perror(path);
    exit(1);
  }
  return fd;
}

static void start_thread(void *(*run)(void *), void *argument) {
  pthread_t thread;
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&small, 256 * 1024);
  if (pthread_create(&thread, &small, run, argument)) exit(1);
  pthread_attr_destroy(&small);
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: %s SOCKET [events=N] [domains=N] [connections=N] [delay=MS]\n", argv[0]);
    return 2;
  }
  arguments = argv + 2;
  signal(SIGPIPE, SIG_IGN);
  static struct flood flood;
  flood.connections = number("connections", 1);
  flood.events = number("events", 200000) / flood.connections;
  flood.domains = number("domains", 1);
  flood.delay_ms = number("delay", 100);
  flood.go_fd = eventfd(0, EFD_CLOEXEC);
  encode_chunk(&flood);

  int listening = listen_at(argv[1]);
  start_thread(end_with_stdin, argv[1]);
  puts("ready");
  fflush(stdout);
  for (;;) {
    int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      perror("accept");
      return 1;
    }
    struct connection *c = calloc(1, sizeof *c);
    *c = (struct connection){.fd = fd, .flood = &flood, .left = -1};
    start_thread(serve, c);
  }
}
