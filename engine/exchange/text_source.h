// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/csv_encodings.h"
#include "engine/model/error.h"

#include <QCryptographicHash>
#include <QFile>
#include <QStringDecoder>
#include <QStringEncoder>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace songda::exchange {

/// A text file as a stream of UTF-8, whatever it is stored in: UTF-8 with or without a byte order mark,
/// UTF-16, GBK / GB18030, Big5, and what else uchardet recognises. Constant memory.
///
/// Bytes that are not valid in the encoding become U+FFFD (for UTF-8 they are passed on as they are), so that
/// the row they stand in can be refused by itself.
class TextSource {
public:
    /// `encoding`: one of csvEncodings(), in either case; empty: found by what stands in the file.
    static Result<TextSource> open(const std::string &path, const std::string &encoding = {});

    /// Appends the next piece; false at the end of the file.
    Result<bool> read(std::string &out);
    /// Name of the encoding, for the report: "UTF-8", "GB18030" ...
    const std::string &encoding() const { return m_encoding; }
    /// Whether a text of this file reads as nonsense because these bytes are UTF-8 while the rest of the file is not, as when
    /// two files were put together.
    bool isMisread(std::string_view text) const;
    /// Bytes read so far and in all, for progress.
    qint64 position() const { return m_file->pos(); }
    qint64 size() const { return m_file->size(); }
    /// SHA-256 in hex of the bytes read so far: of the whole file once its end was reached.
    std::string digest() const { return m_hash->result().toHex().toStdString(); }
    /// The same of the whole file, which is read through for it; reading goes on where it was.
    Result<std::string> digestOfAll();

private:
    tl::unexpected<Error> unreadable() const;

    std::unique_ptr<QFile> m_file;
    std::unique_ptr<QCryptographicHash> m_hash = std::make_unique<QCryptographicHash>(QCryptographicHash::Sha256);
    std::string m_encoding = "UTF-8";
    std::optional<QStringDecoder> m_decoder; ///< none: the file is UTF-8 and goes through unchanged
    /// Whether a piece ends in the middle of a character.
    bool endsInsideCharacter(const QByteArray &piece);

    mutable std::optional<QStringEncoder> m_encoder; ///< for isMisread(); made once, because that takes longer than its use
    bool m_finished = false;
    bool m_cutOff = false;
    QChar m_held; ///< first half of a surrogate pair whose other half is in the next piece
    qint64 m_oddBytes = 0; ///< UTF-16: 1 while half a unit is pending
};

} // namespace songda::exchange
