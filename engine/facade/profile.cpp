// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/profile.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStorageInfo>
#include <QUuid>
#include <nlohmann/json.hpp>

namespace songda::profile {

namespace {

constexpr const char *anyFormat = "songda-profile-";
constexpr const char *format = "songda-profile-1";

QString file(const std::string &dir) { return QString::fromStdString(dir) + QStringLiteral("/settings.json"); }

} // namespace

Result<Settings> readSettings(const std::string &dir) {
    QFile f(file(dir));
    if (!f.exists())
        return fail(ErrorCode::NotFound, dir + " is not a profile; make one with: songda-cli --profile " + dir + " init");
    if (!f.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Storage, "cannot read " + f.fileName().toStdString() + ": " + f.errorString().toStdString());
    const auto j = nlohmann::ordered_json::parse(f.read(1 << 20).toStdString(), nullptr, false);
    const auto said = j.is_object() && j.contains("format") && j["format"].is_string() ? j["format"].get<std::string>() : std::string{};
    if (said != format && said.starts_with(anyFormat))
        return fail(ErrorCode::TooNew,
            f.fileName().toStdString() + " was written by a newer Songda (" + said + ", this program knows " + format
                + "); use that version, the file was left untouched");
    if (said != format)
        return fail(ErrorCode::Corrupt, f.fileName().toStdString() + " is not a settings file of this program; it was left untouched");
    const auto text = [&](const char *name) {
        const auto it = j.find(name);
        return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
    };
    Settings settings{text("profile_id"), text("secrets"), j.contains("doors") ? j["doors"].dump() : std::string{}};
    if (!settings.secrets.empty() && settings.secrets != "keychain" && settings.secrets != "file")
        return fail(ErrorCode::InvalidInput, f.fileName().toStdString() + ": \"secrets\" must be \"keychain\" or \"file\"");
    return settings;
}

Result<void> writeSettings(const std::string &dir, const Settings &settings) {
    nlohmann::ordered_json j;
    j["format"] = format;
    j["profile_id"] = settings.profileId;
    if (!settings.secrets.empty())
        j["secrets"] = settings.secrets;
    if (!settings.doors.empty())
        j["doors"] = nlohmann::ordered_json::parse(settings.doors, nullptr, false);
    const std::string text = j.dump(2) + "\n";
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
    return writeSettings(dir, Settings{QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString(), {}, {}});
}

std::optional<std::int64_t> diskFree(const std::string &dir) {
    const QStorageInfo disk(QString::fromStdString(dir));
    return disk.isValid() && disk.isReady() ? std::optional<std::int64_t>(disk.bytesAvailable()) : std::nullopt;
}

} // namespace songda::profile
