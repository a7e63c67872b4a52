// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "loop_waker.h"

namespace rxvirt {

// A watch on an fd ("handle") or a timeout: libvirt counts their ids separately.
enum class SourceKind : uint8_t { kHandle, kTimeout };

// What the loop's thread has to bring to the EventImpl for one id.
struct SourceChange {
  enum class Action : uint8_t { kAdd, kUpdate, kRemove };
  Action action;
  SourceKind kind;
  int id;
  int fd;      // handles only
  int wanted;  // event mask of a handle, milliseconds of a timeout
};

// The six functions that virEventRegisterImpl() gets, over one locked table of wanted states.
//
// Threads: libvirt calls the six functions on any thread, often with its own locks held, so none waits for
// JavaScript; each notes the wanted state and wakes the loop. The rest is for the home thread, the
// JavaScript thread that registered.
//
// There is one for the process and it is never destroyed: libvirt keeps the functions for ever. After the
// home environment has ended they refuse.
class EventBridge {
 public:
  static EventBridge& Instance();

  // Home thread: makes the caller's thread the home and hands the six functions to libvirt.
  void Register(std::shared_ptr<LoopWaker> waker);
  // Home thread, when its environment ends.
  void End();
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] bool IsHome() const { return home_ == std::this_thread::get_id(); }

  // The six functions; any thread.
  int Add(SourceKind kind, int fd, int wanted, void* callback, void* opaque, virFreeCallback free) noexcept;
  void Update(SourceKind kind, int id, int wanted) noexcept;
  int Remove(SourceKind kind, int id) noexcept;

  // Home thread.
  [[nodiscard]] bool HasChanges() const { return changed_; }
  [[nodiscard]] size_t WaitingChanges();
  [[nodiscard]] std::optional<SourceChange> NextChange();
  // The EventImpl refused an id that was brought to it. True when the caller of Add() can still be told:
  // the id is then forgotten and libvirt keeps its opaque pointer, as for any failed add.
  void Refuse(SourceKind kind, int id);
  [[nodiscard]] bool ForgetIfRefused(SourceKind kind, int id);

  // Home thread, in a LibvirtScope: call into libvirt, if the newest wanted state still wants it. A watch
  // of libvirt's own is called again while its fd stays readable.
  void RunHandle(int id, int bits);
  void RunTimeout(int id);
  // Runs the free callback of a removed id, once. False: unknown id, still registered, or freed before.
  [[nodiscard]] bool RunFree(SourceKind kind, int id);
  // The EventImpl failed to remove what it was told to, so it can't be trusted to free it.
  void TakeFree(SourceKind kind, int id);
  // Frees what was removed before the EventImpl heard of it, and what was taken from it.
  void RunOwnFrees();
  // Runs silent timeouts that libvirt has just added, once. Without it a stream that is left and subscribed
  // to again amid events stayed silent after some hundred rounds (libvirt 9.0.0, under its own loop too). The
  // likely reason: libvirt arms this timeout when its queue gets its first event, and one that came just as
  // the last callback was deregistered is still in the queue. Of an empty queue a run does nothing.
  void RunFirsts();

  struct Counts {
    uint64_t adds = 0;
    uint64_t frees = 0;
  };
  [[nodiscard]] Counts counts() const;

 private:
  struct Source {
    int fd;
    int wanted;
    void* callback;
    void* opaque;
    virFreeCallback free;
    bool is_libvirts;         // the callback is code of libvirt itself
    int applied = 0;          // the state that the EventImpl was last told
    uint32_t generation = 0;  // counts updates: the same period again re-arms a timeout
    uint32_t applied_generation = 0;
    bool known = false;    // the EventImpl was told of it
    bool refused = false;  // and didn't want it
    bool removed = false;
    bool queued = false;  // in changes_
  };
  struct Table {
    int last_id = 0;
    std::unordered_map<int, Source> sources;
  };
  struct Key {
    SourceKind kind;
    int id;
  };

  EventBridge() = default;
  Table& table(SourceKind kind) { return kind == SourceKind::kHandle ? handles_ : timeouts_; }
  Source* Find(SourceKind kind, int id);
  // Notes that the loop has to look at the id; true when the loop must be woken for it.
  [[nodiscard]] bool MarkChanged(Key key, Source* source);
  void Free(const Source& source);

  mutable std::mutex mutex_;
  Table handles_;
  Table timeouts_;
  std::deque<Key> changes_;
  std::atomic<bool> changed_{false};
  bool wake_sent_ = false;
  std::deque<Source> own_frees_;
  std::vector<int> first_runs_;  // ids of timeouts
  std::shared_ptr<LoopWaker> waker_;
  std::atomic<std::thread::id> home_{};
  std::atomic<bool> ended_{false};
  Counts counts_;
};

// Marks code of the home thread that libvirt may call back from, or that calls libvirt: changes made
// meanwhile need no wake-up, because they are brought over when the outermost scope has ended
// (AddonData::Inside).
class LibvirtScope {
 public:
  LibvirtScope() { ++depth_; }
  ~LibvirtScope() { --depth_; }
  LibvirtScope(const LibvirtScope&) = delete;
  LibvirtScope& operator=(const LibvirtScope&) = delete;
  [[nodiscard]] static bool IsOpen() { return depth_ > 0; }

 private:
  static thread_local int depth_;
};

}  // namespace rxvirt
