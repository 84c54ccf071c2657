// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/last_word_completer.h"

#include <QStringListModel>

namespace songda::ui {

LastWordCompleter::LastWordCompleter(QObject *parent)
    : QCompleter(parent)
    , m_words(new QStringListModel(this)) {
    setModel(m_words);
    setCaseSensitivity(Qt::CaseInsensitive);
    setCompletionMode(PopupCompletion);
}

void LastWordCompleter::setWords(const QStringList &words) { m_words->setStringList(words); }

QStringList LastWordCompleter::splitPath(const QString &path) const {
    const qsizetype blank = path.lastIndexOf(QLatin1Char(' '));
    m_before = path.left(blank + 1);
    const QString word = path.mid(blank + 1);
    // Before the colon it may become anything, and nobody wants a list for every letter.
    return {word.contains(QLatin1Char(':')) ? word : QStringLiteral("\n")};
}

QString LastWordCompleter::pathFromIndex(const QModelIndex &index) const { return m_before + QCompleter::pathFromIndex(index); }

} // namespace songda::ui
