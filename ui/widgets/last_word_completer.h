// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCompleter>

class QStringListModel;

namespace songda::ui {

/// Completes the last word of a line where it begins as one of `words` does, from its colon on: "state:d" is offered
/// "state:dead". Words before it stay as they are.
class LastWordCompleter final : public QCompleter {
    Q_OBJECT
public:
    explicit LastWordCompleter(QObject *parent);

    void setWords(const QStringList &words);

    QStringList splitPath(const QString &path) const override;
    QString pathFromIndex(const QModelIndex &index) const override;

private:
    QStringListModel *m_words;
    mutable QString m_before; ///< what stands before the word, as asked for last
};

} // namespace songda::ui
