// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/passphrase_dialog.h"

#include "engine/when_done.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHideEvent>
#include <QLineEdit>
#include <QSet>
#include <QVBoxLayout>
#include <tuple>

namespace songda::ui {

namespace {

constexpr qsizetype shortPassphrase = 12;
constexpr qsizetype longPassphrase = 20;
constexpr qsizetype fewDifferent = 6;

} // namespace

PassphraseDialog::PassphraseDialog(Engine &engine, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_present(new QLineEdit)
    , m_fresh(new QLineEdit)
    , m_again(new QLineEdit)
    , m_hint(mutedLabel())
    , m_notice(new Notice)
    , m_change(mainButton()) {
    setObjectName(QStringLiteral("passphraseDialog"));
    setWindowTitle(tr("Change the passphrase"));
    setMinimumWidth(460);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(wideGap);
    layout->addWidget(plainLabel(tr("The secrets of the accounts lie in an encrypted file. It is sealed anew as a whole: until that is done the present passphrase counts, afterwards "
                                    "only the new one. Programs that have this profile open go on with what they have read, and need the new one when they are started the next time. "
                                    "Nobody can open the file without it.")));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    const std::tuple<QLineEdit *, QString, const char *> fields[]{
        {m_present, tr("Present passphrase"), "presentPassphrase"}, {m_fresh, tr("New passphrase"), "newPassphrase"}, {m_again, tr("New passphrase again"), "newPassphraseAgain"}};
    for (const auto &[edit, label, name] : fields) {
        edit->setEchoMode(QLineEdit::Password);
        edit->setObjectName(QLatin1String(name));
        edit->setAccessibleName(label);
        form->addRow(label, edit);
        connect(edit, &QLineEdit::textChanged, this, &PassphraseDialog::judge);
    }
    form->addRow(QString(), m_hint);
    layout->addLayout(form);
    layout->addWidget(m_notice);
    auto *buttons = new QDialogButtonBox;
    m_change->setText(tr("Change the passphrase"));
    m_change->setObjectName(QStringLiteral("changePassphrase"));
    m_hint->setObjectName(QStringLiteral("passphraseHint"));
    m_notice->setObjectName(QStringLiteral("passphraseNotice"));
    buttons->addButton(m_change, QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Not now"), QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &PassphraseDialog::change);
    connect(buttons, &QDialogButtonBox::rejected, this, &PassphraseDialog::reject);
    m_change->setDefault(true);
    m_present->setFocus();
    judge();
}

void PassphraseDialog::judge() {
    const QString fresh = m_fresh->text();
    const bool same = fresh == m_again->text();
    const bool another = fresh != m_present->text();
    const bool repetitive = QSet<QChar>(fresh.cbegin(), fresh.cend()).size() < fewDifferent;
    m_hint->setText(fresh.isEmpty()                              ? tr("A sentence of your own is easy to keep in mind and hard to guess.")
            : !another                                          ? tr("This is the present passphrase.")
            : fresh.size() < shortPassphrase || repetitive      ? tr("Weak: whoever gets a copy of the file can find it by trying. Better four words or more.")
            : fresh.size() < longPassphrase                     ? tr("Good enough, if it is no saying and no name.")
                                                                : tr("Strong, if it is no quotation."));
    if (!fresh.isEmpty() && another && !same && !m_again->text().isEmpty())
        m_hint->setText(tr("The two new passphrases differ."));
    m_change->setEnabled(!m_busy && !m_present->text().isEmpty() && !fresh.isEmpty() && same && another);
}

void PassphraseDialog::change() {
    if (m_busy)
        return;
    m_busy = true;
    judge();
    m_notice->say(tr("Sealing the secrets anew…"), Tone::Info);
    whenDone(m_engine.changePassphrase(m_present->text().toStdString(), m_fresh->text().toStdString()), this, [this](const Result<void> &changed) {
        m_busy = false;
        if (changed) {
            accept();
            return;
        }
        m_notice->say(words::error(changed.error()), Tone::Bad);
        m_present->selectAll();
        m_present->setFocus();
        judge();
    });
}

void PassphraseDialog::reject() {
    if (!m_busy)
        QDialog::reject();
}

void PassphraseDialog::hideEvent(QHideEvent *event) {
    QDialog::hideEvent(event);
    if (event->spontaneous()) // only minimised
        return;
    for (QLineEdit *edit : {m_present, m_fresh, m_again})
        edit->clear();
}

} // namespace songda::ui
