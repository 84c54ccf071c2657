// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/policy_store.h"

#include "engine/policy/policy_file.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <utility>

namespace songda {

namespace {

constexpr qint64 largestFile = 32 << 20;
constexpr const char *missing = "-"; ///< the stamp of a file that is not there

Result<std::string> readFile(const std::string &path) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::InvalidInput, path + " cannot be read: " + file.errorString().toStdString());
    if (file.size() > largestFile)
        return fail(ErrorCode::InvalidInput, path + " is larger than 32 MB");
    return file.readAll().toStdString();
}

/// Changes whenever the file does, as far as the file system tells.
std::string stamp(const std::string &path) {
    const QFileInfo info(QString::fromStdString(path));
    if (!info.exists())
        return missing;
    return std::to_string(info.lastModified().toMSecsSinceEpoch()) + "/" + std::to_string(info.size());
}

} // namespace

const WordScreen *LoadedPolicy::wordsOf(std::string_view account) const {
    const auto it = screens.find(set.of(account).wordsFile);
    return it == screens.end() ? nullptr : it->second.get();
}

Result<LoadedPolicy> loadPolicy(const std::string &file, const std::string &dir) {
    LoadedPolicy loaded;
    loaded.stamps[file] = stamp(file); // first: what is written while we read shall be seen at the next look
    const auto text = readFile(file);
    if (!text)
        return tl::unexpected(text.error());
    auto set = readPolicy(*text);
    if (!set)
        return fail(set.error().code, file + ", " + set.error().detail);
    loaded.set = std::move(*set);
    const auto load = [&](const std::string &name) -> Result<void> {
        if (name.empty() || loaded.screens.contains(name))
            return {};
        loaded.stamps[dir + "/" + name] = stamp(dir + "/" + name);
        const auto words = readFile(dir + "/" + name);
        if (!words)
            return tl::unexpected(words.error());
        auto screen = WordScreen::fromLines(*words);
        if (!screen)
            return fail(screen.error().code, dir + "/" + name + ", " + screen.error().detail);
        loaded.screens.emplace(name, std::make_shared<const WordScreen>(std::move(*screen)));
        return {};
    };
    SONGDA_TRY(load(loaded.set.defaults.wordsFile));
    for (const auto &[account, policy] : loaded.set.accounts)
        SONGDA_TRY(load(policy.wordsFile));
    return loaded;
}

Result<std::shared_ptr<const LoadedPolicy>> PolicyStore::read() const {
    const std::string file = m_dir + "/" + policyName;
    if (const std::string seen = stamp(file); seen == missing) {
        auto builtIn = std::make_shared<LoadedPolicy>();
        builtIn->stamps[file] = seen;
        return builtIn;
    }
    auto loaded = loadPolicy(file, m_dir);
    if (!loaded)
        return tl::unexpected(loaded.error());
    return std::make_shared<const LoadedPolicy>(std::move(*loaded));
}

Result<std::shared_ptr<const LoadedPolicy>> PolicyStore::current() {
    const std::lock_guard guard(m_mutex);
    if (m_current)
        return m_current;
    // What could not be taken up is not read once more for everybody who asks: the file must have changed.
    std::string seen = stamp(m_dir + "/" + policyName);
    if (m_failed && m_failed->first == seen)
        return tl::unexpected(m_failed->second);
    auto read = this->read();
    if (read)
        m_current = *read;
    else
        m_failed.emplace(std::move(seen), read.error());
    return read;
}

PolicyStore::Look PolicyStore::look() {
    const std::lock_guard looking(m_looking);
    std::shared_ptr<const LoadedPolicy> before;
    bool wasRefused = false;
    {
        const std::lock_guard guard(m_mutex);
        before = m_current;
        wasRefused = !m_refused.empty();
    }
    // A refused file is read again each time: what was missing beside it may have come.
    const bool asItWas = before && !wasRefused
        && std::ranges::all_of(before->stamps, [](const auto &file) { return stamp(file.first) == file.second; });
    if (asItWas)
        return {};
    // Whoever asks for the policy meanwhile does not wait for a large file of words.
    auto read = this->read();
    const std::lock_guard guard(m_mutex);
    if (!read) {
        const std::string refusedBefore = std::exchange(m_refused, read.error().detail);
        return {false, m_refused, refusedBefore != m_refused};
    }
    m_current = std::move(*read);
    m_refused.clear();
    m_failed.reset();
    return {true, {}, false};
}

} // namespace songda
