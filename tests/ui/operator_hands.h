// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/data_table.h"
#include "ui/widgets/parts.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

namespace songda::test {

inline ui::DataTable *table(QWidget *page, const char *name) {
    return page->findChild<ui::DataTable *>(QLatin1String(name));
}

template <class T> T *part(QWidget *page, const char *name) {
    return page->findChild<T *>(QLatin1String(name));
}

/// Whether a notice on the page has these words in it.
inline bool says(QWidget *page, const QString &words) {
    const auto notices = page->findChildren<ui::Notice *>();
    return std::any_of(notices.begin(), notices.end(), [&](const ui::Notice *n) { return n->isVisible() && n->text().contains(words); });
}

/// Presses a button with the mouse; false when it is not there, hidden or disabled.
inline bool press(QWidget *page, const char *name) {
    auto *button = part<QAbstractButton>(page, name);
    if (button == nullptr || !button->isVisible() || !button->isEnabled())
        return false;
    QTest::mouseClick(button, Qt::LeftButton);
    return true;
}

/// The same as soon as it can be pressed.
inline bool pressSoon(QWidget *page, const char *name) {
    const auto ready = [=] {
        const auto *button = part<QAbstractButton>(page, name);
        return button != nullptr && button->isVisible() && button->isEnabled();
    };
    return QTest::qWaitFor(ready, 60'000) && press(page, name);
}

/// Does something with the next dialog of this name, as soon as it is there.
inline void withDialog(const QString &name, std::function<void(QDialog *)> act) {
    auto *timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, name, act = std::move(act)] {
        auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
        if (dialog == nullptr || dialog->objectName() != name)
            return;
        timer->stop();
        timer->deleteLater();
        act(dialog);
    });
    timer->start(20);
}

/// Answers the next question about a reason: fills it in and says yes.
inline void answerReason(const QString &reason) {
    withDialog(QStringLiteral("askReason"), [reason](QDialog *dialog) {
        QTest::keyClicks(dialog->findChild<QLineEdit *>(QStringLiteral("reason")), reason);
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("yes")), Qt::LeftButton);
    });
}

inline std::vector<std::unique_ptr<QAbstractItemModelTester>> testersFor(QWidget &window) {
    std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
    for (const ui::DataTable *each : window.findChildren<ui::DataTable *>())
        testers.push_back(std::make_unique<QAbstractItemModelTester>(
            each->model(), QAbstractItemModelTester::FailureReportingMode::QtTest));
    return testers;
}

} // namespace songda::test
