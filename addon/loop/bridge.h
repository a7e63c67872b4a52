// SPDX-License-Identifier: MIT
#pragma once
#include <libvirt/libvirt.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

#include "loop/libvirt_scope.h"
#include "loop/mask_setter.h"
#include "loop/source_owner.h"
#include "node/loop_waker.h"
#include "node/never_destroyed.h"

namespace rxvirt {

// How long the watches that are ready together may continue to read.
struct ReadingBudget {
  uint64_t until_ns = 0;  // uv_hrtime() at which all of them stop
  uint64_t share_ns = 0;  // for each of them, so that the first ones leave time for the last ones
};

// A change of one id that the loop's thread has to bring to the EventImpl.
struct SourceChange {
  enum class Action : uint8_t { kAdd, kUpdate, kRemove };
  Action action;
  SourceKind kind;
  int id;
  int fd;       // handles only
  int setting;  // event mask of a handle, milliseconds of a timeout
};

// The six functions that virEventRegisterImpl() gets. They record what libvirt wants in one table with a
// lock.
//
// Threads: libvirt calls the six functions on any thread, often while it holds its own locks. So none of them
// waits for JavaScript: each records what is wanted and wakes the loop. Most other functions are only for the
// home thread. That is the JavaScript thread that serves the table.
//
// Memory: only Add() needs any, and it can tell libvirt that it has failed. All else that a source will need
// is made by then. So no later change can be lost.
//
// The process has one bridge. It is never destroyed, because libvirt keeps the functions for ever. When the
// home environment has ended, the table still records what libvirt wants. The next home then serves the
// table.
class EventBridge {
 public:
  static EventBridge& Instance() {
    static NeverDestroyed<EventBridge> bridge;
    return *bridge;
  }

  // Makes the caller's thread the home. The first call also hands the six functions to libvirt. A later call,
  // after the home has ended, brings everything that is in the table to the new home.
  void Register(std::shared_ptr<LoopWaker> waker);
  // As Register(), for a thread that runs no JavaScript. Its poller takes new masks from any thread.
  void RegisterNative(std::shared_ptr<LoopWaker> waker, MaskSetter* poller);
  // Home thread, when its environment ends or has no use for the loop. Wakes every other environment: one of
  // them may need a loop.
  void End();
  // Any thread. Asks the home to check whether it can give up the loop.
  void AskForLoop();
  // Home thread. Whether AskForLoop() was called since the last TakeAsked().
  [[nodiscard]] bool TakeAsked() { return is_asked_for_.exchange(false); }
  // True when there was a home, and it has ended.
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] bool IsHome(const LoopWaker* waker) const { return home_ == waker; }
  // Whether the home runs no JavaScript.
  [[nodiscard]] bool IsNative() const { return is_native_; }
  [[nodiscard]] bool IsHomeThread() const { return home_thread_ == std::this_thread::get_id(); }

  // The six functions; any thread.
  int Add(SourceKind kind, int fd, int setting, void* callback, void* opaque, virFreeCallback free);
  void Update(SourceKind kind, int id, int setting);
  int Remove(SourceKind kind, int id);

  // Any thread, after it has changed `may_read`. While that is false, the owner's watches don't read. The
  // socket fills up, and the other side has to wait before it sends more. Two threads may change it at the
  // same time, so its value is taken here, under the lock: the one that comes last applies what was set last.
  void ApplyReading(SourceOwner& owner, const std::atomic<bool>& may_read);
  // The opening thread. While opening, the owner's watches are not served.
  void SetOpening(SourceOwner& owner, bool is_opening);
  // Any thread. Stops serving the owner's sources. They stay in the table until libvirt removes them. A
  // connection whose driver lives in this process is still served, because it shares one timeout with other
  // connections.
  void Abandon(SourceOwner& owner);
  // Any thread. As Abandon(), and also shuts down the connection's socket. So a call that waits for the other
  // side returns with an error.
  void CutOff(SourceOwner& owner);
  [[nodiscard]] bool IsCutOff(const SourceOwner& owner) const;
  // Any thread. Whether the connection has a socket, which CutOff() can end.
  [[nodiscard]] bool HasSocket(const SourceOwner& owner) const;
  // Whether event.addHandle or event.addTimeout has added sources that still exist. Only the home's thread
  // can run their callbacks without waiting.
  [[nodiscard]] bool HasSourcesOfJavaScript() const;
  // Any thread. Whether one of the owner's sources can call back.
  [[nodiscard]] bool HasActive(const SourceOwner& owner) const;
  // Any thread, in libvirt's close callback. Tells `news`, with what the bridge knows of the end. If timeouts
  // are due, the home runs them first: by one of them libvirt reports what it has read before the end. When
  // there is no home, the next one does.
  void TellEnd(SourceOwner& owner, EndNews news);
  // Home thread, in a LibvirtScope, before calls of a connection begin. libvirt's client first counts what
  // its keepalive misses, and then reads. So while the connection is paused, a message is read here:
  // otherwise a call would end the connection, although the sign of life is in the socket.
  void ReadBeforeCalls(const std::shared_ptr<SourceOwner>& owner);
  // Any thread. Asks whether all was received that the other side had to send, when an empty socket doesn't
  // show it: the caller then makes a request, and notes its answer. There is no question while something is
  // unread, or the connection is paused: the request would read it, and all that follows, whether JavaScript
  // has room for it or not. There is none when the other side has ended: the request would fail.
  [[nodiscard]] std::optional<ReceivedUntil::Question> Ask(SourceOwner& owner);
  void NoteAnswer(SourceOwner& owner, const ReceivedUntil::Question& question);
  // Any thread. Whether a timeout is due, by which libvirt may report what it has read.
  [[nodiscard]] bool HasDue(const SourceOwner& owner) const;
  // Any thread. Since the question, which is answered, only a few events have come.
  void NoteFewSince(SourceOwner& owner, const ReceivedUntil::Question& question);
  // Any thread except the home thread. As Abandon(), but returns only when no callback of the owner is
  // running. So no callback can hold the last reference to the connection.
  void AbandonAndWait(SourceOwner& owner);

  // Home thread.
  [[nodiscard]] bool HasChanges() const { return changed_; }
  [[nodiscard]] size_t WaitingChanges();
  [[nodiscard]] std::optional<SourceChange> NextChange();
  // Home thread, with a poller: sets the mask that a watch has now by its token. Returns false if that can't
  // be done. Then TakeMask() returns the mask, for another token; the watch has none until NoteToken().
  [[nodiscard]] bool SetMask(int id);
  [[nodiscard]] int TakeMask(int id);
  void NoteToken(int id, int token);
  // Notes that the EventImpl has refused an id that was brought to it.
  void Refuse(SourceKind kind, int id);
  // Removes the id from the table if it was refused, and returns whether it was. Call it while the caller of
  // Add() can still be told. That caller then keeps its opaque pointer, as for any failed add.
  [[nodiscard]] bool ForgetIfRefused(SourceKind kind, int id);

  // Home thread, in a LibvirtScope. Both run the source's callback, if what libvirt wants now still allows
  // it: libvirt may have changed or removed the source meanwhile. RunHandle() calls the callback of a watch
  // of libvirt itself repeatedly, while the fd stays readable and `budget` lasts.
  void RunHandle(int id, int mask, const ReadingBudget& budget);
  void RunTimeout(int id);
  // For a source whose callback another thread has to run. Hold() is for the home thread, and the source
  // isn't served until EndHold().
  void Hold(SourceKind kind, int id);
  void EndHold(SourceKind kind, int id);
  // Runs the free callback of a removed id, once. Returns false when the id is unknown, still registered, or
  // already freed.
  [[nodiscard]] bool RunFree(SourceKind kind, int id);
  // Leaves the free callback of a removed id to RunOwnFrees(): the EventImpl failed to remove the id, so it
  // can't be trusted to free it.
  void TakeFree(SourceKind kind, int id);
  // Any thread. Runs the free callbacks of sources that were removed before the EventImpl was told of them,
  // those that TakeFree() has taken, and those that an ended home has left.
  void RunOwnFrees();
  // Runs each timeout that AskForRun() was called for, once.
  //
  // It is called for each silent timeout that libvirt has just added. Without this, a stream that was
  // repeatedly left and subscribed to again during events stayed silent after some hundred rounds
  // (libvirt 9.0.0; with libvirt's own loop too). The likely reason: libvirt arms this timeout when its queue
  // gets its first event. An event that came just when the last callback was deregistered is still in the
  // queue, so no later event is the first. When the queue is empty, the run does nothing. It is called by
  // TellEnd() too.
  void RunAskedFor();

  struct Counts {
    uint64_t adds = 0;
    uint64_t frees = 0;
    size_t watches = 0;  // that exist now, or are removed and not freed yet
    size_t timeouts = 0;
  };
  [[nodiscard]] Counts counts() const;

 private:
  friend class NeverDestroyed<EventBridge>;
  // A list of sources that wait for something. A source brings its own place in it, so waiting takes no
  // memory.
  using Places = std::list<SourceKey>;

  struct FreeCall {
    virFreeCallback free;
    void* opaque;
  };

  struct Source {
    int fd;
    int setting;  // what libvirt wants: mask of a handle, milliseconds of a timeout
    void* callback;
    void* opaque;
    virFreeCallback free;
    std::shared_ptr<SourceOwner> owner;
    bool is_libvirts;      // the callback is code of libvirt itself
    bool known = false;    // the EventImpl was told of it
    bool refused = false;  // the EventImpl refused it
    bool removed = false;
    bool is_freeable = false;  // removed, and the EventImpl was told so
    bool is_held = false;      // between Hold() and EndHold()
    bool is_running = false;   // of a timeout
    bool delays_end = false;   // of a timeout: the end of its connection is told after its next run
    // Whether libvirt has set it since the EventImpl was told. The same period counts, as it re-arms a
    // timeout.
    bool updated = false;
    int applied = 0;  // the setting that the EventImpl was last told
    int token = 0;    // of a watch, in poller_; 0 while its mask can't be set by any thread
    // uv_hrtime() when libvirt re-armed its own timeout without the EventImpl being told; otherwise 0.
    uint64_t rearmed_ns = 0;
    Places place{};  // one; empty while it is in changes_ or in own_frees_
    Places run{};    // of a timeout of libvirt, one; empty while it is in runs_

    [[nodiscard]] FreeCall free_call() const { return {free, opaque}; }
    // The setting that the EventImpl is to be told. A paused owner's handle doesn't read. Of a re-armed
    // timeout's period only the rest counts.
    [[nodiscard]] int Effective(SourceKind kind) const;
    // How much is left of a timeout's period since the timeout was re-armed. The whole period when the
    // EventImpl was told of that.
    [[nodiscard]] int LeftMs() const;
    void NoteApplied(int state) {
      applied = state;
      updated = false;
      rearmed_ns = 0;
    }
    // The bits of a handle's ready mask that its callback gets; 0 when the callback must not be called.
    [[nodiscard]] int MaskOf(int ready) const;
    // Whether it is a timeout that libvirt has made due, or whose callback is running.
    [[nodiscard]] bool IsDue(SourceKind kind) const {
      return kind == SourceKind::kTimeout && is_libvirts && IsServed() && (setting == 0 || is_running);
    }
    [[nodiscard]] bool IsServed() const {
      return !removed && (owner == nullptr || !owner->is_abandoned || !owner->has_socket);
    }
  };
  struct Table {
    int last_id = 0;
    std::unordered_map<int, Source> sources;
  };
  // Marks a callback of `owner` as running while it exists.
  class Running;

  EventBridge() = default;
  Table& table(SourceKind kind) { return kind == SourceKind::kHandle ? handles_ : timeouts_; }
  Source* Find(SourceKind kind, int id);
  [[nodiscard]] const Source* Find(SourceKind kind, int id) const {
    return const_cast<EventBridge*>(this)->Find(kind, id);
  }
  // Returns the source if it is a watch that is served, and that libvirt wants to read.
  [[nodiscard]] const Source* FindReader(const SourceKey& key) const;
  void Erase(SourceKind kind, int id);
  // Notes that the loop has to look at the id; true when the loop must be woken for it.
  [[nodiscard]] bool MarkChanged(Source* source);
  [[nodiscard]] bool MarkAllChanged(const SourceOwner& owner);
  // Whether a watch has the mask that the EventImpl was told: then it need not be told.
  [[nodiscard]] static bool IsAsTold(const Source& source) {
    return source.known && !source.place.empty() && source.Effective(SourceKind::kHandle) == source.applied;
  }
  // Lets the poller know the new mask of a watch, without the home's help. libvirt's client changes its mask
  // twice for each call. Returns false if the home has to be told.
  [[nodiscard]] bool SetMaskHere(Source* source);
  // With the native loop, an instance looks again whether its own sources keep the process alive. Any thread
  // may have changed them.
  void TellOwner(const Source& source);
  // Counts the source among the active ones of its owner, or no longer.
  static void NoteActive(SourceKind kind, const Source& source, int change);
  // Notes what a connection's watch tells when it is ready: of its end, and how much is unread.
  static void NoteReady(SourceOwner& owner, int fd, int ready);
  // Whether there is more to read on the fd of a watch. Notes what it has found.
  [[nodiscard]] static bool HasMore(SourceOwner* owner, int fd);
  // Returns the timeout if its tick is due.
  [[nodiscard]] Source* TakeTick(int id);
  // Lets libvirt read one message of the connection, or a part of one. Returns false when there was nothing
  // to read. What it reads is a sign of life from the other side. So it is called at a tick of keepalive
  // after a pause, and the tick is left out then. The lock is held on entry and on return. It is unlocked
  // while the callback runs.
  [[nodiscard]] bool ReadMessage(std::unique_lock<std::mutex>* lock,
                                 const std::shared_ptr<SourceOwner>& owner);
  // At a tick of the connection's keepalive. Whether the tick has to wait, because the other side has ended,
  // and the client has not read all that it had sent, or was not told the end. The client would fail to ask
  // it, and would drop the rest. While the other side lives, or nobody reads although the connection wasn't
  // paused, keepalive ends the connection. A call that reads the socket itself has taken the mask away, and
  // waits for nothing here.
  [[nodiscard]] bool DelaysKeepAlive(SourceOwner& owner, bool was_paused);
  void AskForRun(Source* source) { runs_.splice(runs_.end(), source->run); }
  // The timeout has run, or is removed. Returns what is to be told now, without the lock.
  [[nodiscard]] EndNews EndDelay(Source* source);
  // Returns the news of the owner's end, if there is one, and no timeout delays it any more.
  [[nodiscard]] EndNews TakeEnd(SourceOwner& owner);
  // The lock is held on entry and on return. It is unlocked while the callback runs.
  void CallTimeout(std::unique_lock<std::mutex>* lock, int id, Source* source);
  void Free(const FreeCall& call);
  // Lets another thread run the frees, when there is no home. The lock must be held.
  void LeaveFrees();

  mutable std::mutex mutex_;
  std::condition_variable callback_ended_;
  Table handles_;
  Table timeouts_;
  Places changes_;
  std::atomic<bool> changed_{false};
  bool wake_sent_ = false;
  Places own_frees_;  // of sources that are removed, but still in the table
  Places runs_;       // of timeouts
  std::shared_ptr<LoopWaker> waker_;
  MaskSetter* poller_ = nullptr;  // of the native loop
  std::atomic<const LoopWaker*> home_{nullptr};
  std::atomic<std::thread::id> home_thread_{};
  std::atomic<bool> ended_{false};
  std::atomic<bool> is_asked_for_{false};
  std::atomic<bool> is_native_{false};
  bool is_registered_ = false;
  Counts counts_;
};

}  // namespace rxvirt
