// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonValue>
#include <string>

namespace songda::ui {

/// A single value out of its JSON text; undefined when that is none.
inline QJsonValue jsonValue(const std::string &json) {
    // A document is an object or an array, so the value goes into one.
    return QJsonDocument::fromJson("[" + QByteArray::fromStdString(json) + "]").array().at(0);
}

} // namespace songda::ui
