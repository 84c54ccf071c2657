// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

/// The test vector of wechat-api.md section 4.6, made with openssl.
namespace songda::testing::callback {

inline const std::string token = "songda-token";
inline const std::string timestamp = "1700000000";
inline const std::string nonce = "1320562132";
inline const std::string signature = "49ba07922019591e98482b6981cdcc0a67a9b27f";
inline const std::string encodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
inline const std::string appid = "wx0123456789abcdef";
inline const std::string random = "0123456789abcdef";
inline const std::string message
    = "<xml><ToUserName><![CDATA[gh_songda]]></ToUserName><FromUserName><![CDATA[oABC]]></FromUserName>"
      "<CreateTime>1700000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>"
      "<MsgID>200163836</MsgID><Status><![CDATA[success]]></Status></xml>";
inline const std::string encrypt
    = "Q3stYC6hdFzMh9T8HCvyDC0D57j3AhG//qoNYvQT6egYWz/12S8K72UPezKhiQNaxKJC9DwVcmbXJIMFJGrdBawb0+77ZFZ0DkP7t9HwXLsYRKksSDIX"
      "tMl8nxKqRnB7boH7MgyQVgsQsXoRSF+sw/L+TXPtqvk2CF3ttrOs/denb3v+va5j64c79jn0CbGWX6qXd7tk0s9UpVm8F5RO8Ye/y06XD2YTU6ytfnzk"
      "08zpSWO0vUzynZ5TSFTXh9Sj7rqLSp65zLOXfUs4vetxxyLiIFkimeLJnVzZdsw5DuoRqopXE26g60VmQNdSjHixqkgrbrdj/tAz3yMvWD6apGgKCiXI"
      "fTtX+rqPaEY56Na857aLWmWBt/mXhbFEQ0xBMxK4VK3IkUpJuMu+j9RuPuiiUtOhmNsueq7iIwez4Og=";
inline const std::string msgSignature = "cacd9a575a2f8d175428ecd7aced8d4cb914d736";

} // namespace songda::testing::callback
