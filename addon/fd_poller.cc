// SPDX-License-Identifier: MIT
#include "fd_poller.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <utility>

namespace rxvirt {
namespace {

// How long one wake-up may go on: libvirt's client reads one message for each call, so a burst is drained
// in rounds instead of a turn of the loop for each message; bounded, so that nothing else is starved.
constexpr int kMaxRounds = 64;
constexpr uint64_t kMaxRoundsNs = 1'000'000;
constexpr int kMaxBatch = 256;

int ToReadyBits(uint32_t epoll_events) {
  return ((epoll_events & EPOLLIN) != 0 ? kReadable : 0) | ((epoll_events & EPOLLOUT) != 0 ? kWritable : 0) |
         ((epoll_events & EPOLLERR) != 0 ? kError : 0) | ((epoll_events & EPOLLHUP) != 0 ? kHangup : 0);
}

}  // namespace

uint32_t FdPoller::File::EpollMask() const {
  int wanted = 0;
  for (const Watcher& watcher : watchers) wanted |= watcher.events;
  return ((wanted & kReadable) != 0 ? static_cast<uint32_t>(EPOLLIN) : 0u) |
         ((wanted & kWritable) != 0 ? static_cast<uint32_t>(EPOLLOUT) : 0u);
}

FdPoller::FdPoller(uv_loop_t* loop, std::function<void()> on_readable, Dispatch dispatch)
    : loop_(loop), on_readable_(std::move(on_readable)), dispatch_(std::move(dispatch)) {
  Start();
}

FdPoller::~FdPoller() { End(); }

void FdPoller::Start() {
  epoll_fd_ = epoll_create1(EPOLL_CLOEXEC);
  if (epoll_fd_ < 0) return;  // Add() then answers with -EBADF
  const int status = poll_.Open([this](uv_poll_t* poll) { return uv_poll_init(loop_, poll, epoll_fd_); });
  if (status != 0) {
    close(epoll_fd_);
    epoll_fd_ = -1;
    return;
  }
  poll_.get()->data = this;
  SetPaused(paused_);
  UpdateRef();
}

void FdPoller::End() {
  poll_.Close();
  if (epoll_fd_ >= 0) close(epoll_fd_);
  epoll_fd_ = -1;
}

void FdPoller::SetPaused(bool paused) {
  paused_ = paused;
  if (poll_.get() == nullptr) return;
  if (paused) {
    uv_poll_stop(poll_.get());
  } else {
    uv_poll_start(poll_.get(), UV_READABLE,
                  [](uv_poll_t* poll, int, int) { static_cast<FdPoller*>(poll->data)->on_readable_(); });
  }
}

void FdPoller::UpdateRef() { poll_.SetRef(!key_of_token_.empty()); }

int FdPoller::Control(int operation, uint64_t key, const File& file) const {
  epoll_event event{};
  event.events = file.EpollMask();
  event.data.u64 = key;
  return epoll_ctl(epoll_fd_, operation, file.fd, &event) == 0 ? 0 : errno;
}

// Each change of a mask takes a new one, so that months of them come to the end of an int.
int FdPoller::NewToken() {
  do {
    last_token_ = last_token_ == std::numeric_limits<int>::max() ? 1 : last_token_ + 1;
  } while (key_of_token_.count(last_token_) != 0);
  return last_token_;
}

int FdPoller::Add(int fd, int events) {
  if (fcntl(fd, F_GETFD) < 0) return -EBADF;
  const Watcher watcher{NewToken(), events};
  const auto known = key_of_fd_.find(fd);
  if (known != key_of_fd_.end()) {
    const uint64_t key = known->second;
    File& file = files_.at(key);
    file.watchers.push_back(watcher);
    // Always asked for, also when the mask stays as it was: only the kernel can tell whether the number
    // still means the file that it meant when it was added.
    if (Control(EPOLL_CTL_MOD, key, file) == 0) {
      key_of_token_[watcher.token] = key;
      return watcher.token;
    }
    file.watchers.pop_back();
    Forget(key, &file);
  }
  const uint64_t key = ++last_key_;
  File file{fd, false, {watcher}};
  int error = Control(EPOLL_CTL_ADD, key, file);
  // The file came back to its number (dup2) while the kernel still had it: take the entry over.
  if (error == EEXIST) error = Control(EPOLL_CTL_MOD, key, file);
  if (error != 0) return -error;
  files_.emplace(key, std::move(file));
  key_of_fd_[fd] = key;
  key_of_token_[watcher.token] = key;
  UpdateRef();
  return watcher.token;
}

void FdPoller::Remove(int token) {
  const auto found = key_of_token_.find(token);
  if (found == key_of_token_.end()) return;
  const uint64_t key = found->second;
  key_of_token_.erase(found);
  File& file = files_.at(key);
  auto& watchers = file.watchers;
  watchers.erase(std::find_if(watchers.begin(), watchers.end(),
                              [token](const Watcher& each) { return each.token == token; }));
  if (watchers.empty()) {
    // A file that is gone isn't taken out: its number may belong to somebody else's watch.
    if (!file.gone) {
      (void)Control(EPOLL_CTL_DEL, key, file);  // fails where the fd was closed first, which did it already
      key_of_fd_.erase(file.fd);
    }
    files_.erase(key);
  } else if (!file.gone && Control(EPOLL_CTL_MOD, key, file) != 0) {
    Forget(key, &file);
  }
  UpdateRef();
}

void FdPoller::Forget(uint64_t key, File* file) {
  file->gone = true;
  const auto current = key_of_fd_.find(file->fd);
  if (current != key_of_fd_.end() && current->second == key) key_of_fd_.erase(current);
}

void FdPoller::Drain() {
  const uint64_t start_ns = uv_hrtime();
  for (int round = 0; round < kMaxRounds && !paused_ && epoll_fd_ >= 0; ++round) {
    if (CollectReady() == 0) break;
    if (!ready_.empty()) dispatch_(ready_);
    if (saw_ghost_) Rebuild();
    if (uv_hrtime() - start_ns > kMaxRoundsNs) break;
  }
}

int FdPoller::CollectReady() {
  std::array<epoll_event, kMaxBatch> events;
  ready_.clear();
  const int count = epoll_wait(epoll_fd_, events.data(), kMaxBatch, 0);
  for (int i = 0; i < count; ++i) {
    const auto found = files_.find(events[i].data.u64);
    if (found == files_.end() || found->second.gone) {
      saw_ghost_ = true;
      continue;
    }
    const int bits = ToReadyBits(events[i].events);
    for (const Watcher& watcher : found->second.watchers) {
      const int own = bits & (watcher.events | kError | kHangup);
      if (own != 0) ready_.push_back({watcher.token, own});
    }
  }
  return std::max(count, 0);
}

// A closed fd whose file lives on elsewhere (a duplicate, another process) stays in an epoll set for ever
// and can't be taken out of it (epoll(7), questions and answers, 6). A new set without it can be made.
void FdPoller::Rebuild() {
  saw_ghost_ = false;
  poll_.Close();
  close(epoll_fd_);
  Start();
  for (auto& [key, file] : files_) {
    if (!file.gone && Control(EPOLL_CTL_ADD, key, file) != 0) Forget(key, &file);
  }
}

}  // namespace rxvirt
