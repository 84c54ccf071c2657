// SPDX-License-Identifier: GPL-3.0-or-later
//
// The form of an account: its fields, what belongs into each, and what is wrong with it.
#include "ui/pages/accounts/accounts_page.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

QWidget *AccountsPage::buildForm() {
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, grid, 0);
    column->setSpacing(grid);
    column->addWidget(m_hold);
    column->addWidget(m_formTitle);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_form->setHorizontalSpacing(2 * grid);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_facts->setObjectName(QStringLiteral("accountFacts"));
    m_name->setObjectName(QStringLiteral("accountName"));
    m_rate->setObjectName(QStringLiteral("rate"));
    m_burst->setObjectName(QStringLiteral("burst"));
    m_save->setObjectName(QStringLiteral("saveAccount"));
    m_add->setObjectName(QStringLiteral("addAccount"));
    m_name->setMaxLength(60);
    m_appid->setMaxLength(64);
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setMaxLength(128);
    // Wider than what is allowed: a number that is wrong is explained, not swallowed.
    m_rate->setRange(0, 999'999'999);
    m_rate->setDecimals(2);
    m_burst->setRange(0, 999'999'999);
    m_connections->setRange(0, 999'999'999);
    m_appid->setObjectName(QStringLiteral("appid"));
    m_secret->setObjectName(QStringLiteral("appSecret"));
    m_base->setObjectName(QStringLiteral("apiBase"));
    m_second->setObjectName(QStringLiteral("secondBase"));
    m_proxy->setObjectName(QStringLiteral("proxy"));
    m_connections->setObjectName(QStringLiteral("connections"));
    m_test->setObjectName(QStringLiteral("testAccount"));
    for (QWidget *field : std::initializer_list<QWidget *>{m_name, m_appid, m_secret, m_base, m_second, m_proxy, m_rate, m_burst, m_connections, m_testAccount, m_uncertain, m_transport}) {
        auto *hint = mutedLabel();
        hint->setObjectName(QStringLiteral("hint"));
        m_form->addRow(new QLabel, withHint(field, hint));
    }
    connect(m_rate, &QDoubleSpinBox::valueChanged, this, &AccountsPage::judge);
    for (QSpinBox *box : {m_burst, m_connections})
        connect(box, &QSpinBox::valueChanged, this, &AccountsPage::judge);
    column->addLayout(m_form);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_save, m_test, m_holdButton, m_discard})
        buttons->addWidget(button);
    buttons->addStretch();
    column->addLayout(buttons);
    column->addStretch();
    for (QLineEdit *edit : {m_name, m_appid, m_secret, m_base, m_second, m_proxy})
        connect(edit, &QLineEdit::textChanged, this, &AccountsPage::judge);
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(inside);
    return area;
}

void AccountsPage::setFormTexts() {
    const std::pair<QWidget *, QString> fields[]{{m_name, tr("Name")}, {m_appid, tr("AppID")}, {m_secret, tr("AppSecret")}, {m_base, tr("API address")},
        {m_second, tr("Second address")}, {m_proxy, tr("Proxy")},
        {m_rate, tr("At most")}, {m_burst, tr("In one burst")}, {m_connections, tr("In flight")}, {m_testAccount, QString()}, {m_uncertain, tr("Uncertain ones")},
        {m_transport, tr("Transport")}};
    for (const auto &[field, name] : fields) {
        qobject_cast<QLabel *>(m_form->labelForField(field->parentWidget()))->setText(name);
        field->setAccessibleName(name.isEmpty() ? tr("Test account") : name);
    }
    m_burst->setSuffix(tr(" messages"));
    m_connections->setSuffix(tr(" requests"));
    m_rate->setSuffix(tr(" per second"));
    m_testAccount->setText(tr("This is a WeChat test account"));
    {
        const QSignalBlocker quiet(m_uncertain);
        const int before = qMax(0, m_uncertain->currentIndex());
        m_uncertain->clear();
        m_uncertain->addItems({tr("A person decides (nobody is notified twice)"), tr("Sent again (may arrive twice)")});
        m_uncertain->setCurrentIndex(before);
    }
    {
        const QSignalBlocker quiet(m_transport);
        const int before = qMax(0, m_transport->currentIndex());
        m_transport->clear();
        m_transport->addItems({tr("As needed"), tr("Standard"), tr("Bulk")});
        m_transport->setCurrentIndex(before);
    }
    m_test->setText(tr("Test the connection"));
    m_discard->setText(tr("Do not add"));
}

QString AccountsPage::secretPlace() const {
    if (m_place == "keychain")
        return tr("kept in the system's key store");
    if (m_place == "memory")
        return tr("kept in memory only, until the program ends");
    return m_place.empty() ? tr("kept in the system's key store, or in an encrypted file where there is none") : tr("kept in an encrypted file of the profile");
}

void AccountsPage::startNew() {
    m_new = true;
    m_shown.reset();
    const Account fresh;
    for (QLineEdit *edit : {m_name, m_appid, m_secret, m_second, m_proxy})
        edit->clear();
    m_base->setText(q(fresh.apiBase));
    m_rate->setValue(fresh.rate);
    m_burst->setValue(fresh.burst);
    m_connections->setValue(fresh.connections);
    m_testAccount->setChecked(false);
    m_uncertain->setCurrentIndex(0);
    m_transport->setCurrentIndex(0);
    m_hold->clear();
    judge();
}

bool AccountsPage::say(QWidget *field, const QString &fault, const QString &hint) {
    mark(field, field->parentWidget()->findChild<QLabel *>(QStringLiteral("hint")), !fault.isEmpty(), fault.isEmpty() ? hint : fault);
    return fault.isEmpty();
}

bool AccountsPage::judgeFields() {
    static const QRegularExpression plain(QStringLiteral("^[!-~]{1,128}$"));
    const QString name = m_name->text().trimmed();
    const QString appid = m_appid->text().trimmed();
    const QString secret = m_secret->text().trimmed();
    const QString base = m_base->text().trimmed();
    const auto taken = [&] {
        const auto &accounts = m_context.directory.accounts();
        return std::any_of(accounts.begin(), accounts.end(), [&](const Account &a) { return q(a.name) == name; });
    };
    const auto outside = [](double value, double least, double most, const QString &fault) { return value < least || value > most ? fault : QString(); };
    bool filled = true;
    QString fault;
    if (m_new && name.contains(QLatin1Char('/')))
        fault = tr("A name has no slash in it");
    else if (m_new && taken())
        fault = tr("There is an account of this name already");
    bool fine = say(m_name, fault, tr("As it is called here and on the command line, 1 to 60 characters"));
    filled &= !name.isEmpty();

    fault = m_new && !appid.isEmpty() && !plain.match(appid).hasMatch() ? tr("Letters and digits only, without blanks; it looks like wx0123456789abcdef") : QString();
    fine &= say(m_appid, fault, tr("wx and 16 digits or letters; it stands in WeChat's admin pages"));
    filled &= !m_new || !appid.isEmpty();

    fault = !secret.isEmpty() && !plain.match(secret).hasMatch() ? tr("Letters and digits only, without blanks; it has 32 characters") : QString();
    fine &= say(m_secret, fault, m_new ? tr("32 characters, %1, never shown again").arg(secretPlace()) : tr("Never shown again, %1. Empty: stays as it is").arg(secretPlace()));
    filled &= !m_new || !secret.isEmpty();

    fault = !base.isEmpty() && !Engine::checkApiBase(base.toStdString())
        ? tr("Begins with https:// and names a host, without user, ? or #; plain http:// only for this computer")
        : QString();
    fine &= say(m_base, fault, tr("https://api.weixin.qq.com by default; another one when a relay or a simulator is used"));
    filled &= !base.isEmpty();

    const bool wrongBase = !fault.isEmpty();
    const QString second = m_second->text().trimmed();
    fault = second.isEmpty() || wrongBase || Engine::checkSecondBase(second.toStdString(), base.toStdString()) ? QString()
        : second == base ? tr("That is the first address again")
                         : tr("Begins with https:// and names another host, without user, ? or #; http:// and this computer only when the first is this computer");
    fine &= say(m_second, fault, tr("Where messages go while the first cannot be reached, such as https://api2.weixin.qq.com; empty by default: they wait"));

    fault = Engine::checkProxy(m_proxy->text().trimmed().toStdString())
        ? QString()
        : tr("Written as http://host:port or socks5h://host:port, without user, password or anything behind the port; no link-local or cloud metadata address");
    fine &= say(m_proxy, fault,
        tr("By which everything goes to WeChat, such as http://192.168.1.20:3128 or socks5h://127.0.0.1:1080, so that WeChat sees one fixed IP for its "
           "whitelist; empty by default: directly"));

    fine &= say(m_rate, outside(m_rate->value(), 0.01, 100'000, tr("Too little or too much: 0.01 to 100,000 messages a second")),
        tr("Messages a second, 0.01 to 100,000; 20 by default"));
    fine &= say(m_burst, outside(m_burst->value(), 1, 100'000, tr("Too little or too much: 1 to 100,000 messages")),
        tr("Messages that may leave at once after a rest, 1 to 100,000; 20 by default"));
    fine &= say(m_connections, outside(m_connections->value(), 1, 480, tr("Too little or too much: 1 to 480 requests")),
        tr("Requests at the same time, 1 to 480; 10 by default"));
    say(m_testAccount, {}, tr("Marks everything sent from it as a test, in red and yellow; off by default"));
    say(m_uncertain, {}, tr("What happens to a message whose fate is unknown when a repeat is no longer safe; a person decides by default"));
    say(m_transport, {}, tr("Bulk keeps hundreds of connections busy; as needed by default, which is when rate and latency call for it"));
    return fine && filled;
}

} // namespace songda::ui
