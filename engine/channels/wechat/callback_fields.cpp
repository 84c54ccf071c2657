// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/callback_fields.h"

#include "engine/policy/utf8.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <QXmlStreamReader>

namespace songda::wechat {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string trimmed(std::string text) {
    constexpr const char *blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string::npos)
        return {};
    text.erase(text.find_last_not_of(blanks) + 1);
    text.erase(0, first);
    return text;
}

tl::unexpected<Error> refused(const char *why) { return fail(ErrorCode::Refused, std::string("the callback body ") + why); }

/// Elements under way, outermost first, within the bounds.
class FieldStack {
public:
    bool open(std::string name) {
        if (static_cast<int>(m_open.size()) >= callbackDepth || ++m_fields > callbackFields)
            return false;
        m_open.push_back({std::move(name), {}, {}});
        return true;
    }
    /// The innermost one is complete; true when it was the outermost.
    bool close() {
        CallbackField done = std::move(m_open.back());
        m_open.pop_back();
        done.text = done.children.empty() ? trimmed(std::move(done.text)) : std::string{};
        if (m_open.empty()) {
            m_root = std::move(done);
            return true;
        }
        m_open.back().children.push_back(std::move(done));
        return false;
    }
    /// A JSON array is no element itself: its parts take its place.
    void dissolve() {
        CallbackField array = std::move(m_open.back());
        m_open.pop_back();
        if (!m_open.empty())
            std::move(array.children.begin(), array.children.end(), std::back_inserter(m_open.back().children));
    }
    bool empty() const { return m_open.empty(); }
    CallbackField &inner() { return m_open.back(); }
    CallbackField takeRoot() { return std::move(m_root); }

private:
    std::vector<CallbackField> m_open;
    CallbackField m_root;
    int m_fields = 0;
};

/// Whether a tag is longer than any of the platform's: long names and thousands of attributes cost the reader its time
/// before it gives them out.
bool hasLongTag(std::string_view body) {
    constexpr std::string_view verbatim = "<![CDATA[";
    constexpr std::size_t longest = 512;
    for (auto at = body.find('<'); at != std::string_view::npos;) {
        const bool isVerbatim = body.substr(at, verbatim.size()) == verbatim;
        const auto end = body.find(isVerbatim ? "]]>" : ">", at);
        if (end == std::string_view::npos)
            return !isVerbatim && body.size() - at > longest;
        if (!isVerbatim && end - at > longest)
            return true;
        at = body.find('<', end);
    }
    return false;
}

Result<CallbackField> readXml(std::string_view body) {
    // Before the reader sees it: it would read a document type to its end before it says that there is one.
    const auto type = body.find("<!DOCTYPE");
    if (type != std::string_view::npos && body.find("<![CDATA[") > type)
        return refused("has a document type");
    // An element has at most a beginning, a text and an end. Counted, because the reader is a hundred times slower.
    if (std::count(body.begin(), body.end(), '<') > 3 * callbackFields)
        return refused("is too deep or has too many elements");
    if (hasLongTag(body))
        return refused("has too long a tag");
    // As text, so that a declared encoding means nothing.
    QXmlStreamReader reader(QString::fromUtf8(body.data(), static_cast<qsizetype>(body.size())));
    reader.setNamespaceProcessing(false);
    FieldStack stack;
    bool complete = false;
    while (!reader.atEnd()) {
        switch (reader.readNext()) {
        case QXmlStreamReader::DTD: return refused("has a document type");
        case QXmlStreamReader::EntityReference: return refused("has an entity");
        case QXmlStreamReader::StartElement:
            if (!stack.open(reader.qualifiedName().toString().toStdString()))
                return refused("is too deep or has too many elements");
            break;
        case QXmlStreamReader::EndElement: complete = stack.close(); break;
        case QXmlStreamReader::Characters:
            if (!stack.empty())
                stack.inner().text += reader.text().toUtf8().toStdString();
            break;
        default: break;
        }
    }
    if (reader.hasError() || !complete)
        return refused("is no well-formed XML");
    return stack.takeRoot();
}

class JsonFields final : public nlohmann::json_sax<nlohmann::json> {
public:
    FieldStack stack;
    bool complete = false;

    bool null() override { return leaf({}); }
    bool boolean(bool value) override { return leaf(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return leaf(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return leaf(std::to_string(value)); }
    bool number_float(number_float_t, const string_t &raw) override { return leaf(raw); } // also integers above 2^64
    bool string(string_t &value) override { return leaf(value); }
    bool binary(binary_t &) override { return false; }
    bool start_object(std::size_t) override { return enter(false); }
    bool end_object() override {
        leave();
        complete = stack.close();
        return true;
    }
    bool start_array(std::size_t) override { return !stack.empty() && enter(true); }
    bool end_array() override {
        leave();
        stack.dissolve();
        return true;
    }
    bool key(string_t &name) override {
        m_frames.back().key = name;
        return true;
    }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

private:
    struct Frame {
        std::string key; ///< of an object: its present member; of an array: the name of its parts
        bool array = false;
    };
    std::string name() const { return m_frames.empty() ? std::string{} : m_frames.back().key; }
    bool enter(bool array) {
        std::string own = name();
        if (!stack.open(own))
            return false;
        m_frames.push_back({array ? std::move(own) : std::string{}, array});
        return true;
    }
    void leave() { m_frames.pop_back(); }
    bool leaf(std::string text) {
        if (stack.empty() || !stack.open(name()))
            return false;
        stack.inner().text = std::move(text);
        stack.close();
        return true;
    }

    std::vector<Frame> m_frames;
};

Result<CallbackField> readJson(std::string_view body) {
    // WeChat writes raw control characters into strings, which JSON does not allow.
    std::string cleaned(body);
    std::replace_if(cleaned.begin(), cleaned.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    JsonFields fields;
    if (!nlohmann::json::sax_parse(cleaned, &fields) || !fields.complete)
        return refused("is no JSON object, or too deep");
    return fields.stack.takeRoot();
}

} // namespace

bool sameName(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

Result<const CallbackField *> CallbackField::only(std::string_view childName) const {
    const CallbackField *found = nullptr;
    for (const CallbackField &child : children) {
        if (!sameName(child.name, childName))
            continue;
        if (found)
            return fail(ErrorCode::Refused, "the callback body has two of " + child.name);
        found = &child;
    }
    return found;
}

Result<std::string> CallbackField::textOf(std::string_view childName) const {
    const auto child = only(childName);
    if (!child)
        return tl::unexpected(child.error());
    return *child ? (*child)->text : std::string{};
}

Result<CallbackField> readCallbackFields(std::string_view body) {
    if (body.size() > callbackBytes)
        return refused("is too large");
    if (!utf8::isValid(body) || body.find('\0') != std::string_view::npos)
        return refused("is no UTF-8 text");
    if (body.starts_with("\xEF\xBB\xBF"))
        body.remove_prefix(3);
    const auto first = body.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return refused("is empty");
    body.remove_prefix(first);
    if (body.front() == '<')
        return readXml(body);
    if (body.front() == '{')
        return readJson(body);
    return refused("is neither XML nor a JSON object");
}

} // namespace songda::wechat
