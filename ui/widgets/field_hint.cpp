// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/field_hint.h"

#include "ui/widgets/measures.h"

#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

namespace songda::ui {

QWidget *withHint(QWidget *edit, QLabel *hint) {
    auto *both = new QWidget;
    auto *layout = new QVBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(hairGap);
    layout->addWidget(edit);
    layout->addWidget(hint);
    return both;
}

void mark(QWidget *edit, QLabel *hint, bool wrong, const QString &text) {
    hint->setText(text);
    hint->setForegroundRole(wrong ? QPalette::BrightText : QPalette::PlaceholderText);
    if (edit->property("wrong").toBool() == wrong)
        return;
    edit->setProperty("wrong", wrong);
    edit->style()->unpolish(edit);
    edit->style()->polish(edit);
}

} // namespace songda::ui
