// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/send/mapping_table.h"
#include "ui/shell/page.h"
#include "ui/widgets/texts.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace songda::ui {

class AccountPicker;
class TemplatePicker;

/// What is sent to whom: the file, account and template, and which column feeds what.
class BatchSource final : public QWidget {
    Q_OBJECT
public:
    explicit BatchSource(const PageContext &context, QWidget *parent = nullptr);

    void openFile(const QString &path);
    void chooseFile();
    /// No file is chosen any more.
    void forget();

    QString path() const { return m_path; }
    const CsvPreview *preview() const { return m_preview ? &*m_preview : nullptr; }
    const Template *chosenTemplate() const;
    const Account *chosenAccount() const;
    Mapping mapping() const { return m_mapping->mapping(); }
    /// False while something is missing.
    bool fill(ImportRequest &request) const;

Q_SIGNALS:
    void opened(); ///< another file; the preview may be empty
    void failed(const songda::Error &error);
    void changed();

private:
    void fillMapping();
    void fillEncodings();
    void read(const QString &path);

    PageContext m_context;
    QString m_path;
    QString m_wanted; ///< the file that is read at the moment, or was last
    std::optional<CsvPreview> m_preview;
    quint64 m_generation = 0;
    bool m_opening = false;
    QPushButton *m_choose;
    QLabel *m_file;
    QComboBox *m_encoding;
    AccountPicker *m_account;
    TemplatePicker *m_template;
    QLabel *m_accountLabel;
    QLabel *m_templateLabel;
    QLabel *m_title;
    QLabel *m_mappingHint;
    MappingTable *m_mapping;
    Texts m_texts;
};

} // namespace songda::ui
