#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "flood.h"
#include "rpc.h"

static uint64_t now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000ull + t.tv_nsec / 1000000;
}

static int write_all(int fd, const uint8_t *bytes, size_t size) {
  while (size) {
    ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes += sent;
      size -= sent;
    } else if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
      poll(&(struct pollfd){fd, POLLOUT, 0}, 1, 1000);
    } else {
      return -1;
    }
  }
  return 0;
}

static int read_all(int fd, void *to, size_t size) {
  uint8_t *bytes = to;
  while (size) {
    ssize_t got = recv(fd, bytes, size, 0);
    if (got > 0) {
      bytes += got;
      size -= got;
    } else if (!(got < 0 && errno == EINTR)) {
      return -1;
    }
  }
  return 0;
}

static void arm(struct connection *c) {
  struct flood *flood = c->flood;
  if (!flood->events) return;
  c->left = flood->events;
  c->offset = 0;
  if (atomic_fetch_add(&flood->registered, 1) + 1 < flood->connections) return;
  atomic_store(&flood->start_ms, now_ms() + flood->delay_ms);
  uint64_t one = 1;
  if (write(flood->go_fd, &one, sizeof one) != sizeof one) abort();
}

// Writes once, as much as fits without waiting. At the end of the flood, writes the marker.
static int flood_step(struct connection *c) {
  struct flood *flood = c->flood;
  size_t due = (size_t)c->left * flood->message_size - c->offset % flood->message_size;
  size_t size = flood->chunk_size - c->offset;
  if (size > due) size = due;
  if (size) {
    ssize_t sent = send(c->fd, flood->chunk + c->offset, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) return errno == EAGAIN || errno == EINTR ? 0 : -1;
    size_t before = c->offset / flood->message_size;
    c->offset += sent;
    c->left -= (long)(c->offset / flood->message_size - before);
    if (c->offset == flood->chunk_size) c->offset = 0;
  }
  if (c->left) return 0;
  struct message marker;
  lifecycle_event(&marker, flood->domains, 0, EVENT_MARKER, DETAIL_MARKER);
  c->left = -1;
  return write_all(c->fd, marker.bytes, marker.size);
}

// A reply may be sent only between two whole messages of the flood.
static int send_reply(struct connection *c, struct message *reply) {
  struct flood *flood = c->flood;
  size_t begun = c->left > 0 ? c->offset % flood->message_size : 0;
  if (begun) {
    size_t rest = flood->message_size - begun;
    if (write_all(c->fd, flood->chunk + c->offset, rest) < 0) return -1;
    c->offset = (c->offset + rest) % flood->chunk_size;
    c->left--;
  }
  seal(reply);
  return write_all(c->fd, reply->bytes, reply->size);
}

static int answer_call(struct connection *c, uint32_t procedure, uint32_t serial, const uint8_t *body) {
  struct message reply;
  uint32_t feature;
  begin(&reply, PROG_REMOTE, procedure, TYPE_REPLY, serial, STATUS_OK);
  switch (procedure) {
    case PROC_AUTH_LIST:
      put_number(&reply, 1);
      put_number(&reply, 0);
      break;
    case PROC_SUPPORTS_FEATURE:
      memcpy(&feature, body, sizeof feature);
      feature = ntohl(feature);
      put_number(&reply, feature == FEATURE_PROGRAM_KEEPALIVE || feature == FEATURE_EVENT_CALLBACK ||
                             feature == FEATURE_CLOSE_CALLBACK);
      break;
    case PROC_OPEN:
    case PROC_CLOSE:
    case PROC_EVENT_DEREGISTER_ANY:
    case PROC_REGISTER_CLOSE_CB:
    case PROC_UNREGISTER_CLOSE_CB:
      break;
    case PROC_GET_TYPE:
      put_text(&reply, "Test");
      break;
    case PROC_GET_HOSTNAME:
      put_text(&reply, "flood");
      break;
    case PROC_GET_URI:
      put_text(&reply, "test:///default");
      break;
    case PROC_EVENT_REGISTER_ANY:
      put_number(&reply, 1);
      break;
    default:
      error_reply(&reply, procedure, serial);
  }
  if (send_reply(c, &reply) < 0) return -1;
  if (procedure == PROC_EVENT_REGISTER_ANY) arm(c);
  return 0;
}

static int answer_message(struct connection *c) {
  uint32_t header[7];
  uint8_t body[65536];
  if (read_all(c->fd, header, sizeof header) < 0) return -1;
  for (int i = 0; i < 7; i++) header[i] = ntohl(header[i]);
  uint32_t size = header[0], program = header[1], procedure = header[3], type = header[4];
  if (size < 28 || size - 28 > sizeof body || read_all(c->fd, body, size - 28) < 0) return -1;

  if (program == PROG_REMOTE && type == TYPE_CALL) return answer_call(c, procedure, header[5], body);
  enum { PING = 1, PONG = 2 };
  if (program != PROG_KEEPALIVE || procedure != PING) return 0;
  struct message pong;
  begin(&pong, PROG_KEEPALIVE, PONG, TYPE_MESSAGE, 0, STATUS_OK);
  return send_reply(c, &pong);
}

void *serve(void *connection) {
  struct connection *c = connection;
  for (;;) {
    struct pollfd fds[2] = {{c->fd, POLLIN, 0}, {c->flood->go_fd, POLLIN, 0}};
    uint64_t start = atomic_load(&c->flood->start_ms), now = now_ms();
    int armed = c->left >= 0, timeout = -1;
    if (armed && start && now >= start) fds[0].events |= POLLOUT;
    if (armed && start && now < start) timeout = (int)(start - now);
    if (poll(fds, armed && !start ? 2 : 1, timeout) < 0 && errno != EINTR) break;
    if (fds[0].revents & POLLIN) {
      if (answer_message(c) < 0) break;
    } else if (fds[0].revents & (POLLHUP | POLLERR)) {
      break;
    }
    if (fds[0].revents & POLLOUT && flood_step(c) < 0) break;
  }
  close(c->fd);
  free(c);
  return NULL;
}
