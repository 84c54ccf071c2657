// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rows_model.h"
#include "ui/shell/page.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace songda::ui {

class DataTable;
class Notice;

/// Who is told of alerts: web hooks, group robots, mail, commands; added, tried, removed.
class SinksDialog final : public QDialog {
    Q_OBJECT
public:
    explicit SinksDialog(const PageContext &context, QWidget *parent = nullptr);

private:
    QWidget *buildForm();
    void showKind();
    void refresh();
    void judge();
    void add();
    void test();
    void removeChosen();
    const AlertSink *chosen() const;

    PageContext m_context;
    RowsModel<AlertSink> *m_rows;
    bool m_busy = false;
    DataTable *m_table;
    Notice *m_notice;
    QFormLayout *m_form;
    QComboBox *m_kind;
    QLineEdit *m_url;
    QLineEdit *m_host;
    QSpinBox *m_port;
    QComboBox *m_tls;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QLineEdit *m_from;
    QLineEdit *m_to;
    QPlainTextEdit *m_command;
    QComboBox *m_level;
    QComboBox *m_language;
    QCheckBox *m_private;
    QPushButton *m_add;
    QPushButton *m_test;
    QPushButton *m_remove;
};

} // namespace songda::ui
