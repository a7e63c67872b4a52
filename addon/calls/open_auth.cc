// SPDX-License-Identifier: MIT
#include "calls/open_auth.h"

#include <cstring>
#include <string>

#include "addon_data.h"
#include "calls/passed_values.h"
#include "export.h"
#include "library/functions.h"
#include "loop/bridge.h"
#include "node/from_c.h"

namespace rxvirt {
namespace {

// Everything that libvirt can ask for; lib/connection/authentication.ts has their names.
int kTypes[] = {VIR_CRED_USERNAME,     VIR_CRED_AUTHNAME,   VIR_CRED_LANGUAGE,
                VIR_CRED_CNONCE,       VIR_CRED_PASSPHRASE, VIR_CRED_ECHOPROMPT,
                VIR_CRED_NOECHOPROMPT, VIR_CRED_REALM,      VIR_CRED_EXTERNAL};

struct Opening {
  int token;
  AuthDesk& desk;
  SourceOwner& owner;
};

std::optional<std::string> Copy(const char* text) {
  return text != nullptr ? std::optional<std::string>(text) : std::nullopt;
}

// libvirt frees the results.
bool Fill(virConnectCredential& credential, std::string& answer) {
  credential.result = strdup(answer.c_str());
  credential.resultlen = static_cast<unsigned int>(answer.size());
  explicit_bzero(answer.data(), answer.size());
  return credential.result != nullptr;
}

int OnQuestion(virConnectCredentialPtr credentials, unsigned int count, void* opaque) {
  const auto& opening = *static_cast<Opening*>(opaque);
  Credentials asked;
  for (unsigned int i = 0; i < count; ++i) {
    const virConnectCredential& each = credentials[i];
    asked.push_back({each.type, Copy(each.prompt), Copy(each.challenge), Copy(each.defresult)});
  }
  auto answers = opening.desk.Ask(opening.token, std::move(asked),
                                  [&] { return !EventBridge::Instance().IsCutOff(opening.owner); });
  if (!answers || answers->size() != count) return -1;
  for (unsigned int i = 0; i < count; ++i) {
    if (!Fill(credentials[i], (*answers)[i])) return -1;
  }
  return 0;
}

// (token, answers: string[] | null)
void AnswerAuth(const Napi::CallbackInfo& info) {
  PassedValues passed(info, "answerAuth");
  const int token = passed.NextInteger<int>();
  const bool is_refused = info[1].IsNull();
  auto answers = passed.NextTexts();
  AddonData::Of(info).auth->Answer(token, is_refused ? CredentialAnswers() : std::move(answers));
}

}  // namespace

virConnectPtr OpenWithAuth(const char* uri, bool is_read_only, int token, AuthDesk& desk,
                           SourceOwner& owner) {
  Opening opening{token, desk, owner};
  virConnectAuth auth{kTypes, sizeof kTypes / sizeof *kTypes, FromC<OnQuestion>, &opening};
  return virConnectOpenAuth(uri, &auth, is_read_only ? VIR_CONNECT_RO : 0);
}

namespace {

void Bring(AddonData& data, int token, const Credentials& asked) {
  const Napi::Env env = data.env();
  const Napi::HandleScope scope(env);
  auto credentials = Napi::Array::New(env);
  for (const Credential& each : asked) {
    auto credential = Napi::Array::New(env);
    credential[0U] = each.type;
    credential[1] = Napi::Value(env, ToJs(env, each.prompt));
    credential[2] = Napi::Value(env, ToJs(env, each.challenge));
    credential[3] = Napi::Value(env, ToJs(env, each.default_result));
    credentials[credentials.Length()] = credential;
  }
  if (data.on_auth.Call(env, {ToJs(env, token), credentials}) == nullptr)
    data.auth->Answer(token, std::nullopt);
}

}  // namespace

void BringQuestions(AddonData& data) {
  while (const auto question = data.auth->Take()) {
    try {
      Bring(data, question->first, question->second);
    } catch (...) {
      data.auth->Answer(question->first, std::nullopt);  // otherwise its thread would wait for ever
      throw;
    }
  }
}

void ExportAuth(AddonData& data, Napi::Object exports) { Export<AnswerAuth>(data, exports, "answerAuth"); }

}  // namespace rxvirt
