// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/texts.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace songda::ui {

/// How this console looks on this computer: row height, overall size, and the way back to the first layout.
class ConsoleLook final : public QWidget {
    Q_OBJECT
public:
    explicit ConsoleLook(QWidget *parent = nullptr);

Q_SIGNALS:
    /// Something was changed that one does not see at once.
    void said(const QString &words);

private:
    void setTexts();

    QLabel *m_title;
    QLabel *m_densityName;
    QComboBox *m_density;
    QLabel *m_scaleName;
    QComboBox *m_scale;
    QLabel *m_scaleHint;
    QPushButton *m_forget;
    Texts m_texts;
};

} // namespace songda::ui
