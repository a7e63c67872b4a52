// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "loop/source_owner.h"

namespace rxvirt {

struct InstanceGate;

// What the program wants of one source of event.addHandle or event.addTimeout, whichever thread has said it.
// A loop on another thread may have found the source due just before. Its callback then waits for JavaScript,
// or is on its way there, and asks here whether it is still wanted. Any thread.
class OwnSource : public std::enable_shared_from_this<OwnSource> {
 public:
  // `setting` is the mask of a handle, or the milliseconds of a timeout. `instance` is that of the caller.
  OwnSource(SourceKind kind, int setting, std::shared_ptr<InstanceGate> instance);
  ~OwnSource();
  OwnSource(const OwnSource&) = delete;
  OwnSource& operator=(const OwnSource&) = delete;

  // Lets other threads find it. Takes no memory, because libvirt has the source already.
  void NoteId(int id);
  // nullptr when the id is not that of such a source.
  static std::shared_ptr<OwnSource> Find(SourceKind kind, int id);
  // The next one of an instance, by its id; nullptr when there is none above `after`.
  static std::shared_ptr<OwnSource> Next(const InstanceGate* instance, SourceKind kind, int after);
  // Valid from NoteId() on.
  [[nodiscard]] int id() const { return id_; }
  [[nodiscard]] const std::shared_ptr<InstanceGate>& instance() const { return instance_; }

  // `tell` tells libvirt. Where two threads change a source at once, libvirt has the same setting in the end.
  template <typename Tell>
  void Set(int setting, Tell tell) {
    const std::lock_guard<std::mutex> lock(mutex_);
    NoteSetting(setting);
    tell();
  }
  template <typename Tell>
  void Remove(Tell tell) {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_removed_ = true;
    tell();
  }

  [[nodiscard]] bool IsRemoved() const;
  // The bits of the mask that a handle's callback still has to get; for a timeout, not 0 if it is still due.
  [[nodiscard]] int StillDue(int fd, int mask) const;

 private:
  struct Entry {
    const InstanceGate* instance = nullptr;
    std::weak_ptr<OwnSource> source{};
  };
  using Table = std::map<SourceKey, Entry>;
  struct All {
    std::mutex mutex;
    Table table;
  };
  static All& TheAll();
  void NoteSetting(int setting);
  [[nodiscard]] bool IsTimeDue() const;

  const SourceKind kind_;
  const std::shared_ptr<InstanceGate> instance_;
  Table place_;  // its place in the table, until NoteId()
  int id_ = -1;
  mutable std::mutex mutex_;  // guards what follows
  int setting_ = 0;
  uint64_t set_ns_ = 0;  // uv_hrtime()
  bool is_removed_ = false;
};

}  // namespace rxvirt
