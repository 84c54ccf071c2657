// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/alerts/sinks_dialog.h"

#include "engine/when_done.h"
#include "ui/pages/alerts/alert_words.h"
#include "ui/widgets/ask_reason.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/engine_words.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QVBoxLayout>

namespace songda::ui {

namespace {

constexpr int commandLines = 3;

QStringList parts(const QString &text, const char *separators) {
    return text.split(QRegularExpression(QLatin1String(separators)), Qt::SkipEmptyParts);
}

} // namespace

SinksDialog::SinksDialog(const PageContext &context, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_rows(nullptr)
    , m_table(new DataTable(QStringLiteral("alertSinksTable")))
    , m_notice(new Notice)
    , m_form(new QFormLayout)
    , m_kind(new QComboBox)
    , m_url(new QLineEdit)
    , m_host(new QLineEdit)
    , m_port(new QSpinBox)
    , m_tls(new QComboBox)
    , m_user(new QLineEdit)
    , m_password(new QLineEdit)
    , m_from(new QLineEdit)
    , m_to(new QLineEdit)
    , m_command(new QPlainTextEdit)
    , m_level(new QComboBox)
    , m_language(new QComboBox)
    , m_private(new QCheckBox)
    , m_add(mainButton())
    , m_test(new QPushButton)
    , m_remove(dangerButton()) {
    setObjectName(QStringLiteral("sinks"));
    setWindowTitle(tr("Who is told of alerts"));
    resize(860, 620);
    using Row = AlertSink;
    m_rows = new RowsModel<Row>(
        {
            textColumn<Row>([] { return tr("How"); }, [](const Row &s) { return words::sinkKind(s.kind); }),
            textColumn<Row>([] { return tr("To whom"); }, [](const Row &s) { return q(s.target); }),
            valueColumn<Row>([] { return tr("From level"); }, [](const Row &s) { return words::alertLevel(s.least); },
                [](const Row &s) { return static_cast<int>(s.least); }),
            countColumn<Row>([] { return tr("Told"); }, [](const Row &s) { return s.taken; }),
            countColumn<Row>([] { return tr("Waiting"); }, [](const Row &s) { return s.waiting; }),
            countColumn<Row>([] { return tr("Given up"); }, [](const Row &s) { return s.dead; }),
            textColumn<Row>([] { return tr("Last answer"); }, [](const Row &s) { return engineWords(s.lastDetail); }),
        },
        [](const Row &s) { return QString::number(s.id); }, this);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(grid);
    layout->addWidget(mutedLabel(tr("Alerts are always shown in this console. Beyond it they are told to those below; what fails is tried again for some hours and holds up nothing.")));
    m_table->setModel(m_rows);
    m_table->letSort();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({130, 220, 86, 64, 72, 78});
    m_table->setEmptyText(tr("Nobody yet."));
    m_table->setAccessibleName(tr("Who is told of alerts"));
    layout->addWidget(m_table, 1);
    auto *acts = new QHBoxLayout;
    acts->addWidget(m_test);
    acts->addWidget(m_remove);
    acts->addStretch();
    layout->addLayout(acts);
    layout->addWidget(m_notice);
    layout->addWidget(buildForm());
    auto *foot = new QDialogButtonBox;
    foot->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(foot, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(foot);
    m_test->setText(tr("Send a test"));
    m_remove->setText(tr("Remove…"));
    m_test->setObjectName(QStringLiteral("sinkTest"));
    m_remove->setObjectName(QStringLiteral("sinkRemove"));
    connect(m_table, &DataTable::chosen, this, &SinksDialog::judge);
    connect(m_test, &QPushButton::clicked, this, &SinksDialog::test);
    connect(m_remove, &QPushButton::clicked, this, &SinksDialog::removeChosen);
    showKind();
    refresh();
}

QWidget *SinksDialog::buildForm() {
    for (const auto kind : {AlertSink::Kind::WebHook, AlertSink::Kind::WeCom, AlertSink::Kind::Mail, AlertSink::Kind::Command})
        m_kind->addItem(words::sinkKind(kind), static_cast<int>(kind));
    m_tls->addItem(tr("STARTTLS, or no mail"), static_cast<int>(MailServer::Tls::Required));
    m_tls->addItem(tr("TLS from the first byte"), static_cast<int>(MailServer::Tls::Implicit));
    m_tls->addItem(tr("none (readable on its way)"), static_cast<int>(MailServer::Tls::Off));
    for (const AlertLevel level : allAlertLevels)
        m_level->addItem(words::alertLevel(level), static_cast<int>(level));
    m_language->addItem(QStringLiteral("English"), false);
    m_language->addItem(QStringLiteral("中文"), true);
    m_language->setCurrentIndex(m_context.directory.chinese() ? 1 : 0);
    m_port->setRange(1, 65535);
    m_port->setValue(587);
    m_password->setEchoMode(QLineEdit::Password);
    m_command->setTabChangesFocus(true);
    m_command->setFixedHeight(m_command->fontMetrics().lineSpacing() * commandLines + 2 * grid);
    m_command->setPlaceholderText(tr("/full/path/of/the/program, then one argument a line. It gets the alert as JSON on its standard input; no shell is used."));
    m_to->setPlaceholderText(tr("several ones with commas between"));
    m_private->setText(tr("This very host is in our own network, and meant"));
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->addRow(tr("How"), m_kind);
    m_form->addRow(tr("Address"), m_url);
    m_form->addRow(tr("Mail server"), m_host);
    m_form->addRow(tr("Port"), m_port);
    m_form->addRow(tr("Encryption"), m_tls);
    m_form->addRow(tr("User"), m_user);
    m_form->addRow(tr("Password"), m_password);
    m_form->addRow(tr("Sender"), m_from);
    m_form->addRow(tr("Recipients"), m_to);
    m_form->addRow(tr("Command"), m_command);
    m_form->addRow(tr("From level"), m_level);
    m_form->addRow(tr("Language"), m_language);
    m_form->addRow(QString(), m_private);
    m_form->addRow(QString(), m_add);
    m_add->setText(tr("Tell them from now on"));
    const std::pair<QWidget *, const char *> names[]{{m_kind, "sinkKind"}, {m_url, "sinkUrl"}, {m_host, "sinkHost"}, {m_port, "sinkPort"}, {m_tls, "sinkTls"},
        {m_user, "sinkUser"}, {m_password, "sinkPassword"}, {m_from, "sinkFrom"}, {m_to, "sinkTo"}, {m_command, "sinkCommand"}, {m_level, "sinkLevel"},
        {m_language, "sinkLanguage"}, {m_private, "sinkPrivate"}, {m_add, "sinkAdd"}};
    for (const auto &[widget, name] : names)
        widget->setObjectName(QLatin1String(name));
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SinksDialog::showKind);
    connect(m_add, &QPushButton::clicked, this, &SinksDialog::add);
    QVBoxLayout *inside = nullptr;
    QWidget *box = panel(inside);
    auto *title = headline(2);
    title->setText(tr("Tell somebody else"));
    inside->addWidget(title);
    inside->addLayout(m_form);
    return box;
}

void SinksDialog::showKind() {
    const auto kind = static_cast<AlertSink::Kind>(m_kind->currentData().toInt());
    const bool web = kind == AlertSink::Kind::WebHook || kind == AlertSink::Kind::WeCom;
    const auto show = [this](QWidget *field, bool shown) {
        field->setVisible(shown);
        m_form->labelForField(field)->setVisible(shown);
    };
    show(m_url, web);
    for (QWidget *field : {static_cast<QWidget *>(m_host), static_cast<QWidget *>(m_port), static_cast<QWidget *>(m_tls), static_cast<QWidget *>(m_user),
             static_cast<QWidget *>(m_password), static_cast<QWidget *>(m_from), static_cast<QWidget *>(m_to)})
        show(field, kind == AlertSink::Kind::Mail);
    show(m_command, kind == AlertSink::Kind::Command);
    // What a program gets is the same in every language.
    show(m_language, kind == AlertSink::Kind::WeCom || kind == AlertSink::Kind::Mail);
    m_private->setVisible(web);
    // Whoever knows a robot's address can write to its group.
    m_url->setEchoMode(kind == AlertSink::Kind::WeCom ? QLineEdit::PasswordEchoOnEdit : QLineEdit::Normal);
    m_url->setPlaceholderText(
        kind == AlertSink::Kind::WeCom ? QStringLiteral("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…") : QStringLiteral("https://alerts.example.com/songda"));
    judge();
}

void SinksDialog::refresh() {
    whenDone(m_context.engine.alertSinks(), this, [this](Result<std::vector<AlertSink>> sinks) {
        if (sinks)
            m_rows->show(std::move(*sinks));
        else
            m_notice->say(words::error(sinks.error()), Tone::Bad);
        judge();
    });
}

const AlertSink *SinksDialog::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void SinksDialog::judge() {
    const bool may = m_context.may(Permission::SetUp) && !m_busy;
    m_add->setEnabled(may);
    m_test->setEnabled(may && chosen() != nullptr);
    m_remove->setEnabled(may && chosen() != nullptr);
}

void SinksDialog::add() {
    NewAlertSink wish;
    wish.kind = static_cast<AlertSink::Kind>(m_kind->currentData().toInt());
    wish.url = m_url->text().trimmed().toStdString();
    wish.mail.host = m_host->text().trimmed().toStdString();
    wish.mail.port = m_port->value();
    wish.mail.tls = static_cast<MailServer::Tls>(m_tls->currentData().toInt());
    wish.mail.user = m_user->text().toStdString();
    wish.mail.from = m_from->text().trimmed().toStdString();
    for (const QString &address : parts(m_to->text(), "[,;\\s]+"))
        wish.mail.to.push_back(address.toStdString());
    for (const QString &argument : parts(m_command->toPlainText(), "\n"))
        wish.command.push_back(argument.toStdString());
    wish.password = m_password->text().toStdString();
    wish.least = static_cast<AlertLevel>(m_level->currentData().toInt());
    wish.chinese = m_language->currentData().toBool();
    wish.allowPrivate = m_private->isChecked();
    m_busy = true;
    judge();
    whenDone(m_context.engine.addAlertSink(std::move(wish)), this, [this](const Result<IssuedAlertSink> &issued) {
        m_busy = false;
        if (!issued) {
            m_notice->say(words::error(issued.error()), Tone::Bad);
        } else {
            m_password->clear();
            m_url->clear();
            m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
            m_notice->say(issued->secret.empty() ? tr("Set up. Send a test to see that it arrives.")
                                                 : tr("Set up. Its secret, shown this once, checks the signatures: %1").arg(q(issued->secret)),
                Tone::Good);
        }
        refresh();
    });
}

void SinksDialog::test() {
    const AlertSink *sink = chosen();
    if (sink == nullptr)
        return;
    m_busy = true;
    judge();
    m_notice->say(tr("Sending a test…"), Tone::Info);
    whenDone(m_context.engine.testAlertSink(sink->id), this, [this](const Result<HookTest> &tried) {
        m_busy = false;
        if (!tried)
            m_notice->say(words::error(tried.error()), Tone::Bad);
        else if (tried->taken)
            m_notice->say(tr("The test was taken."), Tone::Good);
        else
            m_notice->say(tr("The test was not taken: %1").arg(engineWords(tried->detail)), Tone::Bad);
        refresh();
    });
}

void SinksDialog::removeChosen() {
    const AlertSink *sink = chosen();
    if (sink == nullptr)
        return;
    const std::int64_t id = sink->id;
    const auto answer = askReason(this, {tr("Tell them nothing any more"), tr("%1 hears of no alert from now on.").arg(q(sink->target)), tr("Remove"), false, {}});
    if (!answer)
        return;
    m_busy = true;
    judge();
    whenDone(m_context.engine.removeAlertSink(id, answer->reason.toStdString()), this, [this](const Result<bool> &removed) {
        m_busy = false;
        if (!removed)
            m_notice->say(words::error(removed.error()), Tone::Bad);
        else
            m_notice->clear();
        refresh();
    });
}

} // namespace songda::ui
