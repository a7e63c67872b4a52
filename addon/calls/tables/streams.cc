// SPDX-License-Identifier: MIT
// The functions of streams, and those that open one.
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
    CALL(virStreamAbort),
    CALL(virStreamEventUpdateCallback),
    CALL(virStreamFinish),
    CALL(virStreamNew),
    CALL(virStreamRecvHole),
    CALL(virStreamSendHole),
    ODD(virStreamRecvFlags, StreamReceive),
    ODD(virStreamSend, StreamSend),
};
// clang-format on

}  // namespace

CallRows StreamRows() { return Rows(kRows); }

}  // namespace rxvirt
