// SPDX-License-Identifier: MIT
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "node/loop_waker.h"

namespace rxvirt {

// Something that libvirt wants to know before it opens a connection, such as a password.
struct Credential {
  int type;  // libvirt's virConnectCredentialType
  std::optional<std::string> prompt;
  std::optional<std::string> challenge;
  std::optional<std::string> default_result;
};
using Credentials = std::vector<Credential>;
using CredentialAnswers = std::optional<std::vector<std::string>>;  // none: refused

// Brings the questions of libvirt, which wait on call threads, to JavaScript, and the answers back. An open
// asks one question at a time, so its token identifies the question. Shared by an AddonData and its opens.
class AuthDesk {
 public:
  explicit AuthDesk(std::shared_ptr<LoopWaker> waker) : waker_(std::move(waker)) {}

  // Call thread. Blocks until there is an answer. `is_wanted` says whether somebody still waits for the open.
  template <typename IsWanted>
  CredentialAnswers Ask(int token, Credentials credentials, IsWanted is_wanted) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (has_ended_ || !is_wanted()) return std::nullopt;
    Question& question = questions_[token];
    question.credentials = std::move(credentials);
    waker_->Wake();
    answered_.wait(lock, [&] { return question.is_answered; });
    auto answers = std::move(question.answers);
    questions_.erase(token);
    return answers;
  }

  // Loop thread. Returns the next question that was not taken before.
  [[nodiscard]] std::optional<std::pair<int, Credentials>> Take();
  // Loop thread. Does nothing when the open has no question.
  void Answer(int token, CredentialAnswers answers);
  // Loop thread, when the environment ends. Refuses all.
  void End();

 private:
  struct Question {
    std::optional<Credentials> credentials;  // until it is taken
    CredentialAnswers answers;
    bool is_answered = false;
  };

  std::shared_ptr<LoopWaker> waker_;
  std::mutex mutex_;
  std::condition_variable answered_;
  std::unordered_map<int, Question> questions_;  // references to its items stay valid
  bool has_ended_ = false;
};

}  // namespace rxvirt
