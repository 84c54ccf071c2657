// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/callback_request.h"

#include <cstdint>
#include <cstdlib>
#include <QByteArray>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

/// The input three times: as a body with its right signature, so that all behind the signature is reached; as the text to
/// decrypt; and as a message that must come back as it went.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace songda;
    static const wechat::CallbackKey key = *wechat::CallbackKey::fromText("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG");
    static const wechat::CallbackSecurity security{"songda-token", {key}, "wx0123456789abcdef"};
    const std::string input(reinterpret_cast<const char *>(data), size);

    const std::string encrypt = QByteArray(input.data(), static_cast<qsizetype>(input.size())).toBase64().toStdString();
    const wechat::CallbackQuery query{"", "1700000000", "n", "", "aes",
        wechat::callbackSignature({"songda-token", "1700000000", "n", encrypt})};
    const WallTime now{Seconds{1700000000}};
    static_cast<void>(wechat::openPush(security, query, "<xml><Encrypt>" + encrypt + "</Encrypt></xml>", now));
    static_cast<void>(wechat::openPush(security, query, input, now));
    const auto opened = key.open(input, security.appid);
    if (opened && opened->size() > size)
        std::abort();

    const auto sealed = key.seal(input, security.appid, "0123456789abcdef");
    if (!sealed || key.open(*sealed, security.appid) != input)
        std::abort();
    return 0;
}
