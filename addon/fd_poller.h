// SPDX-License-Identifier: MIT
#pragma once
#include <uv.h>

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "uv_handle.h"

namespace rxvirt {

// The bits of a ready or wanted mask; the same numbers as libvirt's VIR_EVENT_HANDLE_*.
enum ReadyBits : int { kReadable = 1, kWritable = 2, kError = 4, kHangup = 8 };

// One private epoll set, watched by a single uv_poll_t: uv_poll itself takes one handle for each file and
// hides errors and hang-ups. Any number of watchers share an fd. Loop thread only.
class FdPoller {
 public:
  struct Ready {
    int32_t token;
    int32_t bits;
  };
  // Gets one batch of ready watchers; may add and remove watchers, its own included.
  using Dispatch = std::function<void(const std::vector<Ready>&)>;

  // `on_readable` is called from the event loop, and calls Drain() once it has entered JavaScript.
  FdPoller(uv_loop_t* loop, std::function<void()> on_readable, Dispatch dispatch);
  ~FdPoller();
  FdPoller(const FdPoller&) = delete;
  FdPoller& operator=(const FdPoller&) = delete;

  // Returns a token above 0, or a negated errno: -EBADF for what is no open file, -EPERM for a file that is
  // always ready (a regular one) and that epoll refuses. Errors and hang-ups are reported in any case.
  [[nodiscard]] int Add(int fd, int events);
  void Remove(int token);

  // Dispatches what is ready, in rounds, as long as more becomes ready and the bounds allow.
  void Drain();

  // While paused nothing is dispatched and the set is left as it is: unread data pushes back on its sender.
  void SetPaused(bool paused);

  // Closes the libuv handle; nothing is dispatched from then on.
  void End();

 private:
  struct Watcher {
    int token;
    int events;
  };
  // One open file in the epoll set. The key, unlike the fd number, is never used again, so an event for a
  // file that was closed behind our back can't be taken for its successor's.
  struct File {
    int fd;
    bool gone = false;  // the kernel no longer has it under this fd
    std::vector<Watcher> watchers;
    [[nodiscard]] uint32_t EpollMask() const;
  };

  int NewToken();
  int CollectReady();
  [[nodiscard]] int Control(int operation, uint64_t key, const File& file) const;
  // Loses the file of a closed fd from sight: its number may belong to another file now.
  void Forget(uint64_t key, File* file);
  void Rebuild();
  void Start();
  void UpdateRef();

  uv_loop_t* loop_;
  std::function<void()> on_readable_;
  Dispatch dispatch_;
  int epoll_fd_ = -1;
  UvHandle<uv_poll_t> poll_;
  bool paused_ = false;
  bool saw_ghost_ = false;
  int last_token_ = 0;
  uint64_t last_key_ = 0;
  std::unordered_map<uint64_t, File> files_;
  std::unordered_map<int, uint64_t> key_of_fd_;
  std::unordered_map<int, uint64_t> key_of_token_;
  std::vector<Ready> ready_;
};

}  // namespace rxvirt
