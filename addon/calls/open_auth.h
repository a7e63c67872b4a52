// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>
#include <napi.h>

#include <memory>

#include "calls/auth.h"

namespace rxvirt {

class AddonData;
struct SourceOwner;

// Opens a connection, and asks JavaScript what libvirt wants to know for it. Call thread; blocks.
virConnectPtr OpenWithAuth(const char* uri, bool is_read_only, int token, AuthDesk& desk, SourceOwner& owner);

// Loop thread. Brings waiting questions to JavaScript.
void BringQuestions(AddonData& data);

void ExportAuth(AddonData& data, Napi::Object exports);

}  // namespace rxvirt
