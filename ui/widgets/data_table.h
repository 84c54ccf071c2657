// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace songda::ui {

class LayoutNote;

/// The one table of the console: fixed row height, whole rows, a sentence when there is nothing to show. Which columns it
/// shows, in which order and how wide, is the reader's, and kept under a name. It stays on the row one looks at when rows
/// come and go above it.
class DataTable final : public QTableView {
    Q_OBJECT
public:
    /// `name` is where the column widths are kept between runs.
    explicit DataTable(const QString &name, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// Shown instead of rows: what this is for and what to do next.
    void setEmptyText(const QString &text);
    void setWidths(const QList<int> &widths);
    /// Rows chosen, in the order of the table.
    QList<int> chosenRows() const;
    /// Gives the rows the height that is set for all tables.
    void fitRows();
    /// Shows or hides a column, as the reader wishes.
    void showColumnWished(int column, bool shown);

Q_SIGNALS:
    void chosen(const QModelIndex &current); ///< the row one looks at changed; may be invalid
    void nearTop();
    void nearEnd();

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void rememberAnchor();
    void keepAnchor();
    void keepColumns();
    void offerColumns(const QPoint &at);
    void onScrolled(int value);

    QString m_name;
    QString m_emptyText;
    QPersistentModelIndex m_anchor;
    bool m_changing = false;
    LayoutNote *m_note = nullptr; ///< made with the first change
    bool m_restored = false; ///< what the reader wished is in place: from now on changes are kept
    QByteArray m_built; ///< as the page made it
};

} // namespace songda::ui
