// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/error_text.h"

#include <algorithm>
#include <array>

namespace songda::simulator {

namespace {

struct Entry {
    int errcode;
    std::string_view text;
};

constexpr std::array entries{
    Entry{-41000, "invalid openid"},
    Entry{-1000, "system error"},
    Entry{-1, "system error"},
    Entry{0, "ok"},
    Entry{40001, "invalid credential, access_token is invalid or not latest"},
    Entry{40002, "invalid grant_type"},
    Entry{40003, "invalid openid"},
    Entry{40008, "invalid message type"},
    Entry{40013, "invalid appid"},
    Entry{40014, "invalid access_token"},
    Entry{40036, "invalid template_id size"},
    Entry{40037, "invalid template_id"},
    Entry{40039, "invalid url size"},
    Entry{40125, "invalid appsecret"},
    Entry{40164, "invalid ip, not in whitelist"},
    Entry{40165, "invalid weapp pagepath"},
    Entry{40243, "appsecret frozen"},
    Entry{40249, "marketing content is not allowed"},
    Entry{41001, "access_token missing"},
    Entry{41002, "appid missing"},
    Entry{41004, "appsecret missing"},
    Entry{42001, "access_token expired"},
    Entry{43001, "require GET method"},
    Entry{43002, "require POST method"},
    Entry{43004, "require subscribe"},
    Entry{43019, "require remove blacklist"},
    Entry{43101, "user refuse to accept the msg"},
    Entry{43116, "template is forbidden to send"},
    Entry{44002, "empty post data"},
    Entry{45009, "reach max api daily quota limit"},
    Entry{45011, "api minute-quota reach limit  must slower  retry next minute"},
    Entry{45065, "clientmsgid exist"},
    Entry{45066, "same clientmsgid retry too fast"},
    Entry{45067, "clientmsgid size out of limit"},
    Entry{47001, "data format error"},
    Entry{47003, "argument invalid!"},
    Entry{48001, "api unauthorized"},
    Entry{48002, "user block receive message"},
    Entry{48004, "api forbidden for irregularities, view detail on mp.weixin.qq.com"},
    Entry{48006, "forbid to clear quota because of reaching the limit"},
    Entry{50002, "user limited"},
    Entry{50004, "forbid to use access_token"},
    Entry{50005, "user is unsubscribed"},
    Entry{50007, "account frozen"},
    Entry{76001, "rid not found"},
    Entry{76002, "rid is error"},
    Entry{76003, "can not query other account's rid"},
    Entry{76004, "rid is out of date"},
    Entry{76021, "cgi_path not found"},
    Entry{89503, "this ip calling needs to be confirmed by the administrator"},
};

} // namespace

std::string_view errorText(int errcode) {
    const auto found = std::find_if(
        entries.begin(), entries.end(), [errcode](const Entry &entry) { return entry.errcode == errcode; });
    return found == entries.end() ? std::string_view{"simulated error"} : found->text;
}

} // namespace songda::simulator
