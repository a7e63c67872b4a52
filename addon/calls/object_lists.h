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
// the domains. libvirt can free only all of them, so the domains share the list: a reference of each would
// cost as much as all the rest of the answer.
class StatsRecords {
 public:
  [[nodiscard]] virDomainStatsRecordPtr** address() { return &list_->records; }

  [[nodiscard]] DomainStats Keep(const std::shared_ptr<ConnectionState>& connection) const {
    DomainStats stats;
    auto next = list_->records;
    const auto next_domain = [&]() -> virDomainPtr {
      if (next == nullptr || *next == nullptr) return nullptr;
      virDomainStatsRecord& record = **next++;
      AppendParameters(stats.values, record.params, record.nparams);
      // The domains may be kept for long, and need no statistics.
      virTypedParamsFree(std::exchange(record.params, nullptr), std::exchange(record.nparams, 0));
      return record.dom;
    };
    stats.domains = KeepObjects(connection, next_domain, list_);
    return stats;
  }

 private:
  struct List {
    List() = default;
    ~List() {
      if (records != nullptr) virDomainStatsRecordListFree(records);
    }
    List(const List&) = delete;
    List& operator=(const List&) = delete;

    virDomainStatsRecordPtr* records = nullptr;
  };

  std::shared_ptr<List> list_ = std::make_shared<List>();
};

// As for FoundObjects, and `numbers` and `strings`.
Napi::Object ToJs(Napi::Env env, const DomainStats& stats);

}  // namespace rxvirt
