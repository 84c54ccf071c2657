// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/attempt_card.h"

#include "ui/models/directory.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QFormLayout>

namespace songda::ui {

AttemptCard::AttemptCard(const Directory &directory, QWidget *parent)
    : QWidget(parent)
    , m_directory(directory)
    , m_form(new QFormLayout(this))
    , m_texts(this) {
    setObjectName(QStringLiteral("attemptCard"));
    m_form->setContentsMargins(smallGap, smallGap, 0, smallGap);
    m_form->setLabelAlignment(Qt::AlignLeft);
    m_form->setHorizontalSpacing(2 * grid);
    m_form->setVerticalSpacing(smallGap);
    m_texts.add([this] { fill(); });
}

void AttemptCard::show(const std::optional<Attempt> &attempt) {
    if (attempt == m_attempt)
        return; // a selection in it survives
    m_attempt = attempt;
    fill();
}

void AttemptCard::fill() {
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    if (!m_attempt)
        return;
    const Attempt &a = *m_attempt;
    const auto fact = [this](const QString &name, const QString &value) {
        if (!value.isEmpty())
            m_form->addRow(mutedLabel(name), plainLabel(value));
    };
    fact(tr("Attempt"), tr("no. %1, in life %2").arg(a.number).arg(a.life));
    fact(tr("Began"), shortTime(a.startedAt));
    fact(tr("Ended"), a.finishedAt ? tr("%1, after %2").arg(shortTime(*a.finishedAt), span(std::chrono::duration_cast<Millis>(a.latency))) : QString());
    fact(tr("How far it got"), words::phase(a.phase));
    if (!a.cause.empty() && a.errorClass != ErrorClass::Success) {
        fact(tr("Cause"), m_directory.causeText(a.cause));
        fact(tr("What to do"), q(m_directory.causeWords(a.cause).advice));
    }
    if (a.errorClass)
        fact(tr("Class"), words::errorClass(*a.errorClass));
    fact(tr("HTTP status"), a.httpStatus > 0 ? QString::number(a.httpStatus) : QString());
    fact(tr("errcode"), a.errcode ? QString::number(*a.errcode) : QString());
    fact(tr("errmsg"), q(a.errmsg));
    fact(tr("rid"), q(a.rid));
    fact(tr("Answer"), q(a.excerpt));
    if (a.finishedAt && a.errorClass != ErrorClass::Success)
        fact(tr("Tries"), a.counted ? tr("used up one of the message's tries") : tr("was not held against the message"));
    fact(tr("Computer"), q(a.node));
    fact(tr("Run of the program"), a.run.value > 0 ? QString::number(a.run.value) : QString());
}

} // namespace songda::ui
