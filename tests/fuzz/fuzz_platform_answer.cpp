// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/quota_answer.h"
#include "engine/channels/wechat/refused_address.h"
#include "engine/channels/wechat/template_list.h"
#include "engine/policy/classify.h"
#include "engine/policy/error_catalogue.h"
#include "engine/policy/named_secrets.h"
#include "engine/policy/utf8.h"

#include <cstdint>
#include <cstdlib>
#include <fstream>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

/// What answers a request, the platform or something in its place: read as the answer to a token, a send and a question. A
/// send counts as taken only with a message id, and what is kept of the words is UTF-8 without control characters.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace songda;
    static const ErrorCatalogue catalogue = [] {
        std::ifstream file(SONGDA_SOURCE_DIR "/resources/error_catalogue.json");
        return *ErrorCatalogue::fromJson(std::string(std::istreambuf_iterator<char>(file), {}));
    }();
    const WallTime now{std::chrono::seconds{1'800'000'000}};
    HttpResponse response;
    response.phase = WirePhase::Answered;
    response.status = size > 0 && data[0] == '!' ? 502 : 200;
    response.body.assign(reinterpret_cast<const char *>(data), size);
    for (const ApiKind api : {ApiKind::Token, ApiKind::Send, ApiKind::Query}) {
        const Outcome outcome = classify(response, api, catalogue, now);
        if (api == ApiKind::Send && outcome.errorClass == ErrorClass::Success && outcome.msgid.empty())
            std::abort();
        for (const std::string &text : {outcome.errmsg, outcome.excerpt}) {
            if (!utf8::isValid(text) || text.size() > 4096)
                std::abort();
        }
        static_cast<void>(wechat::refusedAddress(outcome.errmsg));
    }
    static_cast<void>(wechat::readTemplateList(response.body, AccountId{1}, now));
    static_cast<void>(wechat::readQuota(response.body, now));
    if (withoutNamedSecrets("access_token=0123456789abcdef&" + response.body).find("0123456789abcdef") == 13)
        std::abort();
    return 0;
}
