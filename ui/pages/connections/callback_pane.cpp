// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/connections/callback_pane.h"

#include "engine/when_done.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/engine_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

namespace {

/// The radar reads a day of messages: not at each of the quiet refreshes.
constexpr std::chrono::seconds betweenRadars{10};
constexpr std::chrono::hours radarBack{24};
constexpr int mostMissing = 1000;

struct CallbackWords {
    Q_DECLARE_TR_FUNCTIONS(CallbackWords)
};

QString modeName(CallbackMode mode) {
    switch (mode) {
    case CallbackMode::Plain: return CallbackWords::tr("plain (明文模式)");
    case CallbackMode::Compatible: return CallbackWords::tr("compatible (兼容模式)");
    case CallbackMode::Secure: break;
    }
    return CallbackWords::tr("secure (安全模式)");
}

QString verdict(const RadarReport &r) {
    switch (r.state) {
    case RadarState::NotSetUp: return CallbackWords::tr("No report has ever come: accepted is the most that can be known.");
    case RadarState::TooFew: return CallbackWords::tr("Nothing was sent in the last 24 hours that should have been reported by now.");
    case RadarState::Fine: return CallbackWords::tr("All %1 messages of the last 24 hours that should have been reported were.").arg(number(r.considered));
    case RadarState::Missing:
        return CallbackWords::tr("%1 of %2 messages of the last 24 hours were not reported within %3, although reports come.")
            .arg(number(r.missing), number(r.considered), span(r.usual));
    case RadarState::Silent: break;
    }
    if (!r.lastReport)
        return CallbackWords::tr("Reports are not reaching us at all: %1 messages since %2 should have been reported, and none ever was. That says nothing of the messages. Check what is entered at the platform, and what stands between it and here.")
            .arg(number(r.unheard), shortTime(r.silentSince));
    return CallbackWords::tr("Reports do not reach us since %1: %2 messages in a row, none reported. That says nothing of the messages. Check what is entered at the platform, and what stands between it and here.")
        .arg(shortTime(r.silentSince), number(r.unheard));
}

QString inShort(const Reporting &r) {
    if (!r.radar)
        return {};
    switch (r.radar->state) {
    case RadarState::NotSetUp: return CallbackWords::tr("never one");
    case RadarState::TooFew: return CallbackWords::tr("nothing to report");
    case RadarState::Fine: return CallbackWords::tr("arrive");
    case RadarState::Missing: return CallbackWords::tr("some are missing");
    case RadarState::Silent: break;
    }
    return CallbackWords::tr("silent");
}

Tone toneOf(const Reporting &r) {
    if (!r.radar)
        return Tone::Neutral;
    switch (r.radar->state) {
    case RadarState::Fine: return Tone::Good;
    case RadarState::Missing: return Tone::Warn;
    case RadarState::Silent: return Tone::Bad;
    case RadarState::NotSetUp:
    case RadarState::TooFew: break;
    }
    return Tone::Neutral;
}

} // namespace

CallbackPane::CallbackPane(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(nullptr)
    , m_intro(mutedLabel())
    , m_notice(new Notice)
    , m_table(new DataTable(QStringLiteral("callbacks")))
    , m_cardTitle(headline(2))
    , m_verdict(new ToneLabel)
    , m_missing(new QPushButton)
    , m_form(new QFormLayout)
    , m_url(new QLineEdit)
    , m_token(new QLineEdit)
    , m_key(new QLineEdit)
    , m_mode(new QComboBox)
    , m_hint(mutedLabel())
    , m_show(new QCheckBox)
    , m_set(mainButton())
    , m_renew(new QPushButton)
    , m_remove(dangerButton())
    , m_texts(this) {
    using Row = Reporting;
    m_rows = new RowsModel<Row>(
        {
            textColumn<Row>([] { return CallbackWords::tr("Account"); }, [](const Row &r) { return q(r.account); }),
            textColumn<Row>([] { return CallbackWords::tr("Set up"); }, [](const Row &r) { return r.callback ? modeName(r.callback->mode) : CallbackWords::tr("no"); }),
            chipColumn<Row>([] { return CallbackWords::tr("Reports"); }, inShort, toneOf),
            textColumn<Row>([] { return CallbackWords::tr("Last report"); }, [](const Row &r) { return r.radar ? shortTime(r.radar->lastReport) : QString(); }),
            numberColumn<Row>([] { return CallbackWords::tr("Should be there"); }, [](const Row &r) { return r.radar ? number(r.radar->considered) : QString(); }),
            numberColumn<Row>([] { return CallbackWords::tr("Missing"); }, [](const Row &r) { return r.radar ? number(r.radar->missing) : QString(); }),
            textColumn<Row>([] { return CallbackWords::tr("Changed"); }, [](const Row &r) { return r.callback ? shortTime(r.callback->changedAt) : QString(); }),
            textColumn<Row>([] { return CallbackWords::tr("By"); }, [](const Row &r) { return r.callback ? q(r.callback->changedBy) : QString(); }),
        },
        [](const Row &r) { return QString::number(r.id.value); }, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, grid, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_intro);
    layout->addWidget(m_notice);
    m_table->setModel(m_rows);
    m_table->letSort();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({150, 170, 130, 120, 110, 80, 120});
    layout->addWidget(m_table, 1);
    layout->addWidget(buildCard());
    connect(m_table, &DataTable::chosen, this, [this] {
        clearCard();
        look();
    });
    connect(&context.directory, &Directory::accountsChanged, this, &CallbackPane::fill);
    m_texts.add([this] { setTexts(); });
}

QWidget *CallbackPane::buildCard() {
    const std::pair<QWidget *, const char *> names[]{{m_url, "callbackUrl"}, {m_token, "callbackToken"}, {m_key, "callbackKey"}, {m_mode, "callbackMode"},
        {m_show, "callbackShow"}, {m_set, "callbackSet"}, {m_renew, "callbackRenew"}, {m_remove, "callbackRemove"}, {m_missing, "callbackMissing"}, {m_verdict, "callbackVerdict"}};
    for (const auto &[widget, name] : names)
        widget->setObjectName(QLatin1String(name));
    for (const CallbackMode mode : {CallbackMode::Secure, CallbackMode::Compatible, CallbackMode::Plain})
        m_mode->addItem(QString(), static_cast<int>(mode));
    for (QLineEdit *edit : {m_url, m_token, m_key})
        edit->setReadOnly(true);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->addRow(QStringLiteral(" "), m_url);
    m_form->addRow(QStringLiteral(" "), m_token);
    m_form->addRow(QStringLiteral(" "), m_key);
    m_form->addRow(QStringLiteral(" "), m_mode);
    auto *acts = new QHBoxLayout;
    for (QWidget *widget : {static_cast<QWidget *>(m_set), static_cast<QWidget *>(m_show), static_cast<QWidget *>(m_renew), static_cast<QWidget *>(m_remove)})
        acts->addWidget(widget);
    acts->addStretch();
    QVBoxLayout *inside = nullptr;
    QWidget *box = panel(inside);
    inside->addWidget(m_cardTitle);
    auto *said = new QHBoxLayout;
    said->addWidget(m_verdict, 1);
    said->addWidget(m_missing);
    inside->addLayout(said);
    inside->addLayout(m_form);
    inside->addWidget(m_hint);
    inside->addLayout(acts);
    connect(m_mode, &QComboBox::activated, this, [this] { m_modeChosen = true; });
    connect(m_mode, &QComboBox::currentIndexChanged, this, &CallbackPane::judge);
    connect(m_show, &QCheckBox::toggled, this, &CallbackPane::showSecrets);
    connect(m_set, &QPushButton::clicked, this, &CallbackPane::setUp);
    connect(m_renew, &QPushButton::clicked, this, &CallbackPane::renewKey);
    connect(m_remove, &QPushButton::clicked, this, &CallbackPane::removeChosen);
    connect(m_missing, &QPushButton::clicked, this, &CallbackPane::showMissing);
    return box;
}

void CallbackPane::setTexts() {
    m_intro->setText(tr("The platform reports what became of a message a little after it took it: only then accepted becomes delivered or not. What stands below is entered once on its page, under 设置与开发 > 基本配置 > 服务器配置."));
    m_table->setEmptyText(tr("No account yet. Set one up on the Accounts page."));
    m_table->setAccessibleName(tr("Delivery reports by account"));
    m_missing->setText(tr("Show the missing ones"));
    m_show->setText(tr("Show the secrets"));
    m_renew->setText(tr("New EncodingAESKey…"));
    m_remove->setText(tr("Remove…"));
    m_url->setAccessibleName(tr("URL (服务器地址)"));
    m_token->setAccessibleName(tr("Token (令牌)"));
    m_key->setAccessibleName(tr("EncodingAESKey (消息加解密密钥)"));
    m_mode->setAccessibleName(tr("Mode (消息加解密方式)"));
    for (QWidget *field : {static_cast<QWidget *>(m_url), static_cast<QWidget *>(m_token), static_cast<QWidget *>(m_key), static_cast<QWidget *>(m_mode)})
        static_cast<QLabel *>(m_form->labelForField(field))->setText(field->accessibleName());
    for (int i = 0; i < m_mode->count(); ++i)
        m_mode->setItemText(i, modeName(static_cast<CallbackMode>(m_mode->itemData(i).toInt())));
    m_rows->retranslate();
    look();
}

std::vector<Command> CallbackPane::commands() {
    return {commandOf(m_set, QStringLiteral("callbacks.set")), commandOf(m_show, QStringLiteral("callbacks.show")), commandOf(m_renew, QStringLiteral("callbacks.renew")),
        commandOf(m_remove, QStringLiteral("callbacks.remove")), commandOf(m_missing, QStringLiteral("callbacks.missing"))};
}

void CallbackPane::setPublicUrl(const QString &url) {
    m_publicUrl = url;
    look();
}

void CallbackPane::refresh() {
    ask();
    const WallTime now = Engine::wallNow();
    if (!m_radarAsked || now - *m_radarAsked >= betweenRadars || now < *m_radarAsked) {
        m_radarAsked = now;
        askRadar();
    }
}

void CallbackPane::userChanged() {
    ++m_generation;
    m_callbacks.clear();
    m_radars.clear();
    m_radarAsked.reset();
    m_notice->clear();
    clearCard();
    fill();
}

void CallbackPane::clearCard() {
    m_setup.reset();
    m_modeChosen = false;
    const QSignalBlocker quiet(m_show);
    m_show->setChecked(false);
}

void CallbackPane::ask() {
    whenDone(m_context.engine.callbacks(), this, [this, generation = m_generation](Result<std::vector<Callback>> callbacks) {
        if (generation != m_generation)
            return;
        if (!callbacks) {
            m_notice->say(words::error(callbacks.error()), Tone::Bad);
            return;
        }
        m_callbacks = std::move(*callbacks);
        fill();
    });
}

void CallbackPane::askRadar() {
    whenDone(m_context.engine.radar({}, Engine::wallNow() - radarBack, mostMissing), this, [this, generation = m_generation](Result<std::vector<RadarReport>> radars) {
        if (generation != m_generation)
            return;
        if (!radars) {
            m_notice->say(words::error(radars.error()), Tone::Bad);
            return;
        }
        m_radars = std::move(*radars);
        fill();
    });
}

void CallbackPane::fill() {
    std::vector<Reporting> rows;
    for (const Account &account : m_context.directory.accounts()) {
        Reporting row{account.id, account.name, {}, {}};
        if (const auto it = std::ranges::find(m_callbacks, account.id, &Callback::account); it != m_callbacks.end())
            row.callback = *it;
        if (const auto it = std::ranges::find(m_radars, account.name, &RadarReport::account); it != m_radars.end())
            row.radar = *it;
        rows.push_back(std::move(row));
    }
    m_rows->show(std::move(rows));
    if (m_table->chosenRows().isEmpty() && m_rows->rowCount() > 0)
        m_table->selectRow(0);
    look();
}

const Reporting *CallbackPane::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

QString CallbackPane::address(const Callback &callback) const {
    return (m_publicUrl.isEmpty() ? QStringLiteral("https://…") : m_publicUrl) + QStringLiteral("/wechat/") + q(callback.path);
}

void CallbackPane::look() {
    const Reporting *row = chosen();
    m_cardTitle->setText(row != nullptr ? q(row->account) : QString());
    m_verdict->set(row != nullptr && row->radar ? verdict(*row->radar) : QString(), row != nullptr ? toneOf(*row) : Tone::Neutral);
    m_verdict->setVisible(!m_verdict->text().isEmpty());
    m_missing->setVisible(row != nullptr && row->radar && !row->radar->first.empty());
    const bool there = row != nullptr && row->callback.has_value();
    m_url->setText(there ? address(*row->callback) : QString());
    m_url->setPlaceholderText(tr("made when it is set up"));
    const bool open = m_setup && there && m_setup->callback.account == row->id;
    const QString hidden = there ? QString(12, QChar(0x2022)) : QString();
    m_token->setText(open ? q(m_setup->secrets.token) : hidden);
    m_key->setText(open ? q(m_setup->secrets.encodingAesKey) : hidden);
    if (there && !m_modeChosen) {
        const QSignalBlocker quiet(m_mode);
        m_mode->setCurrentIndex(m_mode->findData(static_cast<int>(row->callback->mode)));
    }
    judge();
}

void CallbackPane::judge() {
    const Reporting *row = chosen();
    const bool there = row != nullptr && row->callback.has_value();
    const auto mode = static_cast<CallbackMode>(m_mode->currentData().toInt());
    const bool differs = !there || row->callback->mode != mode;
    const auto may = [this](QWidget *button) { return m_context.may(Permission::SetUp, button) && !m_busy; };
    m_set->setText(there ? tr("Change the mode") : tr("Set up"));
    m_set->setEnabled(may(m_set) && row != nullptr && differs);
    m_show->setEnabled(may(m_show) && there);
    m_renew->setEnabled(may(m_renew) && there);
    m_remove->setEnabled(may(m_remove) && there);
    QStringList hints;
    if (mode == CallbackMode::Plain)
        hints.append(tr("In plain mode what is reported is not signed: whoever has seen one report can make up others for five minutes. Secure is better."));
    if (there && m_publicUrl.isEmpty())
        hints.append(tr("How this machine is reached from outside is not said yet: it is the setting “Address from outside” of the doors. The platform reports to port 80 or 443 only."));
    if (m_setup && m_setup->secrets.formerUntil && *m_setup->secrets.formerUntil > Engine::wallNow())
        hints.append(tr("The EncodingAESKey before this one is taken until %1.").arg(shortTime(*m_setup->secrets.formerUntil)));
    m_hint->setText(hints.join(QLatin1Char('\n')));
    m_hint->setVisible(!hints.isEmpty());
}

void CallbackPane::showSecrets(bool shown) {
    m_setup.reset();
    const Reporting *row = chosen();
    if (!shown || row == nullptr) {
        look();
        return;
    }
    whenDone(m_context.engine.callbackSetups(), this, [this, id = row->id, generation = m_generation](const Result<std::vector<CallbackSetup>> &setups) {
        if (generation != m_generation)
            return;
        if (!setups) {
            m_notice->say(words::error(setups.error()), Tone::Bad);
            return;
        }
        const auto it = std::ranges::find_if(*setups, [id](const CallbackSetup &s) { return s.callback.account == id; });
        if (!m_show->isChecked() || it == setups->end())
            return;
        if (it->problem.empty())
            m_setup = *it;
        else
            m_notice->say(engineWords(it->problem), Tone::Bad);
        look();
    });
}

void CallbackPane::change(CallbackWish wish, const QString &well) {
    m_busy = true;
    judge();
    whenDone(m_context.engine.setCallback(std::move(wish)), this, [this, well, generation = m_generation](const Result<CallbackSetup> &setup) {
        m_busy = false;
        if (generation == m_generation)
            m_notice->say(setup ? well : words::error(setup.error()), setup ? Tone::Good : Tone::Bad);
        if (setup && generation == m_generation) {
            m_setup = *setup; // to be entered now
            m_modeChosen = false;
            std::erase_if(m_callbacks, [&setup](const Callback &c) { return c.account == setup->callback.account; });
            m_callbacks.push_back(setup->callback);
            const QSignalBlocker quiet(m_show);
            m_show->setChecked(true);
        }
        fill();
        ask();
    });
}

void CallbackPane::setUp() {
    const Reporting *row = chosen();
    if (row == nullptr)
        return;
    CallbackWish wish;
    wish.account = row->account;
    wish.mode = static_cast<CallbackMode>(m_mode->currentData().toInt());
    change(std::move(wish), row->callback ? tr("The mode is changed here. Change it at the platform as well.") : tr("Set up. Enter the four values below on the platform's page."));
}

void CallbackPane::renewKey() {
    const Reporting *row = chosen();
    if (row == nullptr)
        return;
    const std::string account = row->account;
    const auto answer = askReason(this, {tr("New EncodingAESKey"), tr("A new key is made for %1. The present one is taken for an hour more: enter the new one at the platform within it.").arg(q(account)), tr("Make a new key"), false, {}});
    if (!answer)
        return;
    CallbackWish wish;
    wish.account = account;
    wish.newAesKey = true;
    change(std::move(wish), tr("Enter the new EncodingAESKey on the platform's page within the hour."));
}

void CallbackPane::removeChosen() {
    const Reporting *row = chosen();
    if (row == nullptr)
        return;
    const std::string account = row->account;
    const auto answer = askReason(this, {tr("Take no reports any more"), tr("What the platform of %1 reports is refused from now on: accepted is then the most that can be known.").arg(q(account)), tr("Remove"), false, {}});
    if (!answer)
        return;
    m_busy = true;
    judge();
    whenDone(m_context.engine.removeCallback(account), this, [this](const Result<bool> &removed) {
        m_busy = false;
        clearCard();
        m_notice->say(removed ? tr("Removed.") : words::error(removed.error()), removed ? Tone::Good : Tone::Bad);
        ask();
    });
}

void CallbackPane::showMissing() {
    const Reporting *row = chosen();
    if (row == nullptr || !row->radar)
        return;
    MessageFilter filter;
    for (const UnconfirmedMessage &message : row->radar->first)
        filter.ids.push_back(message.id);
    Q_EMIT showMessages(filter);
}

} // namespace songda::ui
