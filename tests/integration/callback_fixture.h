// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/event_report.h"
#include "engine/channels/wechat/callback_request.h"
#include "tests/integration/doors_fixture.h"
#include "tests/unit/callback_vector.h"

#include <QTest>
#include <atomic>

namespace songda::testing {

/// Doors with a callback for the account "main", known by the secrets of the test vector, under a clock that moves when told.
class CallbackFixture {
public:
    explicit CallbackFixture(CallbackMode mode = CallbackMode::Secure, bool paused = true, doors::DoorSettings usual = DoorsFixture::defaults())
        : base(std::move(usual))
        , f(settings(), paused) {
        set(mode);
    }

    void set(CallbackMode mode) {
        CallbackWish wish;
        wish.account = "main";
        wish.mode = mode;
        wish.token = callback::token.substr(0, 6) + "Token"; // the vector's has a dash, which WeChat's page does not take
        wish.encodingAesKey = callback::encodingAesKey;
        setup = must(f.engine->setCallback(wish).result());
        // A running engine takes it up by itself.
        if (!QTest::qWaitFor([this] { return Client::statusOf(get()) == 200; }, 10'000))
            qFatal("the doors do not see the callback");
    }
    doors::DoorSettings settings() {
        auto s = base;
        s.clock = [this] { return Now{start + passed.load(), SteadyTime{Seconds{100'000} + passed.load()}}; };
        return s;
    }
    void reopen() {
        f.doors.reset();
        f.open(settings());
    }

    using Client = DoorClient;
    static QByteArray path() { return "/wechat/" + QByteArray::fromStdString(callback::appid); }

    /// The query of a GET with a signature, or a right one.
    QByteArray get(const QByteArray &signature = {}, const QByteArray &echo = "5837483294732984") const {
        const std::string right = wechat::callbackSignature({setup.secrets.token, callback::timestamp, callback::nonce});
        return f.client()->ask("GET", path() + "?signature=" + (signature.isEmpty() ? QByteArray::fromStdString(right) : signature)
                + "&timestamp=" + callback::timestamp.c_str() + "&nonce=" + callback::nonce.c_str() + "&echostr=" + echo);
    }

    /// How the simulator would push: a second reading of WeChat's description.
    simulator::EventTarget target(simulator::PushMode mode = simulator::PushMode::Secure, bool json = false) const {
        simulator::EventTarget t;
        t.url = f.doors->url() + path().toStdString();
        t.token = setup.secrets.token;
        t.aesKey = setup.secrets.encodingAesKey;
        t.mode = mode;
        t.json = json;
        return t;
    }
    simulator::PushRequest push(const simulator::EventTarget &to, const std::string &openid, std::uint64_t msgid, std::string_view status = "success",
        Seconds age = Seconds{0}, const std::string &nonce = callback::nonce) const {
        const auto at = start + passed.load() - age;
        return must(Result<simulator::PushRequest>(*simulator::writePush(to, callback::appid, {openid, msgid, at}, status, at, nonce, callback::random)));
    }
    QByteArray post(const simulator::PushRequest &request, DoorClient *client = nullptr) const {
        const auto own = client ? nullptr : f.client();
        return (client ? client : own.get())
            ->ask("POST", path() + QByteArray::fromStdString(request.query), QByteArray::fromStdString(request.body), "Content-Type: text/xml\r\n");
    }
    static bool isSuccess(const QByteArray &answer) { return Client::statusOf(answer) == 200 && Client::bodyOf(answer) == "success"; }
    /// A refusal in the standard's form.
    static bool isProblem(const QByteArray &answer, int status) {
        return Client::statusOf(answer) == status && Client::headerOf(answer, "Content-Type") == "application/problem+json"
            && DoorsFixture::jsonOf(answer)["status"] == status;
    }
    /// As /metrics says it; -1 when it says nothing.
    double counted(const char *result) const {
        const QByteArray text = Client::bodyOf(f.client()->ask("GET", "/metrics"));
        const QByteArray name = QByteArray("songda_callback_events_total{account=\"main\",result=\"") + result + "\"} ";
        const auto at = text.indexOf(name);
        return at < 0 ? -1 : text.mid(at + name.size(), text.indexOf('\n', at) - at - name.size()).toDouble();
    }

    /// For what needs the event loop meanwhile.
    template <class T> static T finished(QFuture<Result<T>> future) {
        while (!future.isFinished())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
        return must(future.result());
    }
    SendOutcome sendOne(const std::string &openid) {
        SendRequest request;
        request.account = "main";
        request.templateId = EngineFixture::templateId();
        request.openid = openid;
        request.data = {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
        return finished(f.engine->sendAndWait(request, std::chrono::minutes{1}));
    }

    const WallTime start{Seconds{1'700'000'000}};
    std::atomic<Seconds> passed{Seconds{0}};
    const doors::DoorSettings base;
    DoorsFixture f;
    CallbackSetup setup;
};

} // namespace songda::testing
