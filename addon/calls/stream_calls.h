// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <cstddef>

#include "calls/stream_bytes.h"

// How the functions of streams are called. A stream that doesn't block takes and gives what it can at once.
// One that blocks waits in the call.
namespace rxvirt {

// How a stream is after a read.
enum StreamState : int { kStreamHasMore = 0, kStreamIsEmpty = 1, kStreamHasEnded = 2, kStreamHasHole = 3 };

// As much as a message of libvirt's protocol takes.
constexpr size_t kMessageBytes = 262'120;

// Reads some messages into `bytes`, `most` bytes at most. `state` is a StreamState.
int StreamReceive(decltype(::virStreamRecvFlags)* function, virStreamPtr stream, int most, StreamBytes* bytes,
                  int* state, unsigned int flags);
// Returns how many bytes were taken: 0 when the stream takes none at the moment, and fewer than all when the
// next call meets an error.
int StreamSend(decltype(::virStreamSend)* function, virStreamPtr stream, const StreamBytes* bytes);
int SendAll(virStreamPtr stream, const char* bytes, size_t size);
// Also for virStreamAbort. Without the callback a stream of a driver in this process can let go of its
// descriptor.
int StreamFinish(decltype(::virStreamFinish)* function, virStreamPtr stream);

}  // namespace rxvirt
