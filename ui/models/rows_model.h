// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/colours.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>
#include <QString>
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace songda::ui {

/// Roles every table of ours knows beside Qt's own.
enum Role {
    ToneRole = Qt::UserRole + 1, ///< int(Tone): the cell is drawn as a chip in this tone
    RawRole, ///< the value behind the text
    ShareRole, ///< double 0 .. 1: the cell is drawn as a bar
    SparkRole, ///< QVector<qint64>: the cell is drawn as a row of small columns
};

/// A table over a bounded vector of values. New values replace old ones by their key, so that selection and scroll
/// position survive every refresh: rows are inserted, removed and moved, never reset. The columns are data.
/// `Row` is a value type; GUI thread.
template <class Row> class RowsModel : public QAbstractTableModel {
public:
    struct Column {
        std::function<QString()> header;
        std::function<QVariant(const Row &, int role)> cell;
        Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
    };
    using Key = std::function<QString(const Row &)>;

    RowsModel(std::vector<Column> columns, Key key, QObject *parent = nullptr)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
        , m_key(std::move(key)) {}

    const std::vector<Row> &rows() const { return m_rows; }
    const Row *at(int row) const {
        return row >= 0 && row < static_cast<int>(m_rows.size()) ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
    }
    const Row *at(const QModelIndex &index) const { return index.isValid() ? at(index.row()) : nullptr; }
    int rowOf(const QString &key) const {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (m_key(m_rows[i]) == key)
                return static_cast<int>(i);
        }
        return -1;
    }
    QString keyOf(const Row &row) const { return m_key(row); }

    /// Makes the table show exactly `rows`, whose keys are distinct.
    void show(std::vector<Row> rows) {
        std::vector<QString> wanted;
        wanted.reserve(rows.size());
        QSet<QString> wantedSet;
        for (const Row &row : rows) {
            wanted.push_back(m_key(row));
            wantedSet.insert(wanted.back());
        }
        removeOthers(wantedSet);
        arrange(rows, wanted);
        update(std::move(rows));
    }

    /// What a column shows depends on the time, too.
    void touch(int column) {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
    }

    /// The words changed, the values did not.
    void retranslate() {
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_columns.size()); }
    QVariant data(const QModelIndex &index, int role) const override {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
            return {};
        const Column &column = m_columns[static_cast<std::size_t>(index.column())];
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(column.alignment);
        // A cut-off text can be read in full.
        if (role == Qt::ToolTipRole) {
            const QVariant own = column.cell(*at(index.row()), role);
            return own.isValid() ? own : column.cell(*at(index.row()), Qt::DisplayRole);
        }
        return column.cell(*at(index.row()), role);
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        const Column &column = m_columns[static_cast<std::size_t>(section)];
        if (role == Qt::DisplayRole)
            return column.header();
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(column.alignment);
        return {};
    }

private:
    void removeOthers(const QSet<QString> &wanted) {
        for (int last = rowCount() - 1; last >= 0; --last) {
            if (wanted.contains(m_key(*at(last))))
                continue;
            int first = last;
            while (first > 0 && !wanted.contains(m_key(*at(first - 1))))
                --first;
            beginRemoveRows({}, first, last);
            m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
            endRemoveRows();
            last = first;
        }
    }

    void arrange(const std::vector<Row> &rows, const std::vector<QString> &wanted) {
        QSet<QString> present;
        for (const Row &row : m_rows)
            present.insert(m_key(row));
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (i < m_rows.size() && m_key(m_rows[i]) == wanted[i])
                continue;
            const int to = static_cast<int>(i);
            const auto found = !present.contains(wanted[i])
                ? m_rows.end()
                : std::find_if(m_rows.begin() + to, m_rows.end(), [&](const Row &row) { return m_key(row) == wanted[i]; });
            if (found != m_rows.end()) {
                const int from = static_cast<int>(found - m_rows.begin());
                beginMoveRows({}, from, from, {}, to);
                std::rotate(m_rows.begin() + to, found, found + 1);
                endMoveRows();
                continue;
            }
            std::size_t end = i + 1;
            while (end < wanted.size() && !present.contains(wanted[end]))
                ++end;
            beginInsertRows({}, to, static_cast<int>(end) - 1);
            m_rows.insert(m_rows.begin() + to, rows.begin() + to, rows.begin() + static_cast<std::ptrdiff_t>(end));
            endInsertRows();
            i = end - 1;
        }
    }

    void update(std::vector<Row> rows) {
        int first = -1;
        int last = -1;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            bool same = false;
            if constexpr (requires(const Row &a, const Row &b) { static_cast<bool>(a == b); })
                same = m_rows[i] == rows[i];
            if (same)
                continue;
            m_rows[i] = std::move(rows[i]);
            first = first < 0 ? static_cast<int>(i) : first;
            last = static_cast<int>(i);
        }
        if (first >= 0)
            Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    }

    std::vector<Column> m_columns;
    Key m_key;
    std::vector<Row> m_rows;
};

/// A column that only has words.
template <class Row>
typename RowsModel<Row>::Column textColumn(std::function<QString()> header, std::function<QString(const Row &)> text) {
    return {std::move(header), [text = std::move(text)](const Row &row, int role) -> QVariant {
                return role == Qt::DisplayRole ? QVariant(text(row)) : QVariant();
            }};
}

/// A right-aligned column, for numbers.
template <class Row>
typename RowsModel<Row>::Column numberColumn(std::function<QString()> header, std::function<QString(const Row &)> text) {
    auto column = textColumn<Row>(std::move(header), std::move(text));
    column.alignment = Qt::AlignRight | Qt::AlignVCenter;
    return column;
}

/// A word with a tone.
template <class Row>
typename RowsModel<Row>::Column chipColumn(
    std::function<QString()> header, std::function<QString(const Row &)> text, std::function<Tone(const Row &)> tone) {
    return {std::move(header), [text = std::move(text), tone = std::move(tone)](const Row &row, int role) -> QVariant {
                if (role == Qt::DisplayRole)
                    return text(row);
                return role == ToneRole ? QVariant(static_cast<int>(tone(row))) : QVariant();
            }};
}

} // namespace songda::ui
