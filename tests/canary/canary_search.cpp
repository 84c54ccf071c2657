// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/canary/canary_search.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <cstring>

namespace songda::canary {

namespace {

constexpr qint64 tooLarge = 256 << 20;

QByteArray utf16(const QByteArray &value, bool bigEndian) {
    QByteArray wide;
    for (const char c : value) {
        if (bigEndian)
            wide.append('\0').append(c);
        else
            wide.append(c).append('\0');
    }
    return wide;
}

/// The letters of base64 that stand for the value alone when `offset` bytes of others come before it in its group of three.
QByteArray base64(const QByteArray &value, int offset, QByteArray::Base64Options alphabet) {
    constexpr qsizetype firstWhole[] = {0, 2, 3};
    const QByteArray all = (QByteArray(offset, 'x') + value).toBase64(alphabet | QByteArray::OmitTrailingEquals);
    const qsizetype from = firstWhole[offset];
    return all.mid(from, (offset + value.size()) * 8 / 6 - from);
}

/// A file whose content is not its own, such as a pipe, is none; nor is one that takes minutes to search.
bool isPlainFile(const QString &path) {
    const QFileInfo info(path);
    return info.isFile() && !info.isSymLink() && info.size() <= tooLarge;
}

} // namespace

QList<QByteArray> formsOf(const QByteArray &value) {
    const QByteArray json = QJsonDocument(QJsonArray{QString::fromUtf8(value)}).toJson(QJsonDocument::Compact);
    QByteArray slashes = value;
    slashes.replace('/', "\\/");
    QList<QByteArray> forms{value, value.toPercentEncoding(), value.toPercentEncoding({}, {}, '%').replace("%20", "+"), json.mid(2, json.size() - 4), slashes,
        value.toHex(), value.toHex().toUpper(), utf16(value, false), utf16(value, true)};
    for (int offset = 0; offset < 3; ++offset) {
        forms.append(base64(value, offset, QByteArray::Base64Encoding));
        forms.append(base64(value, offset, QByteArray::Base64UrlEncoding));
    }
    std::sort(forms.begin(), forms.end());
    forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
    return forms;
}

Search::Search(const QList<Canary> &canaries) {
    for (const Canary &canary : canaries)
        m_wanted.append({canary, formsOf(canary.value)});
}

bool Search::holds(const QByteArray &bytes, const Wanted &wanted) const {
    return std::any_of(wanted.forms.begin(), wanted.forms.end(), [&](const QByteArray &form) {
        return memmem(bytes.constData(), static_cast<std::size_t>(bytes.size()), form.constData(), static_cast<std::size_t>(form.size())) != nullptr;
    });
}

QStringList Search::in(const QByteArray &bytes, const QString &where) const {
    m_bytes += bytes.size();
    QStringList found;
    for (const Wanted &wanted : m_wanted) {
        if (holds(bytes, wanted))
            found << QStringLiteral("%1 holds the %2").arg(where, QLatin1String(wanted.canary.what));
    }
    return found;
}

QStringList Search::inFile(const QString &path) const {
    QFile file(path);
    if (!isPlainFile(path) || !file.open(QIODevice::ReadOnly))
        return {};
    ++m_files;
    return in(file.readAll(), path);
}

QStringList Search::inFolder(const QString &folder, const std::function<bool(const QString &, const Canary &)> &looksAt) const {
    QStringList found;
    QDirIterator it(folder, QDir::Files | QDir::Dirs | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        found << in(QFile::encodeName(it.fileName()), QStringLiteral("the name of ") + path);
        QFile file(path);
        if (!isPlainFile(path) || !file.open(QIODevice::ReadOnly))
            continue;
        ++m_files;
        const QByteArray bytes = file.readAll();
        m_bytes += bytes.size();
        for (const Wanted &wanted : m_wanted) {
            if ((!looksAt || looksAt(path, wanted.canary)) && holds(bytes, wanted))
                found << QStringLiteral("%1 holds the %2").arg(path, QLatin1String(wanted.canary.what));
        }
    }
    return found;
}

QByteArray outsideOf(qint64 processId) {
    QByteArray all;
    for (const char *name : {"cmdline", "environ"}) {
        QFile file(QStringLiteral("/proc/%1/%2").arg(processId).arg(QLatin1String(name)));
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

} // namespace songda::canary
