// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/lockable_folder.h"

#include <QTemporaryDir>
#include <QTest>

using namespace songda;

class LockableFolderTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sharesAreKnownByName_data();
    void sharesAreKnownByName();
    void aLocalFolderIsFine();
    void aFolderThatIsGoneIsNamed();
};

void LockableFolderTest::sharesAreKnownByName_data() {
    QTest::addColumn<bool>("share");
    for (const char *name : {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"})
        QTest::newRow(name) << true;
    // What virtual machines and containers give their guests has one machine on it.
    for (const char *name : {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "9p", "virtiofs", "apfs", "NTFS", ""})
        QTest::newRow(name) << false;
}

void LockableFolderTest::sharesAreKnownByName() {
    QFETCH(bool, share);
    QCOMPARE(isNetworkShare(QTest::currentDataTag()), share);
}

void LockableFolderTest::aLocalFolderIsFine() {
    const QTemporaryDir dir;
    QVERIFY(checkLockable(dir.path().toStdString()));
}

void LockableFolderTest::aFolderThatIsGoneIsNamed() {
    const QTemporaryDir dir;
    const std::string gone = dir.path().toStdString() + "/gone";
    const auto result = checkLockable(gone);
    QVERIFY(!result);
    QVERIFY(result.error().detail.find(gone) != std::string::npos);
}

QTEST_GUILESS_MAIN(LockableFolderTest)
#include "lockable_folder_test.moc"
