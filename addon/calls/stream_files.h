// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include "calls/local_file.h"
#include "calls/stream_calls.h"

// What a stream brings goes into a file, or a file into a stream, on the call thread: no byte passes through
// JavaScript. libvirt's own functions for this transfer all in one call, which tells nothing until its end.
// These return after a moment, so JavaScript can tell how far it is, and can stop.
namespace rxvirt {

// Writes into the file from `offset` on. `bytes` is how far it came, with holes, which are left out. `state`
// is a StreamState, and `file_error` the errno of the file, or 0.
int StreamReceiveIntoFile(decltype(::virStreamSparseRecvAll)* function, virStreamPtr stream, LocalFile* file,
                          unsigned long long offset, unsigned long long* bytes, int* state, int* file_error);
// Sends `most` bytes at most from `offset` on. With `sends_holes` the holes of the file are sent as such,
// else as zeros. `bytes` is how far it came. `state` says whether the file has more; kStreamIsEmpty that the
// stream takes nothing at the moment.
int StreamSendFromFile(decltype(::virStreamSparseSendAll)* function, virStreamPtr stream, LocalFile* file,
                       unsigned long long offset, unsigned long long most, int sends_holes,
                       unsigned long long* bytes, int* state, int* file_error);

}  // namespace rxvirt
