// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/refused_address.h"

#include <QHostAddress>

namespace songda::wechat {

std::string refusedAddress(std::string_view errmsg) {
    constexpr std::string_view ends = " ,;()[]\t\r\n";
    while (!errmsg.empty()) {
        const auto begin = errmsg.find_first_not_of(ends);
        if (begin == std::string_view::npos)
            return {};
        errmsg.remove_prefix(begin);
        const std::string_view word = errmsg.substr(0, errmsg.find_first_of(ends));
        errmsg.remove_prefix(word.size());
        // A number alone is an address for QHostAddress, too.
        const bool dotted = word.find('.') != std::string_view::npos || word.find(':') != std::string_view::npos;
        QHostAddress address;
        if (dotted && word.size() <= 64 && address.setAddress(QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())))) {
            bool four = false;
            const quint32 v4 = address.toIPv4Address(&four);
            return (four ? QHostAddress(v4) : address).toString().toStdString();
        }
    }
    return {};
}

} // namespace songda::wechat
