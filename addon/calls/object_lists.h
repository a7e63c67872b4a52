// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "calls/found_objects.h"
#include "calls/parameter_values.h"

namespace rxvirt {

// A list that one of libvirt's functions has allocated. It ends with NULL, and stays nullptr when the
// function fails. Owns the list and the objects in it.
template <typename Object>
class ObjectList {
 public:
  ObjectList() = default;
  ~ObjectList() {
    while (Object* object = Next()) (void)ObjectKind<Object>::Free(object);
    free(list_);
  }
  ObjectList(const ObjectList&) = delete;
  ObjectList& operator=(const ObjectList&) = delete;

  // For libvirt's function.
  [[nodiscard]] Object*** address() { return &list_; }

  // Moves all objects out of the list. An exception leaves those that are not moved yet to the destructor.
  [[nodiscard]] FoundObjects Keep(const std::shared_ptr<ConnectionState>& connection) {
    return KeepObjects(connection, [this] { return Next(); });
  }

 private:
  // Passes the ownership of the next object on; nullptr when there is none.
  Object* Next() { return list_ != nullptr && list_[next_] != nullptr ? list_[next_++] : nullptr; }

  Object** list_ = nullptr;
  size_t next_ = 0;
};

// What libvirt knows about some domains: the typed parameters of each domain, one after the other.
struct DomainStats {
  FoundObjects domains;
  ParameterValues values;
};

// The list of virConnectGetAllDomainStats() and virDomainListGetStats(). It owns the records, and they own
// the domains. libvirt's function that frees records frees the domains too, and a further reference of each
// would cost as much as all the rest of the answer. So the records are freed here, as that function does it.
class StatsRecords {
 public:
  StatsRecords() = default;
  ~StatsRecords() {
    while (virDomainPtr domain = NextDomain(nullptr)) (void)virDomainFree(domain);
    free(records_);
  }
  StatsRecords(const StatsRecords&) = delete;
  StatsRecords& operator=(const StatsRecords&) = delete;

  // For libvirt's function.
  [[nodiscard]] virDomainStatsRecordPtr** address() { return &records_; }

  // Moves all out of the list. An exception leaves those that are not moved yet to the destructor.
  [[nodiscard]] DomainStats Keep(const std::shared_ptr<ConnectionState>& connection) {
    DomainStats stats;
    stats.domains = KeepObjects(connection, [&] { return NextDomain(&stats.values); });
    return stats;
  }

 private:
  // Passes the ownership of the next domain on; nullptr when there is none.
  virDomainPtr NextDomain(ParameterValues* values) {
    if (records_ == nullptr || records_[next_] == nullptr) return nullptr;
    virDomainStatsRecord& record = *records_[next_];
    if (values != nullptr) AppendParameters(*values, record.params, record.nparams);
    ++next_;
    virTypedParamsFree(record.params, record.nparams);
    const virDomainPtr domain = record.dom;
    free(&record);
    return domain;
  }

  virDomainStatsRecordPtr* records_ = nullptr;
  size_t next_ = 0;
};

// As for FoundObjects, and `numbers` and `strings`.
Napi::Object ToJs(Napi::Env env, const DomainStats& stats);

}  // namespace rxvirt
