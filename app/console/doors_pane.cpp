// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/doors_pane.h"

#include "app/console/console_doors.h"
#include "app/console/door_words.h"
#include "engine/doors/door_settings.h"
#include "engine/when_done.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtConcurrent>
#include <algorithm>

namespace songda::console {

using namespace songda::ui;

namespace {

struct DoorColumns {
    Q_DECLARE_TR_FUNCTIONS(DoorColumns)
};

} // namespace

DoorsPane::DoorsPane(const PageContext &context, ConsoleDoors *doors, std::string profileDir, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_doors(doors)
    , m_profileDir(std::move(profileDir))
    , m_rows(nullptr)
    , m_intro(mutedLabel())
    , m_notice(new Notice)
    , m_state(new ToneLabel)
    , m_open(mainButton())
    , m_table(new DataTable(QStringLiteral("doors")))
    , m_name(headline(2))
    , m_what(mutedLabel())
    , m_value(new QLineEdit)
    , m_set(new QPushButton)
    , m_usual(new QPushButton)
    , m_texts(this) {
    using Row = DoorRow;
    m_rows = new RowsModel<Row>(
        {
            textColumn<Row>([] { return DoorColumns::tr("Setting"); }, [](const Row &r) { return r.title; }),
            textColumn<Row>([] { return DoorColumns::tr("Value"); }, [](const Row &r) { return r.value; }),
            textColumn<Row>([] { return DoorColumns::tr("Usually"); }, [](const Row &r) { return r.usual; }),
            textColumn<Row>([] { return DoorColumns::tr("May be"); }, [](const Row &r) { return r.range; }),
            textColumn<Row>([] { return DoorColumns::tr("What it is"); }, [](const Row &r) { return r.what; }),
        },
        [](const Row &r) { return r.name; }, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, grid, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_intro);
    layout->addWidget(m_notice);
    auto *head = new QHBoxLayout;
    head->addWidget(m_state, 1);
    head->addWidget(m_open);
    layout->addLayout(head);
    m_table->setModel(m_rows);
    m_table->letSort();
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({180, 180, 150, 260});
    layout->addWidget(m_table, 1);
    QVBoxLayout *inside = nullptr;
    layout->addWidget(panel(inside));
    inside->addWidget(m_name);
    inside->addWidget(m_what);
    auto *row = new QHBoxLayout;
    row->addWidget(m_value, 1);
    row->addWidget(m_set);
    row->addWidget(m_usual);
    inside->addLayout(row);
    const std::pair<QWidget *, const char *> names[]{{m_open, "doorsOpen"}, {m_state, "doorsState"}, {m_value, "doorValue"}, {m_set, "doorSet"}, {m_usual, "doorUsual"}};
    for (const auto &[widget, name] : names)
        widget->setObjectName(QLatin1String(name));
    connect(m_table, &DataTable::chosen, this, &DoorsPane::look);
    connect(m_value, &QLineEdit::textEdited, this, [this] { m_typed = true; });
    connect(m_value, &QLineEdit::textChanged, this, &DoorsPane::judge);
    connect(m_value, &QLineEdit::returnPressed, m_set, &QPushButton::click);
    connect(m_set, &QPushButton::clicked, this, [this] { put(m_edited, typed()); });
    connect(m_usual, &QPushButton::clicked, this, [this] { put(m_edited, {}); });
    connect(m_open, &QPushButton::clicked, this,
        [this] { put(QStringLiteral("enabled"), m_doors->isOpen() ? QStringLiteral("false") : QStringLiteral("true")); });
    if (m_doors != nullptr)
        connect(m_doors, &ConsoleDoors::changed, this, &DoorsPane::judge);
    m_texts.add([this] { setTexts(); });
}

void DoorsPane::setTexts() {
    m_intro->setText(tr("Through the HTTP doors business systems hand messages over, platforms report, and monitoring reads figures. They are closed unless somebody opens them, and reached from this machine alone unless the address says otherwise."));
    m_table->setAccessibleName(tr("Settings of the doors"));
    m_value->setAccessibleName(tr("Value"));
    m_set->setText(tr("Set"));
    m_usual->setText(tr("The usual value"));
    fill();
}

std::vector<Command> DoorsPane::commands() {
    return {commandOf(m_open, QStringLiteral("doors.open")), commandOf(m_set, QStringLiteral("doors.set")), commandOf(m_usual, QStringLiteral("doors.usual"))};
}

void DoorsPane::refresh() { ask(); }

void DoorsPane::userChanged() {
    m_edited.clear();
    m_notice->clear();
    look();
}

void DoorsPane::ask() {
    whenDone(m_context.engine.doorSection(), this, [this](const Result<std::string> &section) {
        if (!section) {
            m_notice->say(words::error(section.error()), Tone::Bad);
            return;
        }
        m_section = *section;
        fill();
    });
}

void DoorsPane::fill() {
    std::vector<DoorRow> rows;
    for (const doors::DoorField &field : doors::doorFields()) {
        const std::string value = doors::doorValue(m_section, field.name);
        const QString usual = doorShown(field, field.usual);
        rows.push_back({q(field.name), doorTitle(field.name), value.empty() ? usual : doorShown(field, value), usual, !value.empty(), doorRange(field), doorWords(field.what)});
    }
    m_rows->show(std::move(rows));
    m_rows->retranslate();
    if (m_table->chosenRows().isEmpty())
        m_table->selectRow(0);
    look();
}

const DoorRow *DoorsPane::chosen() const {
    const QList<int> rows = m_table->chosenRows();
    return rows.isEmpty() ? nullptr : m_rows->at(rows.first());
}

void DoorsPane::look() {
    const DoorRow *row = chosen();
    if (row == nullptr)
        return;
    m_name->setText(row->title);
    m_what->setText(tr("%1. It may be %2; usually it is %3. In settings.json: %4.").arg(row->what, row->range, row->usual.isEmpty() ? tr("empty") : row->usual, row->name));
    if (m_edited != row->name)
        m_typed = false;
    if (m_edited != row->name || (!m_typed && m_value->text() != row->value))
        m_value->setText(row->value);
    m_edited = row->name;
    judge();
}

void DoorsPane::judge() {
    const DoorRow *row = chosen();
    const auto may = [this](QWidget *button) { return m_context.may(Permission::SetUp, button) && !m_busy && m_doors != nullptr; };
    const bool differs = row != nullptr && m_value->text().trimmed() != row->value;
    m_set->setEnabled(may(m_set) && differs);
    m_usual->setEnabled(may(m_usual) && row != nullptr && row->isSet);
    m_open->setEnabled(may(m_open));
    const bool open = m_doors != nullptr && m_doors->isOpen();
    m_open->setText(open ? tr("Close the doors") : tr("Open the doors"));
    if (open)
        m_state->set(tr("Open at %1").arg(m_doors->url()), Tone::Good);
    else if (m_doors != nullptr && m_doors->problem())
        m_state->set(tr("Closed: %1").arg(words::error(*m_doors->problem())), Tone::Bad);
    else
        m_state->set(m_doors != nullptr ? tr("Closed") : tr("Opened and closed where the engine runs."), Tone::Neutral);
}

QString DoorsPane::typed() const {
    const auto &fields = doors::doorFields();
    const auto field = std::find_if(fields.begin(), fields.end(), [this](const doors::DoorField &one) { return m_edited == QLatin1String(one.name); });
    return field == fields.end() ? QString() : doorTyped(*field, m_value->text());
}

void DoorsPane::put(const QString &name, const QString &value) {
    if (m_doors == nullptr || m_busy)
        return;
    m_busy = true;
    judge();
    // It reads the files that the section names.
    const auto check = [section = m_section, name = name.toStdString(), value = value.toStdString(), dir = m_profileDir] {
        return doors::withDoorSetting(section, name, value, dir);
    };
    whenDone(QtConcurrent::run(check), this, [this, name](const Result<std::string> &changed) {
        if (changed) {
            write(*changed, name);
            return;
        }
        m_busy = false;
        m_notice->say(words::error(changed.error()), Tone::Bad);
        judge();
    });
}

void DoorsPane::write(const std::string &section, const QString &name) {
    whenDone(m_context.engine.setDoorSection(section, {}), this, [this, section, name](const Result<void> &written) {
        m_busy = false;
        if (written) {
            m_notice->clear();
            m_section = section;
            if (m_edited == name)
                m_edited.clear(); // what was typed for another one stays
            m_doors->openAnew();
        } else {
            m_notice->say(words::error(written.error()), Tone::Bad);
        }
        fill();
    });
}

} // namespace songda::console
