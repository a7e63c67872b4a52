// SPDX-License-Identifier: MIT
// The functions of streams, and those that open one.
#include "calls/stream_calls.h"
#include "calls/stream_files.h"
#include "calls/tables/rows.h"

namespace rxvirt {
namespace {

// clang-format off
const CallRow kRows[] = {
    CALL(virDomainOpenChannel),
    CALL(virDomainOpenConsole),
    CALL(virDomainScreenshot),
    CALL(virStorageVolDownload),
    CALL(virStorageVolUpload),
    CALL(virStreamEventUpdateCallback),
    CALL(virStreamNew),
    CALL(virStreamRecvHole),
    CALL(virStreamSendHole),
    ODD(virStreamAbort, StreamFinish),
    ODD(virStreamFinish, StreamFinish),
    ODD(virStreamRecvFlags, StreamReceive),
    ODD(virStreamSend, StreamSend),
    ODD(virStreamSparseRecvAll, StreamReceiveIntoFile),
    ODD(virStreamSparseSendAll, StreamSendFromFile),
};
// clang-format on

}  // namespace

CallRows StreamRows() { return Rows(kRows); }

}  // namespace rxvirt
