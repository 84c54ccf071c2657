// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/chain_link.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <array>

namespace songda::store {

std::string sha256Hex(std::string_view bytes) {
    return QCryptographicHash::hash(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())), QCryptographicHash::Sha256).toHex().toStdString();
}

std::string newSalt() {
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words).toHex().toStdString();
}

std::string chainLink(std::int64_t number, const std::string &previous, const std::string &text) {
    return sha256Hex(std::to_string(number) + "\n" + previous + "\n" + text);
}

} // namespace songda::store
