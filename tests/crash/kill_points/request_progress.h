// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <strings.h>

namespace songda::kill_points {

/// How much of one HTTP request has gone out.
class RequestProgress {
public:
    void feed(const char *data, std::size_t size) {
        if (m_headIsOut) {
            m_bodyOut += size;
            return;
        }
        m_head.append(data, size);
        const auto end = m_head.find("\r\n\r\n");
        if (end == std::string::npos)
            return;
        m_headIsOut = true;
        m_bodyOut = m_head.size() - end - 4;
        m_head.resize(end + 2);
        for (std::size_t line = 0; line < m_head.size(); line = m_head.find("\r\n", line) + 2) {
            constexpr std::string_view name = "content-length:";
            if (strncasecmp(m_head.c_str() + line, name.data(), name.size()) == 0)
                m_bodySize = std::strtoul(m_head.c_str() + line + name.size(), nullptr, 10);
        }
    }

    bool isAtStart() const { return m_head.empty(); }
    bool isSend() const { return m_head.rfind("POST /cgi-bin/message/template/send", 0) == 0; }
    bool isComplete() const { return m_headIsOut && m_bodyOut >= m_bodySize; }

private:
    std::string m_head;
    bool m_headIsOut = false;
    std::size_t m_bodySize = 0;
    std::size_t m_bodyOut = 0;
};

} // namespace songda::kill_points
