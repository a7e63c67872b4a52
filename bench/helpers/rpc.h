// The parts of libvirt's RPC protocol (XDR over a stream) that are needed to answer a client and to send it
// events.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { PROG_REMOTE = 0x20008086, PROG_KEEPALIVE = 0x6b656570 };
enum { TYPE_CALL = 0, TYPE_REPLY = 1, TYPE_MESSAGE = 2 };
enum { STATUS_OK = 0, STATUS_ERROR = 1 };
enum {
  PROC_OPEN = 1,
  PROC_CLOSE = 2,
  PROC_GET_TYPE = 3,
  PROC_GET_HOSTNAME = 59,
  PROC_SUPPORTS_FEATURE = 60,
  PROC_AUTH_LIST = 66,
  PROC_GET_URI = 110,
  PROC_EVENT_REGISTER_ANY = 316,
  PROC_EVENT_DEREGISTER_ANY = 317,
  PROC_EVENT_LIFECYCLE = 318,
  PROC_REGISTER_CLOSE_CB = 360,
  PROC_UNREGISTER_CLOSE_CB = 361,
};
enum { FEATURE_PROGRAM_KEEPALIVE = 10, FEATURE_EVENT_CALLBACK = 14, FEATURE_CLOSE_CALLBACK = 15 };
enum { EVENT_SUSPENDED = 3, EVENT_RESUMED = 4, EVENT_MARKER = 5, DETAIL_MARKER = 5 };

struct message {
  uint8_t bytes[4096];
  size_t size;
};

void put_number(struct message *m, uint32_t value);
void put_text(struct message *m, const char *text);

// Begins a message. Then put_* functions add its body, and seal() writes the length in front.
void begin(struct message *m, uint32_t program, uint32_t procedure, uint32_t type, uint32_t serial,
           uint32_t status);
void seal(struct message *m);

// A whole message with a lifecycle event of one of `domains` domains. All messages with the same `domains`
// are equally long.
void lifecycle_event(struct message *m, int domains, int domain, int event, int detail);
void error_reply(struct message *m, uint32_t procedure, uint32_t serial);
