// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is done to an account: added, changed, tested, held and released.
#include "engine/when_done.h"
#include "ui/pages/accounts/account_test_words.h"
#include "ui/pages/accounts/accounts_page.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSpinBox>

namespace songda::ui {

void AccountsPage::done(const Result<void> &result, const QString &well) {
    m_busy = false;
    if (result)
        m_notice->say(well, Tone::Good);
    else
        m_notice->say(words::error(result.error()), Tone::Bad);
    m_context.directory.refresh();
    judge();
}

void AccountsPage::saveNew() {
    NewAccount fresh;
    fresh.account.name = m_name->text().trimmed().toStdString();
    fresh.account.appid = m_appid->text().trimmed().toStdString();
    fresh.account.apiBase = m_base->text().trimmed().toStdString();
    fresh.account.secondBase = m_second->text().trimmed().toStdString();
    fresh.account.proxy = m_proxy->text().trimmed().toStdString();
    fresh.account.rate = m_rate->value();
    fresh.account.burst = m_burst->value();
    fresh.account.connections = m_connections->value();
    fresh.account.testAccount = m_testAccount->isChecked();
    fresh.account.uncertainPolicy = static_cast<UncertainPolicy>(m_uncertain->currentIndex());
    fresh.account.transport = static_cast<TransportChoice>(m_transport->currentIndex());
    fresh.secret = m_secret->text().trimmed().toStdString();
    m_busy = true;
    judge();
    whenDone(m_context.engine.addAccount(std::move(fresh)), this, [this](Result<Account> account) {
        if (account)
            showAdded(*account);
        done(account ? Result<void>() : Result<void>(tl::unexpected(account.error())), tr("Added. Now fetch its templates on the Templates page."));
    });
}

void AccountsPage::showAdded(const Account &account) {
    // The list is asked for anew and takes a moment; until then the one that was chosen before would get these values.
    const QString key = m_rows->keyOf(account);
    if (m_rows->rowOf(key) < 0) {
        std::vector<Account> rows = m_rows->rows();
        rows.push_back(account);
        m_rows->show(std::move(rows));
    }
    m_new = false;
    m_shown.reset();
    m_table->selectRow(m_rows->rowOf(key));
    look();
}

void AccountsPage::save() {
    const Account *account = chosen();
    if (account == nullptr)
        return;
    AccountChange change;
    change.apiBase = m_base->text().trimmed().toStdString();
    change.secondBase = m_second->text().trimmed().toStdString();
    change.proxy = m_proxy->text().trimmed().toStdString();
    change.rate = m_rate->value();
    change.burst = m_burst->value();
    change.connections = m_connections->value();
    change.testAccount = m_testAccount->isChecked();
    change.uncertainPolicy = static_cast<UncertainPolicy>(m_uncertain->currentIndex());
    change.transport = static_cast<TransportChoice>(m_transport->currentIndex());
    const std::string name = account->name;
    const std::string secret = m_secret->text().trimmed().toStdString();
    m_busy = true;
    judge();
    whenDone(m_context.engine.changeAccount(name, change), this, [this, name, secret](Result<void> changed) {
        if (!changed || secret.empty()) {
            done(changed, tr("Saved."));
            return;
        }
        whenDone(m_context.engine.changeSecret(name, secret), this, [this](Result<void> kept) {
            m_secret->clear();
            done(kept, tr("Saved, with the new secret."));
        });
    });
}

void AccountsPage::test() {
    const Account *account = chosen();
    if (account == nullptr)
        return;
    const bool focused = m_test->hasFocus();
    m_busy = true;
    judge();
    // Another one may be chosen by the time of the answer.
    const auto named = [name = q(account->name)](const QString &said) { return tr("%1: %2").arg(name, said); };
    m_notice->say(named(tr("Asking WeChat for a token, the templates and the quota…")), Tone::Info);
    whenDone(m_context.engine.testAccount(account->name), this, [this, focused, named](Result<AccountTest> test) {
        m_busy = false;
        judge();
        if (focused) // a button that greys out passes it on
            m_test->setFocus();
        if (!test)
            m_notice->say(named(words::error(test.error())), Tone::Bad);
        else
            m_notice->say(named(accountTestWords(*test, m_context.directory)), test->cause.empty() ? Tone::Good : Tone::Bad);
    });
}

void AccountsPage::hold() {
    const Account *account = chosen();
    if (account == nullptr)
        return;
    const std::string name = account->name;
    if (account->hold) {
        whenDone(m_context.engine.resumeAccount(name), this, [this](Result<bool> released) {
            done(released ? Result<void>() : Result<void>(tl::unexpected(released.error())),
                released && !*released ? tr("It was not held: nothing was changed.") : tr("Released: sending goes on."));
        });
        return;
    }
    const auto answer = askReason(this, {tr("Hold the account"), tr("Nothing more is sent from “%1” until it is released. Messages wait unharmed.").arg(q(name)),
                                           tr("Hold"), true, {}});
    if (!answer)
        return;
    whenDone(m_context.engine.holdAccount(name, answer->reason.toStdString()), this, [this](Result<bool> held) {
        done(held ? Result<void>() : Result<void>(tl::unexpected(held.error())),
            held && !*held ? tr("It was held already: nothing was changed.") : tr("Held."));
    });
}

} // namespace songda::ui
