// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/template.h"

#include <QWidget>
#include <functional>
#include <map>
#include <string>

class QGridLayout;
class QLabel;

namespace songda::ui {

using TemplateData = std::map<std::string, std::string, std::less<>>;

/// A message as the recipient will see it in WeChat: the title and one line a key. Plain text only.
class WechatCard final : public QWidget {
    Q_OBJECT
public:
    explicit WechatCard(QWidget *parent = nullptr);

    /// Missing values are shown as a line to be filled.
    void show(const Template &t, const TemplateData &values, bool hasLink);
    void clear();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_title;
    QGridLayout *m_lines;
    QLabel *m_link;
};

} // namespace songda::ui
