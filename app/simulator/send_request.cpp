// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/send_request.h"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace songda::simulator {

namespace {

constexpr std::size_t deepestNesting = 32;

class Handler final : public nlohmann::json_sax<nlohmann::json> {
public:
    SendRequest take() { return std::move(m_request); }

    bool null() override { return other(); }
    bool boolean(bool) override { return other(); }
    bool number_integer(number_integer_t) override { return other(); }
    bool number_unsigned(number_unsigned_t) override { return other(); }
    bool number_float(number_float_t, const string_t &) override { return other(); }
    bool binary(binary_t &) override { return other(); }

    bool string(string_t &value) override {
        if (m_ignored > 0) {
            return true;
        }
        if (m_level == 1) {
            if (std::string *field = topField()) {
                *field = std::move(value);
            }
        } else if (m_level == 2 && m_keys[0] == "miniprogram" && m_keys[1] == "appid") {
            m_request.miniprogramAppid = std::move(value);
        } else if (m_level == 2 && m_keys[0] == "data") {
            entry().kind = SendValue::Kind::OtherType;
        } else if (m_level == 3 && m_keys[2] == "value") {
            SendValue &target = entry();
            target.kind = SendValue::Kind::Text;
            target.text = std::move(value);
        }
        return m_level > 0; // a bare text is no request
    }

    bool start_object(std::size_t) override {
        if (m_level + m_ignored >= deepestNesting) {
            return false;
        }
        if (m_ignored == 0 && entersKnownObject()) {
            ++m_level;
        } else {
            noteOtherValue();
            ++m_ignored;
        }
        return true;
    }

    bool key(string_t &name) override {
        if (m_ignored == 0) {
            m_keys[m_level - 1] = std::move(name);
        }
        return true;
    }

    bool end_object() override {
        if (m_ignored > 0) {
            --m_ignored;
        } else {
            --m_level;
        }
        return true;
    }

    bool start_array(std::size_t) override {
        if (m_level == 0 || m_level + m_ignored >= deepestNesting) {
            return false;
        }
        noteOtherValue();
        ++m_ignored;
        return true;
    }

    bool end_array() override {
        --m_ignored;
        return true;
    }

    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override {
        return false;
    }

private:
    bool other() {
        noteOtherValue();
        return m_level > 0;
    }

    /// A value that is no text where a text belongs.
    void noteOtherValue() {
        if (m_ignored > 0) {
            return;
        }
        if ((m_level == 2 && m_keys[0] == "data") || (m_level == 3 && m_keys[2] == "value")) {
            entry().kind = SendValue::Kind::OtherType;
        }
    }

    bool entersKnownObject() {
        if (m_level == 0) {
            return true;
        }
        if (m_level == 1) {
            m_request.hasData = m_request.hasData || m_keys[0] == "data";
            m_request.hasMiniprogram = m_request.hasMiniprogram || m_keys[0] == "miniprogram";
            return m_keys[0] == "data" || m_keys[0] == "miniprogram";
        }
        if (m_level == 2 && m_keys[0] == "data") {
            entry();
            return true;
        }
        return false;
    }

    std::string *topField() {
        const std::string &name = m_keys[0];
        if (name == "touser") {
            return &m_request.touser;
        }
        if (name == "template_id") {
            return &m_request.templateId;
        }
        if (name == "url") {
            return &m_request.url;
        }
        return name == "client_msg_id" ? &m_request.clientMsgId : nullptr;
    }

    /// The entry of `data` being read; a key that comes twice counts with its last value.
    SendValue &entry() {
        for (SendValue &known : m_request.data) {
            if (known.key == m_keys[1]) {
                return known;
            }
        }
        m_request.data.push_back({m_keys[1], {}, SendValue::Kind::Missing});
        return m_request.data.back();
    }

    SendRequest m_request;
    std::array<std::string, 3> m_keys; ///< the key being read at each known level
    std::size_t m_level = 0; ///< depth inside objects of interest
    std::size_t m_ignored = 0; ///< depth inside anything else
};

} // namespace

const SendValue *SendRequest::value(std::string_view key) const {
    for (const SendValue &entry : data) {
        if (entry.key == key) {
            return &entry;
        }
    }
    return nullptr;
}

std::optional<SendRequest> parseSendRequest(std::string_view body) {
    Handler handler;
    if (!nlohmann::json::sax_parse(body.begin(), body.end(), &handler)) {
        return std::nullopt;
    }
    return handler.take();
}

} // namespace songda::simulator
