// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/canary/canary_search.h"

#include <QTemporaryDir>
#include <QTest>

namespace songda::testing {

/// A folder for profiles and logs that stays when the test fails. None of the secrets that the programs were given may stand
/// in it.
class KeptWhenFailed {
public:
    KeptWhenFailed() = default;
    ~KeptWhenFailed() {
        const QStringList found
            = canary::Search({{"app secret", canary::appSecret}, {"passphrase", canary::passphrase}}).inFolder(m_dir.path());
        if (!found.isEmpty())
            QTest::qFail(qPrintable(found.join(QLatin1Char('\n'))), __FILE__, __LINE__);
        if (!QTest::currentTestFailed())
            return;
        m_dir.setAutoRemove(false);
        qInfo("profiles and logs are kept in %s", qPrintable(m_dir.path()));
    }
    KeptWhenFailed(const KeptWhenFailed &) = delete;
    KeptWhenFailed &operator=(const KeptWhenFailed &) = delete;

    QString path() const { return m_dir.path(); }

private:
    QTemporaryDir m_dir;
};

} // namespace songda::testing

/// The main function of a test whose full form takes longer than the five minutes that are usual; ctest has its
/// own limit.
#define SONGDA_CRASH_MAIN(TestClass) \
    int main(int argc, char **argv) { \
        if (!qEnvironmentVariableIsSet("QTEST_FUNCTION_TIMEOUT")) \
            qputenv("QTEST_FUNCTION_TIMEOUT", "7200000"); \
        QCoreApplication application(argc, argv); \
        TestClass test; \
        QTEST_SET_MAIN_SOURCE_PATH \
        return QTest::qExec(&test, argc, argv); \
    }
