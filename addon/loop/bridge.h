// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "loop/libvirt_scope.h"
#include "loop/source_owner.h"
#include "node/loop_waker.h"

namespace rxvirt {

// How long the watches that are ready together may go on to read.
struct ReadingBudget {
  uint64_t until_ns = 0;  // uv_hrtime(): all of them
  uint64_t share_ns = 0;  // each of them, so that the first leave something to the last
};

// What the loop's thread has to bring to the EventImpl for one id.
struct SourceChange {
  enum class Action : uint8_t { kAdd, kUpdate, kRemove };
  Action action;
  SourceKind kind;
  int id;
  int fd;       // handles only
  int setting;  // event mask of a handle, milliseconds of a timeout
};

// The six functions that virEventRegisterImpl() gets, over one locked table of what libvirt wants.
//
// Threads: libvirt calls the six functions on any thread, often with its own locks held, so none waits for
// JavaScript; each notes what is wanted and wakes the loop. Most of the rest is for the home thread, the
// JavaScript thread that serves the table.
//
// There is one for the process and it is never destroyed: libvirt keeps the functions for ever. When the home
// environment has ended, the table goes on to take what libvirt wants, and the next home serves it.
class EventBridge {
 public:
  static EventBridge& Instance() {
    static auto* bridge = new EventBridge;
    return *bridge;
  }

  // Makes the caller's thread the home. The first time it also hands the six functions to libvirt; later,
  // when the home has ended, it brings all that is there to the new one.
  void Register(std::shared_ptr<LoopWaker> waker);
  // Home thread, when its environment ends or has no use for the loop. Wakes every other environment: one of
  // them may need a loop.
  void End();
  // Any thread: has the home look whether it can do without the loop.
  void AskForLoop();
  // Home thread: whether that was asked since the last time.
  [[nodiscard]] bool TakeAsked() { return is_asked_for_.exchange(false); }
  // True when there was a home, and it has ended.
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] bool IsHome(const LoopWaker* waker) const { return home_ == waker; }
  [[nodiscard]] bool IsHomeThread() const { return home_thread_ == std::this_thread::get_id(); }

  // The six functions; any thread.
  int Add(SourceKind kind, int fd, int setting, void* callback, void* opaque, virFreeCallback free);
  void Update(SourceKind kind, int id, int setting);
  int Remove(SourceKind kind, int id);

  // Any thread. While paused the owner's watches don't read, so that its sender feels a slow receiver.
  void SetPaused(SourceOwner& owner, bool is_paused);
  // Any thread. Serves none of the owner's sources any more; libvirt removes them when it comes to it.
  // A connection whose driver lives in this process is left as it is: it shares its timeout with others.
  void Abandon(SourceOwner& owner);
  // Any thread: as Abandon(), and shuts the connection's socket, so that whoever waits for the other side
  // returns with an error.
  void CutOff(SourceOwner& owner);
  [[nodiscard]] bool IsCutOff(const SourceOwner& owner) const;
  // Whether something is registered for JavaScript, which only the home's thread can call without waiting.
  [[nodiscard]] bool HasSourcesOfJavaScript() const;
  // Any thread: removes what is left of the owner's sources.
  void RemoveAll(const SourceOwner& owner);
  // Any thread but the home: as Abandon(), and returns once no callback of the owner is under way, so that
  // none can hold the last reference to its connection.
  void AbandonAndWait(SourceOwner& owner);

  // Home thread.
  [[nodiscard]] bool HasChanges() const { return changed_; }
  [[nodiscard]] size_t WaitingChanges();
  [[nodiscard]] std::optional<SourceChange> NextChange();
  // The EventImpl refused an id that was brought to it. True when the caller of Add() can still be told:
  // the id is then forgotten and libvirt keeps its opaque pointer, as for any failed add.
  void Refuse(SourceKind kind, int id);
  [[nodiscard]] bool ForgetIfRefused(SourceKind kind, int id);

  // Home thread, in a LibvirtScope: call into libvirt, if what libvirt wants by now still allows it. A watch
  // of libvirt's own is called again while its fd stays readable and `budget` lasts.
  void RunHandle(int id, int mask, const ReadingBudget& budget);
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
    int setting;  // what libvirt wants: a mask of a handle, milliseconds of a timeout
    void* callback;
    void* opaque;
    virFreeCallback free;
    std::shared_ptr<SourceOwner> owner;
    bool is_libvirts;      // the callback is code of libvirt itself
    bool known = false;    // the EventImpl was told of it
    bool refused = false;  // and didn't want it
    bool removed = false;
    bool is_freeable = false;  // removed, and the EventImpl was told
    bool queued = false;       // in changes_
    bool updated = false;      // since the EventImpl was told: the same period again re-arms a timeout
    int applied = 0;           // the state that the EventImpl was last told
    // uv_hrtime() when libvirt re-armed its own timeout and the EventImpl wasn't told; or 0.
    uint64_t rearmed_ns = 0;

    // What the EventImpl is to be told: the setting, but for what the owner's state takes from it, and
    // for the part of a period that is over.
    [[nodiscard]] int Effective(SourceKind kind) const;
    // Of a timeout's period, what is left since it was re-armed; all of it when the EventImpl knows.
    [[nodiscard]] int LeftMs() const;
    void NoteApplied(int state) {
      applied = state;
      updated = false;
      rearmed_ns = 0;
    }
    // Of a handle's ready mask, those that its callback gets; 0 when it isn't to be called.
    [[nodiscard]] int MaskOf(int ready) const;
    [[nodiscard]] bool IsServed() const {
      return !removed && (owner == nullptr || !owner->is_abandoned || !owner->has_socket);
    }
  };
  struct Table {
    int last_id = 0;
    std::unordered_map<int, Source> sources;
  };
  // Marks a callback of `owner` as under way for its time.
  class Running;

  EventBridge() = default;
  Table& table(SourceKind kind) { return kind == SourceKind::kHandle ? handles_ : timeouts_; }
  Source* Find(SourceKind kind, int id);
  void Erase(SourceKind kind, int id);
  // Notes that the loop has to look at the id; true when the loop must be woken for it.
  [[nodiscard]] bool MarkChanged(SourceKey key, Source* source);
  [[nodiscard]] bool MarkAllChanged(const SourceOwner& owner);
  // Entered and left with the lock held.
  void CallTimeout(std::unique_lock<std::mutex>* lock, int id, const Source& source);
  void Free(const Source& source);

  mutable std::mutex mutex_;
  std::condition_variable callback_ended_;
  Table handles_;
  Table timeouts_;
  std::deque<SourceKey> changes_;
  std::atomic<bool> changed_{false};
  bool wake_sent_ = false;
  std::deque<Source> own_frees_;
  std::vector<int> first_runs_;  // ids of timeouts
  std::shared_ptr<LoopWaker> waker_;
  std::atomic<const LoopWaker*> home_{nullptr};
  std::atomic<std::thread::id> home_thread_{};
  std::atomic<bool> ended_{false};
  std::atomic<bool> is_asked_for_{false};
  bool is_registered_ = false;
  Counts counts_;
};

}  // namespace rxvirt
