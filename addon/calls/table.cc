// SPDX-License-Identifier: MIT
#include "calls/table.h"

#include <libvirt/libvirt.h>

#include "calls/call_row.h"
#include "calls/tables.h"
#include "export.h"

namespace rxvirt {
namespace {

// (connection, key): makes a handle of an object without asking libvirt. The first call on the object looks
// it up.
template <typename Object>
Napi::Value ReferTo(const Napi::CallbackInfo& info) {
  PassedValues passed(info, "referTo");
  auto connection = passed.NextHandle<ConnectionState>();
  return ToExternal(info.Env(),
                    std::make_shared<Held<Object>>(std::move(connection), passed.NextText().value_or("")));
}

// (handles, index): a handle of one object of a list.
Napi::Value HandleAt(const Napi::CallbackInfo& info) {
  PassedValues passed(info, "handleAt");
  const auto handles = passed.NextHandle<HandleList>();
  auto handle = handles->At(passed.NextInteger<uint32_t>());
  return handle != nullptr ? ToExternal(info.Env(), std::move(handle)) : info.Env().Undefined();
}

void ExportCall(AddonData& data, Napi::Object calls, const CallRow& row) {
  const Napi::HandleScope scope(data.env());
  calls[row.name] = Napi::Function::New(
      data.env(), [&data, &row](const Napi::CallbackInfo& info) { return row.post(data, row, info); },
      row.name);
}

// (domain)
Napi::Value UuidOfDomain(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), PassedValues(info, "uuidOfDomain").NextHandle<Held<virDomain>>()->key);
}

// The number of the call that was posted last.
Napi::Value LastCall(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(AddonData::Of(info).last_call));
}

// (connection, number): rejects the promise of a call. A call that waits is never begun. The result of one
// that is under way is released when it comes.
void GiveUpCall(const Napi::CallbackInfo& info) {
  auto& data = AddonData::Of(info);
  PassedValues passed(info, "giveUpCall");
  const auto calls = passed.NextHandle<ConnectionState>()->calls;
  const auto number = passed.NextInteger<uint64_t>();
  const auto found = calls->open.find(number);
  if (found == calls->open.end()) return;
  OpenCall* const open = found->second;
  open->GiveUp(VirError::NotRun("the call was given up"));
  if (!data.calls->DropWaiting(calls->lane, open->call())) open->CountAsGivenUp();
}

}  // namespace

void* CallRow::Find() const {
  void* address = found.load(std::memory_order_relaxed);
  if (address == nullptr && !library->Open())
    found.store(address = library->Find(name), std::memory_order_relaxed);
  return address;
}

VirError CallRow::Missing() const {
  const auto problem = library->Open();
  return problem ? VirError::Own(VIR_ERR_NO_SUPPORT, VIR_FROM_NONE, *problem, name)
                 : VirError::Absent(name, since);
}

void ExportCalls(AddonData& data, Napi::Object exports) {
  const Napi::Env env = data.env();
  auto calls = Napi::Object::New(env);
  for (const auto& rows : {ConnectionRows(), NodeRows(), DomainRows(), DomainSettingRows(), SnapshotRows(),
                           NetworkRows(), StorageRows(), NodeDeviceRows(), OtherRows(), StreamRows()}) {
    for (size_t i = 0; i < rows.count; ++i) ExportCall(data, calls, rows.first[i]);
  }
  exports["calls"] = calls;
  Export<LastCall>(data, exports, "lastCall");
  Export<GiveUpCall>(data, exports, "giveUpCall");
  Export<HandleAt>(data, exports, "handleAt");
  Export<ReferTo<virDomain>>(data, exports, "referToDomain");
  Export<ReferTo<virNetwork>>(data, exports, "referToNetwork");
  Export<ReferTo<virNodeDevice>>(data, exports, "referToNodeDevice");
  Export<ReferTo<virSecret>>(data, exports, "referToSecret");
  Export<ReferTo<virStoragePool>>(data, exports, "referToStoragePool");
  Export<UuidOfDomain>(data, exports, "uuidOfDomain");
}

}  // namespace rxvirt
