// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTranslator>

namespace songda::ui {

/// The language of the screen, switched without a restart. English is the language of the source; Chinese is
/// resources/translations/songda_zh_CN.ts. GUI thread.
class Language final : public QObject {
    Q_OBJECT
public:
    enum class Choice { English, Chinese };
    Q_ENUM(Choice)

    explicit Language(QObject *parent = nullptr);

    /// Chinese on a Chinese system, else English.
    static Choice ofSystem();
    Choice choice() const { return m_choice; }
    bool chinese() const { return m_choice == Choice::Chinese; }
    void set(Choice choice);

Q_SIGNALS:
    void aboutToChange(bool chinese); ///< before any widget is told

private:
    Choice m_choice = Choice::English;
    QTranslator m_ours;
    QTranslator m_qt;
};

} // namespace songda::ui
