// SPDX-License-Identifier: GPL-3.0-or-later
//
// H6: JSON that is broken, or nearly. Each body is taken or refused with 4xx, never 5xx; a refused one queues nothing, and
// one message alone and the same message as a line get the same verdict.
#include "tests/full_form.h"
#include "tests/integration/doors_fixture.h"

#include <QRandomGenerator>
#include <QTest>

using namespace songda;
using namespace songda::testing;
using nlohmann::json;

namespace {

using Client = DoorClient;

/// Pieces that parsers disagree about.
const QList<QByteArray> &pieces() {
    static const QList<QByteArray> list{"\"", "\\", "{", "}", "[", "]", ",", ":", "\\u0000", "\\ud800", "\\udc00\\ud800", "\\u", "\\x41", "\xff", "\xc0\x80",
        "\xed\xa0\x80", "\xef\xbb\xbf", QByteArray("\0", 1), "\n", "\t", "\x1f", "\x7f", "1e999", "-0", "0x1", "01", "1.", ".5", "NaN", "Infinity", "null", "true",
        "/**/", "//", "'", "{}", "[]", "\"openid\":\"oOther\",", "\"openid\":null,", "\"\":\"\",", "18446744073709551616", "\xf0\x9f\x93\xa6", " "};
    return list;
}

QByteArray mutated(QByteArray text, QRandomGenerator &random) {
    const int changes = random.bounded(1, 4);
    for (int i = 0; i < changes; ++i) {
        const auto at = static_cast<qsizetype>(random.bounded(static_cast<quint32>(text.size()) + 1));
        switch (random.bounded(4)) {
        case 0: text.insert(at, pieces()[random.bounded(static_cast<int>(pieces().size()))]); break;
        case 1: text.remove(at, random.bounded(1, 8)); break;
        case 2:
            if (at < text.size())
                text[at] = static_cast<char>(random.bounded(256));
            break;
        default: text.insert(at, text.mid(at, random.bounded(1, 40))); break; // a part twice
        }
    }
    return text;
}

} // namespace

class H6JsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusedOnesQueueNothing();
    void deepAndLongOnesAreRefused();
};

void H6JsonTest::refusedOnesQueueNothing() {
    const int count = inFullForm(50'000, 2'000);
    const quint32 seed = qEnvironmentVariableIsSet("SONGDA_SEED") ? qEnvironmentVariable("SONGDA_SEED").toUInt() : QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    auto settings = DoorsFixture::defaults();
    settings.clientRate = settings.clientBurst = 1e6;
    DoorsFixture f(settings);
    auto client = f.client();
    // A connection serves some thousand requests; the answer says when it was the last.
    const auto ask = [&](const QByteArray &body, const QByteArray &headers) {
        const QByteArray answer = client->ask("POST", "/v1/messages", body, headers);
        if (Client::headerOf(answer, "Connection").toLower() == "close")
            client = f.client();
        return answer;
    };
    const QByteArray good = f.bytes(f.message("oUser1"));
    int taken = 0;
    int refused = 0;
    for (int i = 0; i < count; ++i) {
        const QByteArray body = mutated(good, random);
        const QByteArray answer = ask(body, f.all + f.json);
        const int status = Client::statusOf(answer);
        QVERIFY2(status == 202 || (status >= 400 && status < 500),
            qPrintable(QStringLiteral("seed %1, number %2: %3 for %4").arg(seed).arg(i).arg(status).arg(QString::fromLatin1(body.toPercentEncoding()))));
        taken += status == 202 ? 1 : 0;
        refused += status == 202 ? 0 : 1;
        if (body.contains('\n') || body.trimmed().isEmpty())
            continue; // two lines, or none
        const QByteArray asLine = ask(body, f.all + f.ndjson);
        const json line = json::parse(Client::bodyOf(asLine).split('\n').first().toStdString());
        QVERIFY2(line["status"] == status, qPrintable(QStringLiteral("seed %1, number %2").arg(seed).arg(i)));
        taken += status == 202 ? 1 : 0;
    }
    QCOMPARE(f.queued(), taken);
    QVERIFY(taken > 0 && refused > 0);
    qInfo("seed %u: %d bodies, %d refused, messages queued as answered: %d", seed, count, refused, taken);
}

void H6JsonTest::deepAndLongOnesAreRefused() {
    DoorsFixture f;
    for (const QByteArray &body : {QByteArray(1'000'000, '['), QByteArray("{\"data\":").repeated(100'000), "\"" + QByteArray(5'000'000, 'a') + "\"",
             QByteArray("{" + QByteArray("\"a\":1,").repeated(500'000) + "\"b\":1}"), "[" + QByteArray("1,").repeated(1'000'000) + "1]"})
        QCOMPARE(Client::statusOf(f.client()->ask("POST", "/v1/messages", body, f.all + f.json)), 422);
    QCOMPARE(f.queued(), 0);
}

QTEST_GUILESS_MAIN(H6JsonTest)
#include "h6_json_test.moc"
