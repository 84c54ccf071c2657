// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/text_source.h"

#include "engine/policy/utf8.h"

#include <algorithm>
#include <uchardet/uchardet.h>

namespace songda::exchange {

namespace {

constexpr qint64 pieceSize = 256 * 1024;

/// Whether a sample is UTF-8: entirely, or for the most part of those lines that tell, because one bad line in a UTF-8 file
/// must spoil its own row, not turn the whole file into another encoding. `whole` says that the file ends with the sample;
/// else a character may be cut off at its end.
bool looksLikeUtf8(std::string_view sample, bool whole) {
    int good = 0, bad = 0;
    bool multiByte = false, broken = false;
    const auto endLine = [&] {
        bad += broken;
        good += multiByte && !broken;
        multiByte = broken = false;
    };
    while (!sample.empty()) {
        const std::size_t before = sample.size();
        if (const auto c = utf8::next(sample)) {
            multiByte |= before - sample.size() > 1;
            if (*c == '\n' || *c == '\r')
                endLine();
            continue;
        }
        if (!whole && sample.size() < 4)
            break;
        sample.remove_prefix(1);
        broken = true;
    }
    endLine();
    return bad == 0 || good >= bad;
}

bool decodes(const QByteArray &sample, const char *encoding) {
    QStringDecoder decoder(encoding);
    if (!decoder.isValid())
        return false;
    const QString text = decoder.decode(sample);
    return !decoder.hasError() && !text.contains(QChar::ReplacementCharacter);
}

/// By letter frequencies, which small files mislead; empty when it does not know.
std::string askDetector(const QByteArray &sample) {
    std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), &uchardet_delete);
    uchardet_handle_data(detector.get(), sample.constData(), static_cast<std::size_t>(sample.size()));
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

/// Which of the double-byte characters in a sample are of the kind that texts are made of, if it is GB18030, and if it is Big5.
/// Nearly every byte decodes as some character of GB18030; in what was never written in it they are rare ones.
struct DoubleBytes {
    int all = 0;
    int usualInGb = 0; ///< characters and punctuation of GB 2312
    int usualInBig5 = 0; ///< its first level and punctuation
    int betweenLetters = 0; ///< a letter with an accent of Western Europe before and after plain ones
};

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

DoubleBytes doubleBytes(const QByteArray &sample) {
    DoubleBytes found;
    for (qsizetype i = 0; i + 1 < sample.size(); ++i) {
        const auto lead = static_cast<unsigned char>(sample[i]);
        const auto trail = static_cast<unsigned char>(sample[i + 1]);
        if (lead < 0x80)
            continue;
        if (trail >= '0' && trail <= '9') { // four bytes, which no other encoding has
            i += 3;
            continue;
        }
        ++found.all;
        found.usualInGb += trail >= 0xA1 && ((lead >= 0xA1 && lead <= 0xA3) || (lead >= 0xB0 && lead <= 0xF7));
        found.usualInBig5 += lead >= 0xA1 && lead <= 0xC6 && trail >= 0x40;
        found.betweenLetters += lead >= 0xC0 && i > 0 && isLetter(sample[i - 1]) && isLetter(sample[i + 1]);
        ++i;
    }
    return found;
}

std::string guessEncoding(const QByteArray &sample) {
    // What is not UTF-8 here was nearly always saved by a Chinese Excel; GB18030 contains GBK and GB 2312. So another one is
    // asked for only where the bytes do not fit, or give characters that hardly anybody writes.
    const bool fits = decodes(sample, "GB18030");
    const DoubleBytes d = doubleBytes(sample);
    if (fits && d.usualInGb * 10 >= d.all * 6)
        return "GB18030";
    if (fits && d.betweenLetters == d.all)
        return "windows-1252";
    if (fits && d.all >= 4 && d.usualInBig5 * 100 >= d.all * 95 && decodes(sample, "Big5"))
        return "Big5";
    const std::string name = askDetector(sample);
    const bool believed = !fits || name == "BIG5" || name == "SHIFT_JIS" || name == "EUC-JP";
    return believed && !name.empty() && decodes(sample, name.c_str()) ? name : "GB18030";
}

/// What a file is by its first bytes when it is no text; empty when it may be one.
std::string_view noText(const QByteArray &sample) {
    static constexpr std::pair<std::string_view, std::string_view> known[]{{{"PK\x03\x04", 4}, "a workbook of a spreadsheet program, or another archive"},
        {{"\xD0\xCF\x11\xE0", 4}, "a workbook of an older spreadsheet program"}, {{"\x1F\x8B", 2}, "a compressed file"}, {"%PDF-", "a PDF document"},
        {"SQLite format 3", "a database"}};
    for (const auto &[start, what] : known) {
        if (sample.startsWith(QByteArrayView(start.data(), static_cast<qsizetype>(start.size()))))
            return what;
    }
    return {};
}

/// UTF-16 without a byte order mark: letters, delimiters and line ends of a table have a NUL beside them, on the same side.
std::optional<QStringConverter::Encoding> unmarkedUtf16(const QByteArray &sample) {
    qsizetype first = 0, second = 0;
    for (qsizetype i = 0; i + 1 < sample.size(); i += 2) {
        first += sample[i] == '\0';
        second += sample[i + 1] == '\0';
    }
    const qsizetype least = std::max<qsizetype>(4, sample.size() / 10);
    // Some characters have one on the other side: U+4E00, a very common one, and the wide blank U+3000.
    constexpr qsizetype clearly = 4;
    if (second >= least && second >= clearly * first)
        return QStringConverter::Utf16LE;
    if (first >= least && first >= clearly * second)
        return QStringConverter::Utf16BE;
    return std::nullopt;
}

/// Marks at the beginning that say nothing once the encoding is known.
qsizetype markLength(const QByteArray &sample, const std::string &encoding) {
    if (encoding == "UTF-8" && sample.startsWith("\xEF\xBB\xBF"))
        return 3;
    const bool marked = (encoding == "UTF-16LE" && sample.startsWith("\xFF\xFE")) || (encoding == "UTF-16BE" && sample.startsWith("\xFE\xFF"));
    return marked ? 2 : 0;
}

} // namespace

Result<TextSource> TextSource::open(const std::string &path, const std::string &encoding) {
    TextSource source;
    source.m_file = std::make_unique<QFile>(QString::fromStdString(path));
    if (!source.m_file->open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, "cannot read " + path + ": " + source.m_file->errorString().toStdString());
    const QByteArray sample = source.m_file->peek(pieceSize);
    if (sample.isEmpty())
        return fail(ErrorCode::InvalidInput, path + " is empty");
    if (const auto what = noText(sample); !what.empty())
        return fail(ErrorCode::InvalidInput, path + " is no CSV file but " + std::string(what) + "; open it with its program and save the table as CSV");
    const auto skip = [&](qsizetype mark) {
        source.m_hash->addData(QByteArrayView(sample).first(mark));
        source.m_file->skip(mark);
    };
    if (!encoding.empty()) {
        const auto known = std::find_if(csvEncodings().begin(), csvEncodings().end(), [&](const char *name) { return qstricmp(name, encoding.c_str()) == 0; });
        if (known == csvEncodings().end())
            return fail(ErrorCode::InvalidInput, "\"" + encoding + "\" is no encoding that can be read here");
        source.m_encoding = *known;
        skip(markLength(sample, source.m_encoding));
        if (source.m_encoding != "UTF-8")
            source.m_decoder.emplace(source.m_encoding.c_str());
    } else if (sample.startsWith("\xEF\xBB\xBF")) {
        skip(3);
    } else if (sample.startsWith("\xFF\xFE") || sample.startsWith("\xFE\xFF")) {
        source.m_encoding = "UTF-16";
        source.m_decoder.emplace(QStringConverter::Utf16);
    } else if (const auto wide = unmarkedUtf16(sample)) {
        source.m_encoding = *wide == QStringConverter::Utf16LE ? "UTF-16LE" : "UTF-16BE";
        source.m_decoder.emplace(*wide);
    } else if (!looksLikeUtf8({sample.constData(), static_cast<std::size_t>(sample.size())}, sample.size() == source.m_file->size())) {
        source.m_encoding = guessEncoding(sample);
        source.m_decoder.emplace(source.m_encoding.c_str());
        if (!source.m_decoder->isValid())
            return fail(ErrorCode::InvalidInput,
                path + " is in the encoding " + source.m_encoding + ", which cannot be read here; save it as UTF-8");
    }
    return source;
}

tl::unexpected<Error> TextSource::unreadable() const {
    return fail(ErrorCode::Storage, "cannot read on in " + m_file->fileName().toStdString() + ": " + m_file->errorString().toStdString());
}

Result<std::string> TextSource::digestOfAll() {
    const qint64 before = m_file->pos();
    if (!m_file->seek(0))
        return unreadable();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (;;) {
        const QByteArray piece = m_file->read(pieceSize);
        if (m_file->error() != QFileDevice::NoError)
            return unreadable();
        if (piece.isEmpty())
            break;
        hash.addData(piece);
    }
    if (!m_file->seek(before))
        return unreadable();
    return hash.result().toHex().toStdString();
}

Result<bool> TextSource::read(std::string &out) {
    if (m_finished)
        return false;
    const QByteArray piece = m_file->read(pieceSize);
    if (m_file->error() != QFileDevice::NoError)
        return unreadable();
    m_hash->addData(piece);
    if (piece.isEmpty()) {
        m_finished = true;
        if (!m_cutOff && m_held.isNull())
            return false;
        out.append("\xEF\xBF\xBD"); // the last character is not whole: its row must not pass as complete
        return true;
    }
    if (!m_decoder) {
        out.append(piece.constData(), static_cast<std::size_t>(piece.size()));
        return true;
    }
    QString text = m_decoder->decode(piece);
    m_cutOff = endsInsideCharacter(piece);
    if (!m_held.isNull()) {
        text.prepend(m_held);
        m_held = QChar();
    }
    if (!text.isEmpty() && text.back().isHighSurrogate()) {
        m_held = text.back();
        text.chop(1);
    }
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair)
            ++i;
        else if (text[i].isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    out.append(text.toStdString());
    return true;
}

bool TextSource::endsInsideCharacter(const QByteArray &piece) {
    if (m_encoding.starts_with("UTF-16")) {
        m_oddBytes = (m_oddBytes + piece.size()) % 2;
        return m_oddBytes != 0;
    }
    // The decoder does not tell whether it holds back bytes. The end of the piece from the last byte that is
    // certainly a character of its own, followed by a line break, does: a broken character swallows or spoils it.
    QStringDecoder probe(m_encoding.c_str());
    qsizetype start = piece.size();
    while (start > 0 && (static_cast<unsigned char>(piece[start - 1]) >= 0x30) && piece.size() - start < 4096)
        --start;
    const QString plain = probe.decode(piece.mid(start));
    const QString closed = plain + probe.decode(QByteArrayView("\n"));
    return !closed.endsWith(QLatin1Char('\n')) || closed.contains(QChar::ReplacementCharacter) != plain.contains(QChar::ReplacementCharacter);
}

// A text of GBK is UTF-8 by chance once in some hundred thousand; UTF-8 read as GBK is nonsense that nobody stops.
bool TextSource::isMisread(std::string_view text) const {
    if (m_encoding != "GB18030" || std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return false;
    if (!m_encoder)
        m_encoder.emplace("GB18030", QStringConverter::Flag::Stateless);
    const QByteArray bytes = m_encoder->encode(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    bool threes = false;
    for (std::string_view rest(bytes.constData(), static_cast<std::size_t>(bytes.size())); !rest.empty();) {
        const auto c = utf8::next(rest);
        if (!c || (*c >= 0x80 && *c < 0x800))
            return false;
        threes |= *c >= 0x800;
    }
    return threes;
}

} // namespace songda::exchange
