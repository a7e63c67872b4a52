// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include "calls/own_fds.h"
#include "calls/stream_calls.h"

// What a stream brings goes into a file, or a file into a stream, on the call thread: no byte passes through
// JavaScript. libvirt's own functions for this transfer all in one call, which tells nothing until its end.
// These return after a moment, so JavaScript can tell how far it is, and can stop. The stream must block.
namespace rxvirt {

// Writes into the file from `offset` on. `bytes` is how many were written, `state` a StreamState, and
// `file_error` the errno of the file, or 0.
int StreamReceiveIntoFile(decltype(::virStreamSparseRecvAll)* function, virStreamPtr stream,
                          const OwnFds* file, unsigned long long offset, unsigned long long* bytes,
                          int* state, int* file_error);
// Sends `most` bytes at most from `offset` on. `bytes` is how many were sent, `state` whether the file has
// more. With `knows_holes` it ends before a hole of the file, and `hole` is its length; else zeros are sent.
int StreamSendFromFile(decltype(::virStreamSparseSendAll)* function, virStreamPtr stream, const OwnFds* file,
                       unsigned long long offset, unsigned long long most, int knows_holes,
                       unsigned long long* bytes, unsigned long long* hole, int* state, int* file_error);

}  // namespace rxvirt
