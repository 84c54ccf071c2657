// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/profile.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStorageInfo>
#include <QUuid>

namespace songda::profile {

namespace {

QString file(const std::string &dir) { return QString::fromStdString(dir) + QStringLiteral("/settings.json"); }

} // namespace

Result<Settings> readSettings(const std::string &dir) {
    QFile f(file(dir));
    if (!f.exists())
        return fail(ErrorCode::NotFound, dir + " is not a profile; make one with: songda-cli --profile " + dir + " init");
    if (!f.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Storage, "cannot read " + f.fileName().toStdString() + ": " + f.errorString().toStdString());
    return readSettingsText(f.read(1 << 20).toStdString(), f.fileName().toStdString());
}

Result<void> writeSettings(const std::string &dir, const Settings &settings) {
    const std::string text = settingsText(settings);
    QSaveFile f(file(dir));
    if (!f.open(QIODevice::WriteOnly))
        return fail(ErrorCode::Storage, "cannot write " + f.fileName().toStdString() + ": " + f.errorString().toStdString());
    f.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (f.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()) || !f.commit())
        return fail(ErrorCode::Storage, "cannot write " + f.fileName().toStdString() + ": " + f.errorString().toStdString());
    return {};
}

bool exists(const std::string &dir) { return QFile::exists(file(dir)); }

Result<void> create(const std::string &dir) {
    if (exists(dir))
        return fail(ErrorCode::AlreadyExists, dir + " is a profile already");
    const QString path = QString::fromStdString(dir);
    const bool fresh = !QDir(path).exists();
    if (!QDir().mkpath(path))
        return fail(ErrorCode::Storage, "cannot make the folder " + dir);
    if (fresh) // a folder that was there keeps the rights its owner gave it
        QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    return writeSettings(dir, Settings{QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString(), {}, {}, {}});
}

std::optional<std::int64_t> diskFree(const std::string &dir) {
    const QStorageInfo disk(QString::fromStdString(dir));
    return disk.isValid() && disk.isReady() ? std::optional<std::int64_t>(disk.bytesAvailable()) : std::nullopt;
}

} // namespace songda::profile
