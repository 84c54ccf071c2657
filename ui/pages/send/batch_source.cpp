// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/batch_source.h"

#include "engine/when_done.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/pickers.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace songda::ui {

namespace {

constexpr int previewRows = 20;

struct BatchTexts {
    Q_DECLARE_TR_FUNCTIONS(BatchTexts)
};

QString delimiterName(const std::string &name) {
    if (name == "comma")
        return BatchTexts::tr("separated by commas");
    if (name == "semicolon")
        return BatchTexts::tr("separated by semicolons");
    if (name == "tab")
        return BatchTexts::tr("separated by tabs");
    return BatchTexts::tr("separated by bars");
}

} // namespace

BatchSource::BatchSource(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_choose(mainButton())
    , m_file(plainLabel())
    , m_encoding(new QComboBox)
    , m_account(new AccountPicker(context.directory, PickerKind::One))
    , m_template(new TemplatePicker(context.directory, PickerKind::One))
    , m_accountLabel(plainLabel())
    , m_templateLabel(plainLabel())
    , m_title(headline(2))
    , m_mappingHint(mutedLabel())
    , m_mapping(new MappingTable)
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_title);
    auto *file = new QHBoxLayout;
    file->addWidget(m_choose);
    file->addWidget(m_file, 1);
    file->addWidget(m_encoding);
    layout->addLayout(file);
    auto *fields = new QGridLayout;
    fields->setHorizontalSpacing(2 * grid);
    fields->setColumnMinimumWidth(0, labelWidth);
    fields->setColumnStretch(1, 2);
    fields->setColumnStretch(3, 3);
    fields->addWidget(m_accountLabel, 0, 0);
    fields->addWidget(m_account, 0, 1);
    fields->addWidget(m_templateLabel, 0, 2);
    fields->addWidget(m_template, 0, 3);
    m_templateLabel->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    layout->addLayout(fields);
    layout->addWidget(m_mappingHint);
    layout->addWidget(m_mapping);
    m_choose->setObjectName(QStringLiteral("chooseFile"));
    m_encoding->setObjectName(QStringLiteral("encoding"));
    m_encoding->hide();

    connect(m_choose, &QPushButton::clicked, this, &BatchSource::chooseFile);
    connect(m_encoding, &QComboBox::currentIndexChanged, this, [this] { read(m_wanted); });
    connect(m_account, &AccountPicker::picked, this, [this] {
        m_template->setAccount(m_account->account());
        Q_EMIT changed();
    });
    connect(m_template, &TemplatePicker::picked, this, &BatchSource::fillMapping);
    connect(m_mapping, &MappingTable::changed, this, &BatchSource::changed);
    m_template->setAccount(m_account->account());
    m_texts.add([this] {
        m_title->setText(tr("1 · What is sent to whom"));
        m_choose->setText(tr("Choose a file…"));
        if (m_path.isEmpty())
            m_file->setText(
                tr("A CSV file with one row a recipient; it may also be dropped here. UTF-8 or GBK, as Excel saves it."));
        fillEncodings();
        m_accountLabel->setText(tr("Account"));
        m_templateLabel->setText(tr("Template"));
        m_mappingHint->setText(m_preview
                ? tr("Which column feeds what. The matches are guessed from the names; every one can be changed.")
                : tr("The columns of the file are matched with the template's keys here; every match can be changed."));
    });
}

const Template *BatchSource::chosenTemplate() const {
    const auto ref = m_template->templateRef();
    return ref ? m_context.directory.templateOf(*ref) : nullptr;
}

const Account *BatchSource::chosenAccount() const {
    const auto id = m_account->account();
    return id ? m_context.directory.account(*id) : nullptr;
}

void BatchSource::chooseFile() {
    const QString path
        = QFileDialog::getOpenFileName(this, tr("Choose a file"), {}, tr("Tables (*.csv *.tsv *.txt);;All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

void BatchSource::fillEncodings() {
    const QSignalBlocker quiet(m_encoding);
    const int chosen = qMax(0, m_encoding->currentIndex());
    m_encoding->clear();
    m_encoding->addItem(tr("encoding: found by itself"));
    for (const char *name : csvEncodings())
        m_encoding->addItem(QLatin1String(name), QLatin1String(name));
    m_encoding->setCurrentIndex(chosen);
    m_encoding->setToolTip(tr("When the rows are not readable, choose what the file was saved in."));
    m_encoding->setAccessibleName(tr("Encoding of the file"));
}

void BatchSource::openFile(const QString &path) {
    const QSignalBlocker quiet(m_encoding);
    m_encoding->setCurrentIndex(0); // what was chosen for another file says nothing about this one
    read(path);
}

void BatchSource::forget() {
    ++m_generation; // what is being read is not wanted any more
    m_opening = false;
    m_path.clear();
    m_wanted.clear();
    m_preview.reset();
    m_encoding->hide();
    Q_EMIT opened();
    m_texts.again();
    Q_EMIT changed();
}

void BatchSource::read(const QString &path) {
    m_wanted = path;
    const quint64 generation = ++m_generation;
    m_opening = true; // until it is read, nothing can be checked: it would be the file before
    Q_EMIT changed();
    whenDone(m_context.engine.previewCsv(path.toStdString(), previewRows, m_encoding->currentData().toString().toStdString()), this, [this, path, generation](Result<CsvPreview> preview) {
        if (generation != m_generation)
            return;
        m_opening = false;
        m_path = path;
        m_encoding->show();
        m_preview.reset();
        const QString name = shown(QFileInfo(path).fileName());
        m_file->setText(preview ? QStringLiteral("%1 · %2 · %3").arg(name, q(preview->encoding), delimiterName(preview->delimiter)) : name);
        if (preview)
            m_preview = std::move(*preview);
        Q_EMIT opened();
        if (!preview)
            Q_EMIT failed(preview.error());
        m_texts.again();
        fillMapping();
    });
}

void BatchSource::fillMapping() {
    const Template *t = chosenTemplate();
    if (t == nullptr || !m_preview) {
        Q_EMIT changed();
        return;
    }
    QStringList header;
    for (const std::string &name : m_preview->header)
        header.append(q(name));
    m_mapping->show(*t, header); // says changed
}

bool BatchSource::fill(ImportRequest &request) const {
    const Account *from = chosenAccount();
    const Template *t = chosenTemplate();
    const Mapping mapping = m_mapping->mapping();
    if (m_opening || from == nullptr || t == nullptr || !m_preview || !mapping.complete())
        return false;
    request.path = m_path.toStdString();
    request.encoding = m_encoding->currentData().toString().toStdString();
    request.account = from->name;
    request.templateId = t->templateId;
    request.openidColumn = mapping.openid.toStdString();
    request.urlColumn = mapping.url.toStdString();
    request.keyColumn = mapping.key.toStdString();
    for (const auto &[key, column] : mapping.keys)
        request.keyColumns[key] = column.toStdString();
    return true;
}

} // namespace songda::ui
