// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/callback_crypto.h"
#include "engine/model/random.h"
#include "tests/must.h"
#include "tests/unit/callback_vector.h"
#include "tests/unit/printing.h"

#include <openssl/evp.h>
#include <QCryptographicHash>
#include <QTest>
#include <memory>

using namespace songda;
using namespace songda::testing;
using wechat::CallbackKey;

namespace {

const CallbackKey &key() {
    static const CallbackKey k = must(CallbackKey::fromText(callback::encodingAesKey));
    return k;
}

/// Encrypts whatever it is given, without a rule of ours: what a hostile or careless platform could send.
std::string encryptRaw(const std::string &plain, const std::string &encodingAesKey = callback::encodingAesKey) {
    const QByteArray k = QByteArray::fromBase64(QByteArray::fromStdString(encodingAesKey + "="));
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> c(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const auto *raw = reinterpret_cast<const unsigned char *>(k.constData());
    QByteArray out(static_cast<qsizetype>(plain.size()) + 16, '\0');
    int size = 0;
    if (EVP_EncryptInit_ex(c.get(), EVP_aes_256_cbc(), nullptr, raw, raw) != 1 || EVP_CIPHER_CTX_set_padding(c.get(), 0) != 1
        || EVP_EncryptUpdate(c.get(), reinterpret_cast<unsigned char *>(out.data()), &size,
               reinterpret_cast<const unsigned char *>(plain.data()), static_cast<int>(plain.size())) != 1)
        qFatal("cannot encrypt");
    return out.left(size).toBase64().toStdString();
}

std::string length(std::size_t n) {
    return {static_cast<char>(n >> 24 & 255), static_cast<char>(n >> 16 & 255), static_cast<char>(n >> 8 & 255), static_cast<char>(n & 255)};
}

/// Blows a text up to whole blocks with a padding of this many bytes of this value.
std::string padded(std::string plain, std::size_t count, int value) { return plain.append(count, static_cast<char>(value)); }

} // namespace

class WechatCallbackCryptoTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSignatureIsTheVectors();
    void signaturesAreComparedWhole_data();
    void signaturesAreComparedWhole();
    void theVectorOpens();
    void theVectorIsSealedBitForBit();
    void everyLengthGoesThereAndBack();
    void theLastTwoBitsOfTheKeyMeanNothing();
    void whatIsNoKeyIsRefused_data();
    void whatIsNoKeyIsRefused();
    void paddingIsByTheRule_data();
    void paddingIsByTheRule();
    void lengthsAreBelievedOnlyInsideTheText_data();
    void lengthsAreBelievedOnlyInsideTheText();
    void theReceiverIsOurs_data();
    void theReceiverIsOurs();
    void whatIsNoCipherTextIsRefused_data();
    void whatIsNoCipherTextIsRefused();
    void everyFlippedBitIsSeenBySomebody();
    void anotherKeyOpensNothing();
};

void WechatCallbackCryptoTest::theSignatureIsTheVectors() {
    QCOMPARE(wechat::callbackSignature({callback::token, callback::timestamp, callback::nonce}), callback::signature);
    QCOMPARE(wechat::callbackSignature({callback::nonce, callback::token, callback::timestamp}), callback::signature); // sorted
    QCOMPARE(wechat::callbackSignature({callback::token, callback::timestamp, callback::nonce, callback::encrypt}), callback::msgSignature);
    // Against another implementation, bytes above 127 included: sorted as bytes, not as signed characters.
    const QByteArray joined = QByteArrayLiteral("Zazz") + QByteArray("\xE4\xBD\xA0");
    QCOMPARE(wechat::callbackSignature({"\xE4\xBD\xA0", "a", "zz", "Z"}), QCryptographicHash::hash(joined, QCryptographicHash::Sha1).toHex().toStdString());
}

void WechatCallbackCryptoTest::signaturesAreComparedWhole_data() {
    QTest::addColumn<std::string>("given");
    QTest::addColumn<bool>("right");
    QTest::newRow("right") << callback::signature << true;
    QTest::newRow("empty") << std::string() << false;
    QTest::newRow("shorter") << callback::signature.substr(0, 39) << false;
    QTest::newRow("longer") << callback::signature + "0" << false;
    QTest::newRow("with a zero byte") << callback::signature + std::string(1, '\0') << false;
    QTest::newRow("upper case") << QString::fromStdString(callback::signature).toUpper().toStdString() << false;
    for (std::size_t i = 0; i < callback::signature.size(); ++i) {
        std::string other = callback::signature;
        other[i] = other[i] == '0' ? '1' : '0';
        QTest::addRow("differs at %zu", i) << other << false;
    }
}

void WechatCallbackCryptoTest::signaturesAreComparedWhole() {
    QFETCH(std::string, given);
    QFETCH(bool, right);
    QCOMPARE(wechat::isSignature(given, callback::signature), right);
    QVERIFY(!wechat::isSignature(given, {})); // when none could be made, none is right
}

void WechatCallbackCryptoTest::theVectorOpens() {
    QCOMPARE(callback::message.size(), 281U);
    QCOMPARE(must(key().open(callback::encrypt, callback::appid)), callback::message);
}

void WechatCallbackCryptoTest::theVectorIsSealedBitForBit() {
    QCOMPARE(must(key().seal(callback::message, callback::appid, callback::random)), callback::encrypt);
}

void WechatCallbackCryptoTest::everyLengthGoesThereAndBack() {
    // Every padding from 1 to 32, several times.
    for (std::size_t n = 0; n <= 200; ++n) {
        const std::string message(n, static_cast<char>('a' + n % 26));
        const std::string sealed = must(key().seal(message, callback::appid, callback::random));
        QCOMPARE(QByteArray::fromBase64(QByteArray::fromStdString(sealed)).size() % 32, 0);
        QCOMPARE(must(key().open(sealed, callback::appid)), message);
    }
    const std::string large(1'000'000, 'x');
    QCOMPARE(must(key().open(must(key().seal(large, callback::appid, callback::random)), callback::appid)), large);
    QVERIFY(!key().seal("x", callback::appid, "short"));
}

void WechatCallbackCryptoTest::theLastTwoBitsOfTheKeyMeanNothing() {
    // "G" is 000110; the platform may as well write 000101, 000100 or 000111.
    for (const char last : {'E', 'F', 'H'}) {
        std::string text = callback::encodingAesKey;
        text.back() = last;
        QCOMPARE(must(must(CallbackKey::fromText(text)).open(callback::encrypt, callback::appid)), callback::message);
    }
    std::string other = callback::encodingAesKey;
    other.back() = 'I';
    QVERIFY(!must(CallbackKey::fromText(other)).open(callback::encrypt, callback::appid));
}

void WechatCallbackCryptoTest::whatIsNoKeyIsRefused_data() {
    QTest::addColumn<std::string>("text");
    QTest::newRow("empty") << std::string();
    QTest::newRow("42") << callback::encodingAesKey.substr(0, 42);
    QTest::newRow("44") << callback::encodingAesKey + "=";
    QTest::newRow("blank") << callback::encodingAesKey.substr(0, 42) + " ";
    QTest::newRow("sign") << callback::encodingAesKey.substr(0, 42) + "+";
    QTest::newRow("zero byte") << callback::encodingAesKey.substr(0, 42) + std::string(1, '\0');
    QTest::newRow("Chinese") << std::string("密钥密钥密钥密钥密钥密钥密钥1");
}

void WechatCallbackCryptoTest::whatIsNoKeyIsRefused() {
    QFETCH(std::string, text);
    const auto k = CallbackKey::fromText(text);
    QVERIFY(!k);
    QVERIFY(text.empty() || k.error().detail.find(text) == std::string::npos);
}

void WechatCallbackCryptoTest::paddingIsByTheRule_data() {
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("value");
    QTest::addColumn<bool>("opens");
    for (int n = 1; n <= 32; ++n)
        QTest::addRow("%d of %d", n, n) << n << n << true;
    QTest::newRow("zero") << 16 << 0 << false;
    QTest::newRow("33") << 33 << 33 << false;
    QTest::newRow("48") << 48 << 48 << false;
    QTest::newRow("64") << 64 << 64 << false;
    QTest::newRow("255") << 32 << 255 << false;
    QTest::newRow("says more than there is of it") << 3 << 4 << false;
    QTest::newRow("says less than there is of it") << 8 << 7 << false; // then the receiver is another
}

void WechatCallbackCryptoTest::paddingIsByTheRule() {
    QFETCH(int, count);
    QFETCH(int, value);
    QFETCH(bool, opens);
    // The message makes the whole as long as its padding needs.
    const std::size_t fixed = 16 + 4 + callback::appid.size() + static_cast<std::size_t>(count);
    const std::string message((16 - fixed % 16) % 16 + 32, 'm');
    const std::string plain = callback::random + length(message.size()) + message + callback::appid;
    const auto opened = key().open(encryptRaw(padded(plain, static_cast<std::size_t>(count), value)), callback::appid);
    QCOMPARE(opened.has_value(), opens);
    if (opens)
        QCOMPARE(*opened, message);
}

void WechatCallbackCryptoTest::lengthsAreBelievedOnlyInsideTheText_data() {
    QTest::addColumn<quint32>("said");
    QTest::addColumn<bool>("opens");
    QTest::newRow("right") << 10U << true;
    QTest::newRow("one less") << 9U << false;
    QTest::newRow("one more") << 11U << false;
    QTest::newRow("none") << 0U << false;
    QTest::newRow("to the end") << 28U << false;
    QTest::newRow("past the end") << 29U << false;
    QTest::newRow("2^31") << 0x80000000U << false;
    QTest::newRow("2^32-1") << 0xffffffffU << false;
    QTest::newRow("2^32-20") << 0xffffffecU << false;
}

void WechatCallbackCryptoTest::lengthsAreBelievedOnlyInsideTheText() {
    QFETCH(quint32, said);
    QFETCH(bool, opens);
    const std::string plain = callback::random + length(said) + "0123456789" + callback::appid;
    const std::size_t padding = 32 - plain.size() % 32;
    QCOMPARE(key().open(encryptRaw(padded(plain, padding, static_cast<int>(padding))), callback::appid).has_value(), opens);
}

void WechatCallbackCryptoTest::theReceiverIsOurs_data() {
    QTest::addColumn<std::string>("receiver");
    QTest::newRow("other") << std::string("wx0123456789abcdee");
    QTest::newRow("empty") << std::string();
    QTest::newRow("shorter") << std::string("wx0123456789abcde");
    QTest::newRow("longer") << std::string("wx0123456789abcdef0");
    QTest::newRow("zero byte behind") << std::string("wx0123456789abcdef") + std::string(1, '\0');
    QTest::newRow("capitals") << std::string("WX0123456789ABCDEF");
}

void WechatCallbackCryptoTest::theReceiverIsOurs() {
    QFETCH(std::string, receiver);
    QVERIFY(!key().open(must(key().seal(callback::message, receiver, callback::random)), callback::appid));
}

void WechatCallbackCryptoTest::whatIsNoCipherTextIsRefused_data() {
    QTest::addColumn<std::string>("encrypt");
    QTest::newRow("empty") << std::string();
    QTest::newRow("no base64") << std::string("<xml>");
    QTest::newRow("cut") << callback::encrypt.substr(0, callback::encrypt.size() - 4);
    QTest::newRow("cut inside a letter") << callback::encrypt.substr(0, 101);
    QTest::newRow("blank inside") << callback::encrypt.substr(0, 100) + " " + callback::encrypt.substr(100);
    QTest::newRow("zero byte inside") << callback::encrypt.substr(0, 100) + std::string(1, '\0') + callback::encrypt.substr(100);
    QTest::newRow("of the address form") << std::string(43, '-') + "=";
    QTest::newRow("one block") << encryptRaw(std::string(16, 16));
    QTest::newRow("only padding") << encryptRaw(std::string(32, 32));
    QTest::newRow("too short for a length") << encryptRaw(std::string(15, 'r') + std::string(17, 17));
    QTest::newRow("monstrous") << std::string(3 << 20, 'A');
}

void WechatCallbackCryptoTest::whatIsNoCipherTextIsRefused() {
    QFETCH(std::string, encrypt);
    const auto opened = key().open(encrypt, callback::appid);
    QVERIFY(!opened);
    QCOMPARE(opened.error().detail, key().open("x", callback::appid).error().detail); // nothing is told of where it failed
}

void WechatCallbackCryptoTest::everyFlippedBitIsSeenBySomebody() {
    const QByteArray sealed = QByteArray::fromBase64(QByteArray::fromStdString(callback::encrypt));
    int refused = 0;
    int flips = 0;
    for (qsizetype i = 0; i < sealed.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit, ++flips) {
            QByteArray other = sealed;
            other[i] = static_cast<char>(other[i] ^ 1 << bit);
            const std::string text = other.toBase64().toStdString();
            // The signature covers every bit of it. What the decryption alone lets through is inside the message or the
            // random bytes, which is why it is asked second; it must stay inside the text all the same.
            QVERIFY(wechat::callbackSignature({callback::token, callback::timestamp, callback::nonce, text}) != callback::msgSignature);
            const auto opened = key().open(text, callback::appid);
            refused += opened ? 0 : 1;
            QVERIFY(!opened || opened->size() == callback::message.size());
        }
    }
    QCOMPARE(flips, 320 * 8);
    QVERIFY(refused >= 400); // wherever length, receiver or padding are touched
    // One letter of the base64 text, each.
    for (std::size_t i = 0; i < callback::encrypt.size(); ++i) {
        std::string text = callback::encrypt;
        text[i] = text[i] == 'A' ? 'B' : 'A';
        QVERIFY(wechat::callbackSignature({callback::token, callback::timestamp, callback::nonce, text}) != callback::msgSignature);
        static_cast<void>(key().open(text, callback::appid));
    }
}

void WechatCallbackCryptoTest::anotherKeyOpensNothing() {
    Random random(11);
    for (int i = 0; i < 2000; ++i) {
        std::string text(43, 'a');
        for (char &c : text)
            c = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"[static_cast<std::size_t>(random.unit() * 62)];
        QVERIFY(!must(CallbackKey::fromText(text)).open(callback::encrypt, callback::appid));
    }
}

QTEST_GUILESS_MAIN(WechatCallbackCryptoTest)
#include "wechat_callback_crypto_test.moc"
