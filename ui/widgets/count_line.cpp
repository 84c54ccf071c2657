// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/count_line.h"

#include <QCoreApplication>
#include <QLabel>

namespace songda::ui {

namespace {

struct CountTexts {
    Q_DECLARE_TR_FUNCTIONS(CountTexts)
};

} // namespace

void showCount(QLabel *line, const QString &count, QStringList more, bool standsStill) {
    if (standsStill)
        more.append(CountTexts::tr("standing still"));
    QString text = count;
    for (const QString &part : std::as_const(more)) {
        if (!part.isEmpty())
            text = CountTexts::tr("%1; %2").arg(text, part);
    }
    line->setText(text);
    line->setToolTip(standsStill
            ? CountTexts::tr("The rows stay where they are while one is chosen or scrolled to. At the top, with none chosen, new ones come in again.")
            : QString());
}

} // namespace songda::ui
