// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/template.h"
#include "ui/widgets/texts.h"

#include <QStringList>
#include <QWidget>
#include <map>
#include <string>
#include <vector>

class QComboBox;
class QFormLayout;

namespace songda::ui {

/// Which column of a file feeds what.
struct Mapping {
    QString openid;
    QString url; ///< empty: none
    QString key; ///< empty: none
    std::map<std::string, QString> keys; ///< template key -> column; empty: not chosen

    bool complete() const;
};

/// Guesses a mapping from the header: same names first, then the template's labels and the usual words for an
/// openid. Pure.
Mapping guessMapping(const Template &t, const QStringList &header);

/// The guess, editable.
class MappingTable final : public QWidget {
    Q_OBJECT
public:
    explicit MappingTable(QWidget *parent = nullptr);

    void show(const Template &t, const QStringList &header);
    Mapping mapping() const;

Q_SIGNALS:
    void changed();

private:
    struct Line {
        std::string key;
        QComboBox *box;
    };
    QComboBox *addLine(const QString &name, const QStringList &header, const QString &chosen, bool optional);

    QFormLayout *m_form;
    QComboBox *m_openid = nullptr;
    QComboBox *m_url = nullptr;
    QComboBox *m_key = nullptr;
    std::vector<Line> m_lines;
    Template m_template;
    QStringList m_header;
    Texts m_texts;
};

} // namespace songda::ui
