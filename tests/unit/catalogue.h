// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/policy/error_catalogue.h"

#include <QFile>
#include <QtGlobal>

namespace songda::testing {

/// The catalogue the program ships with.
inline const ErrorCatalogue &shippedCatalogue() {
    static const ErrorCatalogue catalogue = [] {
        QFile file(QStringLiteral(SONGDA_SOURCE_DIR "/resources/error_catalogue.json"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("the error catalogue cannot be read");
        auto loaded = ErrorCatalogue::fromJson(file.readAll().toStdString());
        if (!loaded)
            qFatal("%s", loaded.error().detail.c_str());
        return std::move(*loaded);
    }();
    return catalogue;
}

} // namespace songda::testing
