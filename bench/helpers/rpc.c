#include "rpc.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

enum { CALLBACK_ID = 1 };

static const uint8_t test_uuid[16] = {0x66, 0x95, 0xeb, 0x01, 0xf6, 0xa4, 0x83, 0x04,
                                      0x79, 0xaa, 0x97, 0xf2, 0x50, 0x2e, 0x19, 0x3f};

static void put_bytes(struct message *m, const void *bytes, size_t size) {
  memcpy(m->bytes + m->size, bytes, size);
  m->size += size;
}

void put_number(struct message *m, uint32_t value) {
  value = htonl(value);
  put_bytes(m, &value, sizeof value);
}

void put_text(struct message *m, const char *text) {
  size_t size = strlen(text);
  put_number(m, size);
  put_bytes(m, text, size);
  put_bytes(m, "\0\0\0", (4 - size % 4) % 4);
}

void begin(struct message *m, uint32_t program, uint32_t procedure, uint32_t type, uint32_t serial,
           uint32_t status) {
  m->size = 0;
  put_number(m, 0);  // the length, written by seal()
  put_number(m, program);
  put_number(m, 1);
  put_number(m, procedure);
  put_number(m, type);
  put_number(m, serial);
  put_number(m, status);
}

void seal(struct message *m) {
  uint32_t size = htonl(m->size);
  memcpy(m->bytes, &size, sizeof size);
}

void lifecycle_event(struct message *m, int domains, int domain, int event, int detail) {
  uint8_t uuid[16];
  char name[32] = "test";
  memcpy(uuid, test_uuid, sizeof uuid);
  if (domains > 1) {
    uint32_t number = htonl(domain);
    memcpy(uuid + 12, &number, sizeof number);
    snprintf(name, sizeof name, "domain-%05d", domain);
  }
  begin(m, PROG_REMOTE, PROC_EVENT_LIFECYCLE, TYPE_MESSAGE, 0, STATUS_OK);
  put_number(m, CALLBACK_ID);
  put_text(m, name);
  put_bytes(m, uuid, sizeof uuid);
  put_number(m, domain + 1);
  put_number(m, event);
  put_number(m, detail);
  seal(m);
}

void error_reply(struct message *m, uint32_t procedure, uint32_t serial) {
  enum { NO_SUPPORT = 3, FROM_RPC = 7, LEVEL_ERROR = 2 };
  begin(m, PROG_REMOTE, procedure, TYPE_REPLY, serial, STATUS_ERROR);
  put_number(m, NO_SUPPORT);
  put_number(m, FROM_RPC);
  put_number(m, 1);
  put_text(m, "procedure not implemented by flood_server");
  put_number(m, LEVEL_ERROR);
  // The domain, three strings, two integers and the network are left out of the error.
  for (int i = 0; i < 7; i++) put_number(m, 0);
  seal(m);
}
