// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/batch_feed.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace songda::ui {

class DataTable;
class Directory;
class Notice;

/// Finds a batch among all there are.
class BatchFinder final : public QDialog {
    Q_OBJECT
public:
    explicit BatchFinder(Directory &directory, QWidget *parent = nullptr);

Q_SIGNALS:
    void found(songda::BatchId batch);

private:
    void choose();
    void judge();

    BatchTable *m_rows;
    BatchFeed m_feed;
    QLineEdit *m_search;
    DataTable *m_table;
    Notice *m_notice;
    QPushButton *m_choose;
};

} // namespace songda::ui
