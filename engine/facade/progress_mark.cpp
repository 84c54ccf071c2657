// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/progress_mark.h"

#include "engine/store/backup.h"

#include <QFile>
#include <QSaveFile>
#include <nlohmann/json.hpp>

namespace songda::profile {

namespace {
QString markPath(const std::string &dir) { return QString::fromStdString(dir + "/progress.json"); }
} // namespace

std::optional<std::int64_t> readProgressMark(const std::string &dir) {
    QFile file(markPath(dir));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const auto json = nlohmann::json::parse(file.read(4096).toStdString(), nullptr, false);
    if (!json.is_object() || !json.contains("commits") || !json["commits"].is_number_integer())
        return std::nullopt;
    return json["commits"].get<std::int64_t>();
}

Result<bool> isBehindMark(const std::string &dir, store::Database &database) {
    // In this order: a running engine may move both on meanwhile.
    const auto mark = readProgressMark(dir);
    const auto commits = database.scalar(store::commitsOf);
    if (!commits)
        return tl::unexpected(commits.error());
    return mark && commits->value_or(0) < *mark;
}

Result<void> writeProgressMark(const std::string &dir, std::int64_t commits) {
    QSaveFile file(markPath(dir));
    const auto text = QByteArray::fromStdString(nlohmann::json{{"commits", commits}}.dump() + "\n");
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return fail(ErrorCode::Storage, "cannot write " + markPath(dir).toStdString() + ": " + file.errorString().toStdString());
    return {};
}

} // namespace songda::profile
