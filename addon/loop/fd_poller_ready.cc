// SPDX-License-Identifier: MIT
// How the FdPoller finds what is ready, and keeps its epoll set free of what is over.
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "loop/fd_poller.h"

namespace rxvirt {
namespace {

// How long one wake-up may last. libvirt's client reads one message in each call. So a burst of messages is
// read in rounds, instead of one message in each turn of the loop. The limits let everything else get its
// turn.
constexpr int kMaxRounds = 64;
constexpr uint64_t kMaxRoundsNs = 1'000'000;

int ToMask(uint32_t epoll_events) {
  return ((epoll_events & EPOLLIN) != 0 ? kReadable : 0) | ((epoll_events & EPOLLOUT) != 0 ? kWritable : 0) |
         ((epoll_events & EPOLLERR) != 0 ? kError : 0) | ((epoll_events & EPOLLHUP) != 0 ? kHangup : 0);
}

}  // namespace

void FdPoller::Drain() {
  Time time{uv_hrtime() + kMaxRoundsNs, kMaxRoundsNs};
  for (int round = 0; round < kMaxRounds && epoll_fd_ >= 0; ++round) {
    if (CollectReady() == 0) break;
    if (!ready_.empty()) dispatch_(ready_, time);
    if (saw_ghost_) Rebuild();
    const uint64_t now_ns = uv_hrtime();
    if (now_ns >= time.until_ns) break;
    time.left_ns = time.until_ns - now_ns;
  }
}

int FdPoller::CollectReady() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ready_.clear();
  DropUnused();
  const int count = epoll_wait(epoll_fd_, events_.data(), static_cast<int>(events_.size()), 0);
  for (int i = 0; i < count; ++i) {
    const auto found = files_.find(events_[i].data.u64);
    if (found == files_.end() || found->second.gone) {
      saw_ghost_ = true;
      continue;
    }
    File& file = found->second;
    const int mask = ToMask(events_[i].events);
    for (const Watcher& watcher : file.watchers) {
      const int own = watcher.is_silent ? 0 : mask & (watcher.events | kError | kHangup);
      if (own != 0) ready_.push_back({watcher.token, own});
    }
    if (file.IsSilent() && !file.watchers.empty()) {
      file.is_out = Control(epoll_fd_, EPOLL_CTL_DEL, found->first, file) == 0;
      if (!file.is_out) Forget(found->first, &file);
    }
  }
  return std::max(count, 0);
}

void FdPoller::DropUnused() {
  for (const uint64_t key : unused_) {
    File& file = files_.at(key);
    file.unused = false;
    if (!file.watchers.empty()) continue;
    // A file that is gone isn't taken out of the set: its number may now belong to another file.
    if (!file.gone) {
      // Fails if the fd was closed first, which took the file out already.
      (void)Control(epoll_fd_, EPOLL_CTL_DEL, key, file);
      key_of_fd_.erase(file.fd);
    }
    files_.erase(key);
  }
  unused_.clear();
}

// When an fd is closed but its file stays open elsewhere (a duplicate, another process), the file stays in
// the epoll set for ever. It can't be taken out (epoll(7), questions and answers, 6). So a new set without it
// is made. If that fails because there is no free fd, the old set stays in use, and the next round tries
// again.
void FdPoller::Rebuild() {
  const std::lock_guard<std::mutex> lock(mutex_);
  UvHandle<uv_poll_t> poll;
  const int made = MakeSet(&poll);
  if (made < 0) return;
  for (auto& [key, file] : files_) {
    if (file.gone || file.is_out) continue;
    // Adds a file only if the old set still has it under this number. Otherwise the number may now belong to
    // another file.
    if (Control(epoll_fd_, EPOLL_CTL_MOD, key, file) != 0) {
      Forget(key, &file);
    } else if (Control(made, EPOLL_CTL_ADD, key, file) != 0) {
      poll.Close();
      close(made);
      return;
    }
  }
  saw_ghost_ = false;
  poll_.Swap(poll);
  poll.Close();
  close(std::exchange(epoll_fd_, made));
  UpdateRef();
}

}  // namespace rxvirt
