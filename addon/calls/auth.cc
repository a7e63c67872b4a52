// SPDX-License-Identifier: MIT
#include "calls/auth.h"

namespace rxvirt {

std::optional<std::pair<int, Credentials>> AuthDesk::Take() {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (auto& [token, question] : questions_) {
    if (auto credentials = std::exchange(question.credentials, std::nullopt))
      return std::make_pair(token, std::move(*credentials));
  }
  return std::nullopt;
}

void AuthDesk::Answer(int token, CredentialAnswers answers) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = questions_.find(token);
  if (found == questions_.end() || found->second.is_answered) return;
  found->second.answers = std::move(answers);
  found->second.is_answered = true;
  answered_.notify_all();
}

void AuthDesk::End() {
  const std::lock_guard<std::mutex> lock(mutex_);
  has_ended_ = true;
  for (auto& [token, question] : questions_) question.is_answered = true;
  answered_.notify_all();
}

}  // namespace rxvirt
