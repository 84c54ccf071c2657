// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/templates/template_change.h"

#include "engine/policy/template_syntax.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>

namespace songda::ui {

namespace {

struct TemplateTexts {
    Q_DECLARE_TR_FUNCTIONS(TemplateTexts)
};

QStringList namesOf(const std::string &content) {
    QStringList names;
    for (const TemplateKey &key : templateKeys(content))
        names.append(q(key.name));
    return names;
}

QStringList without(const QStringList &all, const QStringList &others) {
    QStringList left;
    for (const QString &name : all) {
        if (!others.contains(name))
            left.append(name);
    }
    return left;
}

} // namespace

KeyChange keyChange(const std::string &before, const std::string &after) {
    const QStringList old = namesOf(before);
    const QStringList now = namesOf(after);
    return {without(now, old), without(old, now)};
}

QString changeText(const TemplateVersion &before, const std::string &title, const std::string &content) {
    QStringList parts;
    const KeyChange keys = keyChange(before.content, content);
    if (!keys.added.isEmpty())
        parts.append(TemplateTexts::tr("new keys: %1").arg(keys.added.join(QStringLiteral(", "))));
    if (!keys.gone.isEmpty())
        parts.append(TemplateTexts::tr("keys that went: %1").arg(keys.gone.join(QStringLiteral(", "))));
    if (before.title != title)
        parts.append(TemplateTexts::tr("title was “%1”").arg(q(before.title)));
    if (parts.isEmpty())
        parts.append(TemplateTexts::tr("other words, the same keys"));
    return parts.join(QStringLiteral("; "));
}

} // namespace songda::ui
