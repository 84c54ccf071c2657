// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"
#include "engine/model/claim.h"
#include "engine/model/error.h"
#include "engine/model/http.h"

#include <string>

namespace songda::wechat {

// All of them travel by the account's proxy, if it has one.

/// POST /cgi-bin/stable_token (wechat-api.md section 2.2). `forced` only after the normal mode kept
/// answering with a token that is refused: 20 a day, 30 s apart.
HttpRequest tokenRequest(const Account &account, const std::string &secret, bool forced);

/// POST /cgi-bin/message/template/send (section 3.1). The body is a pure function of the claim: every
/// attempt of one life has the same bytes.
HttpRequest sendRequest(const Account &account, const std::string &token, const ClaimedMessage &message);

/// GET /cgi-bin/template/get_all_private_template (section 3.5).
HttpRequest templateListRequest(const Account &account, const std::string &token);

/// POST /cgi-bin/openapi/quota/get for the sends of template messages (section 6.1).
HttpRequest quotaRequest(const Account &account, const std::string &token);

/// POST /wxa/sec/queryblocktmplmsg: whether a message was intercepted (section 3.5). `after`: the last id of the page before;
/// empty: from the start.
HttpRequest interceptionRequest(const Account &account, const std::string &token, const std::string &msgid, const std::string &after);
inline constexpr std::size_t interceptionsAPage = 100;

/// POST /cgi-bin/openapi/rid/get: a refused call by its rid (section 6.1).
HttpRequest failedCallRequest(const Account &account, const std::string &token, const std::string &rid);

/// An API base is https://host[:port][/path], or http:// on this machine only: tokens and secrets travel in
/// it. The error says what is wrong.
Result<std::string> checkedApiBase(std::string_view base);

} // namespace songda::wechat
