// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/file_search.h"

#include <QByteArray>
#include <QFile>
#include <algorithm>
#include <string_view>

namespace songda {

namespace {

constexpr qint64 pieceSize = 1 << 20;

/// The letters of base64 that stand for the text alone when `offset` bytes come before it in its group of three.
std::string base64Of(const std::string &text, int offset, QByteArray::Base64Options alphabet) {
    const std::string padded(static_cast<std::size_t>(offset), '\0');
    const std::string all = QByteArray::fromStdString(padded + text).toBase64(alphabet | QByteArray::OmitTrailingEquals).toStdString();
    constexpr std::size_t firstWhole[] = {0, 2, 3};
    const std::size_t from = firstWhole[offset];
    const std::size_t until = (padded.size() + text.size()) * 8 / 6;
    return all.substr(from, until - from);
}

} // namespace

std::vector<std::string> writtenForms(const std::string &text) {
    std::string little, big;
    for (const char c : text) {
        little.append(1, c).append(1, '\0');
        big.append(1, '\0').append(1, c);
    }
    std::vector<std::string> forms{text, little, big};
    for (int offset = 0; offset < 3; ++offset) {
        forms.push_back(base64Of(text, offset, QByteArray::Base64Encoding));
        forms.push_back(base64Of(text, offset, QByteArray::Base64UrlEncoding));
    }
    std::sort(forms.begin(), forms.end());
    forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
    return forms;
}

Result<bool> holdsAny(const std::string &path, const std::vector<std::string> &forms) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Storage, path + " cannot be read: " + file.errorString().toStdString());
    std::size_t longest = 0;
    for (const std::string &form : forms)
        longest = std::max(longest, form.size());
    std::string kept;
    for (;;) {
        const QByteArray piece = file.read(pieceSize);
        if (piece.isEmpty())
            return file.error() == QFileDevice::NoError ? Result<bool>(false) : fail(ErrorCode::Storage, path + " cannot be read: " + file.errorString().toStdString());
        kept.append(piece.constData(), static_cast<std::size_t>(piece.size()));
        const std::string_view all(kept);
        if (std::any_of(forms.begin(), forms.end(), [&](const std::string &form) { return all.find(form) != std::string_view::npos; }))
            return true;
        kept.erase(0, kept.size() - std::min(kept.size(), longest)); // a form may lie across two pieces
    }
}

} // namespace songda
