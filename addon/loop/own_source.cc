// SPDX-License-Identifier: MIT
#include "loop/own_source.h"

#include <libvirt/libvirt.h>
#include <poll.h>
#include <uv.h>

#include "node/never_destroyed.h"

namespace rxvirt {
namespace {

constexpr int kAlways = VIR_EVENT_HANDLE_ERROR | VIR_EVENT_HANDLE_HANGUP;

// The bits of `mask` for which poll(2) finds the file ready now. libvirt's default loop, too, takes a closed
// file for an error.
int ReadyNow(int fd, int mask) {
  const auto asked = static_cast<short>(((mask & VIR_EVENT_HANDLE_READABLE) != 0 ? POLLIN : 0) |
                                        ((mask & VIR_EVENT_HANDLE_WRITABLE) != 0 ? POLLOUT : 0));
  pollfd file{fd, asked, 0};
  if (poll(&file, 1, 0) < 0) return mask;
  const int ready = ((file.revents & POLLIN) != 0 ? VIR_EVENT_HANDLE_READABLE : 0) |
                    ((file.revents & POLLOUT) != 0 ? VIR_EVENT_HANDLE_WRITABLE : 0) |
                    ((file.revents & (POLLERR | POLLNVAL)) != 0 ? VIR_EVENT_HANDLE_ERROR : 0) |
                    ((file.revents & POLLHUP) != 0 ? VIR_EVENT_HANDLE_HANGUP : 0);
  return mask & ready;
}

}  // namespace

OwnSource::All& OwnSource::TheAll() {
  static NeverDestroyed<All> all;  // threads may use it until the process has ended
  return *all;
}

OwnSource::OwnSource(SourceKind kind, int setting, const void* instance) : kind_(kind) {
  place_.emplace(SourceKey{kind, -1}, Entry{instance});
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

std::shared_ptr<OwnSource> OwnSource::Next(const void* instance, SourceKind kind, int after) {
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

bool OwnSource::IsTimeDue(uint64_t early_ms) const {
  if (setting_ < 0) return false;
  const uint64_t passed_ms = (uv_hrtime() - set_ns_) / 1'000'000;
  return passed_ms + early_ms >= static_cast<uint64_t>(setting_);
}

int OwnSource::StillDue(int fd, int mask, uint64_t early_ms) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (is_removed_) return 0;
  if (kind_ == SourceKind::kTimeout) return IsTimeDue(early_ms) ? 1 : 0;
  const int wanted = setting_ == 0 ? 0 : mask & (setting_ | kAlways);
  return wanted == 0 ? 0 : ReadyNow(fd, wanted);
}

}  // namespace rxvirt
