// SPDX-License-Identifier: MIT
#include "loop/fd_poller.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <new>
#include <utility>

#include "node/from_c.h"

namespace rxvirt {
namespace {

constexpr size_t kMaxUnused = 64;
constexpr size_t kFirstRoom = 64;  // for files

}  // namespace

uint32_t FdPoller::File::EpollMask() const {
  int mask = 0;
  for (const Watcher& watcher : watchers) mask |= watcher.is_silent ? 0 : watcher.events;
  return ((mask & kReadable) != 0 ? static_cast<uint32_t>(EPOLLIN) : 0u) |
         ((mask & kWritable) != 0 ? static_cast<uint32_t>(EPOLLOUT) : 0u);
}

bool FdPoller::File::IsSilent() const {
  return std::all_of(watchers.begin(), watchers.end(), [](const Watcher& each) { return each.is_silent; });
}

FdPoller::FdPoller(uv_loop_t* loop, OnReadable on_readable, Dispatch dispatch)
    : loop_(loop), on_readable_(std::move(on_readable)), dispatch_(std::move(dispatch)) {
  unused_.reserve(kMaxUnused + 1);
  events_.resize(kFirstRoom);
}

FdPoller::~FdPoller() { End(); }

int FdPoller::MakeSet(UvHandle<uv_poll_t>* poll) {
  const int epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (epoll_fd < 0) return -errno;
  int status = -ENOMEM;
  try {
    status = poll->Open([&](uv_poll_t* handle) { return uv_poll_init(loop_, handle, epoll_fd); });
  } catch (const std::bad_alloc&) {
  }
  if (status == 0) {
    poll->get()->data = this;
    status = uv_poll_start(poll->get(), UV_READABLE, FromC<OnPoll>);
  }
  if (status == 0) return epoll_fd;
  poll->Close();
  close(epoll_fd);
  return status;
}

void FdPoller::OnPoll(uv_poll_t* poll, int, int) { static_cast<FdPoller*>(poll->data)->on_readable_(); }

void FdPoller::End() {
  const std::lock_guard<std::mutex> lock(mutex_);
  has_ended_ = true;
  poll_.Close();
  if (epoll_fd_ >= 0) close(epoll_fd_);
  epoll_fd_ = -1;
}

void FdPoller::UpdateRef() { poll_.SetRef(!key_of_token_.empty()); }

int FdPoller::Control(int epoll_fd, int operation, uint64_t key, const File& file) {
  epoll_event event{};
  event.events = file.EpollMask();
  event.data.u64 = key;
  return epoll_ctl(epoll_fd, operation, file.fd, &event) == 0 ? 0 : errno;
}

// Each change of a mask takes a new token. After months of changes the tokens reach the end of an int, and
// start again at 1.
int FdPoller::NewToken() {
  do {
    last_token_ = last_token_ == std::numeric_limits<int>::max() ? 1 : last_token_ + 1;
  } while (key_of_token_.count(last_token_) != 0);
  return last_token_;
}

int FdPoller::Prepare() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return PrepareLocked();
}

int FdPoller::PrepareLocked() {
  if (epoll_fd_ >= 0) return 0;
  const int made = MakeSet(&poll_);
  if (made < 0) return made;
  epoll_fd_ = made;
  UpdateRef();
  return 0;
}

int FdPoller::Add(int fd, int events) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (has_ended_ || fcntl(fd, F_GETFD) < 0) return -EBADF;
  try {
    const int status = PrepareLocked();
    return status < 0 ? status : Insert(fd, events);
  } catch (const std::bad_alloc&) {
    return -ENOMEM;
  }
}

// Adds all or nothing, also when memory runs out. A watcher without a token could never
// be removed, and epoll would report its file for ever.
int FdPoller::Insert(int fd, int events) {
  const Watcher watcher{NewToken(), events};
  const auto known = key_of_fd_.find(fd);
  if (known != key_of_fd_.end()) {
    const uint64_t key = known->second;
    File& file = files_.at(key);
    const auto noted = key_of_token_.emplace(watcher.token, key).first;
    try {
      file.watchers.push_back(watcher);
    } catch (...) {
      key_of_token_.erase(noted);
      throw;
    }
    // Asks the kernel even when the mask stays as it was. Only the kernel knows whether the number still
    // means the file that it meant when it was added.
    if (Control(epoll_fd_, file.is_out ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, key, file) == 0) {
      file.is_out = false;
      UpdateRef();
      return watcher.token;
    }
    file.watchers.pop_back();
    key_of_token_.erase(noted);
    Forget(key, &file);
  }
  const uint64_t key = ++last_key_;
  if (files_.size() >= events_.size()) events_.resize(2 * events_.size());
  const File& file = files_.emplace(key, File{fd, false, false, {watcher}}).first->second;
  int error = ENOMEM;
  try {
    key_of_fd_[fd] = key;
    key_of_token_.emplace(watcher.token, key);
    error = Control(epoll_fd_, EPOLL_CTL_ADD, key, file);
    // The file has got its number back (dup2) while the kernel still had the old entry. That entry is used
    // again.
    if (error == EEXIST) error = Control(epoll_fd_, EPOLL_CTL_MOD, key, file);
  } catch (const std::bad_alloc&) {
  }
  if (error != 0) {
    key_of_token_.erase(watcher.token);
    key_of_fd_.erase(fd);
    files_.erase(key);
    return -error;
  }
  UpdateRef();
  return watcher.token;
}

void FdPoller::Remove(int token) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = key_of_token_.find(token);
  if (found == key_of_token_.end()) return;
  const uint64_t key = found->second;
  key_of_token_.erase(found);
  File& file = files_.at(key);
  auto& watchers = file.watchers;
  watchers.erase(std::find_if(watchers.begin(), watchers.end(),
                              [token](const Watcher& each) { return each.token == token; }));
  if (watchers.empty()) {
    // A mask is changed by a removal and an addition. The file stays in the set between the two, because
    // putting it in again could fail.
    if (!std::exchange(file.unused, true)) unused_.push_back(key);
    if (unused_.size() > kMaxUnused) DropUnused();
  } else if (!file.gone && !file.is_out && Control(epoll_fd_, EPOLL_CTL_MOD, key, file) != 0) {
    Forget(key, &file);
  }
  UpdateRef();
}

bool FdPoller::SetMask(int token, int events) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = key_of_token_.find(token);
  if (found == key_of_token_.end()) return false;
  const uint64_t key = found->second;
  File& file = files_.find(key)->second;
  if (file.gone) return false;
  for (Watcher& watcher : file.watchers) {
    if (watcher.token != token) continue;
    watcher.is_silent = events == 0;
    if (events != 0) watcher.events = events;
  }
  if (file.is_out && file.IsSilent()) return true;
  if (Control(epoll_fd_, file.is_out ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, key, file) != 0) return false;
  file.is_out = false;
  return true;
}

void FdPoller::Forget(uint64_t key, File* file) {
  file->gone = true;
  const auto current = key_of_fd_.find(file->fd);
  if (current != key_of_fd_.end() && current->second == key) key_of_fd_.erase(current);
}

}  // namespace rxvirt
