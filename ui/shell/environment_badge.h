// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/snapshot.h"
#include "ui/widgets/colours.h"

#include <QWidget>

namespace songda::ui {

/// Which WeChat this console speaks to, so that practice is never mistaken for the real thing: a band over the
/// whole width, loud for production, striped for practice. With accounts of several kinds the most serious counts.
class EnvironmentBadge final : public QWidget {
    Q_OBJECT
public:
    explicit EnvironmentBadge(QWidget *parent = nullptr);

    void show(const Snapshot &snapshot);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Environment> m_environment;
    QString m_accounts;
};

} // namespace songda::ui
