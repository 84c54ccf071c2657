// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/web_hook_signature.h"

#include <QByteArray>
#include <QMessageAuthenticationCode>

namespace songda::net {

namespace {

constexpr std::string_view prefix = "whsec_";
constexpr qsizetype shortest = 24;
constexpr qsizetype longest = 64;

QByteArray bytesOf(std::string_view text) { return QByteArray(text.data(), static_cast<qsizetype>(text.size())); }

} // namespace

std::string webHookSecret(std::string_view bytes) { return std::string(prefix) + bytesOf(bytes).toBase64().toStdString(); }

Result<std::string> webHookSignature(std::string_view secret, std::string_view id, std::int64_t unixSeconds, std::string_view body) {
    if (!secret.starts_with(prefix))
        return fail(ErrorCode::Secret, "a hook's secret begins with whsec_");
    const auto key = QByteArray::fromBase64Encoding(bytesOf(secret.substr(prefix.size())), QByteArray::AbortOnBase64DecodingErrors);
    if (!key || key.decoded.size() < shortest || key.decoded.size() > longest)
        return fail(ErrorCode::Secret, "a hook's secret is whsec_ and base64 of 24 to 64 bytes");
    QMessageAuthenticationCode mac(QCryptographicHash::Sha256, key.decoded);
    mac.addData(bytesOf(id) + '.' + QByteArray::number(static_cast<qint64>(unixSeconds)) + '.');
    mac.addData(body.data(), static_cast<qsizetype>(body.size()));
    return "v1," + mac.result().toBase64().toStdString();
}

} // namespace songda::net
