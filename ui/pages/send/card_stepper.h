// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "ui/pages/send/mapping_table.h"
#include "ui/widgets/texts.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace songda::ui {

class WechatCard;

/// The first rows of a file as their recipients will see them, one at a time.
class CardStepper final : public QWidget {
    Q_OBJECT
public:
    explicit CardStepper(QWidget *parent = nullptr);

    /// Copies what it is given; keeps the row it stands on while there is one.
    void show(const Template *t, const Mapping &mapping, const CsvPreview *preview);
    void goToFirst();

private:
    void fill();
    std::string cell(const QString &column) const;

    std::optional<Template> m_template;
    Mapping m_mapping;
    std::optional<CsvPreview> m_preview;
    int m_row = 0;
    QLabel *m_title;
    QLabel *m_to;
    QPushButton *m_previous;
    QPushButton *m_next;
    WechatCard *m_card;
    Texts m_texts;
};

} // namespace songda::ui
