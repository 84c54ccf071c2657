// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/template.h"

#include <QString>
#include <QStringList>

namespace songda::ui {

/// How the keys of a template differ from what they were.
struct KeyChange {
    QStringList added;
    QStringList gone;

    bool none() const { return added.isEmpty() && gone.isEmpty(); }
};

/// Pure.
KeyChange keyChange(const std::string &before, const std::string &after);
/// The same and a changed title in one sentence, in the present language.
QString changeText(const TemplateVersion &before, const std::string &title, const std::string &content);

} // namespace songda::ui
