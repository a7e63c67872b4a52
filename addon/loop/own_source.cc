// SPDX-License-Identifier: MIT
#include "loop/own_source.h"

#include <libvirt/libvirt.h>
#include <poll.h>
#include <uv.h>

#include "node/never_destroyed.h"

namespace rxvirt {
namespace {

// Reported whatever the mask is, unless it is 0.
constexpr int kAlways = VIR_EVENT_HANDLE_ERROR | VIR_EVENT_HANDLE_HANGUP;
constexpr int kReadWrite = VIR_EVENT_HANDLE_READABLE | VIR_EVENT_HANDLE_WRITABLE;
// How much too early a loop may call a timeout: a timer of libuv counts whole milliseconds.
constexpr uint64_t kEarlyMs = 1;

// Drops the bits for which the file isn't ready any more. Errors and hang-ups stay: some files, such as
// /proc/self/mounts, tell an error only once.
int WithoutStale(int fd, int mask) {
  if ((mask & kReadWrite) == 0) return mask;
  const auto asked = static_cast<short>(((mask & VIR_EVENT_HANDLE_READABLE) != 0 ? POLLIN : 0) |
                                        ((mask & VIR_EVENT_HANDLE_WRITABLE) != 0 ? POLLOUT : 0));
  pollfd file{fd, asked, 0};
  if (poll(&file, 1, 0) < 0 || (file.revents & POLLNVAL) != 0) return mask;
  return (mask & kAlways) | ((file.revents & POLLIN) != 0 ? VIR_EVENT_HANDLE_READABLE : 0) |
         ((file.revents & POLLOUT) != 0 ? VIR_EVENT_HANDLE_WRITABLE : 0) |
         ((file.revents & POLLERR) != 0 ? VIR_EVENT_HANDLE_ERROR : 0) |
         ((file.revents & POLLHUP) != 0 ? VIR_EVENT_HANDLE_HANGUP : 0);
}

}  // namespace

OwnSource::All& OwnSource::TheAll() {
  static NeverDestroyed<All> all;  // threads may use it until the process has ended
  return *all;
}

OwnSource::OwnSource(SourceKind kind, int setting, std::shared_ptr<InstanceGate> instance)
    : kind_(kind), instance_(std::move(instance)) {
  place_.emplace(SourceKey{kind, -1}, Entry{instance_.get()});
  NoteSetting(setting);
}

OwnSource::~OwnSource() {
  if (id_ < 0) return;
  auto& all = TheAll();
  const std::lock_guard<std::mutex> lock(all.mutex);
  const auto found = all.table.find({kind_, id_});
  // A loop may have given the id to a new source meanwhile.
  if (found != all.table.end() && found->second.source.expired()) all.table.erase(found);
}

void OwnSource::NoteId(int id) {
  auto& all = TheAll();
  const std::lock_guard<std::mutex> lock(all.mutex);
  id_ = id;
  auto place = place_.extract(place_.begin());
  place.key().id = id;
  place.mapped().source = weak_from_this();
  all.table.erase(place.key());
  all.table.insert(std::move(place));
}

std::shared_ptr<OwnSource> OwnSource::Find(SourceKind kind, int id) {
  auto& all = TheAll();
  const std::lock_guard<std::mutex> lock(all.mutex);
  const auto found = all.table.find({kind, id});
  return found == all.table.end() ? nullptr : found->second.source.lock();
}

std::shared_ptr<OwnSource> OwnSource::Next(const InstanceGate* instance, SourceKind kind, int after) {
  auto& all = TheAll();
  const std::lock_guard<std::mutex> lock(all.mutex);
  for (auto each = all.table.upper_bound({kind, after}); each != all.table.end(); ++each) {
    if (each->first.kind != kind) break;
    // That of another instance must not be held here: its destructor needs the table.
    if (each->second.instance != instance) continue;
    if (auto own = each->second.source.lock()) return own;
  }
  return nullptr;
}

void OwnSource::NoteSetting(int setting) {
  setting_ = setting;
  set_ns_ = uv_hrtime();
}

bool OwnSource::IsTimeDue() const {
  if (setting_ < 0) return false;
  const uint64_t passed_ms = (uv_hrtime() - set_ns_) / 1'000'000;
  return passed_ms + kEarlyMs >= static_cast<uint64_t>(setting_);
}

bool OwnSource::IsRemoved() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return is_removed_;
}

int OwnSource::StillDue(int fd, int mask) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (is_removed_) return 0;
  if (kind_ == SourceKind::kTimeout) return IsTimeDue() ? 1 : 0;
  const int wanted = setting_ == 0 ? 0 : mask & (setting_ | kAlways);
  return WithoutStale(fd, wanted);
}

}  // namespace rxvirt
