// SPDX-License-Identifier: GPL-3.0-or-later
//
// H3 at the door: attacks by XML come from whoever knows the token, or from anybody in the envelope of an encrypted push.
#include "engine/channels/wechat/callback_crypto.h"
#include "tests/full_form.h"
#include "tests/integration/callback_fixture.h"

#include <QFile>
#include <QTcpServer>
#include <cerrno>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>

using namespace songda;
using namespace songda::testing;

namespace {

/// Memory that this process holds, in bytes.
qint64 residentBytes() {
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) : 0;
}

std::string repeated(const char *text, std::size_t n) {
    std::string all;
    for (std::size_t i = 0; i < n; ++i)
        all += text;
    return all;
}

/// Attacks that name a file and an address.
std::vector<std::pair<std::string, std::string>> attacks(const std::string &file, const std::string &address) {
    std::string bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaaaaaaaa\">";
    for (char c = 'b'; c <= 'k'; ++c)
        bomb += std::string("<!ENTITY ") + c + " \"" + repeated(("&" + std::string(1, static_cast<char>(c - 1)) + ";").c_str(), 16) + "\">";
    bomb += "]><xml><MsgType>&k;</MsgType></xml>";
    const auto withType = [](const std::string &inside) { return "<!DOCTYPE xml [" + inside + "]><xml><MsgType>&x;</MsgType></xml>"; };
    return {
        {"entity bomb", bomb},
        {"one long entity", withType("<!ENTITY x \"" + std::string(100'000, 'a') + "\">")},
        {"external file", withType("<!ENTITY x SYSTEM \"file://" + file + "\">")},
        {"external address", withType("<!ENTITY x SYSTEM \"" + address + "\">")},
        {"external type", "<!DOCTYPE xml SYSTEM \"" + address + "\"><xml/>"},
        {"external public type", "<!DOCTYPE xml PUBLIC \"-//W3C//DTD XHTML 1.0\" \"" + address + "\"><xml/>"},
        {"parameter entity", withType("<!ENTITY % p SYSTEM \"file://" + file + "\"> %p;")},
        {"type after a comment", "<!-- --><!DOCTYPE xml [<!ENTITY x \"y\">]><xml/>"},
        {"type in small letters", "<!doctype xml><xml/>"},
        {"XInclude", "<xml xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"file://" + file
                + "\" parse=\"text\"/><MsgType>event</MsgType></xml>"},
        {"style sheet", "<?xml-stylesheet type=\"text/xsl\" href=\"" + address + "\"?><xml/>"},
        {"unknown entity", "<xml><MsgType>&nosuch;</MsgType></xml>"},
        {"nested tags", repeated("<a>", 340'000)},
        {"deep and closed", "<xml>" + repeated("<a>", 100'000) + repeated("</a>", 100'000) + "</xml>"},
        {"many elements", "<xml>" + repeated("<a/>", 250'000) + "</xml>"},
        {"many attributes", "<xml " + repeated("a='' ", 150'000) + "/>"},
        {"one long name", "<" + std::string(900'000, 'a') + "/>"},
        {"two roots", "<xml></xml><xml></xml>"},
        {"other encoding", "<?xml version=\"1.0\" encoding=\"UTF-16\"?><xml/>\xff\xfe"},
        {"NUL inside", std::string("<xml>\0</xml>", 12)},
        {"nested JSON", repeated("[", 500'000)},
        {"nested JSON objects", repeated("{\"a\":", 200'000)},
    };
}

/// What is read without harm: it includes nothing, asks nobody and says nothing.
bool isHarmless(const std::string &name) { return name == "XInclude" || name == "style sheet"; }

} // namespace

class H3XmlAttacksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void attacksAreRefused_data();
    void attacksAreRefused();
    void fiftyMegabytesAreNotRead();
};

void H3XmlAttacksTest::attacksAreRefused_data() {
    QTest::addColumn<bool>("plain");
    QTest::newRow("in clear, by who knows the token") << true;
    QTest::newRow("in the envelope, by anybody") << false;
}

void H3XmlAttacksTest::attacksAreRefused() {
    QFETCH(bool, plain);
    CallbackFixture c(plain ? CallbackMode::Plain : CallbackMode::Secure);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    // A pipe: whoever opened it to read would let our own opening to write succeed.
    const QByteArray pipe = QFile::encodeName(c.f.base.path("pipe"));
    QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
    const auto list = attacks(pipe.toStdString(), "http://127.0.0.1:" + std::to_string(server.serverPort()) + "/x");
    const std::string time = std::to_string(toMillis(c.start) / 1000);
    const std::string &token = c.setup.secrets.token;
    const std::string query = plain
        ? "?signature=" + wechat::callbackSignature({token, time, "1"}) + "&timestamp=" + time + "&nonce=1"
        : "?timestamp=" + time + "&nonce=1&encrypt_type=aes&msg_signature=" + std::string(40, '0');
    const int rounds = inFullForm(50, 3);
    std::map<std::string, qint64> quickest; // other work on the machine only adds to it
    qint64 before = 0;
    for (int round = 0; round < rounds; ++round) {
        for (const auto &[name, body] : list) {
            QElapsedTimer clock;
            clock.start();
            const QByteArray answer = c.post({query, body});
            const qint64 took = clock.nsecsElapsed() / 1000;
            const auto known = quickest.try_emplace(name, took).first;
            known->second = std::min(known->second, took);
            const bool right = plain && isHarmless(name) ? CallbackFixture::isSuccess(answer) : CallbackFixture::isProblem(answer, plain ? 400 : 403);
            QVERIFY2(right, (name + ": " + answer.toStdString()).c_str());
            const int opened = ::open(pipe.constData(), O_WRONLY | O_NONBLOCK);
            QVERIFY2(opened < 0 && errno == ENXIO, name.c_str());
        }
        if (round == 0)
            before = residentBytes();
    }
    QVERIFY(!server.waitForNewConnection(50));
    const qint64 grown = residentBytes() - before;
    const auto slowest = std::max_element(quickest.begin(), quickest.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
    qInfo("%zu attacks, %d rounds; refused in at most %.1f ms (%s), memory %+lld kB after the first round", list.size(), rounds,
        static_cast<double>(slowest->second) / 1000, slowest->first.c_str(), static_cast<long long>(grown / 1024));
    QVERIFY(grown < 16 << 20);
    if (inFullForm(1, 0) > 0) // on a busy machine the clock decides
        QVERIFY(slowest->second <= 10'000);
    QCOMPARE(must(c.f.engine->verify().result()).size(), std::size_t{0});
}

void H3XmlAttacksTest::fiftyMegabytesAreNotRead() {
    CallbackFixture c(CallbackMode::Plain);
    const auto push = c.push(c.target(simulator::PushMode::Plain), "oOne", 1);
    const auto client = c.f.client();
    QVERIFY(client->say("POST " + c.path() + QByteArray::fromStdString(push.query) + " HTTP/1.1\r\nHost: door\r\nContent-Length: 52428800\r\n\r\n"));
    QVERIFY(CallbackFixture::isProblem(client->answer(), 413));
    // And in chunks, without saying how much it will be.
    const auto chunked = c.f.client();
    QVERIFY(chunked->say("POST " + c.path() + QByteArray::fromStdString(push.query) + " HTTP/1.1\r\nHost: door\r\nTransfer-Encoding: chunked\r\n\r\n"));
    const QByteArray chunk = "40000\r\n" + QByteArray(0x40000, 'x') + "\r\n";
    for (int i = 0; i < 8 && chunked->say(chunk); ++i) { }
    chunked->say("0\r\n\r\n");
    QVERIFY(CallbackFixture::isProblem(chunked->answer(), 413));
}

QTEST_GUILESS_MAIN(H3XmlAttacksTest)
#include "h3_xml_attacks_test.moc"
