<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AccountColumns</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Rate now</source>
        <translation>当前速率</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>速率上限</translation>
    </message>
    <message>
        <source>Accepted today</source>
        <translation>今日已接收</translation>
    </message>
    <message>
        <source>AppID</source>
        <translation>AppID</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>需要留意</translation>
    </message>
</context>
<context>
    <name>AccountFacts</name>
    <message>
        <source>Another system fetches tokens with the AppSecret of “%1”. Each of its fetches ends our token, so sending is slow or stops. Let one place fetch the token for all systems, or change the AppSecret.</source>
        <translation>另一个系统也在用“%1”的 AppSecret 获取令牌。它每取一次，我们的令牌就失效，因此发送变慢或停止。请由一处统一获取令牌供所有系统使用，或更换 AppSecret。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 ahead of WeChat&apos;s. Chosen times and quiet hours come too early, and the day of the quota begins too early. Set the clock.</source>
        <translation>本机时钟比微信快 %1。定时发送和免打扰时段会提前，配额的一天也会提前开始。请校准时钟。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 behind WeChat&apos;s. Chosen times and quiet hours come too late, and the day of the quota begins too late. Set the clock.</source>
        <translation>本机时钟比微信慢 %1。定时发送和免打扰时段会推迟，配额的一天也会推迟开始。请校准时钟。</translation>
    </message>
    <message>
        <source>secret</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Breaker open</source>
        <translation>熔断器断开</translation>
    </message>
    <message>
        <source>Breaker half open</source>
        <translation>熔断器试探中</translation>
    </message>
    <message>
        <source>Breaker closed</source>
        <translation>熔断器正常</translation>
    </message>
    <message>
        <source>WeChat kept failing for “%1”, so nothing is sent to it until %2; then single messages try whether it is well again. Messages wait unharmed.</source>
        <translation>微信对“%1”持续出错，%2 之前不再发送；之后先用个别消息试探是否恢复。消息会安全等待。</translation>
    </message>
    <message>
        <source>WeChat kept failing for “%1”, so nothing is sent to it for some seconds; then single messages try whether it is well again. Messages wait unharmed.</source>
        <translation>微信对“%1”持续出错，暂停发送几秒；之后先用个别消息试探是否恢复。消息会安全等待。</translation>
    </message>
    <message>
        <source>WeChat kept failing for “%1”. Single messages try now whether it is well again; when they pass, all go on by themselves.</source>
        <translation>微信对“%1”曾持续出错，现在用个别消息试探是否恢复；成功后全部自动继续。</translation>
    </message>
    <message>
        <source>WeChat answers “%1” as it should: the breaker lets everything through.</source>
        <translation>微信对“%1”响应正常：熔断器全部放行。</translation>
    </message>
    <message>
        <source>second address</source>
        <translation>备用地址</translation>
    </message>
</context>
<context>
    <name>AccountTestWords</name>
    <message>
        <source>All is well: token valid for %1, %2 templates.</source>
        <translation>一切正常：令牌有效期 %1，共 %2 个模板。</translation>
    </message>
    <message>
        <source>Quota: %1 of %2 sends used today.</source>
        <translation>额度：今日已用 %1 / %2 次发送。</translation>
    </message>
    <message>
        <source>WeChat does not say how much quota it has.</source>
        <translation>微信未告知额度。</translation>
    </message>
    <message>
        <source>The token is good, but the templates could not be read:</source>
        <translation>令牌有效，但无法读取模板：</translation>
    </message>
    <message>
        <source>Your address, as WeChat sees it: %1. Enter it at mp.weixin.qq.com, Settings and development, Basic configuration, IP whitelist.</source>
        <translation>微信看到的本机 IP：%1。请在 mp.weixin.qq.com 的“设置与开发”-“基本配置”-“IP 白名单”中添加。</translation>
    </message>
</context>
<context>
    <name>AlertColumns</name>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>over since %1</source>
        <translation>%1 恢复</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>无人确认</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始时间</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>Acknowledged by</source>
        <translation>确认人</translation>
    </message>
</context>
<context>
    <name>AlertTexts</name>
    <message>
        <source>Warning</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Minor</source>
        <translation>次要</translation>
    </message>
    <message>
        <source>Major</source>
        <translation>重要</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Web hook</source>
        <translation>Web 回调</translation>
    </message>
    <message>
        <source>WeCom group robot</source>
        <translation>企业微信群机器人</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>still there</source>
        <translation>仍在持续</translation>
    </message>
    <message>
        <source>over</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>summary after the quiet hours</source>
        <translation>静默时段汇总</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Show the errors</source>
        <translation>查看错误</translation>
    </message>
    <message>
        <source>Show the overview</source>
        <translation>查看总览</translation>
    </message>
    <message>
        <source>Show the account</source>
        <translation>查看公众号</translation>
    </message>
    <message>
        <source>Show the dead letters</source>
        <translation>查看死信</translation>
    </message>
    <message>
        <source>Show what waits</source>
        <translation>查看等待的消息</translation>
    </message>
    <message>
        <source>Show the connections</source>
        <translation>查看对接</translation>
    </message>
</context>
<context>
    <name>AskReason</name>
    <message>
        <source>Reason (needed, for the audit)</source>
        <translation>操作理由（必填，记入审计）</translation>
    </message>
    <message>
        <source>Reason, for the audit</source>
        <translation>操作理由，记入审计</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>操作理由</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Time, in China</source>
        <translation>时间（北京时间）</translation>
    </message>
    <message>
        <source>This time has passed. Choose one to come.</source>
        <translation>该时间已过，请选择将来的时间。</translation>
    </message>
</context>
<context>
    <name>AttemptColumns</name>
    <message>
        <source>accepted</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>WeChat said</source>
        <translation>微信返回</translation>
    </message>
    <message>
        <source>Life</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Reason or answer</source>
        <translation>失败原因或返回</translation>
    </message>
</context>
<context>
    <name>BatchColumns</name>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Why it stands still</source>
        <translation>停止原因</translation>
    </message>
</context>
<context>
    <name>BatchTexts</name>
    <message>
        <source>separated by commas</source>
        <translation>逗号分隔</translation>
    </message>
    <message>
        <source>separated by semicolons</source>
        <translation>分号分隔</translation>
    </message>
    <message>
        <source>separated by tabs</source>
        <translation>制表符分隔</translation>
    </message>
    <message>
        <source>separated by bars</source>
        <translation>竖线分隔</translation>
    </message>
</context>
<context>
    <name>CallbackWords</name>
    <message>
        <source>plain (明文模式)</source>
        <translation>明文模式</translation>
    </message>
    <message>
        <source>compatible (兼容模式)</source>
        <translation>兼容模式</translation>
    </message>
    <message>
        <source>secure (安全模式)</source>
        <translation>安全模式</translation>
    </message>
    <message>
        <source>No report has ever come: accepted is the most that can be known.</source>
        <translation>从未收到过回执：最多只能知道微信已接收。</translation>
    </message>
    <message>
        <source>Nothing was sent in the last 24 hours that should have been reported by now.</source>
        <translation>最近 24 小时内没有现在应该已有回执的消息。</translation>
    </message>
    <message>
        <source>All %1 messages of the last 24 hours that should have been reported were.</source>
        <translation>最近 24 小时内应有回执的 %1 条消息都已有回执。</translation>
    </message>
    <message>
        <source>%1 of %2 messages of the last 24 hours were not reported within %3, although reports come.</source>
        <translation>最近 24 小时内的 %2 条消息中，有 %1 条在 %3 内没有回执，而其他回执正常到达。</translation>
    </message>
    <message>
        <source>Reports do not reach us since %1: %2 messages in a row, none reported. That says nothing of the messages. Check what is entered at the platform, and what stands between it and here.</source>
        <translation>自 %1 起收不到回执：连续 %2 条消息都没有回执。这不说明消息本身有问题。请检查平台上填写的内容，以及平台与本机之间的线路。</translation>
    </message>
    <message>
        <source>never one</source>
        <translation>从未收到</translation>
    </message>
    <message>
        <source>nothing to report</source>
        <translation>暂无应有的回执</translation>
    </message>
    <message>
        <source>arrive</source>
        <translation>正常到达</translation>
    </message>
    <message>
        <source>some are missing</source>
        <translation>有缺失</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>Last report</source>
        <translation>最近回执</translation>
    </message>
    <message>
        <source>Should be there</source>
        <translation>应有回执</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Reports are not reaching us at all: %1 messages since %2 should have been reported, and none ever was. That says nothing of the messages. Check what is entered at the platform, and what stands between it and here.</source>
        <translation>回执完全没有到达：自 %2 起有 %1 条消息应有回执，却一条也没有收到过。这并不说明消息本身有问题。请检查在平台上填写的内容，以及平台与本机之间的链路。</translation>
    </message>
</context>
<context>
    <name>Console</name>
    <message>
        <source>The demo&apos;s file could not be written.</source>
        <translation>演示文件无法写入。</translation>
    </message>
    <message>
        <source>Songda</source>
        <translation>Songda 送达</translation>
    </message>
    <message>
        <source>Another console runs the engine of this profile. Here you can look at everything and change nothing.</source>
        <translation>另一个控制台正在运行此配置的引擎。这里只能查看，不能修改。</translation>
    </message>
    <message>
        <source>An older database</source>
        <translation>较旧的数据库</translation>
    </message>
    <message>
        <source>This database is older than what last ran here, as after a restored backup.</source>
        <translation>此数据库比上次在此运行的要旧，像是恢复了备份。</translation>
    </message>
    <message>
        <source>Messages that wait: %1. Those that were sent after the backup was made would arrive a second time. Until you agree nothing is sent; you can look at everything and cancel what should not go.</source>
        <translation>等待发送的消息：%1 条。备份之后已经发出的消息会再次送达。在您同意之前不会发送任何消息；您可以查看全部内容，并取消不应发送的消息。</translation>
    </message>
    <message>
        <source>Send what waits</source>
        <translation>发送等待中的消息</translation>
    </message>
    <message>
        <source>Send nothing</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>Sending goes on.</source>
        <translation>继续发送。</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Doors</source>
        <translation>HTTP 接口</translation>
    </message>
</context>
<context>
    <name>CountTexts</name>
    <message>
        <source>standing still</source>
        <translation>列表已停住</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>The rows stay where they are while one is chosen or scrolled to. At the top, with none chosen, new ones come in again.</source>
        <translation>选中或滚动到某一行时，各行保持原位；回到顶部且未选中任何行时，新消息会继续出现。</translation>
    </message>
</context>
<context>
    <name>DoorColumns</name>
    <message>
        <source>Setting</source>
        <translation>设置项</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Usually</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>May be</source>
        <translation>可取值</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>DoorForms</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>a size</comment>
        <translation>%1 到 %2</translation>
    </message>
</context>
<context>
    <name>DoorWords</name>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>whether anything listens</source>
        <translation>是否监听</translation>
    </message>
    <message>
        <source>an IP address</source>
        <translation>IP 地址</translation>
    </message>
    <message>
        <source>where to listen; 127.0.0.1 is this machine alone, 0.0.0.0 everybody</source>
        <translation>监听地址；127.0.0.1 仅限本机，0.0.0.0 面向所有人</translation>
    </message>
    <message>
        <source>a whole number from 1 to 65535</source>
        <translation>1 到 65535 的整数</translation>
    </message>
    <message>
        <source>TCP port</source>
        <translation>TCP 端口</translation>
    </message>
    <message>
        <source>a whole number from 1 to 16</source>
        <translation>1 到 16 的整数</translation>
    </message>
    <message>
        <source>serving threads</source>
        <translation>服务线程数</translation>
    </message>
    <message>
        <source>a file name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>PEM certificate chain; with it only HTTPS is spoken, and a new file is taken up within seconds</source>
        <translation>PEM 证书链；设置后只提供 HTTPS，换新文件几秒内生效</translation>
    </message>
    <message>
        <source>PEM private key of the certificate</source>
        <translation>证书的 PEM 私钥</translation>
    </message>
    <message>
        <source>an address such as &quot;https://notify.example.com&quot;</source>
        <translation>形如 &quot;https://notify.example.com&quot; 的地址</translation>
    </message>
    <message>
        <source>how the doors are reached from outside; platforms are told to report there</source>
        <translation>从外部访问本接口的地址；平台向此地址发送回执</translation>
    </message>
    <message>
        <source>a list of addresses or ranges such as &quot;10.0.0.0/8&quot;</source>
        <translation>地址或网段列表，例如 &quot;10.0.0.0/8&quot;</translation>
    </message>
    <message>
        <source>whose X-Forwarded-For is believed</source>
        <translation>信任哪些代理的 X-Forwarded-For</translation>
    </message>
    <message>
        <source>who may read /metrics without a key</source>
        <translation>谁可以不用密钥读取 /metrics</translation>
    </message>
    <message>
        <source>a whole number from 1 to 100000</source>
        <translation>1 到 100000 的整数</translation>
    </message>
    <message>
        <source>connections over all</source>
        <translation>连接总数上限</translation>
    </message>
    <message>
        <source>connections from one address, trusted proxies aside</source>
        <translation>单个地址的连接上限，受信任的代理除外</translation>
    </message>
    <message>
        <source>a number from 1 to 300</source>
        <translation>1 到 300 的数</translation>
    </message>
    <message>
        <source>time for a whole request to arrive; steady senders of large bodies get more</source>
        <translation>完整请求到达的时限（秒）；持续发送的大请求可更长</translation>
    </message>
    <message>
        <source>time for an answer to be read</source>
        <translation>对方读完应答的时限（秒）</translation>
    </message>
    <message>
        <source>a whole number from 2048 to 65536</source>
        <translation>2048 到 65536 的整数</translation>
    </message>
    <message>
        <source>request line and headers</source>
        <translation>请求行与请求头的字节上限</translation>
    </message>
    <message>
        <source>a whole number from 1024 to 67108864</source>
        <translation>1024 到 67108864 的整数</translation>
    </message>
    <message>
        <source>body of an intake request</source>
        <translation>一次提交的正文字节上限</translation>
    </message>
    <message>
        <source>messages of one request</source>
        <translation>一次请求的消息条数上限</translation>
    </message>
    <message>
        <source>a number from 0.1 to 1000000</source>
        <translation>0.1 到 1000000 的数</translation>
    </message>
    <message>
        <source>messages and questions a second of each client</source>
        <translation>每个客户端每秒的消息与查询数</translation>
    </message>
    <message>
        <source>a number from 1 to 1000000</source>
        <translation>1 到 1000000 的数</translation>
    </message>
    <message>
        <source>how many of these may come at once</source>
        <translation>其中可以瞬间到来的数量</translation>
    </message>
    <message>
        <source>a whole number from 1 to 1000000000</source>
        <translation>1 到 1000000000 的整数</translation>
    </message>
    <message>
        <source>messages that wait; beyond it nothing is taken in</source>
        <translation>等待中的消息上限；超过后不再接收</translation>
    </message>
    <message>
        <source>a whole number from 0 to 100000</source>
        <translation>0 到 100000 的整数</translation>
    </message>
    <message>
        <source>requests that may wait for the end of their message (?wait=)</source>
        <translation>可以等待消息结果的请求数 (?wait=)</translation>
    </message>
    <message>
        <source>a list of issuers</source>
        <translation>签发者列表</translation>
    </message>
    <message>
        <source>whose tokens are taken beside the profile&apos;s own keys</source>
        <translation>除自有密钥外，还接受谁签发的令牌</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>开放</translation>
    </message>
    <message>
        <source>Listens at</source>
        <translation>监听地址</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Key of the certificate</source>
        <translation>证书私钥</translation>
    </message>
    <message>
        <source>Address from outside</source>
        <translation>外部访问地址</translation>
    </message>
    <message>
        <source>Trusted proxies</source>
        <translation>可信代理</translation>
    </message>
    <message>
        <source>Monitoring from</source>
        <translation>监控来源</translation>
    </message>
    <message>
        <source>Connections at most</source>
        <translation>最大连接数</translation>
    </message>
    <message>
        <source>Connections from one address</source>
        <translation>单一地址连接数</translation>
    </message>
    <message>
        <source>Seconds for a request</source>
        <translation>请求时限（秒）</translation>
    </message>
    <message>
        <source>Seconds for an answer</source>
        <translation>响应时限（秒）</translation>
    </message>
    <message>
        <source>Bytes of a request&apos;s head</source>
        <translation>请求头字节数</translation>
    </message>
    <message>
        <source>Bytes of a request&apos;s body</source>
        <translation>请求体字节数</translation>
    </message>
    <message>
        <source>Messages of one request</source>
        <translation>单次请求消息数</translation>
    </message>
    <message>
        <source>Requests a second of a client</source>
        <translation>客户端每秒请求数</translation>
    </message>
    <message>
        <source>Requests at once of a client</source>
        <translation>客户端突发请求数</translation>
    </message>
    <message>
        <source>Waiting messages at most</source>
        <translation>最大等待消息数</translation>
    </message>
    <message>
        <source>Requests that wait</source>
        <translation>等待结果的请求数</translation>
    </message>
    <message>
        <source>Issuers of tokens</source>
        <translation>令牌签发方</translation>
    </message>
</context>
<context>
    <name>Drills</name>
    <message>
        <source>Nobody got a message twice</source>
        <translation>没有人收到两次</translation>
    </message>
    <message>
        <source>Every message was accepted by WeChat</source>
        <translation>每条消息都已被微信接收</translation>
    </message>
    <message>
        <source>Nothing was cancelled or discarded that could have been sent</source>
        <translation>没有取消或丢弃本可发送的消息</translation>
    </message>
    <message>
        <source>Token storm</source>
        <translation>令牌风暴</translation>
    </message>
    <message>
        <source>Another system fetches tokens with the secret of our account. Each of its fetches makes ours invalid, again and again.</source>
        <translation>另一个系统在用我们公众号的密钥获取令牌。它每取一次，我们的令牌就失效一次，反复不断。</translation>
    </message>
    <message>
        <source>Let the batch arrive. Find out on the overview and the accounts page what it is. Do not cancel or resend anything: that mends nothing here.</source>
        <translation>让这个批次发完。在总览和公众号页面上找出原因。不要取消，也不要重发：这两样在这里都无济于事。</translation>
    </message>
    <message>
        <source>The other system begins.</source>
        <translation>另一个系统开始获取令牌。</translation>
    </message>
    <message>
        <source>Somebody has switched the other system off.</source>
        <translation>有人关掉了另一个系统。</translation>
    </message>
    <message>
        <source>Nothing was resent by hand</source>
        <translation>没有人工重发</translation>
    </message>
    <message>
        <source>What has to be done so that it does not happen again?</source>
        <translation>怎样才能不再发生？</translation>
    </message>
    <message>
        <source>Nothing, WeChat does that now and then</source>
        <translation>不用做什么，微信偶尔会这样</translation>
    </message>
    <message>
        <source>One place fetches the token for all systems, or the secret is changed</source>
        <translation>由一处统一获取令牌供所有系统使用，或更换密钥</translation>
    </message>
    <message>
        <source>Lower the rate of the account</source>
        <translation>降低公众号的速率</translation>
    </message>
    <message>
        <source>A message does not die of a token: the engine fetches a new one and repeats with the same identity. But two systems that fetch by turns slow each other down for ever.</source>
        <translation>消息不会因令牌而死：引擎会取新令牌，并以同一身份重发。但两个系统轮流获取令牌，会一直互相拖慢。</translation>
    </message>
    <message>
        <source>Daily limit</source>
        <translation>当日额度</translation>
    </message>
    <message>
        <source>WeChat takes no more messages today. What is not sent yet waits.</source>
        <translation>微信今天不再接收消息。尚未发出的都在等待。</translation>
    </message>
    <message>
        <source>Find out why nothing moves (F2). Keep what waits unharmed: no cancelling, no resending. Then answer the question.</source>
        <translation>找出为什么不动（F2）。不要动正在等待的消息：不取消、不重发。然后回答问题。</translation>
    </message>
    <message>
        <source>What waits is still waiting</source>
        <translation>等待的消息仍在等待</translation>
    </message>
    <message>
        <source>No message died of it</source>
        <translation>没有消息因此成为死信</translation>
    </message>
    <message>
        <source>When does it go on?</source>
        <translation>什么时候继续？</translation>
    </message>
    <message>
        <source>As soon as somebody presses “resend”</source>
        <translation>有人按“重发”时</translation>
    </message>
    <message>
        <source>In an hour</source>
        <translation>一小时后</translation>
    </message>
    <message>
        <source>By itself after 00:00 China time, when WeChat counts anew</source>
        <translation>北京时间 00:00 后微信重新计数，自动继续</translation>
    </message>
    <message>
        <source>The daily quota stops the account, not the messages: none of them uses up a try. Keep a part of the day for urgent messages in the settings.</source>
        <translation>当日额度停住的是公众号，不是消息：不占用任何一条消息的尝试次数。可以在设置里为紧急消息预留一部分额度。</translation>
    </message>
    <message>
        <source>Slow hour</source>
        <translation>缓慢的一小时</translation>
    </message>
    <message>
        <source>WeChat answers slowly and is often busy, as on the evening of a holiday.</source>
        <translation>微信响应很慢，而且常常繁忙，像节日的晚上。</translation>
    </message>
    <message>
        <source>Watch the age of the oldest message and the answers. Decide whether to pause. Nobody may get anything twice.</source>
        <translation>留意最久等待的时间和响应。决定要不要暂停。任何人都不能收到两次。</translation>
    </message>
    <message>
        <source>Answers become slow.</source>
        <translation>响应开始变慢。</translation>
    </message>
    <message>
        <source>It gets better.</source>
        <translation>好转了。</translation>
    </message>
    <message>
        <source>It is over.</source>
        <translation>结束了。</translation>
    </message>
    <message>
        <source>What does the engine do by itself in such an hour?</source>
        <translation>在这样的一小时里，引擎自己会怎么做？</translation>
    </message>
    <message>
        <source>It sends fewer requests at a time and repeats later, with growing waits</source>
        <translation>减少同时请求数，并以越来越长的间隔稍后重试</translation>
    </message>
    <message>
        <source>It gives up what takes too long</source>
        <translation>太慢的就放弃</translation>
    </message>
    <message>
        <source>It sends everything twice to be sure</source>
        <translation>为了保险，全部发两次</translation>
    </message>
    <message>
        <source>Busy answers are repeated with growing waits and under the same identity, so that a repeat is never a second message. Mostly the right thing to do is to wait and to say so.</source>
        <translation>繁忙的响应会以同一身份、越来越长的间隔重试，所以重试绝不会变成第二条消息。多数时候，正确的做法是等待并说明情况。</translation>
    </message>
    <message>
        <source>Lost reports</source>
        <translation>丢失的回执</translation>
    </message>
    <message>
        <source>The line to WeChat breaks after it has read our messages: it has them, but its answers and its reports do not come back.</source>
        <translation>微信读完我们的消息后线路就断了：消息它有了，但响应和回执回不来。</translation>
    </message>
    <message>
        <source>Let the engine settle what it can. Do not agree to “may arrive twice” without need. Then say what one may tell a customer.</source>
        <translation>让引擎处理它能处理的。没有必要就不要同意“可能收到两次”。然后说说可以怎么答复客户。</translation>
    </message>
    <message>
        <source>The line begins to break.</source>
        <translation>线路开始断开。</translation>
    </message>
    <message>
        <source>The line holds again.</source>
        <translation>线路恢复了。</translation>
    </message>
    <message>
        <source>At most a few are left uncertain</source>
        <translation>最多只剩少数结果不明</translation>
    </message>
    <message>
        <source>Most were accepted</source>
        <translation>大多数已被接收</translation>
    </message>
    <message>
        <source>A customer asks. The message says “Accepted”. What do you say?</source>
        <translation>有客户来问。消息显示“已接收”。您怎么说？</translation>
    </message>
    <message>
        <source>It has arrived</source>
        <translation>已经送达</translation>
    </message>
    <message>
        <source>WeChat took it; that it arrived, only its report could say</source>
        <translation>微信已接收；是否送达只有微信的回执能说明</translation>
    </message>
    <message>
        <source>It failed</source>
        <translation>失败了</translation>
    </message>
    <message>
        <source>What was written and not answered is repeated for eight minutes under its old identity, and WeChat drops what it has already. Only after that a repeat may arrive twice, and a person decides.</source>
        <translation>已发出而没有响应的消息，八分钟内以原身份重发，微信会丢弃它已有的。过了这段时间，重发才可能让人收到两次，要由人决定。</translation>
    </message>
    <message>
        <source>Blocked users</source>
        <translation>取消关注的人</translation>
    </message>
    <message>
        <source>A quarter of the people on the list have left the account. Their messages become dead letters.</source>
        <translation>名单上四分之一的人已取消关注。他们的消息成为死信。</translation>
    </message>
    <message>
        <source>The others got their message</source>
        <translation>其他人都收到了</translation>
    </message>
    <message>
        <source>No dead letter is left</source>
        <translation>没有剩下死信</translation>
    </message>
    <message>
        <source>A note on the cause</source>
        <translation>失败原因有备注</translation>
    </message>
    <message>
        <source>Nothing was sent again to people who left</source>
        <translation>没有再次发给已离开的人</translation>
    </message>
    <message>
        <source>Would sending again help?</source>
        <translation>再发一次有用吗？</translation>
    </message>
    <message>
        <source>Yes, after a while</source>
        <translation>有用，过一阵子</translation>
    </message>
    <message>
        <source>Only if the person follows the account again</source>
        <translation>除非对方重新关注</translation>
    </message>
    <message>
        <source>Yes, with other words</source>
        <translation>有用，换个说法</translation>
    </message>
    <message>
        <source>43004 is the recipient&apos;s move. Sending again only costs quota and tells WeChat that we do not listen.</source>
        <translation>43004 该由接收人处理。再发只会消耗额度，也会让微信觉得我们不听劝。</translation>
    </message>
    <message>
        <source>On the dead-letter page: see whose move it is. Write to these people no more, discard the messages with a reason, and leave a note on the cause.</source>
        <translation>在死信页面上：看看该由谁处理。不再给这些人发送，写明理由丢弃这些消息，并给这个失败原因写备注。</translation>
    </message>
</context>
<context>
    <name>EngineWords</name>
    <message>
        <source>an account name has 1 to 64 characters</source>
        <translation>公众号名称须为 1 到 64 个字符</translation>
    </message>
    <message>
        <source>an account name has no control characters and no slash</source>
        <translation>公众号名称不能含控制字符和斜杠</translation>
    </message>
    <message>
        <source>the rate must be between 0.01 and 100000 sends a second</source>
        <translation>速率须在每秒 0.01 到 100000 条之间</translation>
    </message>
    <message>
        <source>the burst must be between 1 and 100000</source>
        <translation>突发量须在 1 到 100000 之间</translation>
    </message>
    <message>
        <source>the connections must be between 1 and 480</source>
        <translation>连接数须在 1 到 480 之间</translation>
    </message>
    <message>
        <source>the appid is empty or has blanks; it looks like wx0123456789abcdef</source>
        <translation>AppID 为空或含空格；它形如 wx0123456789abcdef</translation>
    </message>
    <message>
        <source>the secret is empty or has blanks; it has 32 characters</source>
        <translation>AppSecret 为空或含空格；它有 32 个字符</translation>
    </message>
    <message>
        <source>there is already an account named %1</source>
        <translation>已有名为 %1 的公众号</translation>
    </message>
    <message>
        <source>there is no account named &quot;%1&quot;; see account list</source>
        <translation>没有名为“%1”的公众号</translation>
    </message>
    <message>
        <source>there is no account &quot;%1&quot;</source>
        <translation>没有公众号“%1”</translation>
    </message>
    <message>
        <source>the API base must be a URL such as https://api.weixin.qq.com</source>
        <translation>接口地址须为网址，如 https://api.weixin.qq.com</translation>
    </message>
    <message>
        <source>the API base must not contain a user name or password</source>
        <translation>接口地址中不能含用户名或密码</translation>
    </message>
    <message>
        <source>the API base must begin with https://; plain http is allowed for this machine only</source>
        <translation>接口地址须以 https:// 开头；http 只允许用于本机</translation>
    </message>
    <message>
        <source>a client&apos;s name is 1 to 64 bytes of text without control characters and @</source>
        <translation>业务系统名称须为 1 到 64 字节，不含控制字符和 @</translation>
    </message>
    <message>
        <source>a key needs at least one of the scopes send, read and manage</source>
        <translation>密钥至少要有发送、读取、管理中的一项权限</translation>
    </message>
    <message>
        <source>the key would have expired already</source>
        <translation>该密钥的有效期已过</translation>
    </message>
    <message>
        <source>there is no API key %1</source>
        <translation>没有密钥 %1</translation>
    </message>
    <message>
        <source>a password has at least %1 characters</source>
        <translation>密码至少 %1 个字符</translation>
    </message>
    <message>
        <source>no admin would be left; the last admin can only be removed when no other user is left</source>
        <translation>这样就没有管理员了；只有在没有其他用户时才能移除最后一位管理员</translation>
    </message>
    <message>
        <source>there is no user &quot;%1&quot;</source>
        <translation>没有用户“%1”</translation>
    </message>
    <message>
        <source>there is a user &quot;%1&quot; already</source>
        <translation>已有用户“%1”</translation>
    </message>
    <message>
        <source>too many wrong passwords: &quot;%1&quot; is locked until %2; an admin can unlock</source>
        <translation>密码错误次数过多：“%1”锁定至 %2；管理员可以解锁</translation>
    </message>
    <message>
        <source>wrong name or password</source>
        <translation>用户名或密码错误</translation>
    </message>
    <message>
        <source>this process only looks on</source>
        <translation>本程序只能查看</translation>
    </message>
    <message>
        <source>%1 is empty; every key of the template needs a value</source>
        <translation>%1 为空；模板的每个字段都要有值</translation>
    </message>
    <message>
        <source>%1 is longer than %2 characters; shorten it</source>
        <translation>%1 超过 %2 个字符；请缩短</translation>
    </message>
    <message>
        <source>%1 is not valid UTF-8</source>
        <translation>%1 不是有效的 UTF-8</translation>
    </message>
    <message>
        <source>%1 contains a line break or another control character; remove it</source>
        <translation>%1 含换行或其他控制字符；请去掉</translation>
    </message>
    <message>
        <source>%1 must be %2</source>
        <translation>%1 须为%2</translation>
    </message>
    <message>
        <source>%1 is missing; the template needs it</source>
        <translation>缺少 %1；模板需要它</translation>
    </message>
    <message>
        <source>%1 is not a key of the template; remove it</source>
        <translation>%1 不是该模板的字段；请去掉</translation>
    </message>
    <message>
        <source>the openid is empty or has characters other than letters, digits, _ and -</source>
        <translation>OpenID 为空，或含字母、数字、_ 和 - 以外的字符</translation>
    </message>
    <message>
        <source>the URL must begin with http:// or https:// and be at most 1024 bytes without blanks</source>
        <translation>链接须以 http:// 或 https:// 开头，不超过 1024 字节且不含空格</translation>
    </message>
    <message>
        <source>letters, digits and symbols without Chinese</source>
        <translation>不含中文的字母、数字和符号</translation>
    </message>
    <message>
        <source>a number such as 12 or 12.5</source>
        <translation>数字，如 12 或 12.5</translation>
    </message>
    <message>
        <source>letters only</source>
        <translation>纯字母</translation>
    </message>
    <message>
        <source>symbols only</source>
        <translation>纯符号</translation>
    </message>
    <message>
        <source>Chinese characters only</source>
        <translation>纯汉字</translation>
    </message>
    <message>
        <source>a name of at most 10 characters (20 without Chinese)</source>
        <translation>最多 10 个字的名称（不含中文时 20 个）</translation>
    </message>
    <message>
        <source>an amount such as ¥12.50 or 12元</source>
        <translation>金额，如 ¥12.50 或 12元</translation>
    </message>
    <message>
        <source>a phone number</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>a number plate</source>
        <translation>车牌号</translation>
    </message>
    <message>
        <source>a time such as 15:01 or 2019-10-01 15:01</source>
        <translation>时间，如 15:01 或 2019-10-01 15:01</translation>
    </message>
    <message>
        <source>a date such as 2019-10-01 or 2019年10月1日</source>
        <translation>日期，如 2019-10-01 或 2019年10月1日</translation>
    </message>
    <message>
        <source>the value of %1 contains the sensitive word %2</source>
        <translation>%1 的值含敏感词 %2</translation>
    </message>
    <message>
        <source>the idempotency key is longer than 128 bytes</source>
        <translation>业务编号超过 128 字节</translation>
    </message>
    <message>
        <source>the idempotency key &quot;%1&quot; was used before, for another message (%2)</source>
        <translation>业务编号“%1”已用于另一条消息（%2）</translation>
    </message>
    <message>
        <source>no message was handed over under this key</source>
        <translation>没有以此业务编号提交的消息</translation>
    </message>
    <message>
        <source>the messages would no longer be useful when they are due: useful until %1, due at %2</source>
        <translation>消息到发送时间时已过有效期：有效至 %1，发送时间 %2</translation>
    </message>
    <message>
        <source>the template id is empty or has characters other than letters, digits, _ and -</source>
        <translation>模板 ID 为空，或含字母、数字、_ 和 - 以外的字符</translation>
    </message>
    <message>
        <source>the template&apos;s content is not valid UTF-8; save the file as UTF-8</source>
        <translation>模板内容不是有效的 UTF-8；请把文件存为 UTF-8</translation>
    </message>
    <message>
        <source>the content has no placeholder such as {{thing1.DATA}}</source>
        <translation>内容中没有形如 {{thing1.DATA}} 的占位符</translation>
    </message>
    <message>
        <source>account &quot;%1&quot; has no template &quot;%2&quot;, or more than one of that title</source>
        <translation>公众号“%1”没有模板“%2”，或有多个同名模板</translation>
    </message>
    <message>
        <source>several templates are titled &quot;%1&quot;; name it by its template id</source>
        <translation>有多个名为“%1”的模板；请用模板 ID 指明</translation>
    </message>
    <message>
        <source>the account has no template &quot;%1&quot;; run template sync, or template add</source>
        <translation>该公众号没有模板“%1”；请重新获取模板或手动添加</translation>
    </message>
    <message>
        <source>the template has no key &quot;%1&quot;; its keys are: %2</source>
        <translation>模板没有字段“%1”；它的字段有：%2</translation>
    </message>
    <message>
        <source>%1 is empty</source>
        <translation>%1 是空的</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>cannot read %1</source>
        <translation>无法读取 %1</translation>
    </message>
    <message>
        <source>cannot read on in %1: %2</source>
        <translation>无法继续读取 %1：%2</translation>
    </message>
    <message>
        <source>%1, line %2: %3</source>
        <translation>%1，第 %2 行：%3</translation>
    </message>
    <message>
        <source>%1, line %2 cannot be read</source>
        <translation>%1，第 %2 行无法读取</translation>
    </message>
    <message>
        <source>%1, line %2: &quot;%3&quot; is no openid; nothing was added</source>
        <translation>%1，第 %2 行：“%3”不是 OpenID；没有添加任何内容</translation>
    </message>
    <message>
        <source>%1 has a header but no rows</source>
        <translation>%1 只有表头，没有数据行</translation>
    </message>
    <message>
        <source>%1 is no CSV file but %2; open it with its program and save the table as CSV</source>
        <translation>%1 不是 CSV 文件，而是%2；请用相应的程序打开并另存为 CSV</translation>
    </message>
    <message>
        <source>%1 is in the encoding %2, which cannot be read here; save it as UTF-8</source>
        <translation>%1 的编码是 %2，这里无法读取；请存为 UTF-8</translation>
    </message>
    <message>
        <source>the file has two columns named &quot;%1&quot;; rename one</source>
        <translation>文件中有两列都叫“%1”；请改名</translation>
    </message>
    <message>
        <source>the columns &quot;%1&quot; and &quot;%2&quot; differ by nothing but large and small letters; rename one</source>
        <translation>列“%1”和“%2”只有大小写不同；请改名</translation>
    </message>
    <message>
        <source>the column &quot;%1&quot; looks like a template key, but the template has no such key; choose the right template, or remove or rename the column</source>
        <translation>列“%1”像是模板字段，但该模板没有这个字段；请选对模板，或去掉该列、改名</translation>
    </message>
    <message>
        <source>seed &quot;%1&quot;: %2</source>
        <translation>试发对象“%1”：%2</translation>
    </message>
    <message>
        <source>batch &quot;%1&quot; runs already; pause it first, or give another name, to have a seed looked at</source>
        <translation>批次“%1”已在发送；要先查看试发，请先暂停它，或换一个名称</translation>
    </message>
    <message>
        <source>a workbook of a spreadsheet program, or another archive</source>
        <translation>电子表格或其他压缩包</translation>
    </message>
    <message>
        <source>a workbook of an older spreadsheet program</source>
        <translation>旧版电子表格</translation>
    </message>
    <message>
        <source>a compressed file</source>
        <translation>压缩文件</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>a database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>cannot open %1: %2</source>
        <translation>无法打开 %1：%2</translation>
    </message>
    <message>
        <source>cannot open %1</source>
        <translation>无法打开 %1</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>cannot write %1: %2; nothing was left behind</source>
        <translation>无法写入 %1：%2；没有留下不完整的文件</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>%1 exists already; choose another name</source>
        <translation>%1 已存在；请换一个名称</translation>
    </message>
    <message>
        <source>%1 is there already; an archive is made as a new file</source>
        <translation>%1 已存在；归档须写入新文件</translation>
    </message>
    <message>
        <source>cannot make %1</source>
        <translation>无法创建 %1</translation>
    </message>
    <message>
        <source>cannot make the folder %1</source>
        <translation>无法创建文件夹 %1</translation>
    </message>
    <message>
        <source>cannot read back %1</source>
        <translation>无法回读 %1</translation>
    </message>
    <message>
        <source>cannot sync %1 to its disk</source>
        <translation>无法把 %1 写到磁盘</translation>
    </message>
    <message>
        <source>cannot name the copy %1: %2</source>
        <translation>无法命名副本 %1：%2</translation>
    </message>
    <message>
        <source>cannot name the archive %1: %2</source>
        <translation>无法命名归档 %1：%2</translation>
    </message>
    <message>
        <source>the copy %1 is damaged</source>
        <translation>副本 %1 已损坏</translation>
    </message>
    <message>
        <source>the archive %1 is damaged; nothing was deleted</source>
        <translation>归档 %1 已损坏；没有删除任何内容</translation>
    </message>
    <message>
        <source>the export was cancelled; no file was left</source>
        <translation>导出已取消；没有留下文件</translation>
    </message>
    <message>
        <source>the check was stopped</source>
        <translation>检查已停止</translation>
    </message>
    <message>
        <source>there is no message %1</source>
        <translation>没有消息 %1</translation>
    </message>
    <message>
        <source>there is no batch %1</source>
        <translation>没有批次 %1</translation>
    </message>
    <message>
        <source>there is no replay %1</source>
        <translation>没有重发任务 %1</translation>
    </message>
    <message>
        <source>there is no act %1</source>
        <translation>没有操作 %1</translation>
    </message>
    <message>
        <source>message %1 cannot be sent again: its recipient was erased</source>
        <translation>消息 %1 不能重新发送：它的接收人已被清除</translation>
    </message>
    <message>
        <source>message %1 was sent again by somebody else meanwhile; look at it anew</source>
        <translation>消息 %1 已被他人重新发送；请重新查看</translation>
    </message>
    <message>
        <source>message %1 is %2; only what failed or was cancelled can be sent again</source>
        <translation>消息 %1 的状态是%2；只有失败或取消的才能重新发送</translation>
    </message>
    <message>
        <source>%1 cannot be sent again: its recipient was erased</source>
        <translation>%1 不能重新发送：它的接收人已被清除</translation>
    </message>
    <message>
        <source>%1 was sent again by somebody else meanwhile; look at it anew</source>
        <translation>%1 已被他人重新发送；请重新查看</translation>
    </message>
    <message>
        <source>%1 is %2; only what failed or was cancelled can be sent again</source>
        <translation>%1 的状态是%2；只有失败或取消的才能重新发送</translation>
    </message>
    <message>
        <source>message %1 was changed by a damaged disk and is not sent again; queue it anew</source>
        <translation>消息 %1 因磁盘损坏而改变，不会重新发送；请重新入队</translation>
    </message>
    <message>
        <source>the stored content of the message cannot be read</source>
        <translation>无法读取消息的存储内容</translation>
    </message>
    <message>
        <source>the note is longer than 2000 bytes</source>
        <translation>备注超过 2000 字节</translation>
    </message>
    <message>
        <source>batch %1 was cancelled; send its rest, or single messages of it, to go on</source>
        <translation>批次 %1 已取消；要继续，请补发其余消息或单独重发</translation>
    </message>
    <message>
        <source>nothing matches; there is nothing to send again</source>
        <translation>没有符合的消息，无可重发</translation>
    </message>
    <message>
        <source>a replay needs a reason, for the audit</source>
        <translation>重发须填写理由，以便记入审计</translation>
    </message>
    <message>
        <source>the pace is 0.01 to 100000 messages a second</source>
        <translation>速度须在每秒 0.01 到 100000 条之间</translation>
    </message>
    <message>
        <source>a ladder has up to 50 steps of 1 to 100000 messages each</source>
        <translation>阶梯最多 50 级，每级 1 到 100000 条</translation>
    </message>
    <message>
        <source>the line of failures is a share of 0 to 1 and at least one message</source>
        <translation>失败上限须为 0 到 1 之间的比例，且至少一条</translation>
    </message>
    <message>
        <source>a replay is paused, resumed or cancelled</source>
        <translation>重发任务只能暂停、继续或取消</translation>
    </message>
    <message>
        <source>replay %1 is %2 already</source>
        <translation>重发任务 %1 已%2</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>the frozen list of replay %1 has a gap</source>
        <translation>重发任务 %1 的固定清单有缺口</translation>
    </message>
    <message>
        <source>it has %1 messages, and more than %2 need a second person: somebody other than %3 has to let it go</source>
        <translation>共有 %1 条消息，超过 %2 条须由第二人同意：须由 %3 以外的人放行</translation>
    </message>
    <message>
        <source>more than %1 messages at once need a second person; send them again under watch, by a replay, which waits for one</source>
        <translation>一次超过 %1 条须由第二人同意；请用受控重发，它会等待第二人</translation>
    </message>
    <message>
        <source>%1 messages to this person wait or are being sent; cancel them, or let them end, first</source>
        <translation>发给此人的 %1 条消息正在等待或发送；请先取消或等它们结束</translation>
    </message>
    <message>
        <source>the reason names the openid, and would stay in the audit</source>
        <translation>理由中写有 OpenID，会留在审计里</translation>
    </message>
    <message>
        <source>the engine was closed while the message was waited for</source>
        <translation>等待消息期间引擎已关闭</translation>
    </message>
    <message>
        <source>somebody reads the database, so its log could not be emptied</source>
        <translation>有程序正在读取数据库，未能清空其日志</translation>
    </message>
    <message>
        <source>the policy file is no JSON object; mend it first</source>
        <translation>策略文件不是 JSON 对象；请先修正</translation>
    </message>
    <message>
        <source>the policy file has to be mended first: %1</source>
        <translation>须先修正策略文件：%1</translation>
    </message>
    <message>
        <source>somebody changed the policy file meanwhile; look at it and try again</source>
        <translation>策略文件已被他人修改；请查看后再试</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not a value</source>
        <translation>%1：“%2”不是有效的值</translation>
    </message>
    <message>
        <source>%1 is larger than 32 MB</source>
        <translation>%1 超过 32 MB</translation>
    </message>
    <message>
        <source>the file is larger than 1 MB</source>
        <translation>文件超过 1 MB</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>line %1: this is no JSON, there is a NUL byte</source>
        <translation>第 %1 行：不是 JSON，含 NUL 字节</translation>
    </message>
    <message>
        <source>this is no JSON</source>
        <translation>不是 JSON</translation>
    </message>
    <message>
        <source>this is no JSON, near %1</source>
        <translation>不是 JSON，在 %1 附近</translation>
    </message>
    <message>
        <source>&quot;%1&quot; stands twice in one object</source>
        <translation>同一对象中“%1”出现两次</translation>
    </message>
    <message>
        <source>nested too deep</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>line %1: the word is not UTF-8</source>
        <translation>第 %1 行：该词不是 UTF-8</translation>
    </message>
    <message>
        <source>line %1: the word is longer than 100 characters</source>
        <translation>第 %1 行：该词超过 100 个字符</translation>
    </message>
    <message>
        <source>%1 is no field of a policy</source>
        <translation>%1 不是策略项</translation>
    </message>
    <message>
        <source>%1 is no field of a policy; did you mean &quot;%2&quot;?</source>
        <translation>%1 不是策略项；是否指“%2”？</translation>
    </message>
    <message>
        <source>%1 is written with objects, one in another, instead of dots</source>
        <translation>%1 须写成嵌套的对象，而不是用点号</translation>
    </message>
    <message>
        <source>%1 must be an object</source>
        <translation>%1 须为对象</translation>
    </message>
    <message>
        <source>a policy is a JSON object</source>
        <translation>策略须为 JSON 对象</translation>
    </message>
    <message>
        <source>%1 is not known here; there are format, defaults and accounts</source>
        <translation>这里没有 %1；可用的是 format、defaults 和 accounts</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1 到 %2 的整数</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>%1 到 %2 的数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a time of day such as &quot;22:30&quot;</source>
        <translation>时刻，如“22:30”</translation>
    </message>
    <message>
        <source>the name of a file, without a folder</source>
        <translation>文件名，不含文件夹</translation>
    </message>
    <message>
        <source>&quot;full&quot;, &quot;equal&quot; or &quot;none&quot;</source>
        <translation>“full”“equal”或“none”</translation>
    </message>
    <message>
        <source>%1 must not be more than %2</source>
        <translation>%1 不能大于 %2</translation>
    </message>
    <message>
        <source>quota.kept_for_urgent and quota.kept_for_normal leave nothing for bulk messages: together at most 0.95</source>
        <translation>quota.kept_for_urgent 与 quota.kept_for_normal 没有给群发留下额度：两者之和最多 0.95</translation>
    </message>
    <message>
        <source>shares.bulk and shares.normal leave nothing for urgent messages: together at most 0.9</source>
        <translation>shares.bulk 与 shares.normal 没有给紧急消息留下份额：两者之和最多 0.9</translation>
    </message>
    <message>
        <source>the path has 1 to 64 letters, digits, dots, dashes and underlines</source>
        <translation>路径须为 1 到 64 个字母、数字、点、短横或下划线</translation>
    </message>
    <message>
        <source>the Token of a callback has 3 to 32 letters and digits</source>
        <translation>Token 须为 3 到 32 个字母和数字</translation>
    </message>
    <message>
        <source>an EncodingAESKey is 43 letters and digits; copy it from the account&apos;s page</source>
        <translation>EncodingAESKey 是 43 个字母和数字；请从公众号后台复制</translation>
    </message>
    <message>
        <source>the EncodingAESKey cannot be decoded</source>
        <translation>EncodingAESKey 无法解码</translation>
    </message>
    <message>
        <source>what is kept of the callback of account %1 is damaged; set it anew</source>
        <translation>公众号 %1 的回执接收设置已损坏；请重新设置</translation>
    </message>
    <message>
        <source>a replaced EncodingAESKey can be taken on for 0 seconds to 30 days</source>
        <translation>替换下来的 EncodingAESKey 可继续沿用 0 秒到 30 天</translation>
    </message>
    <message>
        <source>%1; and the secrets from before could not be put back (%2): set the callback anew</source>
        <translation>%1；且未能恢复原来的密钥（%2）：请重新设置回执接收</translation>
    </message>
    <message>
        <source>a hook&apos;s address begins with https://; http is for one&apos;s own network and needs --allow-private</source>
        <translation>结果通知地址须以 https:// 开头；http 只用于内网，须允许内网地址</translation>
    </message>
    <message>
        <source>the address begins with https://; http is for one&apos;s own network and needs --allow-private</source>
        <translation>地址须以 https:// 开头；http 只用于内网，须允许内网地址</translation>
    </message>
    <message>
        <source>the address of a hook is empty, too long, or has blanks or backslashes</source>
        <translation>结果通知地址为空、过长，或含空格、反斜杠</translation>
    </message>
    <message>
        <source>the address of a hook begins with https:// (or http:// within one&apos;s own network)</source>
        <translation>结果通知地址须以 https:// 开头（内网可用 http://）</translation>
    </message>
    <message>
        <source>the address of a hook has no host</source>
        <translation>结果通知地址没有主机名</translation>
    </message>
    <message>
        <source>the address of a hook has a name or password before an @; what proves who asks is the signature</source>
        <translation>结果通知地址的 @ 前含用户名或密码；身份由签名证明</translation>
    </message>
    <message>
        <source>the address of a hook has a fragment (#), which is never sent</source>
        <translation>结果通知地址含片段（#），它不会被发送</translation>
    </message>
    <message>
        <source>%1 is %2, an address that is %3; %4</source>
        <translation>%1 是 %2，属于%3地址；%4</translation>
    </message>
    <message>
        <source>if this very host is meant, say so with --allow-private</source>
        <translation>如确指此主机，请允许内网地址</translation>
    </message>
    <message>
        <source>it cannot be called</source>
        <translation>不能访问它</translation>
    </message>
    <message>
        <source>public</source>
        <translation>公网</translation>
    </message>
    <message>
        <source>this machine&apos;s own</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>of a private network</source>
        <translation>内网</translation>
    </message>
    <message>
        <source>link-local</source>
        <translation>链路本地</translation>
    </message>
    <message>
        <source>of a cloud&apos;s metadata service</source>
        <translation>云元数据服务</translation>
    </message>
    <message>
        <source>multicast</source>
        <translation>组播</translation>
    </message>
    <message>
        <source>reserved</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>there is no hook %1</source>
        <translation>没有结果通知 %1</translation>
    </message>
    <message>
        <source>what a hook is to be told is kept for 1 to %1 days</source>
        <translation>待通知内容可保留 1 到 %1 天</translation>
    </message>
    <message>
        <source>of what a hook is to be told %1 to %2 are kept</source>
        <translation>待通知内容可保留 %1 到 %2 条</translation>
    </message>
    <message>
        <source>a hook is told of one or more ends of messages</source>
        <translation>结果通知至少要选择一种消息结果</translation>
    </message>
    <message>
        <source>hook %1 is being removed; hook remove ends that</source>
        <translation>结果通知 %1 正在移除；再次移除即可完成</translation>
    </message>
    <message>
        <source>a hook&apos;s secret begins with whsec_</source>
        <translation>结果通知密钥须以 whsec_ 开头</translation>
    </message>
    <message>
        <source>a hook&apos;s secret is whsec_ and base64 of 24 to 64 bytes</source>
        <translation>结果通知密钥由 whsec_ 与 24 到 64 字节的 base64 组成</translation>
    </message>
    <message>
        <source>without TLS a password would be readable on its way: leave the user away, or use TLS</source>
        <translation>没有 TLS 时密码会在途中被看到：请不填用户，或启用 TLS</translation>
    </message>
    <message>
        <source>a mail server is a name or an address, and a port from 1 to 65535</source>
        <translation>邮件服务器须为名称或地址，端口为 1 到 65535</translation>
    </message>
    <message>
        <source>the mail&apos;s sender must be a plain address such as songda@example.com</source>
        <translation>发件人须为纯地址，如 songda@example.com</translation>
    </message>
    <message>
        <source>the mail&apos;s recipients must be plain addresses such as ops@example.com, one at least</source>
        <translation>收信人须为纯地址，如 ops@example.com，至少一个</translation>
    </message>
    <message>
        <source>the user at the mail server has a line break in it</source>
        <translation>邮件服务器的用户名含换行</translation>
    </message>
    <message>
        <source>a command is the full path of a program, and arguments</source>
        <translation>命令须为程序的完整路径及其参数</translation>
    </message>
    <message>
        <source>a command has at most 50 arguments of at most 4000 bytes</source>
        <translation>命令最多 50 个参数，每个不超过 4000 字节</translation>
    </message>
    <message>
        <source>there is no alert sink %1</source>
        <translation>没有告警接收方 %1</translation>
    </message>
    <message>
        <source>there is no command</source>
        <translation>没有命令</translation>
    </message>
    <message>
        <source>the command cannot be started: %1</source>
        <translation>命令无法启动：%1</translation>
    </message>
    <message>
        <source>the command was ended</source>
        <translation>命令已终止</translation>
    </message>
    <message>
        <source>the command did not end within ten seconds</source>
        <translation>命令十秒内没有结束</translation>
    </message>
    <message>
        <source>the command crashed</source>
        <translation>命令崩溃</translation>
    </message>
    <message>
        <source>the command ended with %1</source>
        <translation>命令以 %1 结束</translation>
    </message>
    <message>
        <source>%1 belongs to another user: no command is run</source>
        <translation>%1 属于其他用户：不执行命令</translation>
    </message>
    <message>
        <source>%1 can be written by others: no command is run (chmod go-w)</source>
        <translation>%1 可被他人写入：不执行命令（chmod go-w）</translation>
    </message>
    <message>
        <source>the stored notice cannot be read</source>
        <translation>无法读取存储的通知</translation>
    </message>
    <message>
        <source>HTTP %1: redirects are not followed</source>
        <translation>HTTP %1：不跟随跳转</translation>
    </message>
    <message>
        <source>the address is not called: %1</source>
        <translation>不访问该地址：%1</translation>
    </message>
    <message>
        <source>%1 is public</source>
        <translation>%1 是公网地址</translation>
    </message>
    <message>
        <source>%1 is this machine&apos;s own</source>
        <translation>%1 是本机地址</translation>
    </message>
    <message>
        <source>%1 is of a private network</source>
        <translation>%1 是内网地址</translation>
    </message>
    <message>
        <source>%1 is link-local</source>
        <translation>%1 是链路本地地址</translation>
    </message>
    <message>
        <source>%1 is of a cloud&apos;s metadata service</source>
        <translation>%1 是云元数据服务的地址</translation>
    </message>
    <message>
        <source>%1 is multicast</source>
        <translation>%1 是组播地址</translation>
    </message>
    <message>
        <source>%1 is reserved</source>
        <translation>%1 是保留地址</translation>
    </message>
    <message>
        <source>it is no internet address</source>
        <translation>不是网络地址</translation>
    </message>
    <message>
        <source>its name is not known</source>
        <translation>域名无法解析</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>应答超时</translation>
    </message>
    <message>
        <source>no TLS connection</source>
        <translation>TLS 连接失败</translation>
    </message>
    <message>
        <source>its certificate is not trusted</source>
        <translation>证书不受信任</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>the address cannot be read</source>
        <translation>地址无法识别</translation>
    </message>
    <message>
        <source>the request failed (%1)</source>
        <translation>请求失败（%1）</translation>
    </message>
    <message>
        <source>the name of the mail server is not known</source>
        <translation>邮件服务器域名无法解析</translation>
    </message>
    <message>
        <source>no connection to the mail server</source>
        <translation>无法连接邮件服务器</translation>
    </message>
    <message>
        <source>the mail server does not answer in time</source>
        <translation>邮件服务器应答超时</translation>
    </message>
    <message>
        <source>the mail server offers no TLS; nothing was sent</source>
        <translation>邮件服务器不支持 TLS；没有发送</translation>
    </message>
    <message>
        <source>no TLS connection to the mail server</source>
        <translation>与邮件服务器的 TLS 连接失败</translation>
    </message>
    <message>
        <source>the mail server&apos;s certificate is not trusted</source>
        <translation>邮件服务器证书不受信任</translation>
    </message>
    <message>
        <source>the mail server does not take user and password</source>
        <translation>邮件服务器不接受该用户名和密码</translation>
    </message>
    <message>
        <source>the mail server does not take user and password (the server answered %1)</source>
        <translation>邮件服务器不接受该用户名和密码（服务器应答 %1）</translation>
    </message>
    <message>
        <source>ended before it was sent</source>
        <translation>发送前已结束</translation>
    </message>
    <message>
        <source>the mail was not taken: %1</source>
        <translation>邮件未被接收：%1</translation>
    </message>
    <message>
        <source>the mail was not taken: %1 (the server answered %2)</source>
        <translation>邮件未被接收：%1（服务器应答 %2）</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>the receiver says that it is gone (HTTP 410)</source>
        <translation>接收方表示已停用（HTTP 410）</translation>
    </message>
    <message>
        <source>alert %1: no access token</source>
        <translation>告警 %1：没有令牌</translation>
    </message>
    <message>
        <source>the answer is not a template list</source>
        <translation>应答不是模板列表</translation>
    </message>
    <message>
        <source>the new passphrase is empty or longer than 1024 bytes</source>
        <translation>新口令为空或超过 1024 字节</translation>
    </message>
    <message>
        <source>the new passphrase has control characters or is no UTF-8: it could not be typed again</source>
        <translation>新口令含控制字符或不是 UTF-8：以后将无法再次输入</translation>
    </message>
    <message>
        <source>the new passphrase is the present one</source>
        <translation>新口令与当前口令相同</translation>
    </message>
    <message>
        <source>the new passphrase counts from now on, but the audit could not record the change: %1</source>
        <translation>新口令已生效，但审计未能记下此次更改：%1</translation>
    </message>
    <message>
        <source>the secrets are in memory only and forgotten at the end; they have no passphrase</source>
        <translation>密钥只在内存中，结束即忘；没有口令</translation>
    </message>
    <message>
        <source>the secrets of this profile lie in the system&apos;s key store, which seals them with a key of its own; change that there, as a rule with the login password</source>
        <translation>此配置的密钥存放在系统密钥库，由系统密钥库自行加密；请在系统中更改，通常随登录密码更改</translation>
    </message>
    <message>
        <source>no secret is kept yet, so there is no passphrase that could be changed</source>
        <translation>尚未保存密钥，没有可更改的口令</translation>
    </message>
    <message>
        <source>no secret is kept in %1 yet, so it has no passphrase that could be changed</source>
        <translation>%1 中尚未保存密钥，没有可更改的口令</translation>
    </message>
    <message>
        <source>no system key store is available here, so secrets are kept in an encrypted file: set SONGDA_PASSPHRASE</source>
        <translation>这里没有系统密钥库，密钥保存在加密文件中：请设置 SONGDA_PASSPHRASE</translation>
    </message>
    <message>
        <source>no secret is kept for %1; add it with account add</source>
        <translation>没有保存 %1 的密钥；请重新填写</translation>
    </message>
    <message>
        <source>no secret is kept for %1</source>
        <translation>没有保存 %1 的密钥</translation>
    </message>
    <message>
        <source>the system key store has no secret for %1</source>
        <translation>系统密钥库中没有 %1 的密钥</translation>
    </message>
    <message>
        <source>the system key store gave no answer</source>
        <translation>系统密钥库没有应答</translation>
    </message>
    <message>
        <source>%1 is not a secrets file of this program</source>
        <translation>%1 不是本程序的密钥文件</translation>
    </message>
    <message>
        <source>%1 is damaged</source>
        <translation>%1 已损坏</translation>
    </message>
    <message>
        <source>the passphrase of %1 was changed since this program opened it; start it anew with the new passphrase</source>
        <translation>本程序打开 %1 之后口令已被更改；请用新口令重新启动</translation>
    </message>
    <message>
        <source>the passphrase does not open %1; check SONGDA_PASSPHRASE</source>
        <translation>口令打不开 %1；请检查 SONGDA_PASSPHRASE</translation>
    </message>
    <message>
        <source>the key could not be derived from the passphrase</source>
        <translation>无法由口令得出密钥</translation>
    </message>
    <message>
        <source>the secrets could not be encrypted</source>
        <translation>无法加密密钥</translation>
    </message>
    <message>
        <source>the system has no random bytes</source>
        <translation>系统没有随机数</translation>
    </message>
    <message>
        <source>the folder of %1 could not be synced: what was changed counts, and may be lost in a power cut</source>
        <translation>%1 所在文件夹未能写到磁盘：更改已生效，但断电时可能丢失</translation>
    </message>
    <message>
        <source>another process is changing the secrets and does not end: %1 is locked; nothing was changed, try again</source>
        <translation>另一个程序正在更改密钥且没有结束：%1 已锁定；没有改动，请重试</translation>
    </message>
    <message>
        <source>a password could not be hashed: not enough memory</source>
        <translation>内存不足，无法处理密码</translation>
    </message>
    <message>
        <source>the database reported a fault; the particulars are in the log</source>
        <translation>数据库报告故障；详情见日志</translation>
    </message>
    <message>
        <source>%1 is not a profile; make one with: songda-cli --profile %2 init</source>
        <translation>%1 不是配置文件夹；可用 songda-cli --profile %2 init 创建</translation>
    </message>
    <message>
        <source>%1 is a profile already</source>
        <translation>%1 已是配置文件夹</translation>
    </message>
    <message>
        <source>%1 is not a settings file of this program; it was left untouched</source>
        <translation>%1 不是本程序的设置文件；没有改动它</translation>
    </message>
    <message>
        <source>%1: &quot;secrets&quot; must be &quot;keychain&quot; or &quot;file&quot;</source>
        <translation>%1：“secrets”须为“keychain”或“file”</translation>
    </message>
    <message>
        <source>%1 was written by a newer Songda (%2, this program knows %3); use that version, the file was left untouched</source>
        <translation>%1 由更新的 Songda 写成（%2，本程序支持 %3）；请使用新版本，没有改动文件</translation>
    </message>
    <message>
        <source>%1 was written by a newer Songda (schema %2, this program knows %3); use that version, the file was left untouched</source>
        <translation>%1 由更新的 Songda 写成（结构 %2，本程序支持 %3）；请使用新版本，没有改动文件</translation>
    </message>
    <message>
        <source>%1 is not a database; it was left untouched</source>
        <translation>%1 不是数据库；没有改动它</translation>
    </message>
    <message>
        <source>%1 is another program&apos;s database; it was left untouched</source>
        <translation>%1 是其他程序的数据库；没有改动它</translation>
    </message>
    <message>
        <source>%1 does not exist</source>
        <translation>%1 不存在</translation>
    </message>
    <message>
        <source>the database is older than what last ran on this profile, as after restoring a backup: %1 messages wait, and some of them may have been sent already; nothing is sent until somebody agrees (songda-cli restore accept --reason ...)</source>
        <translation>数据库比上次运行时旧，可能是恢复了备份：有 %1 条消息在等待，其中一些可能已经发过；有人同意之前不发送任何消息</translation>
    </message>
    <message>
        <source>the database is as new as what last ran here; there is nothing to agree to</source>
        <translation>数据库与上次运行时一样新；无须同意</translation>
    </message>
    <message>
        <source>the profile %1 is in use: %2 runs its engine; stop it first, or work beside it with the other commands</source>
        <translation>配置 %1 正在使用：%2 正在运行它的引擎；请先停止它</translation>
    </message>
    <message>
        <source>another process</source>
        <translation>另一个程序</translation>
    </message>
    <message>
        <source>the profile %1 lies on a network share (%2), where machines cannot lock it from each other%3</source>
        <translation>配置 %1 在网络共享（%2）上，多台机器无法互相锁定%3</translation>
    </message>
    <message>
        <source>cannot lock %1: %2</source>
        <translation>无法锁定 %1：%2</translation>
    </message>
    <message>
        <source>the journal is closed</source>
        <translation>日志已关闭</translation>
    </message>
    <message>
        <source>cannot read the sums of the database</source>
        <translation>无法读取数据库的汇总</translation>
    </message>
    <message>
        <source>a query failed: %1</source>
        <translation>查询失败：%1</translation>
    </message>
    <message>
        <source>a job failed: %1</source>
        <translation>任务失败：%1</translation>
    </message>
    <message>
        <source>a write failed: %1</source>
        <translation>写入失败：%1</translation>
    </message>
    <message>
        <source>Qt has no SQLite driver; install the package libqt6sql6-sqlite</source>
        <translation>Qt 没有 SQLite 驱动；请安装 libqt6sql6-sqlite</translation>
    </message>
    <message>
        <source>an index names message %1 as waiting, which it is not</source>
        <translation>索引称消息 %1 在等待，实际并非如此</translation>
    </message>
    <message>
        <source>settings.json: &quot;doors&quot; must be an object</source>
        <translation>settings.json：“doors”须为对象</translation>
    </message>
    <message>
        <source>settings.json, &quot;doors&quot;: there is no setting &quot;%1&quot;</source>
        <translation>settings.json，“doors”：没有设置“%1”</translation>
    </message>
    <message>
        <source>settings.json, &quot;doors&quot;: &quot;%1&quot; must be %2</source>
        <translation>settings.json，“doors”：“%1”须为%2</translation>
    </message>
    <message>
        <source>settings.json, &quot;doors&quot;: &quot;certificate&quot; and &quot;key&quot; go together</source>
        <translation>settings.json，“doors”：证书与证书私钥须同时填写</translation>
    </message>
    <message>
        <source>settings.json, &quot;doors&quot;: &quot;connections_per_address&quot; must be no more than &quot;connections&quot;</source>
        <translation>settings.json，“doors”：单个地址的连接数不能超过连接总数</translation>
    </message>
    <message>
        <source>settings.json, &quot;doors&quot;, &quot;jwt&quot;: %1</source>
        <translation>settings.json，“doors”，“jwt”：%1</translation>
    </message>
    <message>
        <source>there is no setting &quot;%1&quot;</source>
        <translation>没有设置“%1”</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither an IP address nor a range such as 10.0.0.0/8</source>
        <translation>“%1”既不是 IP 地址，也不是 10.0.0.0/8 这样的网段</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: after the slash must stand a number from 0 to %2</source>
        <translation>“%1”：斜杠后须为 0 到 %2 的数</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an IP address to listen on</source>
        <translation>“%1”不是可监听的 IP 地址</translation>
    </message>
    <message>
        <source>cannot listen on %1 port %2: %3</source>
        <translation>无法在 %1 端口 %2 监听：%3</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>文件或文件夹不存在</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统只读</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>读写错误</translation>
    </message>
    <message>
        <source>Address already in use</source>
        <translation>地址已被占用</translation>
    </message>
    <message>
        <source>The bound address is already in use</source>
        <translation>地址已被占用</translation>
    </message>
    <message>
        <source>agreed in the console</source>
        <translation>在控制台中同意</translation>
    </message>
    <message>
        <source>taken back before it left</source>
        <translation>发出前撤回</translation>
    </message>
    <message>
        <source>the seed was looked at</source>
        <translation>已查看试发</translation>
    </message>
    <message>
        <source>cancelled while it was under way</source>
        <translation>进行中被取消</translation>
    </message>
    <message>
        <source>the cancelling was cut off</source>
        <translation>取消曾中断，现已继续</translation>
    </message>
    <message>
        <source>its secret could not be kept</source>
        <translation>未能保存其密钥</translation>
    </message>
    <message>
        <source>a new day of practice</source>
        <translation>演练的新一天</translation>
    </message>
    <message>
        <source>%1 wrong passwords</source>
        <translation>%1 次密码错误</translation>
    </message>
    <message>
        <source>%1 repeated, %2 uncertain, %3 put aside</source>
        <translation>%1 条重试，%2 条结果不明，%3 条搁置</translation>
    </message>
    <message>
        <source>%1 cannot be asked about: its recipient was erased</source>
        <translation>%1 无法查询：其接收人已被清除</translation>
    </message>
    <message>
        <source>%1 was not accepted, so WeChat cannot have intercepted it</source>
        <translation>%1 未被微信接收，因此不会被微信拦截</translation>
    </message>
    <message>
        <source>%1 has no %2</source>
        <translation>%1 没有 %2</translation>
    </message>
    <message>
        <source>%1 of %2 has no rid; WeChat gives one only with what it refuses</source>
        <translation>%2 的 %1 没有 rid；微信只在拒绝时给出</translation>
    </message>
    <message>
        <source>the templates are as they were: asking for them was ended</source>
        <translation>获取已中止，模板保持原样</translation>
    </message>
    <message>
        <source>%1 messages were sent again; more of them failed meanwhile, and so many at once need a second person: send the rest again under watch, by a replay, which waits for one</source>
        <translation>已重发 %1 条消息；其间又有消息失败，一次重发这么多需要第二人同意：请用重发任务发送其余的，它会等待同意</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is what a batch says that nobody has paused; give another reason</source>
        <translation>“%1”是系统自动暂停批次时的说法，请另写理由</translation>
    </message>
    <message>
        <source>nobody has agreed to batch %1, which needs a second person; send its messages again under watch, by a replay, which waits for one</source>
        <translation>批次 %1 需要第二人同意而无人同意；请用重发任务发送其中的消息，它会等待同意</translation>
    </message>
    <message>
        <source>this key or token is not for template &quot;%1&quot;</source>
        <translation>此密钥或令牌不适用于模板“%1”</translation>
    </message>
    <message>
        <source>the secret before is signed with for 0 to 30 days more</source>
        <translation>旧的签名密钥可再用 0 至 30 天</translation>
    </message>
    <message>
        <source>hook %1 is being removed</source>
        <translation>结果通知 %1 正在移除</translation>
    </message>
    <message>
        <source>somebody else gave hook %1 another secret just now</source>
        <translation>刚才已有他人为结果通知 %1 更换了签名密钥</translation>
    </message>
    <message>
        <source>there is no template &quot;%1&quot; in the key&apos;s accounts, or more than one of that title</source>
        <translation>密钥所限的公众号中没有模板“%1”，或有多个同名模板</translation>
    </message>
    <message>
        <source>the key before is taken for 0 to 30 days more</source>
        <translation>旧密钥可再用 0 至 30 天</translation>
    </message>
    <message>
        <source>key %1 is not taken any more, or another is in its place already; make a new one</source>
        <translation>密钥 %1 已失效或已被替换，请新建一个</translation>
    </message>
    <message>
        <source>key %1 was revoked meanwhile</source>
        <translation>密钥 %1 已在此期间被撤销</translation>
    </message>
    <message>
        <source>the second API address is the first one again; give another, or none</source>
        <translation>第二接口地址与第一个相同；请另填一个或留空</translation>
    </message>
    <message>
        <source>a user&apos;s name has 1 to %1 printable bytes, and is not &quot;engine&quot;, &quot;doors&quot; or that of an API client</source>
        <translation>用户名为 1 至 %1 字节的可见字符，不能是“engine”“doors”或接口客户端的名称</translation>
    </message>
    <message>
        <source>a seed goes to at most %1 people, and %2 are named</source>
        <translation>试发最多 %1 人，而这里填了 %2 人</translation>
    </message>
    <message>
        <source>batch %1 was cancelled while its rows came in; the rest of them was not queued</source>
        <translation>批次 %1 在导入过程中被取消，其余各行未入队</translation>
    </message>
    <message>
        <source>nobody waits for the answer</source>
        <translation>查询已不再需要</translation>
    </message>
    <message>
        <source>%1 waits for a second person: somebody other than %2 has to let it go</source>
        <translation>%1 等待第二人同意：须由 %2 以外的人放行</translation>
    </message>
    <message>
        <source>the check of %1 was ended</source>
        <translation>对 %1 的检查已中止</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no encoding that can be read here</source>
        <translation>这里无法读取编码“%1”</translation>
    </message>
    <message>
        <source>the passphrase does not open %1</source>
        <translation>口令无法打开 %1</translation>
    </message>
    <message>
        <source>cannot %1 %2: %3</source>
        <translation>无法处理 %2（%1）：%3</translation>
    </message>
    <message>
        <source>its secret was not kept; remove it and add it again</source>
        <translation>密钥未能保存；请删除后重新添加</translation>
    </message>
    <message>
        <source>%1 was changed since it was checked; check it again, then queue it</source>
        <translation>%1 在检查之后被改动过；请重新检查，再排队</translation>
    </message>
    <message>
        <source>the passphrase of the secrets file is being asked for</source>
        <translation>正在询问密钥文件的口令</translation>
    </message>
    <message>
        <source>Songda is being closed</source>
        <translation>Songda 正在关闭</translation>
    </message>
    <message>
        <source>the archive was ended on the way; no file was left</source>
        <translation>归档中途停止；没有留下文件</translation>
    </message>
    <message>
        <source>the proxy is written as http://host:port or socks5h://host:port, with a port from 1 to 65535 and nothing behind it</source>
        <translation>代理应写成 http://host:port 或 socks5h://host:port，端口为 1 到 65535，后面没有其他内容</translation>
    </message>
    <message>
        <source>the proxy has a name or password before an @; only proxies that ask for none can be used</source>
        <translation>代理地址的 @ 前含有用户名或密码；只能使用不要求用户名和密码的代理</translation>
    </message>
    <message>
        <source>the address of the proxy is written as four numbers, such as 192.168.1.20, or as IPv6 in brackets</source>
        <translation>代理的 IP 地址应写成四个数字，例如 192.168.1.20，或写成方括号内的 IPv6</translation>
    </message>
    <message>
        <source>the address of the proxy is link-local, reserved or that of a cloud&apos;s metadata service; no proxy is there</source>
        <translation>代理的地址是链路本地地址、保留地址或云元数据服务的地址；那里不会有代理</translation>
    </message>
    <message>
        <source>Songda was closed while it was under way</source>
        <translation>进行期间 Songda 被关闭</translation>
    </message>
</context>
<context>
    <name>FilterWords</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>more than %1 chosen messages</source>
        <translation>所选的 %1 条以上消息</translation>
    </message>
    <message>
        <source>%1 chosen messages</source>
        <translation>所选的 %1 条消息</translation>
    </message>
    <message>
        <source>Message no. %1</source>
        <translation>第 %1 号消息</translation>
    </message>
    <message>
        <source>no. %1</source>
        <translation>第 %1 号</translation>
    </message>
    <message>
        <source>Account: %1</source>
        <translation>公众号：%1</translation>
    </message>
    <message>
        <source>Template: %1</source>
        <translation>模板：%1</translation>
    </message>
    <message>
        <source>Batch: %1</source>
        <translation>批次：%1</translation>
    </message>
    <message>
        <source>To the recipient of message no. %1</source>
        <translation>与 %1 号消息同一接收人</translation>
    </message>
    <message>
        <source>Sent again by replay %1</source>
        <translation>由重发任务 %1 重发</translation>
    </message>
    <message>
        <source>Touched by act %1</source>
        <translation>操作 %1 所涉及</translation>
    </message>
    <message>
        <source>Only discarded ones</source>
        <translation>仅已丢弃的</translation>
    </message>
    <message>
        <source>Cause: %1</source>
        <translation>失败原因：%1</translation>
    </message>
    <message>
        <source>Failed at any try</source>
        <translation>曾有尝试失败</translation>
    </message>
    <message>
        <source>Failed at any try with %1</source>
        <translation>曾有尝试失败：%1</translation>
    </message>
    <message>
        <source>Business key: %1</source>
        <translation>业务编号：%1</translation>
    </message>
    <message>
        <source>Trace id: %1</source>
        <translation>追踪 ID：%1</translation>
    </message>
    <message>
        <source>openid</source>
        <translation>OpenID</translation>
    </message>
    <message>
        <source>Taken in since %1</source>
        <translation>%1 起入队</translation>
    </message>
    <message>
        <source>Taken in before %1</source>
        <translation>%1 之前入队</translation>
    </message>
    <message>
        <source>Ended since %1</source>
        <translation>%1 起结束</translation>
    </message>
    <message>
        <source>Ended before %1</source>
        <translation>%1 之前结束</translation>
    </message>
    <message>
        <source>Failed since %1</source>
        <translation>%1 起失败</translation>
    </message>
    <message>
        <source>Failed before %1</source>
        <translation>%1 之前失败</translation>
    </message>
    <message>
        <source>all messages</source>
        <translation>全部消息</translation>
    </message>
    <message>
        <source>Replay %1</source>
        <translation>重发任务 %1</translation>
    </message>
    <message>
        <source>Act %1: %2</source>
        <translation>操作 %1：%2</translation>
    </message>
    <message>
        <source>Hook %1</source>
        <translation>结果通知 %1</translation>
    </message>
    <message>
        <source>Key %1 of %2</source>
        <translation>%2 的密钥 %1</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>密钥 %1</translation>
    </message>
    <message>
        <source>Alert %1</source>
        <translation>告警 %1</translation>
    </message>
    <message>
        <source>Who is told of alerts, no. %1</source>
        <translation>第 %1 号告警接收方</translation>
    </message>
    <message>
        <source>Run %1 of the engine</source>
        <translation>引擎的第 %1 次运行</translation>
    </message>
    <message>
        <source>The engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>The database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Number: %1</source>
        <translation>编号：%1</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
</context>
<context>
    <name>GateWords</name>
    <message>
        <source>breaker not known</source>
        <translation>熔断器状态未知</translation>
    </message>
    <message>
        <source>breaker closed</source>
        <translation>熔断器正常</translation>
    </message>
    <message>
        <source>breaker half open</source>
        <translation>熔断器试探中</translation>
    </message>
    <message>
        <source>breaker open</source>
        <translation>熔断器断开</translation>
    </message>
    <message>
        <source>token not known</source>
        <translation>令牌状态未知</translation>
    </message>
    <message>
        <source>no token needed yet</source>
        <translation>暂不需要令牌</translation>
    </message>
    <message>
        <source>token there</source>
        <translation>令牌有效</translation>
    </message>
    <message>
        <source>token being fetched</source>
        <translation>正在获取令牌</translation>
    </message>
    <message>
        <source>no token</source>
        <translation>没有令牌</translation>
    </message>
    <message>
        <source>%1 for %2 within the hour</source>
        <translation>一小时内%1 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>GroupColumns</name>
    <message>
        <source>Cause</source>
        <translation>失败原因</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息数</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>First</source>
        <translation>最早</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Last 24 h</source>
        <translation>近 24 小时</translation>
    </message>
    <message>
        <source>Failed attempts by the hour; %1 in the last one</source>
        <translation>每小时失败次数；最近一小时 %1 次</translation>
    </message>
</context>
<context>
    <name>Handover</name>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>目前状况</translation>
    </message>
    <message>
        <source>Blocked: %1</source>
        <translation>受阻：%1</translation>
    </message>
    <message>
        <source>The engine is running.</source>
        <translation>引擎正在运行。</translation>
    </message>
    <message>
        <source>The engine is not running here.</source>
        <translation>引擎不在此处运行。</translation>
    </message>
    <message>
        <source>The policy file is not right: %1</source>
        <translation>策略文件有误：%1</translation>
    </message>
    <message>
        <source>; %1 of %2 of the day used</source>
        <translation>；当日额度已用 %1 / %2</translation>
    </message>
    <message>
        <source>%1 waiting, %2 on the way, %3 held</source>
        <translation>等待 %1，途中 %2，暂停发送 %3</translation>
    </message>
    <message>
        <source>the oldest has waited for %1</source>
        <translation>最久的已等待 %1</translation>
    </message>
    <message>
        <source>%1 dead letters, %2 of them uncertain</source>
        <translation>死信 %1 条，其中结果不明 %2 条</translation>
    </message>
    <message>
        <source>Stands still until a person acts</source>
        <translation>停住、等人处理</translation>
    </message>
    <message>
        <source>nothing at present</source>
        <translation>目前没有</translation>
    </message>
    <message>
        <source>account %1, held since %2 by %3: %4</source>
        <translation>公众号 %1，自 %2 起被 %3 停用：%4</translation>
    </message>
    <message>
        <source>template %1, held since %2 by %3</source>
        <translation>模板 %1，自 %2 起被 %3 停用</translation>
    </message>
    <message>
        <source>batch %1, paused at %2</source>
        <translation>批次 %1，暂停在 %2</translation>
    </message>
    <message>
        <source>replay %1: %2</source>
        <translation>重发任务 %1：%2</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>batch %1: %2</source>
        <translation>批次 %1：%2</translation>
    </message>
    <message>
        <source>replay %1: %2 of %3</source>
        <translation>重发任务 %1：%2 / %3</translation>
    </message>
    <message>
        <source>Dead letters by cause</source>
        <translation>按失败原因统计的死信</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source> (note by %1: %2)</source>
        <translation>（%1 的备注：%2）</translation>
    </message>
    <message>
        <source>In this shift</source>
        <translation>本班次</translation>
    </message>
    <message>
        <source>%1 accepted by WeChat, %2 failed attempts</source>
        <translation>微信接收 %1 条，失败 %2 次</translation>
    </message>
    <message>
        <source>%1: %2 failed attempts, %3 dead letters</source>
        <translation>%1：失败 %2 次，死信 %3 条</translation>
    </message>
    <message>
        <source>Who did what</source>
        <translation>谁做了什么</translation>
    </message>
    <message>
        <source>nobody did anything by hand</source>
        <translation>没有人工操作</translation>
    </message>
    <message>
        <source>, %1 messages</source>
        <translation>，%1 条消息</translation>
    </message>
    <message>
        <source>Handover of %1 (China time), shift since %2</source>
        <translation>交接单 %1（北京时间），班次自 %2 起</translation>
    </message>
    <message>
        <source>To the next shift</source>
        <translation>给下一班</translation>
    </message>
    <message>
        <source>Another process runs the engine.</source>
        <translation>引擎由另一个程序运行。</translation>
    </message>
    <message>
        <source>The engine is PAUSED.</source>
        <translation>引擎已暂停。</translation>
    </message>
    <message>
        <source>The engine is PAUSED since %1.</source>
        <translation>引擎自 %1 起已暂停。</translation>
    </message>
    <message>
        <source>The engine is PAUSED by %1 since %2.</source>
        <translation>引擎由 %1 自 %2 起暂停。</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Taken in</source>
        <translation>接收入库</translation>
    </message>
    <message>
        <source>in the batch %1</source>
        <translation>属于批次 %1</translation>
    </message>
    <message>
        <source>accepted by WeChat</source>
        <translation>微信已接收</translation>
    </message>
    <message>
        <source>Attempt %1: %2</source>
        <translation>第 %1 次：%2</translation>
    </message>
    <message>
        <source>WeChat</source>
        <translation>微信</translation>
    </message>
    <message>
        <source>Message no.</source>
        <translation>消息编号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>接收人</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Business key</source>
        <translation>业务单号</translation>
    </message>
    <message>
        <source>WeChat&apos;s msgid</source>
        <translation>微信 msgid</translation>
    </message>
    <message>
        <source>Trace id</source>
        <translation>跟踪 ID</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>失败原因</translation>
    </message>
    <message>
        <source>History, newest first (China time):</source>
        <translation>经过，最新在前（北京时间）：</translation>
    </message>
    <message>
        <source>life %1</source>
        <translation>第 %1 轮</translation>
    </message>
</context>
<context>
    <name>HookWords</name>
    <message>
        <source>every end</source>
        <translation>所有结果</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>工作中</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Is told of</source>
        <translation>通知内容</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>已通知</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>已丢弃</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>最近应答</translation>
    </message>
</context>
<context>
    <name>KeyWords</name>
    <message>
        <source>send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>read all</source>
        <translation>读取全部</translation>
    </message>
    <message>
        <source>cancel others&apos; messages</source>
        <translation>取消他人的消息</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>已吊销</translation>
    </message>
    <message>
        <source>good</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Business system</source>
        <translation>业务系统</translation>
    </message>
    <message>
        <source>Key begins with</source>
        <translation>密钥开头</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>May</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Good until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>revoked by a person</source>
        <translation>直到人工吊销</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>已换新</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
</context>
<context>
    <name>LookupWords</name>
    <message>
        <source>WeChat did not say: %1. %2</source>
        <translation>微信没有给出结果：%1。%2</translation>
    </message>
    <message>
        <source>WeChat did not intercept this message.</source>
        <translation>微信没有拦截这条消息。</translation>
    </message>
    <message>
        <source>Accepted, but intercepted by the platform: WeChat took this message and did not show it to the person.</source>
        <translation>已接收，但被平台拦截：微信收下了这条消息，却没有展示给接收人。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发送时间</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>接收人</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What WeChat remembers of the call %1:</source>
        <translation>微信保留的调用记录 %1：</translation>
    </message>
    <message>
        <source>Came there</source>
        <translation>到达微信的时间</translation>
    </message>
    <message>
        <source>Took there</source>
        <translation>微信处理用时</translation>
    </message>
    <message>
        <source>From our address</source>
        <translation>我方地址</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>请求地址</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求内容</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>应答内容</translation>
    </message>
</context>
<context>
    <name>MessageColumns</name>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>接收人</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>失败原因</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>Single messages</source>
        <translation>单条消息</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>应发时间</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
</context>
<context>
    <name>MissedColumns</name>
    <message>
        <source>cancelled or discarded by a person before it was sent</source>
        <translation>发送前被人取消或丢弃</translation>
    </message>
    <message>
        <source>no longer useful when its turn came</source>
        <translation>轮到发送时已过有效期</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>“Send to the rest” reaches those whom nobody discarded.</source>
        <translation>“发给其余的人”会补发给未被丢弃的人。</translation>
    </message>
    <message>
        <source>It may have arrived. Ask before it is sent again.</source>
        <translation>可能已经送达，再次发送前请先确认。</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>失败原因</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
</context>
<context>
    <name>NoteTexts</name>
    <message>
        <source>Note on %1</source>
        <translation>%1 的备注</translation>
    </message>
    <message>
        <source>For everybody who looks at these messages; empty: no note.</source>
        <translation>所有查看这些消息的人都能看到；留空则删除备注。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>The note is kept.</source>
        <translation>备注已保存。</translation>
    </message>
    <message>
        <source>%1 bytes too long: %2 can be kept, and a Chinese character takes three.</source>
        <translation>超出 %1 字节：最多可保存 %2 字节，一个汉字占三个字节。</translation>
    </message>
</context>
<context>
    <name>OverviewColumns</name>
    <message>
        <source>Cause</source>
        <translation>失败原因</translation>
    </message>
    <message>
        <source>Failed attempts</source>
        <translation>失败次数</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
</context>
<context>
    <name>Passphrase</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>This computer has no key store, so secrets lie in an encrypted file. Its passphrase:</source>
        <translation>本机没有密钥库，密钥保存在加密文件中。请输入口令：</translation>
    </message>
</context>
<context>
    <name>PracticeColumns</name>
    <message>
        <source>Drill</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Best score</source>
        <translation>最高得分</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>还没试过</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>PreflightTexts</name>
    <message>
        <source>Quiet hours: %1 wait from %2 until %3.</source>
        <translation>免打扰时段：%1 条从 %2 等到 %3。</translation>
    </message>
    <message>
        <source>The day&apos;s quota is used up at %2: %1 wait until %3.</source>
        <translation>当日额度将在 %2 用完：%1 条等到 %3。</translation>
    </message>
    <message>
        <source>WeChat is being left alone at present: %1 wait until %2.</source>
        <translation>目前暂不请求微信：%1 条等到 %2。</translation>
    </message>
    <message>
        <source>will go once you have looked at the seed messages</source>
        <translation>在您看过试发消息后发送</translation>
    </message>
    <message>
        <source>will go</source>
        <translation>将会发送</translation>
    </message>
    <message>
        <source>wait: the account is held</source>
        <translation>等待：公众号暂停发送</translation>
    </message>
    <message>
        <source>wait: the template is held</source>
        <translation>等待：模板暂停发送</translation>
    </message>
    <message>
        <source>wait longer than can be foreseen</source>
        <translation>等待时间超出可预计范围</translation>
    </message>
    <message>
        <source>would expire before their turn comes</source>
        <translation>轮到发送前就会过期</translation>
    </message>
    <message>
        <source>rows have a mistake and are refused; see below</source>
        <translation>行有错误，被拒绝，见下表</translation>
    </message>
    <message>
        <source>people asked for no more messages</source>
        <translation>人已退订</translation>
    </message>
    <message>
        <source>people are on the list of those not written to; refused when their turn comes</source>
        <translation>人在不发送名单上，轮到时会被拒绝</translation>
    </message>
    <message>
        <source>are there already, or twice in the file; nobody gets one a second time</source>
        <translation>行已存在或在文件中重复，不会有人收到两次</translation>
    </message>
    <message>
        <source>At %1 the first leaves at %2 and the last at %3 (China time), with everything else that waits.</source>
        <translation>按 %1 计算，连同其他等待的消息，第一条在 %2、最后一条在 %3 发出（北京时间）。</translation>
    </message>
    <message>
        <source>Columns that are not used: %1</source>
        <translation>未使用的列：%1</translation>
    </message>
</context>
<context>
    <name>RecipientColumns</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>lifted</source>
        <translation>已解除</translation>
    </message>
    <message>
        <source>stands</source>
        <translation>生效中</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>For</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>all templates</source>
        <translation>全部模板</translation>
    </message>
    <message>
        <source>Lifted</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>RecipientTexts</name>
    <message>
        <source>Nothing was ever sent to this person, and nothing stands against it.</source>
        <translation>从未给此人发过消息，也没有不宜发送的情况。</translation>
    </message>
    <message>
        <source>Nothing stands against it.</source>
        <translation>没有不宜发送的情况。</translation>
    </message>
    <message>
        <source>On the list for one template since %1: %2.</source>
        <translation>自 %1 起因一个模板在名单上：%2。</translation>
    </message>
    <message>
        <source>On the list since %1: %2.</source>
        <translation>自 %1 起在名单上：%2。</translation>
    </message>
    <message>
        <source>Had %1 messages within %2, and the policy allows %3: the next one goes at %4.</source>
        <translation>%2 内已收到 %1 条，策略允许 %3 条：下一条要到 %4 才会发送。</translation>
    </message>
    <message>
        <source>It is quiet hours until %1; only urgent messages go.</source>
        <translation>免打扰时段到 %1 为止，期间只发送紧急消息。</translation>
    </message>
    <message>
        <source>%1 messages to this person wait already.</source>
        <translation>已有 %1 条发给此人的消息在等待。</translation>
    </message>
    <message>
        <source>The last one was refused (%1). Mend that first.</source>
        <translation>上一条被拒绝（%1），请先解决。</translation>
    </message>
    <message>
        <source>Whether the last one arrived is not known: ask before another.</source>
        <translation>上一条是否送达还不清楚，再发之前请先确认。</translation>
    </message>
    <message>
        <source>The last one was accepted %1 ago.</source>
        <translation>上一条在 %1 前被微信接收。</translation>
    </message>
    <message>
        <source>This account never wrote to this openid; %1 did. An openid is good for one account only.</source>
        <translation>此公众号从未给该 OpenID 发过消息，%1 发过。一个 OpenID 只对一个公众号有效。</translation>
    </message>
    <message>
        <source>The last one was sent %1 ago and arrived.</source>
        <translation>上一条在 %1 前发出，已送达。</translation>
    </message>
</context>
<context>
    <name>RejectTexts</name>
    <message>
        <source>Line</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>ReplayColumns</name>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>操作理由</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息数</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>未发</translation>
    </message>
    <message>
        <source>Why it stopped</source>
        <translation>停止原因</translation>
    </message>
</context>
<context>
    <name>SecondPersonTexts</name>
    <message>
        <source>So many messages at once take two people. %1 asked; look at it and agree, or leave it.</source>
        <translation>一次发送这么多消息需要两个人。%1 提出了申请；请查看后同意，或保持不动。</translation>
    </message>
    <message>
        <source>So many messages at once take two people: somebody other than %1 has to agree.</source>
        <translation>一次发送这么多消息需要两个人：须由 %1 以外的人同意。</translation>
    </message>
</context>
<context>
    <name>SettingColumns</name>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置项</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>当前值</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内置值</translation>
    </message>
    <message>
        <source>May be</source>
        <translation>可取值</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Repeats after a passing fault</source>
        <translation>暂时故障后的重试</translation>
    </message>
    <message>
        <source>Repeats after no answer</source>
        <translation>没有响应后的重试</translation>
    </message>
    <message>
        <source>Repeats after an unknown code</source>
        <translation>未知错误码后的重试</translation>
    </message>
    <message>
        <source>Repeats for a token</source>
        <translation>令牌的重试</translation>
    </message>
    <message>
        <source>Repeats in all</source>
        <translation>重试总量</translation>
    </message>
    <message>
        <source>Stop when WeChat keeps failing</source>
        <translation>微信持续失败时停下</translation>
    </message>
    <message>
        <source>Waiting for an answer</source>
        <translation>等待响应</translation>
    </message>
    <message>
        <source>Pauses</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Quota of the day</source>
        <translation>当日额度</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>免打扰时段</translation>
    </message>
    <message>
        <source>Messages to one person</source>
        <translation>对同一人的消息</translation>
    </message>
    <message>
        <source>Shares of the sends</source>
        <translation>发送份额</translation>
    </message>
    <message>
        <source>Requests at a time</source>
        <translation>同时请求数</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息数</translation>
    </message>
    <message>
        <source>Repeats for each first try</source>
        <translation>每次首发可得的重试</translation>
    </message>
    <message>
        <source>How many repeats each first try earns. Less keeps an outage from becoming a storm of repeats; too little lets messages wait longer after it.</source>
        <translation>每次首发能换来多少次重试。少一些，故障不会变成重试风暴；太少，故障过后消息要等更久。</translation>
    </message>
    <message>
        <source>Repeats that are always allowed</source>
        <translation>始终允许的重试</translation>
    </message>
    <message>
        <source>A second, whatever was earned. It keeps a quiet account moving.</source>
        <translation>每秒次数，与积累无关。让安静的公众号也能动。</translation>
    </message>
    <message>
        <source>Repeats that can be saved up</source>
        <translation>可积累的重试</translation>
    </message>
    <message>
        <source>The most that may come at once after a quiet time.</source>
        <translation>安静一段时间后最多可以一次用掉多少。</translation>
    </message>
    <message>
        <source>Time that is looked at</source>
        <translation>观察的时间</translation>
    </message>
    <message>
        <source>Failures older than this are forgotten. A longer time reacts more slowly and more surely.</source>
        <translation>比这更早的失败不再计入。时间长，反应更慢也更稳。</translation>
    </message>
    <message>
        <source>Answers before a share is taken</source>
        <translation>计算比例所需的响应数</translation>
    </message>
    <message>
        <source>With fewer answers than this no share is taken, so that two failures at night stop nothing.</source>
        <translation>响应少于此数就不算比例，免得夜里两次失败就全停。</translation>
    </message>
    <message>
        <source>Share of failures that stops the account</source>
        <translation>停用公众号的失败比例</translation>
    </message>
    <message>
        <source>A lower share stops earlier, also when WeChat only stumbles.</source>
        <translation>比例低则停得早，微信只是打个趔趄时也会停。</translation>
    </message>
    <message>
        <source>Usual failures that are added to it</source>
        <translation>另加的平常失败</translation>
    </message>
    <message>
        <source>An account that always has some failures is not stopped by its usual ones.</source>
        <translation>总有一些失败的公众号，不会因平常的失败而停。</translation>
    </message>
    <message>
        <source>Failures in a row that stop it</source>
        <translation>连续失败多少次停下</translation>
    </message>
    <message>
        <source>Of different messages, on a quiet account; four times as many stop any account.</source>
        <translation>在安静的公众号上，不同消息的连续失败；四倍于此则任何公众号都停。</translation>
    </message>
    <message>
        <source>First pause</source>
        <translation>第一次暂停</translation>
    </message>
    <message>
        <source>How long nothing is sent after too many failures. It doubles with each probe that fails.</source>
        <translation>失败过多后多久不发送。每次探测失败就加倍。</translation>
    </message>
    <message>
        <source>Longest pause</source>
        <translation>最长暂停</translation>
    </message>
    <message>
        <source>No pause lasts longer, however often a probe failed.</source>
        <translation>无论探测失败多少次，暂停都不会更长。</translation>
    </message>
    <message>
        <source>Probes at a time</source>
        <translation>同时探测数</translation>
    </message>
    <message>
        <source>How many messages try the way after a pause.</source>
        <translation>暂停之后用多少条消息探路。</translation>
    </message>
    <message>
        <source>Successes that end the trouble</source>
        <translation>结束故障所需的成功数</translation>
    </message>
    <message>
        <source>So many probes must pass in a row before everything goes again.</source>
        <translation>探测要连续通过这么多次，才全部恢复。</translation>
    </message>
    <message>
        <source>Shortest wait for an answer</source>
        <translation>最短等待响应</translation>
    </message>
    <message>
        <source>When answers come fast, a request is given up after this at the earliest. Too short makes uncertain messages out of slow ones.</source>
        <translation>响应很快时，一个请求最早多久放弃。太短会把慢的变成结果不明。</translation>
    </message>
    <message>
        <source>Longest wait for an answer</source>
        <translation>最长等待响应</translation>
    </message>
    <message>
        <source>No request is waited for longer. What was written and not answered becomes uncertain.</source>
        <translation>任何请求都不会等得更久。已发出而没有响应的成为结果不明。</translation>
    </message>
    <message>
        <source>Pause when WeChat says slow down</source>
        <translation>微信要求放慢时的暂停</translation>
    </message>
    <message>
        <source>Used when WeChat does not say itself how long.</source>
        <translation>在微信没有说明时长时使用。</translation>
    </message>
    <message>
        <source>First wait when WeChat cannot be reached</source>
        <translation>连不上微信时的首次等待</translation>
    </message>
    <message>
        <source>After it the connection is tried again.</source>
        <translation>之后再次尝试连接。</translation>
    </message>
    <message>
        <source>Longest wait when WeChat cannot be reached</source>
        <translation>连不上微信时的最长等待</translation>
    </message>
    <message>
        <source>The waits grow up to this.</source>
        <translation>等待逐渐增长，最多到此。</translation>
    </message>
    <message>
        <source>Time without a connection until the account is shown as held</source>
        <translation>断线多久后显示为停用</translation>
    </message>
    <message>
        <source>Sending goes on by itself as soon as there is a connection again.</source>
        <translation>一旦恢复连接，就自动继续发送。</translation>
    </message>
    <message>
        <source>Messages a day</source>
        <translation>每日消息数</translation>
    </message>
    <message>
        <source>Of this account, counted from 00:00 China time. 0: as WeChat says. What is beyond waits until the next day.</source>
        <translation>此公众号从北京时间 00:00 起计。0：按微信所说。超出的等到第二天。</translation>
    </message>
    <message>
        <source>Of the day, kept for urgent messages</source>
        <translation>当日为紧急消息预留</translation>
    </message>
    <message>
        <source>A batch stops before it has used up the day, so that a code for signing in still goes.</source>
        <translation>批次在用完当日额度前停下，登录验证码之类仍能发出。</translation>
    </message>
    <message>
        <source>Of the day, kept for normal messages</source>
        <translation>当日为普通消息预留</translation>
    </message>
    <message>
        <source>Bulk messages stop before they have used up the day.</source>
        <translation>批量消息在用完当日额度前停下。</translation>
    </message>
    <message>
        <source>Ask WeChat for the quota</source>
        <translation>向微信查询额度</translation>
    </message>
    <message>
        <source>At the start and once an hour.</source>
        <translation>启动时及每小时一次。</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>免打扰开始</translation>
    </message>
    <message>
        <source>China time. Nothing is sent from then on but what may pass; it waits and is not lost.</source>
        <translation>北京时间。此后除允许通过的以外都不发送；消息等待，不会丢失。</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>免打扰结束</translation>
    </message>
    <message>
        <source>The same time as the beginning: no quiet hours.</source>
        <translation>与开始相同：没有免打扰时段。</translation>
    </message>
    <message>
        <source>Urgent messages pass</source>
        <translation>紧急消息照常发送</translation>
    </message>
    <message>
        <source>Also in the quiet hours.</source>
        <translation>免打扰时段内也一样。</translation>
    </message>
    <message>
        <source>Within the time below. 0: as many as come. What is beyond waits until the time is over.</source>
        <translation>在下面的时间内。0：来多少发多少。超出的等到时间过去。</translation>
    </message>
    <message>
        <source>Within which time</source>
        <translation>在多长时间内</translation>
    </message>
    <message>
        <source>The time the messages to one person are counted in.</source>
        <translation>统计对同一人消息数的时间。</translation>
    </message>
    <message>
        <source>They are sent however many the person got.</source>
        <translation>无论对方已收到多少都发送。</translation>
    </message>
    <message>
        <source>Kept for bulk messages</source>
        <translation>为批量消息保留</translation>
    </message>
    <message>
        <source>So much of the sends goes to bulk messages while others wait, so that a batch never stands quite still.</source>
        <translation>其他消息等待时，仍有这么多发送给批量消息，批次不会完全停住。</translation>
    </message>
    <message>
        <source>Kept for normal messages</source>
        <translation>为普通消息保留</translation>
    </message>
    <message>
        <source>So much goes to normal messages while urgent ones wait.</source>
        <translation>紧急消息等待时，仍有这么多给普通消息。</translation>
    </message>
    <message>
        <source>Fewer requests when answers slow down</source>
        <translation>响应变慢时减少请求</translation>
    </message>
    <message>
        <source>Off: always as many at a time as the account allows.</source>
        <translation>关闭：始终按公众号允许的数量同时请求。</translation>
    </message>
    <message>
        <source>Requests at a time it never goes below</source>
        <translation>同时请求数的下限</translation>
    </message>
    <message>
        <source>However slow the answers are.</source>
        <translation>无论响应多慢。</translation>
    </message>
    <message>
        <source>How much slower answers may come</source>
        <translation>响应最多可以慢几倍</translation>
    </message>
    <message>
        <source>So many times slower than usual before there are fewer requests.</source>
        <translation>比平常慢这么多倍以上，才减少请求。</translation>
    </message>
    <message>
        <source>Do not write again to who blocked us</source>
        <translation>不再发给屏蔽我们的人</translation>
    </message>
    <message>
        <source>A person who blocked the account or the template goes on the list of those not written to.</source>
        <translation>屏蔽了公众号或模板的人会加入不可发送名单。</translation>
    </message>
    <message>
        <source>Messages are useful for</source>
        <translation>消息的有效时间</translation>
    </message>
    <message>
        <source>After this a message without an end of its own is no longer sent. 0: for ever.</source>
        <translation>没有自己期限的消息，过了这段时间不再发送。0：一直有效。</translation>
    </message>
    <message>
        <source>File of sensitive words</source>
        <translation>敏感词文件</translation>
    </message>
    <message>
        <source>In the folder of the profile, one word a line. Messages with one of them are refused before they are queued.</source>
        <translation>位于配置文件夹中，每行一个词。含有其中词语的消息在入队前被拒绝。</translation>
    </message>
    <message>
        <source>Tries in all</source>
        <translation>总尝试次数</translation>
    </message>
    <message>
        <source>The first one included. More tries outlast longer troubles, and keep messages waiting longer.</source>
        <translation>含第一次。次数多能熬过更长的故障，但消息也等得更久。</translation>
    </message>
    <message>
        <source>Wait before the first repeat</source>
        <translation>首次重试前的等待</translation>
    </message>
    <message>
        <source>A longer wait is kinder to WeChat, a shorter one quicker.</source>
        <translation>等得久对微信更友好，等得短更快。</translation>
    </message>
    <message>
        <source>Each wait is longer by the factor</source>
        <translation>每次等待增长的倍数</translation>
    </message>
    <message>
        <source>2: each wait is twice the one before.</source>
        <translation>2：每次等待是上一次的两倍。</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>最长等待</translation>
    </message>
    <message>
        <source>Chance in the waits</source>
        <translation>等待中的随机</translation>
    </message>
    <message>
        <source>With chance, a thousand messages that failed together do not come back in the same moment.</source>
        <translation>有了随机，一起失败的一千条消息不会同一时刻回来。</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>合适</translation>
    </message>
    <message>
        <source>no</source>
        <translation>不合适</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>full: from nothing to the whole wait</source>
        <translation>全部：从零到整个等待</translation>
    </message>
    <message>
        <source>half: from half to the whole wait</source>
        <translation>一半：从一半到整个等待</translation>
    </message>
    <message>
        <source>none: always the whole wait</source>
        <translation>无：始终等满</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>a time of day, China time</source>
        <translation>一天中的时间，北京时间</translation>
    </message>
    <message>
        <source>the name of a file, or none</source>
        <translation>文件名，或无</translation>
    </message>
    <message>
        <source>full, half or none</source>
        <translation>全部、一半或无</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>A longer time reacts more slowly and more surely.</source>
        <translation>时间越长反应越慢，也越可靠。</translation>
    </message>
    <message>
        <source>So long it must last before it is an alert.</source>
        <translation>持续这么久才告警。</translation>
    </message>
    <message>
        <source>Longest wait: more than</source>
        <translation>最久等待：多于</translation>
    </message>
    <message>
        <source>How long a message may have been due. Counts for all accounts, from the values for all.</source>
        <translation>消息到期后可等多久。对所有公众号生效，取“全部公众号”的值。</translation>
    </message>
    <message>
        <source>Longest wait: lasting</source>
        <translation>最久等待：持续</translation>
    </message>
    <message>
        <source>Stopped because WeChat fails: lasting</source>
        <translation>因微信失败而暂停：持续</translation>
    </message>
    <message>
        <source>Short stops are nobody&apos;s business.</source>
        <translation>短暂的暂停无需告警。</translation>
    </message>
    <message>
        <source>Held account: lasting</source>
        <translation>公众号暂停发送：持续</translation>
    </message>
    <message>
        <source>A held account sends nothing until a person releases it.</source>
        <translation>暂停发送的公众号在人工恢复前不发送。</translation>
    </message>
    <message>
        <source>No token: lasting</source>
        <translation>取不到令牌：持续</translation>
    </message>
    <message>
        <source>The token is fetched again by itself meanwhile; when it becomes an alert, once more at once.</source>
        <translation>期间会自动重取；告警时再立即取一次。</translation>
    </message>
    <message>
        <source>Quota used: more than</source>
        <translation>额度已用：多于</translation>
    </message>
    <message>
        <source>Early enough to put off a batch.</source>
        <translation>留出推迟批量发送的余地。</translation>
    </message>
    <message>
        <source>Unknown code: seen within</source>
        <translation>未知错误码：出现于</translation>
    </message>
    <message>
        <source>An error code that nobody knows is an alert for this long after it came last.</source>
        <translation>未知错误码最后一次出现后，告警持续这么久。</translation>
    </message>
    <message>
        <source>New dead letters: more than</source>
        <translation>新增死信：多于</translation>
    </message>
    <message>
        <source>Within the time below.</source>
        <translation>在下面的时间内。</translation>
    </message>
    <message>
        <source>New dead letters: within</source>
        <translation>新增死信：时间范围</translation>
    </message>
    <message>
        <source>The time the new dead letters are counted in.</source>
        <translation>统计新增死信的时间。</translation>
    </message>
    <message>
        <source>No report: of more than</source>
        <translation>没有报告：多于</translation>
    </message>
    <message>
        <source>So many accepted messages, and not one delivery report.</source>
        <translation>接收了这么多条，却没有一条送达报告。</translation>
    </message>
    <message>
        <source>No report: within</source>
        <translation>没有报告：时间范围</translation>
    </message>
    <message>
        <source>The time messages and reports are counted in.</source>
        <translation>统计消息和报告的时间。</translation>
    </message>
    <message>
        <source>No report: lasting</source>
        <translation>没有报告：持续</translation>
    </message>
    <message>
        <source>Reports may come some minutes later than the messages.</source>
        <translation>报告可能比消息晚几分钟。</translation>
    </message>
    <message>
        <source>Free disk: less than</source>
        <translation>磁盘剩余：少于</translation>
    </message>
    <message>
        <source>On the disk of the profile. Counts for all accounts, from the values for all.</source>
        <translation>配置所在的磁盘。对所有公众号生效，取“全部公众号”的值。</translation>
    </message>
    <message>
        <source>Clock off by: more than</source>
        <translation>时钟相差：多于</translation>
    </message>
    <message>
        <source>Between this machine and WeChat.</source>
        <translation>本机与微信之间。</translation>
    </message>
    <message>
        <source>Waiting for a business system: more than</source>
        <translation>等待推送：多于</translation>
    </message>
    <message>
        <source>Outcomes it is still to be told. Counts for all accounts, from the values for all.</source>
        <translation>尚未推送给业务系统的结果。对所有公众号生效，取“全部公众号”的值。</translation>
    </message>
    <message>
        <source>Waiting for a business system: lasting</source>
        <translation>等待推送：持续</translation>
    </message>
    <message>
        <source>An alert ends after</source>
        <translation>告警结束前</translation>
    </message>
    <message>
        <source>So long all must be well, so that what comes and goes is one alert. From the values for all.</source>
        <translation>须正常这么久才算结束，时有时无的算作一条。取“全部公众号”的值。</translation>
    </message>
    <message>
        <source>Told again after</source>
        <translation>再次通知间隔</translation>
    </message>
    <message>
        <source>While nobody has acknowledged it. 0: told once. From the values for all.</source>
        <translation>在无人确认期间。0：只通知一次。取“全部公众号”的值。</translation>
    </message>
    <message>
        <source>Told together within</source>
        <translation>合并通知时间</translation>
    </message>
    <message>
        <source>What begins or ends within this time is one notice. Critical alerts do not wait. From the values for all.</source>
        <translation>在此时间内开始或结束的合为一条通知。紧急告警不等待。取“全部公众号”的值。</translation>
    </message>
    <message>
        <source>Alerts: quiet from</source>
        <translation>告警静默开始</translation>
    </message>
    <message>
        <source>China time. From then on only critical alerts are told. From the values for all.</source>
        <translation>北京时间。此后只通知紧急告警。取“全部公众号”的值。</translation>
    </message>
    <message>
        <source>Alerts: quiet until</source>
        <translation>告警静默结束</translation>
    </message>
    <message>
        <source>Then the rest is told, as a summary. The same time as the beginning: never quiet. From the values for all.</source>
        <translation>届时汇总通知其余告警。与开始相同表示不静默。取“全部公众号”的值。</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>A second person</source>
        <translation>第二人同意</translation>
    </message>
    <message>
        <source>Messages at once one person may send</source>
        <translation>一人可一次发送的条数</translation>
    </message>
    <message>
        <source>A larger list or replay waits until another user agrees. It takes users; 0: nobody is asked.</source>
        <translation>更大的名单或重发任务须等另一位用户同意。需要先设置用户；0 表示不需同意。</translation>
    </message>
    <message>
        <source>The second API address</source>
        <translation>备用 API 地址</translation>
    </message>
    <message>
        <source>Asking an address that does not answer</source>
        <translation>询问没有应答的地址</translation>
    </message>
    <message>
        <source>Tries that do not reach the API address</source>
        <translation>连不上 API 地址的次数</translation>
    </message>
    <message>
        <source>After so many in a row the second address is asked, and used when it answers. Only for accounts that have one.</source>
        <translation>连续这么多次后询问备用地址，有应答就使用它。仅用于设置了备用地址的公众号。</translation>
    </message>
    <message>
        <source>Time at the second address</source>
        <translation>使用备用地址的时间</translation>
    </message>
    <message>
        <source>Then the first is asked again, and gone back to when it answers. Doubles when the first fails soon after.</source>
        <translation>之后再次询问首选地址，有应答就切回；若首选地址很快又失败，则时间加倍。</translation>
    </message>
    <message>
        <source>Longest time at the second address</source>
        <translation>使用备用地址的最长时间</translation>
    </message>
    <message>
        <source>However often the first failed soon after.</source>
        <translation>无论首选地址多少次很快又失败。</translation>
    </message>
    <message>
        <source>First wait before an address is asked again</source>
        <translation>再次询问地址前的首次等待</translation>
    </message>
    <message>
        <source>The waits double.</source>
        <translation>等待时间逐次加倍。</translation>
    </message>
    <message>
        <source>Longest wait before an address is asked again</source>
        <translation>再次询问地址前的最长等待</translation>
    </message>
    <message>
        <source>Failed messages: more than</source>
        <translation>失败的消息：高于</translation>
    </message>
    <message>
        <source>Of an account&apos;s messages. 0.1 % is the goal of 99.9 % success. Refused recipients and contents do not count, nor do tries that were followed by a success.</source>
        <translation>占该公众号消息的比例。0.1 % 对应 99.9 % 的成功率目标。被拒绝的接收人和内容不计，后来重试成功的也不计。</translation>
    </message>
    <message>
        <source>Failed messages: of at least</source>
        <translation>失败的消息：至少</translation>
    </message>
    <message>
        <source>With fewer messages than this no share is taken. The fewer there are, the larger the share must be to be more than chance.</source>
        <translation>消息少于此数时不计算比例。消息越少，比例须越大才不算偶然。</translation>
    </message>
    <message>
        <source>Failed messages: within</source>
        <translation>失败的消息：时间窗口</translation>
    </message>
    <message>
        <source>Failed messages: lasting</source>
        <translation>失败的消息：持续</translation>
    </message>
    <message>
        <source>Second API address in use: lasting</source>
        <translation>使用备用 API 地址：持续</translation>
    </message>
    <message>
        <source>Days idempotency keys are remembered</source>
        <translation>业务编号记住的天数</translation>
    </message>
    <message>
        <source>From when a message was handed over. A key stays as long as its message is in the database, and so long when it is archived earlier: the same key again is the same message. From the values for all.</source>
        <translation>从消息交来时算起。消息在数据库中时，它的键一直有效；消息提前归档时，键还记住这么久：同一个键再来，就是同一条消息。取自对全部公众号的设置。</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>用户名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Too many wrong passwords. Wait, or let an admin unlock this user.</source>
        <translation>密码错误次数过多。请稍候，或由管理员解锁该用户。</translation>
    </message>
    <message>
        <source>Wrong name or password.</source>
        <translation>用户名或密码错误。</translation>
    </message>
</context>
<context>
    <name>TemplateColumns</name>
    <message>
        <source>Held</source>
        <translation>暂停发送</translation>
    </message>
    <message>
        <source>Gone from WeChat</source>
        <translation>微信已无此模板</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Added by hand</source>
        <translation>手工添加</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>获取时间</translation>
    </message>
    <message>
        <source>Template id</source>
        <translation>模板 ID</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>What it may hold</source>
        <translation>可填内容</translation>
    </message>
    <message>
        <source>Accepted, but no longer shown by WeChat</source>
        <translation>可以填写，但微信不再显示</translation>
    </message>
    <message>
        <source>Accepted, 7 days</source>
        <translation>7 天内接收</translation>
    </message>
    <message>
        <source>Failed share</source>
        <translation>失败占比</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>变更时间</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>变更内容</translation>
    </message>
</context>
<context>
    <name>TemplateTexts</name>
    <message>
        <source>new keys: %1</source>
        <translation>新增字段：%1</translation>
    </message>
    <message>
        <source>keys that went: %1</source>
        <translation>取消的字段：%1</translation>
    </message>
    <message>
        <source>title was “%1”</source>
        <translation>原标题为“%1”</translation>
    </message>
    <message>
        <source>other words, the same keys</source>
        <translation>文字有变，字段未变</translation>
    </message>
</context>
<context>
    <name>UserWords</name>
    <message>
        <source>locked until %1</source>
        <translation>锁定至 %1</translation>
    </message>
    <message>
        <source>%1 wrong passwords</source>
        <translation>输错密码 %1 次</translation>
    </message>
    <message>
        <source>good</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>Sends, steers and handles what failed.</source>
        <translation>发送、调度并处理失败消息。</translation>
    </message>
    <message>
        <source>Looks up people and handles what failed; sends no batches.</source>
        <translation>查询接收人并处理失败消息，不发送批次。</translation>
    </message>
    <message>
        <source>Reads and exports, and changes nothing; people are masked.</source>
        <translation>查看与导出，不做任何更改；接收人信息打码。</translation>
    </message>
    <message>
        <source>Everything, users and set-up included.</source>
        <translation>全部权限，包括用户管理与设置。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
</context>
<context>
    <name>WhatHolds</name>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>Waits until the account is released</source>
        <translation>等待公众号恢复发送</translation>
    </message>
    <message>
        <source>Waits until its batch goes on</source>
        <translation>等待所属批次继续</translation>
    </message>
    <message>
        <source>Waits until its template is released</source>
        <translation>等待模板恢复</translation>
    </message>
    <message>
        <source>Waits until a process delivers this profile.</source>
        <translation>等待有进程发送本配置的消息。</translation>
    </message>
    <message>
        <source>Waits until the engine runs.</source>
        <translation>等待引擎运行。</translation>
    </message>
    <message>
        <source>Waits until sending goes on; it is paused.</source>
        <translation>发送已暂停，等待继续。</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>The database can be written</source>
        <translation>数据库可以写入</translation>
    </message>
    <message>
        <source>The engine runs</source>
        <translation>引擎在运行</translation>
    </message>
    <message>
        <source>Sending is not paused</source>
        <translation>没有暂停发送</translation>
    </message>
    <message>
        <source>There is an account</source>
        <translation>已有公众号</translation>
    </message>
    <message>
        <source>Add an account on the Accounts page.</source>
        <translation>请在“公众号”页添加公众号。</translation>
    </message>
    <message>
        <source>Messages are waiting</source>
        <translation>有消息在等待</translation>
    </message>
    <message>
        <source>%1 may send</source>
        <translation>%1 可以发送</translation>
    </message>
    <message>
        <source>The time of the first one has come</source>
        <translation>最早一条的时间已到</translation>
    </message>
    <message>
        <source>The first message is due at %1 (China time).</source>
        <translation>最早一条定于北京时间 %1 发送。</translation>
    </message>
    <message>
        <source>Show what waits</source>
        <translation>查看等待的消息</translation>
    </message>
    <message>
        <source>Release the account</source>
        <translation>恢复公众号</translation>
    </message>
    <message>
        <source>Open the account</source>
        <translation>打开公众号</translation>
    </message>
    <message>
        <source>Test the account</source>
        <translation>测试公众号</translation>
    </message>
    <message>
        <source>Show the errors</source>
        <translation>查看错误</translation>
    </message>
    <message>
        <source>%1 of %2 sends of today are used.</source>
        <translation>今日额度 %2 条，已用 %1 条。</translation>
    </message>
    <message>
        <source>The template “%1” is not held</source>
        <translation>模板“%1”没有暂停发送</translation>
    </message>
    <message>
        <source>Held since %1 by %2.</source>
        <translation>自 %1 起被 %2 暂停发送。</translation>
    </message>
    <message>
        <source>Release the template</source>
        <translation>恢复模板</translation>
    </message>
    <message>
        <source>The batch “%1” is not paused</source>
        <translation>批次“%1”没有暂停</translation>
    </message>
    <message>
        <source>%1 messages wait in it.</source>
        <translation>其中 %1 条消息在等待。</translation>
    </message>
    <message>
        <source>Look at its seed</source>
        <translation>查看试发</translation>
    </message>
    <message>
        <source>Let it go on</source>
        <translation>让它继续</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>添加公众号</translation>
    </message>
    <message>
        <source>Open Send</source>
        <translation>打开“发送”页</translation>
    </message>
    <message>
        <source>The policy file could be read</source>
        <translation>策略文件可以读取</translation>
    </message>
    <message>
        <source>The policy from before it stays in force. Mend the file; it is taken up within seconds.</source>
        <translation>此前的策略继续有效。请改正文件，几秒内即会生效。</translation>
    </message>
    <message>
        <source>Open the template</source>
        <translation>打开模板</translation>
    </message>
    <message>
        <source>Only Songda uses the AppSecret of %1</source>
        <translation>只有本程序在用 %1 的 AppSecret</translation>
    </message>
    <message>
        <source>The clock of this computer is right</source>
        <translation>本机时钟准确</translation>
    </message>
    <message>
        <source>Look at the batch</source>
        <translation>查看批次</translation>
    </message>
    <message>
        <source>The database can be read</source>
        <translation>数据库可以读取</translation>
    </message>
    <message>
        <source>A process delivers this profile</source>
        <translation>有进程在发送本配置的消息</translation>
    </message>
    <message>
        <source>It is another one, and this console looks on: it sees what is held, paused and waiting, and not the other&apos;s rate, token or breaker. Those stand where the engine runs.</source>
        <translation>由另一个进程发送，本控制台只是旁观：能看到暂停和等待的情况，看不到对方的速率、令牌和熔断器；这些请在运行引擎的地方查看。</translation>
    </message>
    <message>
        <source>None does at present. Start songda-cli serve or run, or close this console and open it again: it runs the engine itself when nobody else does.</source>
        <translation>目前没有。请启动 songda-cli serve 或 run，或关闭并重新打开本控制台：没有其他进程时它会自己运行引擎。</translation>
    </message>
    <message>
        <source>%1 is not held</source>
        <translation>%1 未暂停</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Held</source>
        <translation>暂停发送</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>Retrying</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Undelivered</source>
        <translation>未送达</translation>
    </message>
    <message>
        <source>Dead letter</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>结果不明</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Waits until a person releases it.</source>
        <translation>等待人工放行。</translation>
    </message>
    <message>
        <source>Goes out at %1 (China time).</source>
        <translation>将于北京时间 %1 发出。</translation>
    </message>
    <message>
        <source>Goes out as soon as its turn comes.</source>
        <translation>轮到时立即发出。</translation>
    </message>
    <message>
        <source>Is on its way to WeChat right now.</source>
        <translation>正在发往微信。</translation>
    </message>
    <message>
        <source>Failed for now; tried again in %1.</source>
        <translation>暂时失败，%1 后重试。</translation>
    </message>
    <message>
        <source>Failed for now; tried again as soon as its turn comes.</source>
        <translation>暂时失败，轮到时立即重试。</translation>
    </message>
    <message>
        <source>WeChat took it. Whether it arrived, only WeChat&apos;s delivery report can say.</source>
        <translation>微信已接收。是否送达，要看微信的送达回执。</translation>
    </message>
    <message>
        <source>WeChat reported that it arrived.</source>
        <translation>微信回执：已送达。</translation>
    </message>
    <message>
        <source>WeChat reported that it did not arrive. Nothing more happens by itself.</source>
        <translation>微信回执：未送达。不会再自动处理。</translation>
    </message>
    <message>
        <source>Will not be tried again by itself. Resend it, or discard it with a reason.</source>
        <translation>不会再自动发送。请重发，或注明理由后丢弃。</translation>
    </message>
    <message>
        <source>It was written to WeChat and no answer is known. A repeat may arrive twice, so a person decides.</source>
        <translation>已发往微信但没有得到答复。重发可能收到两次，因此由人工决定。</translation>
    </message>
    <message>
        <source>Was cancelled before it was sent.</source>
        <translation>发送前已取消。</translation>
    </message>
    <message>
        <source>Its time was over before its turn came.</source>
        <translation>轮到之前已过有效期。</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Too fast</source>
        <translation>过于频繁</translation>
    </message>
    <message>
        <source>Daily quota</source>
        <translation>每日额度</translation>
    </message>
    <message>
        <source>Passing fault</source>
        <translation>暂时故障</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>接收人</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Template or account</source>
        <translation>模板或公众号</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>the recipient</source>
        <translation>接收人</translation>
    </message>
    <message>
        <source>whoever wrote the content</source>
        <translation>内容编写者</translation>
    </message>
    <message>
        <source>whoever keeps the template</source>
        <translation>模板管理者</translation>
    </message>
    <message>
        <source>whoever keeps the account</source>
        <translation>公众号管理者</translation>
    </message>
    <message>
        <source>WeChat</source>
        <translation>微信</translation>
    </message>
    <message>
        <source>the network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>the maker of this program</source>
        <translation>本程序的开发者</translation>
    </message>
    <message>
        <source>Nothing is due</source>
        <translation>没有到时间的消息</translation>
    </message>
    <message>
        <source>Engine is not running</source>
        <translation>引擎没有运行</translation>
    </message>
    <message>
        <source>Account is held</source>
        <translation>公众号暂停发送</translation>
    </message>
    <message>
        <source>Daily quota is used up</source>
        <translation>今日额度已用完</translation>
    </message>
    <message>
        <source>WeChat asks to slow down</source>
        <translation>微信要求放慢</translation>
    </message>
    <message>
        <source>WeChat keeps failing</source>
        <translation>微信持续出错</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>没有网络连接</translation>
    </message>
    <message>
        <source>Waiting for an access token</source>
        <translation>正在等待令牌</translation>
    </message>
    <message>
        <source>Only held templates or paused batches wait</source>
        <translation>只有暂停发送的模板或已暂停的批次在等待</translation>
    </message>
    <message>
        <source>The database cannot be written</source>
        <translation>数据库无法写入</translation>
    </message>
    <message>
        <source>Messages are leaving. Nothing to do.</source>
        <translation>消息正在发出，无需操作。</translation>
    </message>
    <message>
        <source>There is no message whose time has come. Send one, or import a file.</source>
        <translation>没有到时间的消息。请发送一条或导入文件。</translation>
    </message>
    <message>
        <source>Press “Go on” in the strip below.</source>
        <translation>请点下方状态栏的“继续”。</translation>
    </message>
    <message>
        <source>Another process runs the engine of this profile, or it could not start.</source>
        <translation>另一个进程正在运行此配置的引擎，或引擎未能启动。</translation>
    </message>
    <message>
        <source>Mend the cause, test the account on the Accounts page, then release it. Messages wait unharmed.</source>
        <translation>排除原因后，在“公众号”页测试并恢复发送。等待中的消息不受影响。</translation>
    </message>
    <message>
        <source>WeChat counts anew at 00:00 China time; sending goes on by itself shortly after.</source>
        <translation>微信在北京时间 00:00 重新计数，随后会自动继续发送。</translation>
    </message>
    <message>
        <source>Songda waits and goes on by itself, more slowly.</source>
        <translation>Songda 会等待，然后自动放慢继续。</translation>
    </message>
    <message>
        <source>Songda waits, tries a few messages, and goes on by itself when they pass.</source>
        <translation>Songda 会等待并试发几条，成功后自动继续。</translation>
    </message>
    <message>
        <source>Look at the network of this computer. Songda tries again by itself.</source>
        <translation>请检查本机网络。Songda 会自动重试。</translation>
    </message>
    <message>
        <source>If it takes longer than a minute, test the account on the Accounts page.</source>
        <translation>如果超过一分钟，请在“公众号”页测试连接。</translation>
    </message>
    <message>
        <source>Release the template on the Templates page, or let the batch go on.</source>
        <translation>请在“模板”页恢复模板，或让批次继续。</translation>
    </message>
    <message>
        <source>Free disk space, or look at the disk. Nothing is sent that cannot be recorded.</source>
        <translation>请清理磁盘空间或检查磁盘。无法记录的消息不会发送。</translation>
    </message>
    <message>
        <source>%1 until %2</source>
        <translation>%1，至 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>PRODUCTION</source>
        <translation>正式环境</translation>
    </message>
    <message>
        <source>TEST ACCOUNT</source>
        <translation>测试号</translation>
    </message>
    <message>
        <source>PRACTICE</source>
        <translation>演练环境</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发出</translation>
    </message>
    <message>
        <source>sent, no answer</source>
        <translation>已发出，无答复</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>program ended meanwhile</source>
        <translation>程序中途结束</translation>
    </message>
    <message>
        <source>Running</source>
        <comment>batch</comment>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>batch</comment>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <comment>batch</comment>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Resent</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Cancelled messages</source>
        <translation>取消消息</translation>
    </message>
    <message>
        <source>Sent one message</source>
        <translation>发送单条消息</translation>
    </message>
    <message>
        <source>Imported a file</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Paused a batch</source>
        <translation>暂停批次</translation>
    </message>
    <message>
        <source>Let a batch go on</source>
        <translation>继续批次</translation>
    </message>
    <message>
        <source>Cancelled a batch</source>
        <translation>取消批次</translation>
    </message>
    <message>
        <source>Added an account</source>
        <translation>添加公众号</translation>
    </message>
    <message>
        <source>Changed an account</source>
        <translation>修改公众号</translation>
    </message>
    <message>
        <source>Changed a secret</source>
        <translation>更换密钥</translation>
    </message>
    <message>
        <source>Held an account</source>
        <translation>暂停公众号发送</translation>
    </message>
    <message>
        <source>Released an account</source>
        <translation>恢复公众号</translation>
    </message>
    <message>
        <source>Fetched the templates</source>
        <translation>获取模板</translation>
    </message>
    <message>
        <source>Added a template</source>
        <translation>添加模板</translation>
    </message>
    <message>
        <source>Held a template</source>
        <translation>暂停模板发送</translation>
    </message>
    <message>
        <source>Released a template</source>
        <translation>恢复模板</translation>
    </message>
    <message>
        <source>Exported a report</source>
        <translation>导出报表</translation>
    </message>
    <message>
        <source>Paused sending</source>
        <translation>暂停引擎</translation>
    </message>
    <message>
        <source>Let sending go on</source>
        <translation>继续发送</translation>
    </message>
    <message>
        <source>Settled what an earlier run left in flight</source>
        <translation>处理上次运行遗留的途中消息</translation>
    </message>
    <message>
        <source>Text, at most %1 characters</source>
        <translation>文字，最多 %1 个字符</translation>
    </message>
    <message>
        <source>One of the fixed words, at most %1 characters</source>
        <translation>固定用词之一，最多 %1 个字符</translation>
    </message>
    <message>
        <source>Digits, letters or signs, at most %1</source>
        <translation>数字、字母或符号，最多 %1 位</translation>
    </message>
    <message>
        <source>A number, at most %1 digits</source>
        <translation>数字，最多 %1 位</translation>
    </message>
    <message>
        <source>Letters, at most %1</source>
        <translation>字母，最多 %1 位</translation>
    </message>
    <message>
        <source>Signs, at most %1</source>
        <translation>符号，最多 %1 位</translation>
    </message>
    <message>
        <source>Chinese characters, at most %1</source>
        <translation>汉字，最多 %1 个</translation>
    </message>
    <message>
        <source>A name, at most %1 characters</source>
        <translation>姓名，最多 %1 个字符</translation>
    </message>
    <message>
        <source>An amount of money, such as ¥129.50</source>
        <translation>金额，如 ¥129.50</translation>
    </message>
    <message>
        <source>A phone number</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>A car&apos;s number plate</source>
        <translation>车牌号码</translation>
    </message>
    <message>
        <source>A time, such as 2026-01-31 18:30 or 18:30</source>
        <translation>时间，如 2026-01-31 18:30 或 18:30</translation>
    </message>
    <message>
        <source>A date, such as 2026-01-31 or 2026年1月31日</source>
        <translation>日期，如 2026-01-31 或 2026年1月31日</translation>
    </message>
    <message>
        <source>Any text; WeChat cuts what is too long</source>
        <translation>任意文字，过长部分会被微信截断</translation>
    </message>
    <message>
        <source>A value is needed here.</source>
        <translation>这里必须填写。</translation>
    </message>
    <message>
        <source>Too long: at most %1 characters.</source>
        <translation>太长：最多 %1 个字符。</translation>
    </message>
    <message>
        <source>Not readable text. Type it again.</source>
        <translation>无法识别的文字，请重新输入。</translation>
    </message>
    <message>
        <source>Line breaks and control characters are not allowed.</source>
        <translation>不能含换行或控制字符。</translation>
    </message>
    <message>
        <source>Wrong form. Wanted: %1.</source>
        <translation>格式不对。应为：%1。</translation>
    </message>
    <message>
        <source>The template needs this value.</source>
        <translation>模板需要这个值。</translation>
    </message>
    <message>
        <source>The template has no such key.</source>
        <translation>模板没有这个字段。</translation>
    </message>
    <message>
        <source>An openid has 1 to 64 letters, digits, _ or -.</source>
        <translation>OpenID 由 1 至 64 个字母、数字、_ 或 - 组成。</translation>
    </message>
    <message>
        <source>A link begins with http:// or https:// and has no blanks.</source>
        <translation>链接以 http:// 或 https:// 开头，不含空格。</translation>
    </message>
    <message>
        <source>This does not fit.</source>
        <translation>输入不正确。</translation>
    </message>
    <message>
        <source>It is not there (any more).</source>
        <translation>不存在（或已不存在）。</translation>
    </message>
    <message>
        <source>There is one already.</source>
        <translation>已经有了。</translation>
    </message>
    <message>
        <source>Another process runs the engine of this profile; here you can only look.</source>
        <translation>另一个进程正在运行此配置的引擎，这里只能查看。</translation>
    </message>
    <message>
        <source>A file or the database could not be read or written.</source>
        <translation>文件或数据库无法读写。</translation>
    </message>
    <message>
        <source>The disk is full. Free some space and try again.</source>
        <translation>磁盘已满，请清理后重试。</translation>
    </message>
    <message>
        <source>This is not a database of Songda, or it is damaged.</source>
        <translation>这不是 Songda 的数据库，或已损坏。</translation>
    </message>
    <message>
        <source>This profile was written by a newer Songda. Update this one.</source>
        <translation>此配置由更新版本的 Songda 写入，请升级本程序。</translation>
    </message>
    <message>
        <source>The secret could not be read. Check the key store or the passphrase.</source>
        <translation>无法读取密钥，请检查密钥库或口令。</translation>
    </message>
    <message>
        <source>WeChat could not be reached. Check the network and the API address.</source>
        <translation>无法连接微信，请检查网络和接口地址。</translation>
    </message>
    <message>
        <source>WeChat refused.</source>
        <translation>微信拒绝了请求。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Something went wrong inside Songda. Please report it.</source>
        <translation>Songda 内部出错，请报告此问题。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what went wrong (the particulars)</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>A quotation mark is not closed, or text follows a closing one.</source>
        <translation>引号没有闭合，或闭合引号后还有文字。</translation>
    </message>
    <message>
        <source>The row has NUL bytes; it may not be a text file.</source>
        <translation>该行含有 NUL 字节，可能不是文本文件。</translation>
    </message>
    <message>
        <source>Characters that cannot be read in the file&apos;s encoding.</source>
        <translation>含有无法按文件编码识别的字符。</translation>
    </message>
    <message>
        <source>The row is longer than 1 MB.</source>
        <translation>该行超过 1 MB。</translation>
    </message>
    <message>
        <source>The row has more or fewer fields than the header.</source>
        <translation>该行的列数与表头不一致。</translation>
    </message>
    <message>
        <source>The business key is empty or too long.</source>
        <translation>业务单号为空或过长。</translation>
    </message>
    <message>
        <source>The same message is there already, or stands further up in the file.</source>
        <translation>同样的消息已存在，或在文件前面出现过。</translation>
    </message>
    <message>
        <source>This database is older than what last ran here, as after a restored backup. Nothing is sent until somebody agrees.</source>
        <translation>此数据库比上次在此运行的要旧，像是恢复了备份。在有人同意之前不会发送任何消息。</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>免打扰时段</translation>
    </message>
    <message>
        <source>The policy sends nothing but urgent messages at this time of day; sending goes on by itself afterwards.</source>
        <translation>按策略，此时段只发送紧急消息；时段结束后会自动继续发送。</translation>
    </message>
    <message>
        <source>The text has a word from the list of sensitive words.</source>
        <translation>内容含敏感词表中的词。</translation>
    </message>
    <message>
        <source>This person asked for no more messages.</source>
        <translation>该用户已退订。</translation>
    </message>
    <message>
        <source>The time for a safe repeat is over: a repeat may arrive twice.</source>
        <translation>安全重发的时间已过：重发可能让对方收到两次。</translation>
    </message>
    <message>
        <source>Safe to repeat for %1: until then WeChat drops what it has already.</source>
        <translation>还可安全重发 %1：在此之前微信会丢弃重复的消息。</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopped by itself</source>
        <translation>已自动停止</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Paused by %1 at %2.</source>
        <translation>%1 于 %2 暂停。</translation>
    </message>
    <message>
        <source>A message failed with a code that none of them had: %1. Look into it; going on begins with the first step again.</source>
        <translation>有消息因名单中没有过的错误码失败：%1。请先查明；继续时从第一级重新开始。</translation>
    </message>
    <message>
        <source>%1 of %2 in this step failed. Look into it; going on begins with the first step again.</source>
        <translation>这一级 %2 条中有 %1 条失败。请先查明；继续时从第一级重新开始。</translation>
    </message>
    <message>
        <source>Trying again helps: it may pass later as it is. Nobody has tried it here yet.</source>
        <translation>重试有用：原样稍后再发可能成功。这里还没有人试过。</translation>
    </message>
    <message>
        <source>Trying again alone does not help: something has to change first.</source>
        <translation>仅重试没有用：需要先做出改变。</translation>
    </message>
    <message>
        <source>Trying again after this helped %1 of %2 times here (%3).</source>
        <translation>这里因此重发 %2 次，成功 %1 次（%3）。</translation>
    </message>
    <message>
        <source>Something has to change first. %1</source>
        <translation>需要先做出改变。%1</translation>
    </message>
    <message>
        <source>Edited and resent</source>
        <translation>修改并重发</translation>
    </message>
    <message>
        <source>Paused a replay</source>
        <translation>暂停重发任务</translation>
    </message>
    <message>
        <source>Let a replay go on</source>
        <translation>继续重发任务</translation>
    </message>
    <message>
        <source>Ended a replay</source>
        <translation>结束重发任务</translation>
    </message>
    <message>
        <source>A replay stopped by itself</source>
        <translation>重发任务自动停止</translation>
    </message>
    <message>
        <source>Wrote a note</source>
        <translation>写备注</translation>
    </message>
    <message>
        <source>waits until somebody has looked at the seed messages</source>
        <translation>等待有人查看试发消息</translation>
    </message>
    <message>
        <source>by %1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 (by %2, %3)</source>
        <translation>%1（%2，%3）</translation>
    </message>
    <message>
        <source>bulk</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>asked for no more messages</source>
        <translation>本人退订</translation>
    </message>
    <message>
        <source>put on the list by hand</source>
        <translation>人工加入名单</translation>
    </message>
    <message>
        <source>WeChat refused with %1</source>
        <translation>微信拒绝：%1</translation>
    </message>
    <message>
        <source>Put people on the list of those not written to</source>
        <translation>加入不发送名单</translation>
    </message>
    <message>
        <source>Took somebody off the list of those not written to</source>
        <translation>移出不发送名单</translation>
    </message>
    <message>
        <source>A changed policy came into force</source>
        <translation>改动后的策略已生效</translation>
    </message>
    <message>
        <source>A changed policy was refused</source>
        <translation>改动后的策略被拒绝</translation>
    </message>
    <message>
        <source>Changed the policy</source>
        <translation>更改了策略</translation>
    </message>
    <message>
        <source>Made a key for a business system</source>
        <translation>为业务系统创建了密钥</translation>
    </message>
    <message>
        <source>Withdrew a key of a business system</source>
        <translation>撤销了业务系统的密钥</translation>
    </message>
    <message>
        <source>Agreed to send from a restored backup</source>
        <translation>同意从恢复的备份继续发送</translation>
    </message>
    <message>
        <source>Made a backup</source>
        <translation>做了备份</translation>
    </message>
    <message>
        <source>Archived old messages</source>
        <translation>归档了旧消息</translation>
    </message>
    <message>
        <source>There is no manifest beside it.</source>
        <translation>旁边没有清单文件。</translation>
    </message>
    <message>
        <source>What lies beside it is not the manifest of a report.</source>
        <translation>旁边的文件不是报表清单。</translation>
    </message>
    <message>
        <source>The manifest is that of another file.</source>
        <translation>清单属于另一个文件。</translation>
    </message>
    <message>
        <source>The file was changed after it was exported: its SHA-256 is another one.</source>
        <translation>文件在导出后被改动：SHA-256 不同。</translation>
    </message>
    <message>
        <source>It has more or fewer rows than it had.</source>
        <translation>行数与当时不同。</translation>
    </message>
    <message>
        <source>The rows per state are other ones.</source>
        <translation>各状态的行数不同。</translation>
    </message>
    <message>
        <source>It does not follow in the chain of reports: the manifest was changed, or a report before it is missing.</source>
        <translation>与报表链不符：清单被改动，或缺少之前的报表。</translation>
    </message>
    <message>
        <source>WeChat reports: arrived</source>
        <translation>微信回执：已送达</translation>
    </message>
    <message>
        <source>WeChat reports: the person has blocked the account</source>
        <translation>微信回执：对方已屏蔽公众号</translation>
    </message>
    <message>
        <source>WeChat reports: failed on WeChat&apos;s side</source>
        <translation>微信回执：微信方面失败</translation>
    </message>
    <message>
        <source>WeChat reports: %1</source>
        <translation>微信回执：%1</translation>
    </message>
    <message>
        <source>Acknowledged an alert</source>
        <translation>确认了告警</translation>
    </message>
    <message>
        <source>Set up who is told of alerts</source>
        <translation>添加了告警通知对象</translation>
    </message>
    <message>
        <source>Removed one who was told of alerts</source>
        <translation>移除了告警通知对象</translation>
    </message>
    <message>
        <source>Fetched a token at once</source>
        <translation>立即重取了令牌</translation>
    </message>
    <message>
        <source>operators</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>support</source>
        <translation>客服</translation>
    </message>
    <message>
        <source>auditors</source>
        <translation>审计员</translation>
    </message>
    <message>
        <source>admins</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Only for: %1</source>
        <translation>仅限：%1</translation>
    </message>
    <message>
        <source>Erased a person</source>
        <translation>抹除了一个接收人</translation>
    </message>
    <message>
        <source>Added a user</source>
        <translation>添加了用户</translation>
    </message>
    <message>
        <source>Gave a user another role</source>
        <translation>更改了用户角色</translation>
    </message>
    <message>
        <source>Gave a user another password</source>
        <translation>更改了用户密码</translation>
    </message>
    <message>
        <source>Removed a user</source>
        <translation>移除了用户</translation>
    </message>
    <message>
        <source>Locked a user after wrong passwords</source>
        <translation>密码多次错误，锁定了用户</translation>
    </message>
    <message>
        <source>Unlocked a user</source>
        <translation>解锁了用户</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Changed what is logged</source>
        <translation>更改了日志级别</translation>
    </message>
    <message>
        <source>This is not for the user who has signed in.</source>
        <translation>当前登录的用户无权执行此操作。</translation>
    </message>
    <message>
        <source>Changed the settings of the doors</source>
        <translation>修改了 HTTP 接口设置</translation>
    </message>
    <message>
        <source>Held messages</source>
        <translation>暂停消息发送</translation>
    </message>
    <message>
        <source>Released messages</source>
        <translation>恢复了消息</translation>
    </message>
    <message>
        <source>Gave messages another time</source>
        <translation>更改了发送时间</translation>
    </message>
    <message>
        <source>Ended an act on the way</source>
        <translation>中途结束了操作</translation>
    </message>
    <message>
        <source>Set up who is told of outcomes</source>
        <translation>设置了结果通知对象</translation>
    </message>
    <message>
        <source>Changed how much is kept for whom is told of outcomes</source>
        <translation>更改了结果通知的保留量</translation>
    </message>
    <message>
        <source>Let a hook go on</source>
        <translation>恢复了结果通知</translation>
    </message>
    <message>
        <source>A hook was left alone after many failures</source>
        <translation>结果通知多次失败后暂停</translation>
    </message>
    <message>
        <source>Removed a hook</source>
        <translation>移除了结果通知</translation>
    </message>
    <message>
        <source>Set up where WeChat reports to</source>
        <translation>设置了微信回调</translation>
    </message>
    <message>
        <source>Removed where WeChat reports to</source>
        <translation>移除了微信回调</translation>
    </message>
    <message>
        <source>waits until a second person agrees</source>
        <translation>等待第二人同意</translation>
    </message>
    <message>
        <source>Changed the passphrase of the secrets</source>
        <translation>更换了密钥文件的口令</translation>
    </message>
    <message>
        <source>A spreadsheet program has rounded this number, so it is another one. Format its column as text there, and save the file anew.</source>
        <translation>电子表格程序已把这个数字四舍五入，它不再是原来的值。请在那里把该列设为文本格式，重新保存文件。</translation>
    </message>
    <message>
        <source>Began to change the passphrase of the secrets</source>
        <translation>开始更换密钥文件的口令</translation>
    </message>
    <message>
        <source>Waiting for the rate</source>
        <translation>等待发送速率</translation>
    </message>
    <message>
        <source>Only repeats wait, and their budget is used up</source>
        <translation>只有重试在等待，且重试预算已用完</translation>
    </message>
    <message>
        <source>The next one&apos;s reader has had enough</source>
        <translation>下一条的接收人已达频次上限</translation>
    </message>
    <message>
        <source>Sent by another process</source>
        <translation>由另一个程序发送</translation>
    </message>
    <message>
        <source>Less than one message a second may leave: the account&apos;s rate, or what is left of it after WeChat asked to slow down. The next one goes when its time has come.</source>
        <translation>每秒可发不到一条：这是公众号的速率，或微信要求放慢后剩下的速率。到时间后发送下一条。</translation>
    </message>
    <message>
        <source>Too much had to be repeated lately. Repeats go one by one as the budget fills; new messages are not kept back.</source>
        <translation>近期重试过多。预算恢复时重试逐条发送；新消息不受影响。</translation>
    </message>
    <message>
        <source>The policy lets one person have only so many messages within a time. What is put off goes by itself when that has passed.</source>
        <translation>策略限制每人在一段时间内的消息数。推迟的消息在该时间过后自动发送。</translation>
    </message>
    <message>
        <source>Another process runs the engine of this profile; why it waits is said there.</source>
        <translation>此配置的引擎由另一个程序运行；等待的原因请在那里查看。</translation>
    </message>
    <message>
        <source>it is tried again every second; the system says “%1”</source>
        <translation>每秒重试一次；系统提示“%1”</translation>
    </message>
    <message>
        <source>%1 Not before %2 (China time).</source>
        <translation>%1不早于 %2（北京时间）。</translation>
    </message>
    <message>
        <source>Its reader has had as many messages as the policy allows for now; goes out at %1 (China time).</source>
        <translation>接收人暂时已达策略允许的消息数；将于 %1（北京时间）发送。</translation>
    </message>
    <message>
        <source>Was cancelled or discarded. Nothing more happens by itself.</source>
        <translation>已取消或丢弃，不会再自动处理。</translation>
    </message>
    <message>
        <source>its rows are still coming in</source>
        <translation>还在导入</translation>
    </message>
    <message>
        <source>stopped following the account</source>
        <translation>已取消关注公众号</translation>
    </message>
    <message>
        <source>refuses messages of this account</source>
        <translation>拒收此公众号的消息</translation>
    </message>
    <message>
        <source>refused messages of this template</source>
        <translation>拒收此模板的消息</translation>
    </message>
    <message>
        <source>Accepted, but intercepted by the platform</source>
        <translation>已接收，但被平台拦截</translation>
    </message>
    <message>
        <source>Asked WeChat: not intercepted</source>
        <translation>已向微信查询：未被拦截</translation>
    </message>
    <message>
        <source>Asked WeChat whether it was intercepted, without an answer</source>
        <translation>曾向微信查询是否被拦截，未得到结果</translation>
    </message>
    <message>
        <source>Asked WeChat about a refused attempt</source>
        <translation>已向微信查询一次被拒的尝试</translation>
    </message>
    <message>
        <source>Changed over to the other API address</source>
        <translation>切换到另一个 API 地址</translation>
    </message>
    <message>
        <source>Lowered the rate</source>
        <translation>降低了速率</translation>
    </message>
    <message>
        <source>Let the full rate go again</source>
        <translation>恢复了全部速率</translation>
    </message>
    <message>
        <source>Gave a hook another secret</source>
        <translation>更换了推送的签名密钥</translation>
    </message>
    <message>
        <source>Replaced a key of a business system</source>
        <translation>更换了业务系统的密钥</translation>
    </message>
    <message>
        <source>Sending is paused</source>
        <translation>发送已暂停</translation>
    </message>
    <message>
        <source>Paused since %1</source>
        <translation>自 %1 起暂停</translation>
    </message>
    <message>
        <source>Paused by %1 since %2</source>
        <translation>由 %1 自 %2 起暂停</translation>
    </message>
</context>
<context>
    <name>songda::console::DoorsPane</name>
    <message>
        <source>Through the HTTP doors business systems hand messages over, platforms report, and monitoring reads figures. They are closed unless somebody opens them, and reached from this machine alone unless the address says otherwise.</source>
        <translation>业务系统通过 HTTP 接口提交消息，平台通过它发来回执，监控通过它读取指标。不打开就不监听；不改地址则只有本机能访问。</translation>
    </message>
    <message>
        <source>Settings of the doors</source>
        <translation>HTTP 接口设置</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>The usual value</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Close the doors</source>
        <translation>关闭接口</translation>
    </message>
    <message>
        <source>Open the doors</source>
        <translation>打开接口</translation>
    </message>
    <message>
        <source>Open at %1</source>
        <translation>已打开：%1</translation>
    </message>
    <message>
        <source>Closed: %1</source>
        <translation>已关闭：%1</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Opened and closed where the engine runs.</source>
        <translation>请在运行引擎的那台机器上打开或关闭。</translation>
    </message>
    <message>
        <source>%1. It may be %2; usually it is %3. In settings.json: %4.</source>
        <translation>%1。可填：%2；默认值：%3。settings.json 中的名称：%4。</translation>
    </message>
</context>
<context>
    <name>songda::console::PracticePage</name>
    <message>
        <source>Practice</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Trouble that really comes, on a WeChat inside this program. Everything works as in earnest: the pages, the acts, the audit. Nobody gets a message.</source>
        <translation>真实的故障，发生在程序内置的微信上。页面、操作、审计都与实际一样。没有人会收到消息。</translation>
    </message>
    <message>
        <source>Weather</source>
        <translation>天气</translation>
    </message>
    <message>
        <source>an ordinary day</source>
        <translation>平常的一天</translation>
    </message>
    <message>
        <source>everything passes</source>
        <translation>全部通过</translation>
    </message>
    <message>
        <source>slow and busy</source>
        <translation>缓慢且繁忙</translation>
    </message>
    <message>
        <source>people have left</source>
        <translation>有人取消关注</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>没有连接</translation>
    </message>
    <message>
        <source>Drills</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>End and see the score</source>
        <translation>结束并看得分</translation>
    </message>
    <message>
        <source>What is looked at</source>
        <translation>考察什么</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>Your task: %1</source>
        <translation>您的任务：%1</translation>
    </message>
    <message>
        <source>met</source>
        <translation>达成</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>未达成</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>Weather: %1</source>
        <translation>天气：%1</translation>
    </message>
    <message>
        <source>%1 messages are queued.</source>
        <translation>已入队 %1 条消息。</translation>
    </message>
    <message>
        <source>Your answer is right.</source>
        <translation>回答正确。</translation>
    </message>
    <message>
        <source>The right answer: %1.</source>
        <translation>正确答案：%1。</translation>
    </message>
    <message>
        <source>%1 of %2 points. %3 %4</source>
        <translation>得分 %1 / %2。%3 %4</translation>
    </message>
    <message>
        <source>The drill is over; the weather is that of an ordinary day.</source>
        <translation>演练结束；天气恢复为平常的一天。</translation>
    </message>
</context>
<context>
    <name>songda::ui::AccountPicker</name>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>All accounts</source>
        <translation>全部公众号</translation>
    </message>
</context>
<context>
    <name>songda::ui::AccountsPage</name>
    <message>
        <source>Accounts</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>添加公众号</translation>
    </message>
    <message>
        <source>No account yet. Add the Official Account you send from: its AppID and AppSecret stand in WeChat&apos;s admin pages.</source>
        <translation>还没有公众号。请添加用来发送的公众号，AppID 和 AppSecret 在微信公众平台后台可以看到。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>AppID</source>
        <translation>AppID</translation>
    </message>
    <message>
        <source>AppSecret</source>
        <translation>AppSecret</translation>
    </message>
    <message>
        <source>API address</source>
        <translation>接口地址</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>速率上限</translation>
    </message>
    <message>
        <source>Messages a second, 0.01 to 100,000; 20 by default</source>
        <translation>每秒消息数，0.01 至 100,000，默认 20</translation>
    </message>
    <message>
        <source>In one burst</source>
        <translation>突发量</translation>
    </message>
    <message>
        <source>Messages that may leave at once after a rest, 1 to 100,000; 20 by default</source>
        <translation>空闲后可一次发出的消息数，1 至 100,000，默认 20</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>并发数</translation>
    </message>
    <message>
        <source>Requests at the same time, 1 to 480; 10 by default</source>
        <translation>同时进行的请求数，1 至 480，默认 10</translation>
    </message>
    <message>
        <source>Uncertain ones</source>
        <translation>结果不明的消息</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>传输方式</translation>
    </message>
    <message>
        <source>As needed</source>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Bulk</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>Test account</source>
        <translation>测试号</translation>
    </message>
    <message>
        <source> per second</source>
        <translation> 条/秒</translation>
    </message>
    <message>
        <source>This is a WeChat test account</source>
        <translation>这是微信测试号</translation>
    </message>
    <message>
        <source>A person decides (nobody is notified twice)</source>
        <translation>由人工决定（不会重复通知）</translation>
    </message>
    <message>
        <source>Sent again (may arrive twice)</source>
        <translation>再次发送（可能收到两次）</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Do not add</source>
        <translation>不添加</translation>
    </message>
    <message>
        <source>Held since %1 by %2: %3</source>
        <translation>自 %1 起被 %2 暂停发送：%3</translation>
    </message>
    <message>
        <source>A new account</source>
        <translation>新的公众号</translation>
    </message>
    <message>
        <source>Add the account</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>恢复发送</translation>
    </message>
    <message>
        <source>Hold…</source>
        <translation>暂停发送…</translation>
    </message>
    <message>
        <source>Added. Now fetch its templates on the Templates page.</source>
        <translation>已添加。请到“模板”页获取它的模板。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Saved, with the new secret.</source>
        <translation>已保存，密钥已更新。</translation>
    </message>
    <message>
        <source>Released: sending goes on.</source>
        <translation>已恢复，继续发送。</translation>
    </message>
    <message>
        <source>Hold the account</source>
        <translation>暂停公众号发送</translation>
    </message>
    <message>
        <source>Nothing more is sent from “%1” until it is released. Messages wait unharmed.</source>
        <translation>恢复之前，“%1”不再发送任何消息；等待中的消息不受影响。</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>暂停发送</translation>
    </message>
    <message>
        <source>Held.</source>
        <translation>已改为暂停发送。</translation>
    </message>
    <message>
        <source> messages</source>
        <translation> 条</translation>
    </message>
    <message>
        <source> requests</source>
        <translation> 个请求</translation>
    </message>
    <message>
        <source>A name has no slash in it</source>
        <translation>名称中不能有斜杠</translation>
    </message>
    <message>
        <source>There is an account of this name already</source>
        <translation>已有同名公众号</translation>
    </message>
    <message>
        <source>As it is called here and on the command line, 1 to 60 characters</source>
        <translation>在本程序和命令行中使用的名称，1 至 60 个字符</translation>
    </message>
    <message>
        <source>Letters and digits only, without blanks; it looks like wx0123456789abcdef</source>
        <translation>只能是字母和数字，不含空格，形如 wx0123456789abcdef</translation>
    </message>
    <message>
        <source>wx and 16 digits or letters; it stands in WeChat&apos;s admin pages</source>
        <translation>wx 加 16 位数字或字母，见微信公众平台后台</translation>
    </message>
    <message>
        <source>Letters and digits only, without blanks; it has 32 characters</source>
        <translation>只能是字母和数字，不含空格，共 32 位</translation>
    </message>
    <message>
        <source>Begins with https:// and names a host, without user, ? or #; plain http:// only for this computer</source>
        <translation>以 https:// 开头并含主机名，不含用户名、? 或 #；仅本机可用 http://</translation>
    </message>
    <message>
        <source>https://api.weixin.qq.com by default; another one when a relay or a simulator is used</source>
        <translation>默认 https://api.weixin.qq.com；使用中转或模拟器时填其地址</translation>
    </message>
    <message>
        <source>Too little or too much: 0.01 to 100,000 messages a second</source>
        <translation>超出范围：每秒 0.01 至 100,000 条</translation>
    </message>
    <message>
        <source>Too little or too much: 1 to 100,000 messages</source>
        <translation>超出范围：1 至 100,000 条</translation>
    </message>
    <message>
        <source>Too little or too much: 1 to 480 requests</source>
        <translation>超出范围：1 至 480 个请求</translation>
    </message>
    <message>
        <source>Marks everything sent from it as a test, in red and yellow; off by default</source>
        <translation>将由其发出的一切以红黄标记为测试；默认关闭</translation>
    </message>
    <message>
        <source>What happens to a message whose fate is unknown when a repeat is no longer safe; a person decides by default</source>
        <translation>消息结果未知且已不能安全重发时如何处理；默认由人工决定</translation>
    </message>
    <message>
        <source>Bulk keeps hundreds of connections busy; as needed by default, which is when rate and latency call for it</source>
        <translation>批量方式可同时使用数百个连接；默认自动选择，在速率和延迟需要时启用</translation>
    </message>
    <message>
        <source>Asking WeChat for a token, the templates and the quota…</source>
        <translation>正在向微信获取令牌、模板和额度…</translation>
    </message>
    <message>
        <source>Second address</source>
        <translation>备用地址</translation>
    </message>
    <message>
        <source>kept in the system&apos;s key store</source>
        <translation>保存在系统密钥库中</translation>
    </message>
    <message>
        <source>kept in memory only, until the program ends</source>
        <translation>只保存在内存中，程序结束即失效</translation>
    </message>
    <message>
        <source>kept in the system&apos;s key store, or in an encrypted file where there is none</source>
        <translation>保存在系统密钥库中；没有密钥库时保存在加密文件中</translation>
    </message>
    <message>
        <source>kept in an encrypted file of the profile</source>
        <translation>保存在数据目录的加密文件中</translation>
    </message>
    <message>
        <source>The first API address cannot be reached: messages go by %1 since %2. Songda goes back by itself when the first answers again.</source>
        <translation>首选 API 地址无法连接：自 %2 起消息经 %1 发送。首选地址恢复后 Songda 会自动切回。</translation>
    </message>
    <message>
        <source>32 characters, %1, never shown again</source>
        <translation>32 个字符，%1，以后不再显示</translation>
    </message>
    <message>
        <source>Never shown again, %1. Empty: stays as it is</source>
        <translation>不再显示，%1。留空：保持不变</translation>
    </message>
    <message>
        <source>That is the first address again</source>
        <translation>这与首选地址相同</translation>
    </message>
    <message>
        <source>Begins with https:// and names another host, without user, ? or #; http:// and this computer only when the first is this computer</source>
        <translation>以 https:// 开头，是另一台主机，不含用户名、? 或 #；仅当首选地址是本机时才可用 http:// 和本机</translation>
    </message>
    <message>
        <source>Where messages go while the first cannot be reached, such as https://api2.weixin.qq.com; empty by default: they wait</source>
        <translation>首选地址无法连接时消息改走这里，例如 https://api2.weixin.qq.com；默认留空：消息等待</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>It was not held: nothing was changed.</source>
        <translation>该公众号未暂停发送，没有改动。</translation>
    </message>
    <message>
        <source>It was held already: nothing was changed.</source>
        <translation>该公众号已暂停发送，没有改动。</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Written as http://host:port or socks5h://host:port, without user, password or anything behind the port; no link-local or cloud metadata address</source>
        <translation>写成 http://host:port 或 socks5h://host:port，不含用户名和密码，端口后面没有内容；不能是链路本地地址或云元数据地址</translation>
    </message>
    <message>
        <source>By which everything goes to WeChat, such as http://192.168.1.20:3128 or socks5h://127.0.0.1:1080, so that WeChat sees one fixed IP for its whitelist; empty by default: directly</source>
        <translation>发往微信的全部请求都经由此代理，例如 http://192.168.1.20:3128 或 socks5h://127.0.0.1:1080，使微信看到的 IP 固定，便于加入白名单；默认留空：直接连接</translation>
    </message>
</context>
<context>
    <name>songda::ui::ActProgress</name>
    <message>
        <source>%1: ending after %2…</source>
        <translation>%1：完成 %2 条后结束…</translation>
    </message>
    <message>
        <source>%1: %2 of %3 so far</source>
        <translation>%1：已完成 %2 / %3</translation>
    </message>
    <message>
        <source>%1: %2 so far</source>
        <translation>%1：已完成 %2</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ends it here. What is done stays done, and is counted in the audit.</source>
        <translation>到此结束。已完成的保持不变，并计入审计。</translation>
    </message>
    <message>
        <source>Stop what is under way</source>
        <translation>停止正在进行的操作</translation>
    </message>
</context>
<context>
    <name>songda::ui::AlertsPage</name>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Those that are over</source>
        <translation>已恢复的</translation>
    </message>
    <message>
        <source>Who is told…</source>
        <translation>通知对象…</translation>
    </message>
    <message>
        <source>What is wrong, since when, and who sees to it. What is watched, and from where on, stands in the settings under Alerts.</source>
        <translation>哪里有问题、从何时开始、由谁处理。监控项和阈值见设置中的“告警”。</translation>
    </message>
    <message>
        <source>Nothing has been wrong yet.</source>
        <translation>还没有过告警。</translation>
    </message>
    <message>
        <source>All is well: no alert is open.</source>
        <translation>一切正常：没有未恢复的告警。</translation>
    </message>
    <message>
        <source>Choose an alert on the left.</source>
        <translation>请在左侧选择告警。</translation>
    </message>
    <message>
        <source>Alerts by what is watched</source>
        <translation>按监控项分组的告警</translation>
    </message>
    <message>
        <source>I see to it…</source>
        <translation>我来处理…</translation>
    </message>
    <message>
        <source>Show what is behind it</source>
        <translation>查看相关内容</translation>
    </message>
    <message>
        <source>Here stands what a chosen alert means and what to do about it.</source>
        <translation>这里显示所选告警的含义和处理办法。</translation>
    </message>
    <message>
        <source>%1 sees to it since %2.</source>
        <translation>%1 自 %2 起处理。</translation>
    </message>
    <message>
        <source>%1 sees to it since %2: %3</source>
        <translation>%1 自 %2 起处理：%3</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>given up: %1</source>
        <translation>已放弃：%1</translation>
    </message>
    <message>
        <source>tried again: %1</source>
        <translation>将重试：%1</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>Told %1, %2 (%3): %4</source>
        <translation>已通知 %1，%2（%3）：%4</translation>
    </message>
    <message>
        <source>Nobody was told outside this console.</source>
        <translation>除本控制台外没有通知其他人。</translation>
    </message>
    <message>
        <source>Acknowledge the alert</source>
        <translation>确认告警</translation>
    </message>
    <message>
        <source>It is not told again while it lasts, and everybody sees that you see to it.</source>
        <translation>持续期间不再重复通知，其他人也能看到由你处理。</translation>
    </message>
    <message>
        <source>I see to it</source>
        <translation>我来处理</translation>
    </message>
    <message>
        <source>It is over, or somebody sees to it already.</source>
        <translation>已恢复，或已有人处理。</translation>
    </message>
</context>
<context>
    <name>songda::ui::AttemptCard</name>
    <message>
        <source>Attempt</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>no. %1, in life %2</source>
        <translation>第 %1 次，第 %2 轮</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>%1, after %2</source>
        <translation>%1，用时 %2</translation>
    </message>
    <message>
        <source>How far it got</source>
        <translation>进展</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>失败原因</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation>HTTP 状态</translation>
    </message>
    <message>
        <source>errcode</source>
        <translation>errcode</translation>
    </message>
    <message>
        <source>errmsg</source>
        <translation>errmsg</translation>
    </message>
    <message>
        <source>rid</source>
        <translation>rid</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>响应内容</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>used up one of the message&apos;s tries</source>
        <translation>用掉消息的一次尝试</translation>
    </message>
    <message>
        <source>was not held against the message</source>
        <translation>不计入消息的尝试次数</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>计算机</translation>
    </message>
    <message>
        <source>Run of the program</source>
        <translation>程序运行编号</translation>
    </message>
</context>
<context>
    <name>songda::ui::AuditPage</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息数</translation>
    </message>
    <message>
        <source>To what</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>操作理由</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>Who did what, when, why, and to how many messages. Nothing is ever removed from here.</source>
        <translation>谁在何时、因何、对多少条消息做了什么。这里的记录永不删除。</translation>
    </message>
    <message>
        <source>Nothing has been done yet.</source>
        <translation>还没有任何操作。</translation>
    </message>
    <message>
        <source>Who did it</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>To what: account, batch, number…</source>
        <translation>对象：公众号、批次、编号…</translation>
    </message>
    <message>
        <source>To what it was done</source>
        <translation>操作对象</translation>
    </message>
    <message>
        <source>Words of the reason</source>
        <translation>理由中的文字</translation>
    </message>
    <message>
        <source>Since when</source>
        <translation>起始时间</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Ctrl+Backspace</source>
        <translation>Ctrl+Backspace</translation>
    </message>
    <message>
        <source>Show its messages</source>
        <translation>显示相关消息</translation>
    </message>
    <message>
        <source>The messages this act was about, in the queue (Ctrl+Enter)</source>
        <translation>在队列中显示此操作涉及的消息（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部操作</translation>
    </message>
    <message>
        <source>Acts on messages</source>
        <translation>消息操作</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Replays</source>
        <translation>重发任务</translation>
    </message>
    <message>
        <source>People not written to</source>
        <translation>不发送名单</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Pausing and starting</source>
        <translation>暂停与恢复引擎</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Keys of business systems</source>
        <translation>业务系统密钥</translation>
    </message>
    <message>
        <source>Outcomes told to business systems</source>
        <translation>结果通知</translation>
    </message>
    <message>
        <source>Reports from WeChat</source>
        <translation>微信回调</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>The last hour</source>
        <translation>最近一小时</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>The last seven days</source>
        <translation>最近七天</translation>
    </message>
    <message>
        <source>The last thirty days</source>
        <translation>最近三十天</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>No act is like that. Show all to see the rest.</source>
        <translation>没有符合的操作。点“显示全部”查看其余。</translation>
    </message>
    <message>
        <source>%1 found, looking further back…</source>
        <translation>已找到 %1 条，正在查找更早的…</translation>
    </message>
    <message>
        <source>%1 found, older ones as you scroll down</source>
        <translation>已找到 %1 条，向下滚动查看更早的</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>共 %1 条</translation>
    </message>
    <message>
        <source>There is no batch of this name any more.</source>
        <translation>已没有此名称的批次。</translation>
    </message>
    <message>
        <source>Search the audit</source>
        <translation>搜索审计</translation>
    </message>
    <message>
        <source>To the acts</source>
        <translation>转到操作列表</translation>
    </message>
</context>
<context>
    <name>songda::ui::BatchFinder</name>
    <message>
        <source>Find a batch</source>
        <translation>查找批次</translation>
    </message>
    <message>
        <source>Name of a batch, its number, or who queued it</source>
        <translation>批次名称、编号或提交人</translation>
    </message>
    <message>
        <source>Search the batches</source>
        <translation>搜索批次</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>No batch yet.</source>
        <translation>还没有批次。</translation>
    </message>
    <message>
        <source>No batch has this in its name.</source>
        <translation>没有名称匹配的批次。</translation>
    </message>
</context>
<context>
    <name>songda::ui::BatchForm</name>
    <message>
        <source>Save the rejected rows</source>
        <translation>保存被拒绝的行</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>Save the rejected rows…</source>
        <translation>保存被拒绝的行…</translation>
    </message>
    <message>
        <source>Check every row</source>
        <translation>检查所有行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Rows that cannot be sent will be listed here with line, column and reason.</source>
        <translation>无法发送的行会连同行号、列名和原因列在这里。</translation>
    </message>
    <message>
        <source>Rejected rows</source>
        <translation>被拒绝的行</translation>
    </message>
    <message>
        <source>Stopped. %1 messages were queued before that; the same file again queues only the rest.</source>
        <translation>已停止。此前已有 %1 条入队；再次导入同一文件只会加入其余的行。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>%1 messages are queued as “%2”. %3 rows were rejected, %4 were there already.</source>
        <translation>%1 条消息已入队，批次“%2”。%3 行被拒绝，%4 行已存在。</translation>
    </message>
    <message>
        <source>The rejected rows are saved with their reasons.</source>
        <translation>被拒绝的行及原因已保存。</translation>
    </message>
    <message>
        <source>Queue %1 messages</source>
        <translation>将 %1 条消息入队</translation>
    </message>
    <message>
        <source>3 · Check, then send</source>
        <translation>3 · 检查后发送</translation>
    </message>
    <message>
        <source>Every row is checked first, and you see what would become of it. Nothing is queued before that.</source>
        <translation>先检查每一行，并预览发送结果；在此之前不会有任何消息入队。</translation>
    </message>
    <message>
        <source>Show the batch</source>
        <translation>查看批次</translation>
    </message>
    <message>
        <source>The first %1 of %2 are shown; saved, they are all there.</source>
        <translation>只显示 %2 行中的前 %1 行；保存的文件中有全部。</translation>
    </message>
    <message>
        <source>Send the seed, queue %1 messages</source>
        <translation>先试发，并入队 %1 条消息</translation>
    </message>
    <message>
        <source>Something was changed meanwhile. Check the rows again.</source>
        <translation>检查期间有改动，请重新检查各行。</translation>
    </message>
    <message>
        <source>%1 messages are queued as “%2” and wait: it takes a second person to let so many go.</source>
        <translation>%1 条消息已排队为“%2”并在等待：这么多消息需要第二人同意才能放行。</translation>
    </message>
    <message>
        <source>%1 rows have a number that a spreadsheet program seems to have rounded, the first in line %2, column “%3”. They would be sent as they are.</source>
        <translation>%1 行含有疑似被电子表格程序四舍五入的数字，第一处在第 %2 行“%3”列。它们会按现状发送。</translation>
    </message>
    <message>
        <source>Stopped. %1 messages were queued before that, and wait: it takes a second person to let so many go. The same file again queues only the rest.</source>
        <translation>已停止。此前已有 %1 条入队并在等待：这么多消息需要第二人同意才能放行。再次导入同一文件只会加入其余的行。</translation>
    </message>
</context>
<context>
    <name>songda::ui::BatchOptions</name>
    <message>
        <source>2 · How it is sent</source>
        <translation>2 · 怎样发送</translation>
    </message>
    <message>
        <source>Batch name</source>
        <translation>批次名称</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Useful until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Take back within</source>
        <translation>可撤回时间</translation>
    </message>
    <message>
        <source>First to</source>
        <translation>先试发给</translation>
    </message>
    <message>
        <source>Empty: the file&apos;s name, and what was sent before is not sent again. A name makes it a new occasion.</source>
        <translation>留空则用文件名，已发过的内容不会再发；填写新名称则视为新的一次发送。</translation>
    </message>
    <message>
        <source>at (China time)</source>
        <translation>定时（北京时间）</translation>
    </message>
    <message>
        <source>Time to send</source>
        <translation>发送时间</translation>
    </message>
    <message>
        <source>Nothing leaves before this has passed, so that a mistake can be taken back.</source>
        <translation>在此时间内不会发出任何消息，发现错误可以撤回。</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>openids of colleagues, separated by blanks</source>
        <translation>同事的 OpenID，用空格分隔</translation>
    </message>
    <message>
        <source>at no time: it leaves at once</source>
        <translation>不可撤回：立即发出</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>At most %1 people.</source>
        <translation>最多 %1 人。</translation>
    </message>
    <message>
        <source>Empty: it goes to everybody at once. Otherwise these get the first row&apos;s message, and the rest waits until you have looked.</source>
        <translation>留空则直接发给所有人；否则先把第一行的消息发给这些人，其余等您看过再发。</translation>
    </message>
    <message>
        <source>They get the first row&apos;s message at once. The rest waits until you let it go on.</source>
        <translation>他们会立即收到第一行的消息，其余等您放行。</translation>
    </message>
    <message>
        <source>This is before the batch is due: nothing would be sent.</source>
        <translation>早于批次的发送时间：什么也不会发出。</translation>
    </message>
    <message>
        <source>What has not gone by then expires; it is not sent late.</source>
        <translation>届时仍未发出的消息作过期处理，不会迟发。</translation>
    </message>
    <message>
        <source>This time has passed. Choose one to come, or take the tick away: then it goes at once.</source>
        <translation>该时间已过。请选择将来的时间，或取消勾选以立即发送。</translation>
    </message>
</context>
<context>
    <name>songda::ui::BatchPicker</name>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>The newest ones; “Another one…” finds any by its name</source>
        <translation>最近的批次；“其他批次…”可按名称查找任意批次</translation>
    </message>
    <message>
        <source>All batches</source>
        <translation>全部批次</translation>
    </message>
    <message>
        <source>Another one…</source>
        <translation>其他批次…</translation>
    </message>
</context>
<context>
    <name>songda::ui::BatchSource</name>
    <message>
        <source>1 · What is sent to whom</source>
        <translation>1 · 发什么、发给谁</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>A CSV file with one row a recipient; it may also be dropped here. UTF-8 or GBK, as Excel saves it.</source>
        <translation>每行一个接收人的 CSV 文件，也可以拖到这里。支持 UTF-8 和 GBK，即 Excel 保存的格式。</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Which column feeds what. The matches are guessed from the names; every one can be changed.</source>
        <translation>各列的对应关系，已按名称自动匹配，每一项都可以修改。</translation>
    </message>
    <message>
        <source>The columns of the file are matched with the template&apos;s keys here; every match can be changed.</source>
        <translation>文件的列会在这里与模板字段对应，每一项都可以修改。</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>encoding: found by itself</source>
        <translation>编码：自动识别</translation>
    </message>
    <message>
        <source>When the rows are not readable, choose what the file was saved in.</source>
        <translation>如果内容显示为乱码，请选择该文件保存时所用的编码。</translation>
    </message>
    <message>
        <source>Encoding of the file</source>
        <translation>文件编码</translation>
    </message>
</context>
<context>
    <name>songda::ui::BatchSums</name>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>结果不明</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
</context>
<context>
    <name>songda::ui::BatchView</name>
    <message>
        <source>Save the report</source>
        <translation>保存报表</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>Choose a batch to see how far it is and who did not get it.</source>
        <translation>选择一个批次，查看进度以及谁没有收到。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Cancel…</source>
        <translation>取消…</translation>
    </message>
    <message>
        <source>Show messages</source>
        <translation>查看消息</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>保存报表…</translation>
    </message>
    <message>
        <source>The seed is out: look at it, then let the rest go</source>
        <translation>试发消息已发出：请查看，然后放行其余消息</translation>
    </message>
    <message>
        <source>Show the seed messages</source>
        <translation>查看试发消息</translation>
    </message>
    <message>
        <source>It is right: let the rest go</source>
        <translation>没有问题，放行其余消息</translation>
    </message>
    <message>
        <source>Who did not get it?</source>
        <translation>谁没有收到？</translation>
    </message>
    <message>
        <source>Send to the rest…</source>
        <translation>发给其余的人…</translation>
    </message>
    <message>
        <source>Resend the failed…</source>
        <translation>重发失败的…</translation>
    </message>
    <message>
        <source>queued %1 by %2</source>
        <translation>%1 由 %2 入队</translation>
    </message>
    <message>
        <source>priority: %1</source>
        <translation>优先级：%1</translation>
    </message>
    <message>
        <source>Paused: %1</source>
        <translation>已暂停：%1</translation>
    </message>
    <message>
        <source>Cancelled: %1</source>
        <translation>已取消：%1</translation>
    </message>
    <message>
        <source>%1 of %2 have ended</source>
        <translation>已结束 %1 / %2</translation>
    </message>
    <message>
        <source>about %1 left at this rate</source>
        <translation>按此速率约剩 %1</translation>
    </message>
    <message>
        <source>%1 of %2 seed messages were taken by WeChat, %3 failed. Look why before the rest goes.</source>
        <translation>%2 条试发消息中微信接收了 %1 条，失败 %3 条。放行前请先查明原因。</translation>
    </message>
    <message>
        <source>%1 of %2 seed messages were taken by WeChat. Ask those people whether it looks right on their phones.</source>
        <translation>%2 条试发消息中微信接收了 %1 条。请向收到的同事确认手机上的显示是否正确。</translation>
    </message>
    <message>
        <source>%1 of %2. A line opens its messages. Rows of the file that were refused never became messages.</source>
        <translation>%2 人中有 %1 人。双击一行可查看对应消息。文件中被拒绝的行没有成为消息。</translation>
    </message>
    <message>
        <source>Nobody missed it so far. Who does will be listed here with the reason.</source>
        <translation>目前没有人漏收。漏收的人及原因会列在这里。</translation>
    </message>
    <message>
        <source>Cancel the batch</source>
        <translation>取消批次</translation>
    </message>
    <message>
        <source>About %1 messages have not left yet and will not be sent. What was sent stays sent.</source>
        <translation>约 %1 条尚未发出的消息将不再发送，已发出的不受影响。</translation>
    </message>
    <message>
        <source>Send to the rest</source>
        <translation>发给其余的人</translation>
    </message>
    <message>
        <source>Up to %1 people whose message was cancelled or ran out of time get it now, each once. Who has it already, may have it, or was discarded is left alone.</source>
        <translation>消息被取消或过期的人（最多 %1 人）现在各收到一条。已收到、可能已收到或已被丢弃的人不再打扰。</translation>
    </message>
    <message>
        <source>%1 are queued again; %2 were left alone.</source>
        <translation>%1 条重新入队，%2 条未动。</translation>
    </message>
    <message>
        <source>%1 rows saved. The manifest beside the file proves that nothing was changed.</source>
        <translation>已保存 %1 行。同目录的清单文件可证明内容未被改动。</translation>
    </message>
    <message>
        <source>The failed ones of %1</source>
        <translation>%1 中失败的消息</translation>
    </message>
    <message>
        <source>Agree and let it go</source>
        <translation>同意并放行</translation>
    </message>
    <message>
        <source>WeChat took all %1 messages and reported %2 of them as delivered.</source>
        <translation>微信接收了全部 %1 条消息，并报告其中 %2 条已送达。</translation>
    </message>
    <message>
        <source>WeChat took all %1 messages.</source>
        <translation>微信接收了全部 %1 条消息。</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>%1 were cancelled before it was ended. The rest waits, and the batch is paused: go on, or cancel it again.</source>
        <translation>中止前已取消 %1 条。其余仍在等待，批次已暂停：可以继续发送，也可以再次取消。</translation>
    </message>
    <message>
        <source>%1 are queued again. It was ended there; the rest is as it was.</source>
        <translation>%1 条已重新排队。到此中止，其余保持原样。</translation>
    </message>
</context>
<context>
    <name>songda::ui::BatchesPane</name>
    <message>
        <source>Search the batches</source>
        <translation>搜索批次</translation>
    </message>
    <message>
        <source>No batch yet. Import a file in the first tab.</source>
        <translation>还没有批次。请在第一个标签页导入文件。</translation>
    </message>
    <message>
        <source>No batch has this in its name.</source>
        <translation>没有名称匹配的批次。</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Name of a batch, its number, or who queued it</source>
        <translation>批次名称、编号或提交人</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>The batches could not be read.</source>
        <translation>无法读取批次。</translation>
    </message>
</context>
<context>
    <name>songda::ui::CallbackPane</name>
    <message>
        <source>The platform reports what became of a message a little after it took it: only then accepted becomes delivered or not. What stands below is entered once on its page, under 设置与开发 &gt; 基本配置 &gt; 服务器配置.</source>
        <translation>平台接收消息后不久会用回执告知送达结果，这时“已接收”才变为送达或未送达。请把下面的内容填入平台的“设置与开发 &gt; 基本配置 &gt; 服务器配置”，填一次即可。</translation>
    </message>
    <message>
        <source>No account yet. Set one up on the Accounts page.</source>
        <translation>还没有公众号。请先在“公众号”页添加。</translation>
    </message>
    <message>
        <source>Delivery reports by account</source>
        <translation>各公众号的送达回执</translation>
    </message>
    <message>
        <source>Show the missing ones</source>
        <translation>查看缺失的消息</translation>
    </message>
    <message>
        <source>Show the secrets</source>
        <translation>显示密钥</translation>
    </message>
    <message>
        <source>New EncodingAESKey…</source>
        <translation>更换 EncodingAESKey…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>URL (服务器地址)</source>
        <translation>服务器地址 (URL)</translation>
    </message>
    <message>
        <source>Token (令牌)</source>
        <translation>令牌 (Token)</translation>
    </message>
    <message>
        <source>EncodingAESKey (消息加解密密钥)</source>
        <translation>消息加解密密钥 (EncodingAESKey)</translation>
    </message>
    <message>
        <source>Mode (消息加解密方式)</source>
        <translation>消息加解密方式</translation>
    </message>
    <message>
        <source>made when it is set up</source>
        <translation>设置时生成</translation>
    </message>
    <message>
        <source>Change the mode</source>
        <translation>更改方式</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>In plain mode what is reported is not signed: whoever has seen one report can make up others for five minutes. Secure is better.</source>
        <translation>明文模式下回执内容没有签名：看到过一次回执的人，五分钟内可以伪造其他回执。建议使用安全模式。</translation>
    </message>
    <message>
        <source>The EncodingAESKey before this one is taken until %1.</source>
        <translation>上一个 EncodingAESKey 在 %1 之前仍然有效。</translation>
    </message>
    <message>
        <source>The mode is changed here. Change it at the platform as well.</source>
        <translation>这里的方式已更改，请在平台上同样更改。</translation>
    </message>
    <message>
        <source>Set up. Enter the four values below on the platform&apos;s page.</source>
        <translation>已设置。请把下面四项填入平台页面。</translation>
    </message>
    <message>
        <source>New EncodingAESKey</source>
        <translation>更换 EncodingAESKey</translation>
    </message>
    <message>
        <source>A new key is made for %1. The present one is taken for an hour more: enter the new one at the platform within it.</source>
        <translation>将为 %1 生成新密钥。现有密钥还有一小时有效，请在此期间把新密钥填入平台。</translation>
    </message>
    <message>
        <source>Make a new key</source>
        <translation>生成新密钥</translation>
    </message>
    <message>
        <source>Enter the new EncodingAESKey on the platform&apos;s page within the hour.</source>
        <translation>请在一小时内把新的 EncodingAESKey 填入平台页面。</translation>
    </message>
    <message>
        <source>Take no reports any more</source>
        <translation>不再接收回执</translation>
    </message>
    <message>
        <source>What the platform of %1 reports is refused from now on: accepted is then the most that can be known.</source>
        <translation>从现在起拒绝 %1 的平台回执，最多只能知道微信已接收。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>已移除。</translation>
    </message>
    <message>
        <source>How this machine is reached from outside is not said yet: it is the setting “Address from outside” of the doors. The platform reports to port 80 or 443 only.</source>
        <translation>尚未填写本机的外部访问地址：请在接口设置中填写“外部访问地址”。平台只会把回执发到 80 或 443 端口。</translation>
    </message>
</context>
<context>
    <name>songda::ui::CardStepper</name>
    <message>
        <source>As the recipients see it</source>
        <translation>接收人看到的样子</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Row %1 of the first %2 · to %3</source>
        <translation>前 %2 行中的第 %1 行 · 发给 %3</translation>
    </message>
    <message>
        <source>Choose a file to see its rows as cards.</source>
        <translation>选择文件后，这里按卡片显示各行。</translation>
    </message>
</context>
<context>
    <name>songda::ui::CauseCard</name>
    <message>
        <source>An error code Songda does not know yet</source>
        <translation>Songda 尚不认识的错误码</translation>
    </message>
    <message>
        <source>Whose move: %1</source>
        <translation>该由谁处理：%1</translation>
    </message>
    <message>
        <source>Note by %1, %2: %3</source>
        <translation>备注（%1，%2）：%3</translation>
    </message>
    <message>
        <source>Edit and resend…</source>
        <translation>修改并重发…</translation>
    </message>
    <message>
        <source>Write to them no more…</source>
        <translation>不再发给他们…</translation>
    </message>
    <message>
        <source>Open the account&apos;s settings</source>
        <translation>打开公众号设置</translation>
    </message>
    <message>
        <source>Open the templates</source>
        <translation>打开模板</translation>
    </message>
    <message>
        <source>Resend all %1…</source>
        <translation>重发全部 %1 条…</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Resend…</source>
        <translation>重发…</translation>
    </message>
</context>
<context>
    <name>songda::ui::ChangeButton</name>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Hold, release, or give another time to send</source>
        <translation>暂停发送、放行，或改发送时间</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>暂停发送</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>恢复发送</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Send at another time…</source>
        <translation>改发送时间…</translation>
    </message>
    <message>
        <source>The chosen messages</source>
        <translation>选中的消息</translation>
    </message>
    <message>
        <source>Everything that matches</source>
        <translation>所有符合条件的</translation>
    </message>
</context>
<context>
    <name>songda::ui::CommandPalette</name>
    <message>
        <source>Find and do</source>
        <translation>查找并执行</translation>
    </message>
    <message>
        <source>Type what you want to do, a page, a person&apos;s openid, a message number…</source>
        <translation>输入想做的事、页面、某人的 OpenID、消息编号…</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>匹配项</translation>
    </message>
    <message>
        <source>Nothing fits.</source>
        <translation>没有匹配项。</translation>
    </message>
</context>
<context>
    <name>songda::ui::ConnectionsPage</name>
    <message>
        <source>Delivery reports</source>
        <translation>送达回执</translation>
    </message>
    <message>
        <source>Keys of business systems</source>
        <translation>业务系统密钥</translation>
    </message>
    <message>
        <source>Web hooks</source>
        <translation>结果通知 (Webhook)</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>对接</translation>
    </message>
</context>
<context>
    <name>songda::ui::ConsoleLook</name>
    <message>
        <source>Columns, widths and the window are as at first from the next start on.</source>
        <translation>列、宽度和窗口从下次启动起恢复最初的样子。</translation>
    </message>
    <message>
        <source>How this console looks</source>
        <translation>本控制台的外观</translation>
    </message>
    <message>
        <source>Rows in tables</source>
        <translation>表格行高</translation>
    </message>
    <message>
        <source>Size of everything</source>
        <translation>整体大小</translation>
    </message>
    <message>
        <source>From the next start on. Light, dark and the language: at the foot of the rail.</source>
        <translation>从下次启动起生效。明暗和语言在左栏底部。</translation>
    </message>
    <message>
        <source>Columns and window as at first</source>
        <translation>列和窗口恢复最初的样子</translation>
    </message>
    <message>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>ordinary</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>high</source>
        <translation>高</translation>
    </message>
</context>
<context>
    <name>songda::ui::DataTable</name>
    <message>
        <source>As it was at first</source>
        <translation>恢复最初的样子</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>As the page has them</source>
        <translation>按页面原有顺序</translation>
    </message>
    <message>
        <source>Greatest first</source>
        <translation>从大到小</translation>
    </message>
</context>
<context>
    <name>songda::ui::DeadLettersPage</name>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>Resend selection…</source>
        <translation>重发所选…</translation>
    </message>
    <message>
        <source>Discard selection…</source>
        <translation>丢弃所选…</translation>
    </message>
    <message>
        <source>Causes</source>
        <translation>失败原因</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>No dead letters. Everything that could be delivered was.</source>
        <translation>没有死信。能送达的都已送达。</translation>
    </message>
    <message>
        <source>Nothing here.</source>
        <translation>这里没有内容。</translation>
    </message>
    <message>
        <source>Resend all %1 of this cause…</source>
        <translation>重发此失败原因的全部 %1 条…</translation>
    </message>
    <message>
        <source>Resend all %1…</source>
        <translation>重发全部 %1 条…</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>丢弃…</translation>
    </message>
    <message>
        <source>%1 messages in %2 groups</source>
        <translation>%2 组，共 %1 条消息</translation>
    </message>
    <message>
        <source>Restore selection…</source>
        <translation>恢复所选…</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>备注…</translation>
    </message>
    <message>
        <source>Discarded ones</source>
        <translation>已丢弃的</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R</source>
        <translation>Ctrl+Shift+R</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Choose a message first, then edit it.</source>
        <translation>请先选一条消息，再修改。</translation>
    </message>
    <message>
        <source>All dead letters</source>
        <translation>全部死信</translation>
    </message>
    <message>
        <source>To the causes</source>
        <translation>到失败原因列表</translation>
    </message>
    <message>
        <source>To the messages</source>
        <translation>到消息列表</translation>
    </message>
    <message>
        <source>Ctrl+Delete</source>
        <translation>Ctrl+Delete</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Ctrl+Z</translation>
    </message>
    <message>
        <source>Past replays…</source>
        <translation>历史重发…</translation>
    </message>
    <message>
        <source>What was sent again before, and what became of it (Ctrl+Shift+Y)</source>
        <translation>以往的重发任务及其结果（Ctrl+Shift+Y）</translation>
    </message>
    <message>
        <source>%1 chosen messages</source>
        <translation>选中的 %1 条消息</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Z</source>
        <translation>Ctrl+Shift+Z</translation>
    </message>
    <message>
        <source>What was discarded with a reason; it can be restored (Ctrl+D)</source>
        <translation>附理由丢弃的消息，可以恢复（Ctrl+D）</translation>
    </message>
    <message>
        <source>Restore all of this cause…</source>
        <translation>恢复此原因的全部消息…</translation>
    </message>
    <message>
        <source>Restore all…</source>
        <translation>全部恢复…</translation>
    </message>
    <message>
        <source>What was discarded, newest first</source>
        <translation>已丢弃的消息，最新的在前</translation>
    </message>
</context>
<context>
    <name>songda::ui::Directory</name>
    <message>
        <source>no. %1</source>
        <translation>第 %1 号</translation>
    </message>
    <message>
        <source>Single messages</source>
        <translation>单条消息</translation>
    </message>
</context>
<context>
    <name>songda::ui::EditDialog</name>
    <message>
        <source>Edit and resend message no. %1</source>
        <translation>修改并重发第 %1 号消息</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>As the recipient sees it</source>
        <translation>接收人看到的样子</translation>
    </message>
    <message>
        <source>Recipient, business key, batch and history stay as they are. The change is recorded with your name.</source>
        <translation>接收人、业务编号、批次和历史保持不变。修改会连同你的名字记入审计。</translation>
    </message>
    <message>
        <source>Reason (needed, for the audit)</source>
        <translation>操作理由（必填，记入审计）</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>操作理由</translation>
    </message>
    <message>
        <source>It may have arrived already. With other words WeChat cannot recognise a repeat: it may arrive twice</source>
        <translation>它可能已经送达。内容改变后微信无法识别重复，对方可能收到两次</translation>
    </message>
    <message>
        <source>Resend</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>The template of this message is not known here any more. Fetch the templates first.</source>
        <translation>这里已没有此消息的模板，请先获取模板。</translation>
    </message>
    <message>
        <source>Was: %1</source>
        <translation>原为：%1</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Opened when the card is touched; may be empty</source>
        <translation>点击卡片时打开，可留空</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>尚未修改。</translation>
    </message>
    <message>
        <source>Changed: %1</source>
        <translation>已修改：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>It was left: it may have arrived meanwhile. Look at it anew.</source>
        <translation>未重发：它可能已经送达，请重新查看。</translation>
    </message>
    <message>
        <source>Message no. %1 is queued again with other words.</source>
        <translation>第 %1 号消息已按新内容重新排队。</translation>
    </message>
    <message>
        <source>kept as it is, and not shown to you</source>
        <translation>保持不变，不向您显示</translation>
    </message>
    <message>
        <source>What you leave empty stays as it is. You may change values without seeing the others.</source>
        <translation>留空的保持不变。您可以修改某些值，而看不到其他值。</translation>
    </message>
    <message>
        <source>Instead of what it says now</source>
        <translation>替换现有内容</translation>
    </message>
    <message>
        <source>Instead of the link it has now, if any</source>
        <translation>替换现有链接（如有）</translation>
    </message>
    <message>
        <source>Opened when the card is touched; empty: as it is</source>
        <translation>点击卡片时打开；留空：保持不变</translation>
    </message>
</context>
<context>
    <name>songda::ui::ErrorsChart</name>
    <message>
        <source>other causes</source>
        <translation>其他失败原因</translation>
    </message>
    <message>
        <source>all causes</source>
        <translation>所有失败原因</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1，%2：%3</translation>
    </message>
</context>
<context>
    <name>songda::ui::ErrorsPage</name>
    <message>
        <source>Failed attempts</source>
        <translation>失败次数</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>unknown code</source>
        <translation>未知错误码</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Today (from 00:00 China time)</source>
        <translation>今天（北京时间 00:00 起）</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>最近 24 小时</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>By code</source>
        <translation>按错误码</translation>
    </message>
    <message>
        <source>By template</source>
        <translation>按模板</translation>
    </message>
    <message>
        <source>By account</source>
        <translation>按公众号</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>按日期</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时间范围</translation>
    </message>
    <message>
        <source>Broken down by</source>
        <translation>分类方式</translation>
    </message>
    <message>
        <source>Breakdown</source>
        <translation>分类统计</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>By batch</source>
        <translation>按批次</translation>
    </message>
    <message>
        <source>By hour</source>
        <translation>按小时</translation>
    </message>
    <message>
        <source>Show the dead letters</source>
        <translation>查看死信</translation>
    </message>
    <message>
        <source>Nothing failed in this time.</source>
        <translation>此期间没有失败。</translation>
    </message>
    <message>
        <source>%1 dead letters of this time, after %2 failed attempts: one message may fail several times, or get through in the end.</source>
        <translation>此期间 %1 条死信，共失败 %2 次：一条消息可能失败多次，也可能最终发出。</translation>
    </message>
    <message>
        <source>Not in the catalogue of error codes: %1. Songda tries such a message a few times and then puts it aside. Look the code up before you resend.</source>
        <translation>错误码目录中没有：%1。这类消息会重试几次，然后搁置。重发前请先查明该错误码。</translation>
    </message>
    <message>
        <source>Dead letters over time</source>
        <translation>死信随时间变化</translation>
    </message>
    <message>
        <source>Failed attempts over time</source>
        <translation>失败次数随时间变化</translation>
    </message>
    <message>
        <source>The chart counts</source>
        <translation>图表统计</translation>
    </message>
    <message>
        <source>To the chart: arrows go along it, Enter opens</source>
        <translation>转到图表：方向键移动，回车打开</translation>
    </message>
    <message>
        <source>To the breakdown</source>
        <translation>转到明细表</translation>
    </message>
    <message>
        <source>Show what failed at any try</source>
        <translation>查看任一次尝试失败过的消息</translation>
    </message>
    <message>
        <source>The messages of which an attempt failed so, whatever became of them: each once, however often it failed</source>
        <translation>曾有一次尝试如此失败的消息，不论后来结果如何；失败多次也只列一次</translation>
    </message>
</context>
<context>
    <name>songda::ui::FilterBar</name>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>On the way</source>
        <translation>发送途中</translation>
    </message>
    <message>
        <source>Accepted or delivered</source>
        <translation>已接收或已送达</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>“%1” is not understood; the table still shows what it showed before.</source>
        <translation>看不懂“%1”；表格仍显示之前的内容。</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已存筛选</translation>
    </message>
    <message>
        <source>Filters kept under a name (Ctrl+S keeps this one)</source>
        <translation>以名称保存的筛选（Ctrl+S 保存当前筛选）</translation>
    </message>
    <message>
        <source>openid, number, msgid, trace id, batch or business key; or code:43004 since:2h state:dead</source>
        <translation>OpenID、编号、msgid、追踪 ID、批次或业务编号；或 code:43004 since:2h state:dead</translation>
    </message>
    <message>
        <source>Keep this filter</source>
        <translation>保存此筛选</translation>
    </message>
    <message>
        <source>Name of the filter “%1”</source>
        <translation>筛选“%1”的名称</translation>
    </message>
    <message>
        <source>No filter is kept yet</source>
        <translation>还没有保存筛选</translation>
    </message>
    <message>
        <source>Keep this filter…</source>
        <translation>保存此筛选…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Also: state: code: template: batch: account: key: openid: msgid: trace: id: replay: act: since: until: ended-since: ended-until: failed:43004 (at any try) failed-since: failed-until: discarded:yes. States: %1</source>
        <translation>还可用：state: code: template: batch: account: key: openid: msgid: trace: id: replay: act: since: until: ended-since: ended-until: failed:43004（任一次尝试） failed-since: failed-until: discarded:yes。状态：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1
Press to take it off</source>
        <translation>%1
点击去掉这一项</translation>
    </message>
    <message>
        <source>Take off: %1</source>
        <translation>去掉：%1</translation>
    </message>
    <message>
        <source>“%1” means several templates; choose the account, add account:NAME, or type the template&apos;s id. The table still shows what it showed before.</source>
        <translation>“%1”对应多个模板；请选择公众号，加上 account:NAME，或输入模板 ID。表格仍显示之前的内容。</translation>
    </message>
</context>
<context>
    <name>songda::ui::GateTimeline</name>
    <message>
        <source>Breaker and token of the last hour</source>
        <translation>最近一小时的熔断器和令牌</translation>
    </message>
    <message>
        <source>%1, %2: %3, %4</source>
        <translation>%1，%2：%3，%4</translation>
    </message>
    <message>
        <source>No account yet.</source>
        <translation>还没有公众号。</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 项</translation>
    </message>
</context>
<context>
    <name>songda::ui::HandoverPage</name>
    <message>
        <source>The sheet is on the clipboard.</source>
        <translation>交接单已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Handover</source>
        <translation>交接</translation>
    </message>
    <message>
        <source>What the next shift has to know, made from the state of this moment and the records of the shift. It does not change by itself while you read.</source>
        <translation>下一班需要知道的事，由此刻的状态和本班次的记录生成。阅读时不会自动变化。</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>the last %1 hours</source>
        <translation>最近 %1 小时</translation>
    </message>
    <message>
        <source>As it is now</source>
        <translation>按此刻更新</translation>
    </message>
    <message>
        <source>Save as text…</source>
        <translation>另存为文本…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>To the next shift</source>
        <translation>给下一班</translation>
    </message>
    <message>
        <source>What only you know: who was called, what is promised, what to watch</source>
        <translation>只有您知道的：给谁打过电话、答应了什么、要留意什么</translation>
    </message>
    <message>
        <source>The sheet</source>
        <translation>交接单</translation>
    </message>
    <message>
        <source>Save as text</source>
        <translation>另存为文本</translation>
    </message>
    <message>
        <source>Text files (*.txt)</source>
        <translation>文本文件 (*.txt)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>It could not be saved: %1</source>
        <translation>无法保存：%1</translation>
    </message>
</context>
<context>
    <name>songda::ui::HooksPane</name>
    <message>
        <source>Business systems below are told what became of messages (Standard Webhooks, signed). What one does not take is tried again; one that fails for long is stopped and helped on from here.</source>
        <translation>下列业务系统会收到消息结果通知（Standard Webhooks，带签名）。对方未接收的会重试；长时间失败的会停止，可在这里让它继续。</translation>
    </message>
    <message>
        <source>Nobody is told yet. Set the first one up below.</source>
        <translation>还没有通知任何系统。请在下面添加第一个。</translation>
    </message>
    <message>
        <source>Web hooks</source>
        <translation>结果通知 (Webhook)</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>发送测试</translation>
    </message>
    <message>
        <source>Go on, and try again what was given up</source>
        <translation>继续，并重试已放弃的通知</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Tell another system</source>
        <translation>通知另一个系统</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>1 to %1 days, usually %2: older outcomes that it never took are dropped</source>
        <translation>1 到 %1 天，默认 %2：更早且一直未被接收的结果会被丢弃</translation>
    </message>
    <message>
        <source>Outcomes kept</source>
        <translation>保留条数</translation>
    </message>
    <message>
        <source>%1 to %2 outcomes, usually %3: of more, the oldest are dropped</source>
        <translation>%1 到 %2 条，默认 %3：超出时丢弃最早的</translation>
    </message>
    <message>
        <source>This very host is in our own network, and meant</source>
        <translation>该主机确实在自己的内网中</translation>
    </message>
    <message>
        <source>Tell it from now on</source>
        <translation>从现在起通知</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>通知内容</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Stopped since %1: %2</source>
        <translation>自 %1 起停止：%2</translation>
    </message>
    <message>
        <source>Last try %1: %2</source>
        <translation>最近一次 %1:%2</translation>
    </message>
    <message>
        <source>With this secret %1 checks our signatures. Copy it now: it cannot be shown again.</source>
        <translation>%1 用这个密钥核对我们的签名。请立即复制，以后无法再次显示。</translation>
    </message>
    <message>
        <source>Sending a test…</source>
        <translation>正在发送测试…</translation>
    </message>
    <message>
        <source>The test was taken.</source>
        <translation>对方已接收测试。</translation>
    </message>
    <message>
        <source>The test was not taken: %1</source>
        <translation>对方未接收测试：%1</translation>
    </message>
    <message>
        <source>It goes on; %1 outcomes are tried again.</source>
        <translation>已继续；%1 条结果将重试。</translation>
    </message>
    <message>
        <source>Tell it nothing any more</source>
        <translation>不再通知</translation>
    </message>
    <message>
        <source>%1 is told nothing from now on, and %2 outcomes that wait for it are forgotten.</source>
        <translation>从现在起不再通知 %1，等待通知的 %2 条结果将被丢弃。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>已移除。</translation>
    </message>
    <message>
        <source>New secret…</source>
        <translation>更换签名密钥…</translation>
    </message>
    <message>
        <source>Hours both secrets are signed with</source>
        <translation>同时用新旧两把密钥签名的小时数</translation>
    </message>
    <message>
        <source> hours</source>
        <translation> 小时</translation>
    </message>
    <message>
        <source>0 to %1 hours, usually %2: so long deliveries are signed with the secret before as well</source>
        <translation>0 到 %1 小时，通常 %2：这段时间内推送同时用旧密钥签名</translation>
    </message>
    <message>
        <source>New secret</source>
        <translation>新的签名密钥</translation>
    </message>
    <message>
        <source>Another secret is made for %1. Deliveries are signed with the present one as well for %2 hours more: enter the new one there within them.</source>
        <translation>为 %1 生成另一把签名密钥。此后 %2 小时内推送仍同时用现有密钥签名：请在此期间到对方系统填入新密钥。</translation>
    </message>
    <message>
        <source>Make another secret</source>
        <translation>生成新的签名密钥</translation>
    </message>
</context>
<context>
    <name>songda::ui::KeyMap</name>
    <message>
        <source>Keys</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>In tables</source>
        <translation>在表格中</translation>
    </message>
    <message>
        <source>Up, Down, Page Up, Page Down</source>
        <translation>上、下、Page Up、Page Down</translation>
    </message>
    <message>
        <source>Go through the rows; older ones are fetched as one goes</source>
        <translation>逐行浏览；较旧的行随之读取</translation>
    </message>
    <message>
        <source>Shift+Up, Shift+Down, Ctrl+A</source>
        <translation>Shift+上、Shift+下、Ctrl+A</translation>
    </message>
    <message>
        <source>Choose several rows</source>
        <translation>选择多行</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab、Shift+Tab</translation>
    </message>
    <message>
        <source>Leave the table</source>
        <translation>离开表格</translation>
    </message>
    <message>
        <source>Right click on the head</source>
        <translation>右击表头</translation>
    </message>
    <message>
        <source>Choose which columns are shown; drag a head to move a column</source>
        <translation>选择显示哪些列；拖动表头可移动列</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Ctrl+K finds everything by its name, also what has no key of its own.</source>
        <translation>Ctrl+K 可按名称找到一切，包括没有快捷键的。</translation>
    </message>
</context>
<context>
    <name>songda::ui::KeysPane</name>
    <message>
        <source>With a key a business system hands messages over by HTTP and asks what became of them. A key is shown once, when it is made; here only its beginning is kept.</source>
        <translation>业务系统用密钥通过 HTTP 提交消息并查询结果。密钥只在生成时显示一次，这里只保留开头几个字符。</translation>
    </message>
    <message>
        <source>No key yet. Make the first one below.</source>
        <translation>还没有密钥。请在下面生成第一个。</translation>
    </message>
    <message>
        <source>Keys of business systems</source>
        <translation>业务系统密钥</translation>
    </message>
    <message>
        <source>Revoke…</source>
        <translation>吊销…</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新密钥</translation>
    </message>
    <message>
        <source>Business system</source>
        <translation>业务系统</translation>
    </message>
    <message>
        <source>such as order-system; it may have several keys, so that one can be replaced</source>
        <translation>例如 order-system；可以有多个密钥，便于更换</translation>
    </message>
    <message>
        <source>send, and see its own messages</source>
        <translation>发送，并查看自己的消息</translation>
    </message>
    <message>
        <source>read all messages, batches and templates</source>
        <translation>读取全部消息、批次和模板</translation>
    </message>
    <message>
        <source>cancel what others handed over</source>
        <translation>取消他人提交的消息</translation>
    </message>
    <message>
        <source>Only good until (China time)</source>
        <translation>有效期至（北京时间）</translation>
    </message>
    <message>
        <source>Good until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Make the key</source>
        <translation>生成密钥</translation>
    </message>
    <message>
        <source>May</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Say which business system it is for.</source>
        <translation>请填写业务系统名称。</translation>
    </message>
    <message>
        <source>Say what it may do.</source>
        <translation>请选择权限。</translation>
    </message>
    <message>
        <source>The key of %1. Copy it now: it cannot be shown again.</source>
        <translation>%1 的密钥。请立即复制，以后无法再次显示。</translation>
    </message>
    <message>
        <source>Revoke a key</source>
        <translation>吊销密钥</translation>
    </message>
    <message>
        <source>The key %1… of %2 is refused from now on. What was handed over with it goes on.</source>
        <translation>从现在起拒绝 %2 的密钥 %1…。已用它提交的消息照常处理。</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>吊销</translation>
    </message>
    <message>
        <source>Revoked.</source>
        <translation>已吊销。</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>换新…</translation>
    </message>
    <message>
        <source>Hours both keys are taken</source>
        <translation>新旧密钥同时有效的小时数</translation>
    </message>
    <message>
        <source> hours</source>
        <translation> 小时</translation>
    </message>
    <message>
        <source>0 to %1 hours, usually %2: so long the replaced key is taken beside the new one</source>
        <translation>0 到 %1 小时，通常 %2：这段时间内旧密钥与新密钥同时有效</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>None ticked: every account, also those to come</source>
        <translation>都不勾选：全部公众号，包括以后新增的</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>None ticked: every template, also those to come</source>
        <translation>都不勾选：全部模板，包括以后新增的</translation>
    </message>
    <message>
        <source>Only accounts</source>
        <translation>仅限公众号</translation>
    </message>
    <message>
        <source>Only templates</source>
        <translation>仅限模板</translation>
    </message>
    <message>
        <source>Replace a key</source>
        <translation>更换密钥</translation>
    </message>
    <message>
        <source>Another key for %1 is made, which may the same. The key %2… is taken for %3 hours more: enter the new one there within them.</source>
        <translation>为 %1 生成另一把权限相同的密钥。密钥 %2… 还有效 %3 小时：请在此期间到对方系统填入新密钥。</translation>
    </message>
    <message>
        <source>Make another key</source>
        <translation>生成新密钥</translation>
    </message>
    <message>
        <source>Every template is meant</source>
        <translation>确认适用于全部模板</translation>
    </message>
    <message>
        <source>The templates that were ticked are not of these accounts. Tick others, or say that every template is meant.</source>
        <translation>勾选过的模板不属于这些公众号。请另外勾选，或确认适用于全部模板。</translation>
    </message>
</context>
<context>
    <name>songda::ui::LatencyChart</name>
    <message>
        <source>no answer</source>
        <translation>无响应</translation>
    </message>
    <message>
        <source>In what time WeChat answers, the last five minutes</source>
        <translation>微信的响应时间，最近五分钟</translation>
    </message>
    <message>
        <source>Nothing was answered in the last minute.</source>
        <translation>最近一分钟没有任何响应。</translation>
    </message>
    <message>
        <source>p50 %1, p95 %2, p99 %3</source>
        <translation>p50 %1，p95 %2，p99 %3</translation>
    </message>
</context>
<context>
    <name>songda::ui::MainWindow</name>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>Songda</source>
        <translation>Songda 送达</translation>
    </message>
    <message>
        <source>Switch the language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Finishing what is in flight, then closing…</source>
        <translation>正在等待途中的消息完成，随后关闭…</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>接收人</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Handover</source>
        <translation>交接</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Find and do anything by its name (Ctrl+K); all keys: F1</source>
        <translation>按名称查找并执行任何操作（Ctrl+K）；全部快捷键：F1</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>任何地方</translation>
    </message>
    <message>
        <source>Find and do anything by its name</source>
        <translation>按名称查找并执行任何操作</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>全部快捷键</translation>
    </message>
    <message>
        <source>Search messages</source>
        <translation>搜索消息</translation>
    </message>
    <message>
        <source>Why is nothing moving?</source>
        <translation>为什么没有在发送？</translation>
    </message>
    <message>
        <source>Pause the engine, or let it go on</source>
        <translation>暂停引擎，或让它继续</translation>
    </message>
    <message>
        <source>Fetch the page again</source>
        <translation>重新读取页面</translation>
    </message>
    <message>
        <source>Let the picture move again</source>
        <translation>让画面继续更新</translation>
    </message>
    <message>
        <source>Hold the picture still</source>
        <translation>让画面静止</translation>
    </message>
    <message>
        <source>To the next part of the window: pages, page, foot</source>
        <translation>到窗口的下一部分：页面列表、页面、底栏</translation>
    </message>
    <message>
        <source>To the part before</source>
        <translation>到上一部分</translation>
    </message>
    <message>
        <source>Low rows in tables</source>
        <translation>表格行低</translation>
    </message>
    <message>
        <source>Ordinary rows in tables</source>
        <translation>表格行普通</translation>
    </message>
    <message>
        <source>High rows in tables</source>
        <translation>表格行高</translation>
    </message>
    <message>
        <source>Saved filter</source>
        <translation>已存筛选</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>About the person %1</source>
        <translation>关于此人 %1</translation>
    </message>
    <message>
        <source>Search messages for “%1”</source>
        <translation>搜索消息“%1”</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>对接</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Columns and order of the table</source>
        <translation>表格的列和排序</translation>
    </message>
    <message>
        <source>Light or dark as the system has it</source>
        <translation>浅色或深色跟随系统</translation>
    </message>
    <message>
        <source>Batches with “%1” in the name</source>
        <translation>名称含“%1”的批次</translation>
    </message>
</context>
<context>
    <name>songda::ui::MappingTable</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>choose a column…</source>
        <translation>请选择列…</translation>
    </message>
    <message>
        <source>Recipient (openid)</source>
        <translation>接收人 (OpenID)</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Business key</source>
        <translation>业务单号</translation>
    </message>
</context>
<context>
    <name>songda::ui::MessageActs</name>
    <message>
        <source>Resend</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>%1 messages are queued again. What may have arrived keeps its identity, so that WeChat can still recognise a repeat.</source>
        <translation>%1 条消息将重新入队。可能已送达的保留原有标识，以便微信识别重复。</translation>
    </message>
    <message>
        <source>Everything that matches is queued again. What may have arrived keeps its identity, so that WeChat can still recognise a repeat.</source>
        <translation>所有符合条件的消息将重新入队。可能已送达的保留原有标识，以便微信识别重复。</translation>
    </message>
    <message>
        <source>Also uncertain ones: they may have arrived, and may arrive twice</source>
        <translation>包括结果不明的消息：可能已送达，也可能因此收到两次</translation>
    </message>
    <message>
        <source>%1 queued again.</source>
        <translation>已重新入队 %1 条。</translation>
    </message>
    <message>
        <source>%1 were not in a state that can be resent.</source>
        <translation>%1 条的状态不能重发。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>%1 messages leave the dead letters as cancelled. They stay in the reports with your reason.</source>
        <translation>%1 条消息将以“已取消”移出死信，并连同理由保留在报表中。</translation>
    </message>
    <message>
        <source>Everything that matches leaves the dead letters as cancelled and stays in the reports with your reason.</source>
        <translation>所有符合条件的消息将以“已取消”移出死信，并连同理由保留在报表中。</translation>
    </message>
    <message>
        <source>%1 discarded.</source>
        <translation>已丢弃 %1 条。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Up to %1 messages that have not left yet will not be sent.</source>
        <translation>最多 %1 条尚未发出的消息将不再发送。</translation>
    </message>
    <message>
        <source>Everything that matches and has not left yet will not be sent.</source>
        <translation>所有符合条件且尚未发出的消息将不再发送。</translation>
    </message>
    <message>
        <source>Cancel messages</source>
        <translation>取消消息</translation>
    </message>
    <message>
        <source>%1 cancelled.</source>
        <translation>已取消 %1 条。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>%1 messages come back to the dead letters as they were.</source>
        <translation>%1 条消息将按原样回到死信。</translation>
    </message>
    <message>
        <source>Everything that matches comes back to the dead letters as it was.</source>
        <translation>所有符合条件的消息将按原样回到死信。</translation>
    </message>
    <message>
        <source>%1 restored.</source>
        <translation>已恢复 %1 条。</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>暂停发送</translation>
    </message>
    <message>
        <source>Up to %1 messages that wait are kept back until somebody releases them.</source>
        <translation>最多 %1 条等待中的消息将暂停发送，直到有人放行。</translation>
    </message>
    <message>
        <source>Everything that matches and waits is kept back until somebody releases it.</source>
        <translation>所有符合条件且在等待的消息将暂停发送，直到有人放行。</translation>
    </message>
    <message>
        <source>%1 held.</source>
        <translation>%1 条已改为暂停发送。</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>恢复发送</translation>
    </message>
    <message>
        <source>Up to %1 held messages may go again, each when it is due.</source>
        <translation>最多 %1 条暂停发送的消息放行，各按其时间发送。</translation>
    </message>
    <message>
        <source>Everything that matches and is held may go again, each when it is due.</source>
        <translation>所有符合条件且暂停发送的消息放行，各按其时间发送。</translation>
    </message>
    <message>
        <source>%1 released.</source>
        <translation>已放行 %1 条。</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Up to %1 messages that wait are due at once. Holds, rate and quota stay as they are.</source>
        <translation>最多 %1 条等待中的消息立即到时。暂停发送、速率和额度不变。</translation>
    </message>
    <message>
        <source>Everything that matches and waits is due at once. Holds, rate and quota stay as they are.</source>
        <translation>所有符合条件且在等待的消息立即到时。暂停发送、速率和额度不变。</translation>
    </message>
    <message>
        <source>Send at another time</source>
        <translation>改发送时间</translation>
    </message>
    <message>
        <source>Up to %1 messages that wait go at this time (China time), not before.</source>
        <translation>最多 %1 条等待中的消息改在此时间（北京时间）发送，不会提前。</translation>
    </message>
    <message>
        <source>Everything that matches and waits goes at this time (China time), not before.</source>
        <translation>所有符合条件且在等待的消息改在此时间（北京时间）发送，不会提前。</translation>
    </message>
    <message>
        <source>Set the time</source>
        <translation>设定时间</translation>
    </message>
    <message>
        <source>%1 are due at %2.</source>
        <translation>%1 条将于 %2 发送。</translation>
    </message>
    <message>
        <source>%1 are due now.</source>
        <translation>%1 条现在到时。</translation>
    </message>
    <message>
        <source>%1 It was ended there; the rest is as it was.</source>
        <translation>%1 操作到此结束，其余保持不变。</translation>
    </message>
    <message>
        <source>Replay %1 has begun.</source>
        <translation>重发任务 %1 已开始。</translation>
    </message>
    <message>
        <source>Replay %1 begins as soon as the engine runs.</source>
        <translation>引擎运行后，重发任务 %1 即开始。</translation>
    </message>
    <message>
        <source>%1 are uncertain: an earlier try may have arrived.</source>
        <translation>%1 条结果不明：此前的尝试可能已送达。</translation>
    </message>
    <message>
        <source>Write to them no more</source>
        <translation>不再发给他们</translation>
    </message>
    <message>
        <source>The recipient of this message gets nothing more from %1 until somebody lifts that. The message stays as it is.</source>
        <translation>这条消息的接收人将不再收到 %1 的消息，直到有人解除。消息本身不变。</translation>
    </message>
    <message>
        <source>The recipients of these %1 messages get nothing more from %2 until somebody lifts that. The dead letters stay until they are discarded.</source>
        <translation>这 %1 条消息的接收人将不再收到 %2 的消息，直到有人解除。死信会保留，直到被丢弃。</translation>
    </message>
    <message>
        <source>%1 people are not written to any more.</source>
        <translation>已停止向 %1 人发送。</translation>
    </message>
    <message>
        <source>%1 were left: they may have arrived, and a repeat may arrive twice.</source>
        <translation>保留了 %1 条：它们可能已送达，重发可能收到两次。</translation>
    </message>
    <message>
        <source>%1 messages were left: an earlier try of theirs may have arrived, and WeChat would not recognise a repeat any more.</source>
        <translation>保留了 %1 条消息：此前某次尝试可能已送达，而微信已无法识别重复。</translation>
    </message>
    <message>
        <source>Resend these %1 all the same: they may arrive twice</source>
        <translation>仍然重发这 %1 条：可能收到两次</translation>
    </message>
    <message>
        <source>Replay %1 has not begun. %2</source>
        <translation>重发任务 %1 尚未开始。%2</translation>
    </message>
</context>
<context>
    <name>songda::ui::MessageForm</name>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Recipient (openid)</source>
        <translation>接收人 (OpenID)</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Business key</source>
        <translation>业务单号</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>e.g. the order number: the same key is never sent twice</source>
        <translation>例如订单号：同一单号绝不重复发送</translation>
    </message>
    <message>
        <source>at (China time)</source>
        <translation>定时（北京时间）</translation>
    </message>
    <message>
        <source>Time to send</source>
        <translation>发送时间</translation>
    </message>
    <message>
        <source>As the recipient sees it</source>
        <translation>接收人看到的样子</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Show it in the queue</source>
        <translation>在队列中查看</translation>
    </message>
    <message>
        <source>28 characters that begin with o</source>
        <translation>以 o 开头的 28 个字符</translation>
    </message>
    <message>
        <source>Opened when the card is touched; may be empty</source>
        <translation>点击卡片时打开，可留空</translation>
    </message>
    <message>
        <source>This key was used before: message no. %1. Nothing was sent a second time.</source>
        <translation>此单号已用于第 %1 号消息，没有重复发送。</translation>
    </message>
    <message>
        <source>Queued as message no. %1.</source>
        <translation>已入队，编号 %1。</translation>
    </message>
    <message>
        <source>This time has passed. Choose one to come, or take the tick away: then it goes at once.</source>
        <translation>该时间已过。请选择将来的时间，或取消勾选以立即发送。</translation>
    </message>
</context>
<context>
    <name>songda::ui::MessageInspector</name>
    <message>
        <source>Choose a message to see every attempt, what was sent, and what happens next.</source>
        <translation>选择一条消息，可查看每次发送、消息内容以及接下来会怎样。</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>发送记录</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Not tried yet.</source>
        <translation>尚未发送。</translation>
    </message>
    <message>
        <source>Content as JSON</source>
        <translation>JSON 内容</translation>
    </message>
    <message>
        <source>Message no.</source>
        <translation>消息编号</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Template id</source>
        <translation>模板 ID</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Business key</source>
        <translation>业务单号</translation>
    </message>
    <message>
        <source>WeChat&apos;s msgid</source>
        <translation>微信 msgid</translation>
    </message>
    <message>
        <source>client_msg_id</source>
        <translation>client_msg_id</translation>
    </message>
    <message>
        <source>Trace id</source>
        <translation>跟踪 ID</translation>
    </message>
    <message>
        <source>Life</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>创建人</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>计划时间</translation>
    </message>
    <message>
        <source>First sent</source>
        <translation>首次发送</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>Useful until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Delivery report</source>
        <translation>送达回执</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>回执时间</translation>
    </message>
    <message>
        <source>Edit and resend…</source>
        <translation>修改并重发…</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>Up to life %1 it said:</source>
        <translation>截至第 %1 轮的内容：</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>All about this message, for a ticket (Ctrl+Shift+C)</source>
        <translation>此消息的全部内容，可贴进工单（Ctrl+Shift+C）</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Nothing happened yet.</source>
        <translation>尚未发生任何事。</translation>
    </message>
    <message>
        <source>About this message</source>
        <translation>关于此消息</translation>
    </message>
    <message>
        <source>Of the message: %1</source>
        <translation>此消息的：%1</translation>
    </message>
    <message>
        <source>The message is on the clipboard.</source>
        <translation>消息已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Was it intercepted?</source>
        <translation>是否被拦截？</translation>
    </message>
    <message>
        <source>Asks WeChat: it does not report what it accepted and then kept from the person</source>
        <translation>向微信查询：微信接收后又拦截的消息，不会发送回执</translation>
    </message>
    <message>
        <source>Ask WeChat about this attempt</source>
        <translation>向微信查询这次尝试</translation>
    </message>
    <message>
        <source>Asks WeChat what it remembers of a call that it refused; for seven days</source>
        <translation>向微信查询它拒绝的调用；可查七天</translation>
    </message>
    <message>
        <source>What it says is not shown to you.</source>
        <translation>其内容不向您显示。</translation>
    </message>
    <message>
        <source>Asking WeChat…</source>
        <translation>正在询问微信…</translation>
    </message>
</context>
<context>
    <name>songda::ui::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Why is nothing moving?</source>
        <translation>为什么没有在发送？</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>发送速率</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>WeChat answers in</source>
        <translation>微信响应时间</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Cancel…</source>
        <translation>取消…</translation>
    </message>
    <message>
        <source>Show messages</source>
        <translation>查看消息</translation>
    </message>
    <message>
        <source>Top causes today</source>
        <translation>今日主要失败原因</translation>
    </message>
    <message>
        <source>No batch yet. Import a file on the Send page.</source>
        <translation>还没有批次。请在“发送”页导入文件。</translation>
    </message>
    <message>
        <source>No failed attempt today.</source>
        <translation>今天没有失败的发送。</translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation>途中 %1 条</translation>
    </message>
    <message>
        <source>oldest since %1</source>
        <translation>最早的已等 %1</translation>
    </message>
    <message>
        <source>nothing is late</source>
        <translation>没有积压</translation>
    </message>
    <message>
        <source>%1 of them uncertain</source>
        <translation>其中结果不明 %1 条</translation>
    </message>
    <message>
        <source>p95 %1 · p99 %2</source>
        <translation>p95 %1 · p99 %2</translation>
    </message>
    <message>
        <source>Cancel the batch</source>
        <translation>取消批次</translation>
    </message>
    <message>
        <source>About %1 messages have not left yet and will not be sent. What was sent stays sent.</source>
        <translation>约 %1 条尚未发出的消息将不再发送，已发出的不受影响。</translation>
    </message>
    <message>
        <source>Quota used today</source>
        <translation>今日已用额度</translation>
    </message>
    <message>
        <source>no daily quota is known</source>
        <translation>尚不知道每日额度</translation>
    </message>
    <message>
        <source>of %1, used up</source>
        <translation>共 %1，已用完</translation>
    </message>
    <message>
        <source>of %1, out at %2</source>
        <translation>共 %1，约 %2 用完</translation>
    </message>
    <message>
        <source>of %1, enough</source>
        <translation>共 %1，足够</translation>
    </message>
    <message>
        <source>no answer in the last minute</source>
        <translation>最近一分钟没有响应</translation>
    </message>
    <message>
        <source>nothing was sent in the last minute</source>
        <translation>最近一分钟没有发送</translation>
    </message>
    <message>
        <source>Open alerts</source>
        <translation>未恢复告警</translation>
    </message>
    <message>
        <source>all is well</source>
        <translation>一切正常</translation>
    </message>
    <message>
        <source>%1 of them major or critical</source>
        <translation>其中 %1 条重要或紧急</translation>
    </message>
    <message>
        <source>Success today</source>
        <translation>今日成功率</translation>
    </message>
    <message>
        <source>Of what ended since 00:00 China time: what WeChat accepted, against what became a dead letter (dead, undelivered, uncertain) and still is one. What was cancelled or ran out of time is not counted. Press to see those that failed.</source>
        <translation>自北京时间 00:00 起已结束的消息中：微信已接收的，相对于成为死信（失败、未送达、结果不明）且现在仍是死信的。已取消和已过期的不计。点击查看失败的消息。</translation>
    </message>
    <message>
        <source>To the batches</source>
        <translation>转到批次</translation>
    </message>
    <message>
        <source>To the top causes; Enter opens their messages</source>
        <translation>转到主要失败原因；回车打开相应消息</translation>
    </message>
    <message>
        <source>To breaker and token of the last hour; arrows go along it</source>
        <translation>转到最近一小时的熔断器和令牌；方向键移动</translation>
    </message>
    <message>
        <source>Messages that failed today</source>
        <translation>今天失败的消息</translation>
    </message>
    <message>
        <source>nothing has ended today</source>
        <translation>今天还没有结束的消息</translation>
    </message>
    <message>
        <source>%1 failed, goal 99.9 %</source>
        <translation>失败 %1，目标 99.9 %</translation>
    </message>
    <message>
        <source>known only where the engine runs</source>
        <translation>只有运行引擎的程序知道</translation>
    </message>
    <message>
        <source>Look at it…</source>
        <translation>查看批次…</translation>
    </message>
    <message>
        <source>%1 were cancelled before it was ended. The rest waits, and the batch is paused: go on, or cancel it again.</source>
        <translation>中止前已取消 %1 条。其余仍在等待，批次已暂停：可以继续发送，也可以再次取消。</translation>
    </message>
</context>
<context>
    <name>songda::ui::PassphraseDialog</name>
    <message>
        <source>The secrets of the accounts lie in an encrypted file. It is sealed anew as a whole: until that is done the present passphrase counts, afterwards only the new one. Programs that have this profile open go on with what they have read, and need the new one when they are started the next time. Nobody can open the file without it.</source>
        <translation>各公众号的密钥存放在一个加密文件里。更换口令时整个文件重新加密：完成之前现有口令有效，完成之后只有新口令有效。已经打开此配置的程序继续使用它们已读取的内容，下次启动时需要新口令。没有口令，谁也打不开这个文件。</translation>
    </message>
    <message>
        <source>Present passphrase</source>
        <translation>现有口令</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>新口令</translation>
    </message>
    <message>
        <source>New passphrase again</source>
        <translation>再次输入新口令</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>更换口令</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>A sentence of your own is easy to keep in mind and hard to guess.</source>
        <translation>自己造的一句话好记又难猜。</translation>
    </message>
    <message>
        <source>This is the present passphrase.</source>
        <translation>这就是现有口令。</translation>
    </message>
    <message>
        <source>Weak: whoever gets a copy of the file can find it by trying. Better four words or more.</source>
        <translation>较弱：拿到文件副本的人可以逐个试出来。最好用四个以上的词。</translation>
    </message>
    <message>
        <source>Good enough, if it is no saying and no name.</source>
        <translation>足够好，只要不是俗语或姓名。</translation>
    </message>
    <message>
        <source>Strong, if it is no quotation.</source>
        <translation>很强，只要不是引用的句子。</translation>
    </message>
    <message>
        <source>The two new passphrases differ.</source>
        <translation>两次输入的新口令不一致。</translation>
    </message>
    <message>
        <source>Sealing the secrets anew…</source>
        <translation>正在重新加密密钥……</translation>
    </message>
</context>
<context>
    <name>songda::ui::Preflight</name>
    <message>
        <source>Will go</source>
        <translation>将发送</translation>
    </message>
    <message>
        <source>Will wait</source>
        <translation>将等待</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Last one leaves</source>
        <translation>最后一条发出</translation>
    </message>
    <message>
        <source>of %1 rows</source>
        <translation>共 %1 行</translation>
    </message>
    <message>
        <source>%1 would expire</source>
        <translation>%1 条会过期</translation>
    </message>
    <message>
        <source>held</source>
        <translation>暂停发送</translation>
    </message>
    <message>
        <source>%1 duplicates</source>
        <translation>重复 %1 条</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>%1 后</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>songda::ui::QueuePage</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Resend</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel all that match…</source>
        <translation>取消全部符合条件的…</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>No messages yet. Send one, or import a file on the Send page.</source>
        <translation>还没有消息。请在“发送”页发送一条或导入文件。</translation>
    </message>
    <message>
        <source>No message matches. Show all to see the rest.</source>
        <translation>没有符合条件的消息。点“显示全部”查看其余消息。</translation>
    </message>
    <message>
        <source>%1 messages</source>
        <translation>%1 条消息</translation>
    </message>
    <message>
        <source>more than %1 messages</source>
        <translation>超过 %1 条消息</translation>
    </message>
    <message>
        <source>About this person</source>
        <translation>查看此人</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R</source>
        <translation>Ctrl+Shift+R</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Ctrl+Delete</source>
        <translation>Ctrl+Delete</translation>
    </message>
    <message>
        <source>Keep this filter</source>
        <translation>保存此筛选</translation>
    </message>
    <message>
        <source>To the messages</source>
        <translation>到消息列表</translation>
    </message>
    <message>
        <source>%1 chosen messages</source>
        <translation>选中的 %1 条消息</translation>
    </message>
    <message>
        <source>Resend all that match…</source>
        <translation>重发全部符合条件的…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Enter</source>
        <translation>Ctrl+Shift+Enter</translation>
    </message>
    <message>
        <source>as number</source>
        <translation>作为消息编号</translation>
    </message>
    <message>
        <source>as WeChat&apos;s msgid</source>
        <translation>作为微信的 msgid</translation>
    </message>
    <message>
        <source>as business key</source>
        <translation>作为业务编号</translation>
    </message>
    <message>
        <source>found %1</source>
        <translation>%1 找到</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>songda::ui::RecallPanel</name>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Leaves in %1 s</source>
        <translation>%1 秒后发出</translation>
    </message>
    <message>
        <source>Leaves in %1</source>
        <translation>%1 后发出</translation>
    </message>
    <message>
        <source>Nothing has left yet. The first of %1 messages goes at %2 (China time); until then all of them can be taken back.</source>
        <translation>还没有任何消息发出。%1 条中的第一条将在 %2（北京时间）发出，在此之前可以全部撤回。</translation>
    </message>
    <message>
        <source>%1 messages still wait. The first of them goes at %2 (China time); until then they can be taken back.</source>
        <translation>还有 %1 条消息在等待。其中第一条将在 %2（北京时间）发出，在此之前可以撤回。</translation>
    </message>
</context>
<context>
    <name>songda::ui::RecipientPage</name>
    <message>
        <source>Recipient</source>
        <translation>接收人</translation>
    </message>
    <message>
        <source>openid of a person</source>
        <translation>某人的 OpenID</translation>
    </message>
    <message>
        <source>Is another message today wise?</source>
        <translation>今天再发一条合适吗？</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>List of people who are not written to</source>
        <translation>不发送名单</translation>
    </message>
    <message>
        <source>This person is not on the list and never was.</source>
        <translation>此人不在名单上，也从未在过。</translation>
    </message>
    <message>
        <source>Add to the list…</source>
        <translation>加入名单…</translation>
    </message>
    <message>
        <source>Lift…</source>
        <translation>解除…</translation>
    </message>
    <message>
        <source>Messages to this person</source>
        <translation>发给此人的消息</translation>
    </message>
    <message>
        <source>No message to this person was ever queued here.</source>
        <translation>这里从未有过发给此人的消息。</translation>
    </message>
    <message>
        <source>Resend</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>Show in the queue</source>
        <translation>在队列中查看</translation>
    </message>
    <message>
        <source>What was sent to this person, what became of it, and whether they may be written to.</source>
        <translation>给此人发过什么、结果如何、能否再发。</translation>
    </message>
    <message>
        <source>Type an openid above; it is in the file that was sent, in the queue, and in the shop&apos;s own records.</source>
        <translation>请在上方输入 OpenID：可从发送的文件、队列或店铺自己的记录中找到。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>合适</translation>
    </message>
    <message>
        <source>better wait</source>
        <translation>最好等等</translation>
    </message>
    <message>
        <source>no</source>
        <translation>不合适</translation>
    </message>
    <message>
        <source>of the newest %1</source>
        <translation>最近 %1 条中</translation>
    </message>
    <message>
        <source>of %1 in all</source>
        <translation>共 %1 条</translation>
    </message>
    <message>
        <source>Add to the list</source>
        <translation>加入名单</translation>
    </message>
    <message>
        <source>%1 gets no more messages of “%2” until somebody lifts this.</source>
        <translation>在有人解除之前，%1 不再收到“%2”的消息。</translation>
    </message>
    <message>
        <source>%1 gets no more messages of this account until somebody lifts this.</source>
        <translation>在有人解除之前，%1 不再收到此公众号的消息。</translation>
    </message>
    <message>
        <source>The person asked for it</source>
        <translation>本人要求退订</translation>
    </message>
    <message>
        <source>On the list now. What waits for this person is refused when its turn comes.</source>
        <translation>已加入名单。正在等待的消息轮到时会被拒绝。</translation>
    </message>
    <message>
        <source>Was on the list already.</source>
        <translation>此人已在名单上。</translation>
    </message>
    <message>
        <source>%1 may be written to with “%2” again.</source>
        <translation>%1 可以再次收到“%2”的消息。</translation>
    </message>
    <message>
        <source>%1 may be written to again.</source>
        <translation>%1 可以再次收到消息。</translation>
    </message>
    <message>
        <source>This person asked for no more messages. Lift it only if they asked for them again.</source>
        <translation>此人曾要求退订，只有本人再次要求时才可解除。</translation>
    </message>
    <message>
        <source>Lift</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>%1 entries lifted.</source>
        <translation>已解除 %1 条。</translation>
    </message>
    <message>
        <source>To the messages</source>
        <translation>到消息列表</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Whom message no. %1 is for. You see openids shortened.</source>
        <translation>第 %1 号消息的接收人。您看到的 OpenID 是缩写的。</translation>
    </message>
    <message>
        <source>Also known to %1.</source>
        <translation>%1 也有此人的记录。</translation>
    </message>
</context>
<context>
    <name>songda::ui::ReplayDialog</name>
    <message>
        <source>Resend under watch</source>
        <translation>受控重发</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Resend</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>In growing steps that stop by themselves</source>
        <translation>逐级放大，出错自动停止</translation>
    </message>
    <message>
        <source>All of it, one after the other</source>
        <translation>全部依次发送</translation>
    </message>
    <message>
        <source>Sizes of the steps</source>
        <translation>各级数量</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Share of a step that may fail</source>
        <translation>每级允许失败的比例</translation>
    </message>
    <message>
        <source>Fewest failures that stop it</source>
        <translation>停止所需的最少失败数</translation>
    </message>
    <message>
        <source>Stops when more than</source>
        <translation>当一级中失败超过</translation>
    </message>
    <message>
        <source>of a step fail, and at least</source>
        <translation>且不少于以下条数时停止：</translation>
    </message>
    <message>
        <source>No faster than</source>
        <translation>速度不超过</translation>
    </message>
    <message>
        <source> a second</source>
        <translation> 条/秒</translation>
    </message>
    <message>
        <source>Messages a second</source>
        <translation>每秒条数</translation>
    </message>
    <message>
        <source>Reason (needed, for the audit)</source>
        <translation>操作理由（必填，记入审计）</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>操作理由</translation>
    </message>
    <message>
        <source>Freezing the list of %1…</source>
        <translation>正在固定名单：%1…</translation>
    </message>
    <message>
        <source>%1: the list is frozen. What dies from now on is not part of it.</source>
        <translation>%1：名单已固定，此后新增的死信不在其中。</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息数</translation>
    </message>
    <message>
        <source>Will go</source>
        <translation>将发送</translation>
    </message>
    <message>
        <source>%1, of which %2 wait until a hold or a pause ends</source>
        <translation>%1，其中 %2 条要等暂停发送或暂停解除</translation>
    </message>
    <message>
        <source>May have arrived</source>
        <translation>可能已送达</translation>
    </message>
    <message>
        <source>%1, left unless you agree below</source>
        <translation>%1，除非在下方同意，否则不发</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>%1, to people who must not be written to</source>
        <translation>%1，接收人在不可发送名单中</translation>
    </message>
    <message>
        <source>Done about</source>
        <translation>预计完成</translation>
    </message>
    <message>
        <source>SHA-256 over the sorted message numbers, a line each:
%1</source>
        <translation>按序排列的消息编号（每行一个）的 SHA-256：
%1</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Also the %1 that may have arrived: they may arrive twice</source>
        <translation>也重发可能已送达的 %1 条：对方可能收到两次</translation>
    </message>
    <message>
        <source>Nothing matches any more.</source>
        <translation>已没有符合条件的消息。</translation>
    </message>
    <message>
        <source>Sizes of 1 to 100,000, separated by commas</source>
        <translation>1 到 100,000 的数量，用逗号分隔</translation>
    </message>
    <message>
        <source>A step begins when all of the step before have ended. It also stops at an error code that none of these had.</source>
        <translation>上一级全部结束后才开始下一级。出现名单中没有过的错误码也会停止。</translation>
    </message>
    <message>
        <source>not before the hold or the pause ends</source>
        <translation>暂停发送或暂停解除之后</translation>
    </message>
    <message>
        <source>%1 (in %2)</source>
        <translation>%1（还需 %2）</translation>
    </message>
    <message>
        <source>Resend %1</source>
        <translation>重发 %1 条</translation>
    </message>
</context>
<context>
    <name>songda::ui::ReplayHistory</name>
    <message>
        <source>Past replays</source>
        <translation>历史重发</translation>
    </message>
    <message>
        <source>What was sent again under watch, newest first, and what became of it.</source>
        <translation>以往的重发任务及其结果，最新的在前。</translation>
    </message>
    <message>
        <source>Nothing was sent again under watch yet.</source>
        <translation>还没有重发任务。</translation>
    </message>
    <message>
        <source>Show its messages</source>
        <translation>显示相关消息</translation>
    </message>
    <message>
        <source>What it has sent again, in the queue</source>
        <translation>在队列中显示它重发的消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Ended by %1 at %2.</source>
        <translation>由 %1 于 %2 结束。</translation>
    </message>
    <message>
        <source>one after the other</source>
        <translation>依次发送</translation>
    </message>
    <message>
        <source>in steps of %1</source>
        <translation>逐级：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>at most %1 a second</source>
        <translation>每秒最多 %1 条</translation>
    </message>
    <message>
        <source>ended at %1</source>
        <translation>结束于 %1</translation>
    </message>
    <message>
        <source>What: %1</source>
        <translation>范围：%1</translation>
    </message>
    <message>
        <source>Fingerprint: %1</source>
        <translation>指纹：%1</translation>
    </message>
</context>
<context>
    <name>songda::ui::ReplaySteering</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Agree and let it go</source>
        <translation>同意并放行</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>End it…</source>
        <translation>结束…</translation>
    </message>
    <message>
        <source>End replay %1</source>
        <translation>结束重发任务 %1</translation>
    </message>
    <message>
        <source>%1 messages that had no turn yet stay dead letters. What has been let go stays so.</source>
        <translation>尚未轮到的 %1 条消息仍是死信，已放行的照常发送。</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>结束</translation>
    </message>
</context>
<context>
    <name>songda::ui::ReplayStrip</name>
    <message>
        <source>Replay %1: %2 of %3 · %4</source>
        <translation>重发任务 %1：%2 / %3 · %4</translation>
    </message>
    <message>
        <source>%1
Begun by %2 at %3
Fingerprint %4</source>
        <translation>%1
由 %2 于 %3 开始
指纹 %4</translation>
    </message>
    <message>
        <source>Progress of replay %1</source>
        <translation>重发任务 %1 的进度</translation>
    </message>
    <message>
        <source>accepted %1</source>
        <translation>已接收 %1</translation>
    </message>
    <message>
        <source>failed %1</source>
        <translation>失败 %1</translation>
    </message>
    <message>
        <source>under way %1</source>
        <translation>进行中 %1</translation>
    </message>
    <message>
        <source>changed since, left %1</source>
        <translation>此后有变化而未发 %1</translation>
    </message>
    <message>
        <source>may have arrived, left %1</source>
        <translation>可能已送达而未发 %1</translation>
    </message>
    <message>
        <source>step %1: %2 gone</source>
        <translation>第 %1 级：已发 %2</translation>
    </message>
    <message>
        <source>at most %1 a second</source>
        <translation>每秒最多 %1 条</translation>
    </message>
    <message>
        <source>%1 more go on or wait: see the past replays.</source>
        <translation>另有 %1 个任务在进行或等待，请看“历史重发”。</translation>
    </message>
</context>
<context>
    <name>songda::ui::ReportsPage</name>
    <message>
        <source>Reports</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>A table of messages for auditors: what was sent to whom, when, by whose order, with what result. Safe to open in Excel.</source>
        <translation>供审计使用的消息表：何时、由谁、发给谁、发了什么、结果如何。可以放心用 Excel 打开。</translation>
    </message>
    <message>
        <source>Which messages</source>
        <translation>哪些消息</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>公众号</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Column names</source>
        <translation>列名语言</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>首日</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>末日</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>导出 CSV…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>全部消息</translation>
    </message>
    <message>
        <source>Accepted or delivered</source>
        <translation>已接收或已送达</translation>
    </message>
    <message>
        <source>Failed, of unknown fate or expired</source>
        <translation>失败、结果不明或已过期</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Not finished yet</source>
        <translation>尚未结束</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>导出 CSV</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>%1 rows are in %2.</source>
        <translation>%2 中共 %1 行。</translation>
    </message>
    <message>
        <source>Manifest: %1</source>
        <translation>清单：%1</translation>
    </message>
    <message>
        <source>Saved reports</source>
        <translation>已存报表</translation>
    </message>
    <message>
        <source>Check a report…</source>
        <translation>核验报表…</translation>
    </message>
    <message>
        <source>Whether files are still what they were when they were exported, and none is missing between them</source>
        <translation>文件是否仍与导出时一致，中间有没有缺少</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>the last seven days</source>
        <translation>最近七天</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>last month</source>
        <translation>上月</translation>
    </message>
    <message>
        <source>these days</source>
        <translation>指定日期</translation>
    </message>
    <message>
        <source>Created from %1 to before %2. Days begin at 00:00 China time.</source>
        <translation>创建时间从 %1 到 %2 之前。每天从北京时间 00:00 开始。</translation>
    </message>
    <message>
        <source>Every day there is. Days begin at 00:00 China time.</source>
        <translation>全部日期。每天从北京时间 00:00 开始。</translation>
    </message>
    <message>
        <source>Keep this report</source>
        <translation>保存此报表</translation>
    </message>
    <message>
        <source>Its name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kept as “%1”.</source>
        <translation>已保存为“%1”。</translation>
    </message>
    <message>
        <source>The account or the template of “%1” is not here (any more).</source>
        <translation>“%1”的公众号或模板（已）不在这里。</translation>
    </message>
    <message>
        <source>No report is kept yet</source>
        <translation>还没有保存报表</translation>
    </message>
    <message>
        <source>Keep this report…</source>
        <translation>保存此报表…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Check reports</source>
        <translation>核验报表</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>%1: as it was written, %2 rows</source>
        <translation>%1：与写出时一致，共 %2 行</translation>
    </message>
    <message>
        <source>%1: NOT as it was written</source>
        <translation>%1：与写出时不一致</translation>
    </message>
    <message>
        <source>, number %1 of its profile</source>
        <translation>，为本配置的第 %1 份</translation>
    </message>
    <message>
        <source>Everything is as it was written.</source>
        <translation>全部与写出时一致。</translation>
    </message>
    <message>
        <source>Something is not as it was written.</source>
        <translation>有内容与写出时不一致。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Cause or code</source>
        <translation>失败原因或错误码</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>接收人</translation>
    </message>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>A code such as 43004, or a word such as timeout, without blanks</source>
        <translation>错误码（如 43004）或失败原因词（如 timeout），不含空格</translation>
    </message>
    <message>
        <source>A code of WeChat, such as 43004, or a word of ours, such as timeout; empty: any</source>
        <translation>微信错误码（如 43004）或本程序的失败原因词（如 timeout）；留空则不限</translation>
    </message>
    <message>
        <source>Not in the catalogue; exported as it is</source>
        <translation>不在错误目录中；按原样导出</translation>
    </message>
    <message>
        <source>Letters, digits, _ and - only, at most 64 of them</source>
        <translation>只能是字母、数字、_ 和 -，最多 64 个</translation>
    </message>
    <message>
        <source>The openid of one person; empty: everybody</source>
        <translation>某一接收人的 OpenID；留空则为所有人</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>%1 rows so far, about %2 % of the messages are looked through</source>
        <translation>目前 %1 行，已查看约 %2 % 的消息</translation>
    </message>
    <message>
        <source>Reading: %1 rows so far</source>
        <translation>正在读取：已读 %1 行</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>核对进度</translation>
    </message>
</context>
<context>
    <name>songda::ui::SecretOnce</name>
    <message>
        <source>Secret, shown this once</source>
        <translation>密钥，仅显示这一次</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>I have it</source>
        <translation>已保存</translation>
    </message>
</context>
<context>
    <name>songda::ui::SendPage</name>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>A batch from a file</source>
        <translation>从文件批量发送</translation>
    </message>
    <message>
        <source>One message</source>
        <translation>单条消息</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
</context>
<context>
    <name>songda::ui::SettingEditor</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>新值</translation>
    </message>
    <message>
        <source>Does not fit. It may be: %1</source>
        <translation>不合适。可为：%1</translation>
    </message>
    <message>
        <source>May be: %1. Built in: %2. In the file: %3</source>
        <translation>可取值：%1。内置值：%2。文件中的名称：%3</translation>
    </message>
</context>
<context>
    <name>songda::ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Every rule by which messages are sent. A change is shown with what it does before it is applied, comes into force within a second, and stands in the audit.</source>
        <translation>发送消息所依据的全部规则。更改在生效前会先说明影响，一秒内生效，并记入审计。</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>查找设置</translation>
    </message>
    <message>
        <source>Only what differs from what is built in</source>
        <translation>只看与内置值不同的</translation>
    </message>
    <message>
        <source>No setting fits.</source>
        <translation>没有匹配的设置。</translation>
    </message>
    <message>
        <source>See what it does</source>
        <translation>看看有何影响</translation>
    </message>
    <message>
        <source>As built in</source>
        <translation>恢复内置值</translation>
    </message>
    <message>
        <source>As for all accounts</source>
        <translation>与所有公众号一致</translation>
    </message>
    <message>
        <source>Apply…</source>
        <translation>应用…</translation>
    </message>
    <message>
        <source>Test all connections</source>
        <translation>测试全部连接</translation>
    </message>
    <message>
        <source>The policy file is not right, and what was in force before goes on: %1</source>
        <translation>策略文件有误，之前生效的继续有效：%1</translation>
    </message>
    <message>
        <source>In force: %1. A change here rewrites the file without its comments; the one before stays beside it.</source>
        <translation>当前生效：%1。在此更改会重写文件，注释会丢失；旧文件保留在旁边。</translation>
    </message>
    <message>
        <source>There is no policy file yet, so everything is as built in. The first change makes one.</source>
        <translation>还没有策略文件，全部按内置值。第一次更改时会创建。</translation>
    </message>
    <message>
        <source>The secrets of the accounts lie in the key store of the system.</source>
        <translation>公众号的密钥保存在系统密钥库中。</translation>
    </message>
    <message>
        <source>The secrets of the accounts lie in an encrypted file in the profile, under a passphrase.</source>
        <translation>公众号的密钥保存在配置内的加密文件中，由口令保护。</translation>
    </message>
    <message>
        <source>The secrets of the accounts are in memory only and forgotten at the end (practice).</source>
        <translation>公众号的密钥只在内存中，结束时即忘（演练）。</translation>
    </message>
    <message>
        <source>No secret is kept yet. The first account decides between the key store of the system and an encrypted file.</source>
        <translation>还没有保存密钥。添加第一个公众号时决定用系统密钥库还是加密文件。</translation>
    </message>
    <message>
        <source>%1: %2: %3 becomes %4</source>
        <translation>%1：%2：%3 改为 %4</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>It is like that already: nothing changes.</source>
        <translation>已经如此，没有变化。</translation>
    </message>
    <message>
        <source>For the accounts there are now nothing changes; the file says so from now on.</source>
        <translation>对现有的公众号没有变化；文件从此这样写。</translation>
    </message>
    <message>
        <source>It counts for what is sent from then on; what is on its way goes by the old value.</source>
        <translation>对此后发送的消息生效；已在途中的按旧值。</translation>
    </message>
    <message>
        <source>Change the policy</source>
        <translation>更改策略</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Applied. The engine takes it up within a second.</source>
        <translation>已应用。引擎在一秒内采用。</translation>
    </message>
    <message>
        <source>There is no account yet.</source>
        <translation>还没有公众号。</translation>
    </message>
    <message>
        <source>Asking WeChat for a token, the templates and the quota…</source>
        <translation>正在向微信获取令牌、模板和额度…</translation>
    </message>
    <message>
        <source>Change the passphrase…</source>
        <translation>更换口令……</translation>
    </message>
    <message>
        <source>The secrets of the accounts lie in an encrypted file whose passphrase was changed by another program. This one goes on with what it has read; to change a secret, start it anew with the new passphrase.</source>
        <translation>各公众号的密钥存放在一个加密文件里，它的口令已被另一个程序更换。本程序继续使用已读取的内容；要修改密钥，请用新口令重新启动本程序。</translation>
    </message>
    <message>
        <source>The new passphrase counts. Programs that are started from now on need it.</source>
        <translation>新口令已生效。今后启动的程序都需要它。</translation>
    </message>
</context>
<context>
    <name>songda::ui::SinksDialog</name>
    <message>
        <source>Who is told of alerts</source>
        <translation>告警通知对象</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>From level</source>
        <translation>最低级别</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>已通知</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>最近结果</translation>
    </message>
    <message>
        <source>Alerts are always shown in this console. Beyond it they are told to those below; what fails is tried again for some hours and holds up nothing.</source>
        <translation>告警总会显示在本控制台，并通知下列对象；失败的会在数小时内重试，不影响发送。</translation>
    </message>
    <message>
        <source>Nobody yet.</source>
        <translation>还没有。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>发送测试</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>STARTTLS, or no mail</source>
        <translation>STARTTLS（否则不发送）</translation>
    </message>
    <message>
        <source>TLS from the first byte</source>
        <translation>一开始就用 TLS</translation>
    </message>
    <message>
        <source>none (readable on its way)</source>
        <translation>不加密（传输中可读）</translation>
    </message>
    <message>
        <source>/full/path/of/the/program, then one argument a line. It gets the alert as JSON on its standard input; no shell is used.</source>
        <translation>程序的完整路径，之后每行一个参数。告警以 JSON 从标准输入传入，不经过 shell。</translation>
    </message>
    <message>
        <source>several ones with commas between</source>
        <translation>多个之间用逗号分隔</translation>
    </message>
    <message>
        <source>This very host is in our own network, and meant</source>
        <translation>该主机在本单位内网，确认使用</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Mail server</source>
        <translation>邮件服务器</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>发件人</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>接收人</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Tell them from now on</source>
        <translation>从现在起通知</translation>
    </message>
    <message>
        <source>Tell somebody else</source>
        <translation>添加通知对象</translation>
    </message>
    <message>
        <source>Set up. Send a test to see that it arrives.</source>
        <translation>已添加。请发送测试确认能收到。</translation>
    </message>
    <message>
        <source>Set up. Its secret, shown this once, checks the signatures: %1</source>
        <translation>已添加。验签密钥仅显示这一次：%1</translation>
    </message>
    <message>
        <source>Sending a test…</source>
        <translation>正在发送测试…</translation>
    </message>
    <message>
        <source>The test was taken.</source>
        <translation>测试已送达。</translation>
    </message>
    <message>
        <source>The test was not taken: %1</source>
        <translation>测试未送达：%1</translation>
    </message>
    <message>
        <source>Tell them nothing any more</source>
        <translation>不再通知</translation>
    </message>
    <message>
        <source>%1 hears of no alert from now on.</source>
        <translation>今后不再向 %1 通知告警。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>songda::ui::StateMap</name>
    <message>
        <source>Life %1: %2</source>
        <translation>第 %1 轮：%2</translation>
    </message>
    <message>
        <source>Path of the message</source>
        <translation>消息的路径</translation>
    </message>
    <message>
        <source>sent again by a person: life %1</source>
        <translation>人工再次发送：第 %1 轮</translation>
    </message>
</context>
<context>
    <name>songda::ui::StatusStrip</name>
    <message>
        <source>Blocked</source>
        <translation>受阻</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Looking on</source>
        <translation>只读查看</translation>
    </message>
    <message>
        <source>Another process runs the engine of this profile.</source>
        <translation>另一个进程正在运行此配置的引擎。</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>发送 %1</translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation>途中 %1 条</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>等待 %1</translation>
    </message>
    <message>
        <source>oldest waits %1</source>
        <translation>最久等待 %1</translation>
    </message>
    <message>
        <source>token %1</source>
        <translation>令牌剩余 %1</translation>
    </message>
    <message>
        <source>%1 today</source>
        <translation>今日 %1</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>The changed policy was not taken up: %1</source>
        <translation>改动后的策略未生效：%1</translation>
    </message>
    <message>
        <source>Picture held still</source>
        <translation>画面静止</translation>
    </message>
    <message>
        <source>The engine goes on; only this picture stands. Press to let it move again (F8).</source>
        <translation>引擎照常运行，只有画面静止。按下让它继续更新（F8）。</translation>
    </message>
    <message>
        <source>%1 of %2 today</source>
        <translation>今日 %1 / %2</translation>
    </message>
    <message>
        <source>Hold still</source>
        <translation>保持静止</translation>
    </message>
    <message>
        <source>Press to hold this page still and read in peace; the engine goes on (F8).</source>
        <translation>点击让本页保持静止，方便阅读；引擎照常运行（F8）。</translation>
    </message>
    <message>
        <source>No process runs the engine of this profile: nothing is sent.</source>
        <translation>没有程序在运行此配置的引擎：不会发送任何消息。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
</context>
<context>
    <name>songda::ui::TemplatePicker</name>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>All templates</source>
        <translation>全部模板</translation>
    </message>
</context>
<context>
    <name>songda::ui::TemplatesPage</name>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Fetch from WeChat</source>
        <translation>从微信获取</translation>
    </message>
    <message>
        <source>Release the template</source>
        <translation>恢复使用模板</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>No templates yet. Add an account, then fetch its templates from WeChat.</source>
        <translation>还没有模板。请先添加公众号，再从微信获取模板。</translation>
    </message>
    <message>
        <source>Choose a template.</source>
        <translation>请选择模板。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Asking WeChat…</source>
        <translation>正在询问微信…</translation>
    </message>
    <message>
        <source>%1 new, %2 changed, %3 unchanged, %4 gone.</source>
        <translation>新增 %1 个，变更 %2 个，未变 %3 个，消失 %4 个。</translation>
    </message>
    <message>
        <source>Hold…</source>
        <translation>暂停发送…</translation>
    </message>
    <message>
        <source>Release…</source>
        <translation>恢复使用…</translation>
    </message>
    <message>
        <source>Show its dead letters</source>
        <translation>查看其死信</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>It has not changed since it was first fetched.</source>
        <translation>首次获取以来没有变更。</translation>
    </message>
    <message>
        <source>Held since %1 by %2: %3. %4 messages wait for it unharmed.</source>
        <translation>自 %1 起被 %2 暂停发送：%3。它的 %4 条消息在等待，不受影响。</translation>
    </message>
    <message>
        <source>WeChat no longer lists this template since %1. The %2 messages that wait for it would be refused.</source>
        <translation>自 %1 起微信已不再列出此模板，等待它的 %2 条消息会被拒绝。</translation>
    </message>
    <message>
        <source>WeChat changed it on %1: %2.</source>
        <translation>微信于 %1 更改了它：%2。</translation>
    </message>
    <message>
        <source>%1 Of the %2 messages that wait, those made before that would be refused: hold it, cancel them, and import them again with the new keys.</source>
        <translation>%1等待的 %2 条消息中，更改之前生成的会被拒绝：请暂停模板发送、取消这些消息，并按新字段重新导入。</translation>
    </message>
    <message>
        <source>%1 Files made for the earlier keys no longer fit.</source>
        <translation>%1按原字段准备的文件不再适用。</translation>
    </message>
    <message>
        <source>Hold the template</source>
        <translation>暂停模板发送</translation>
    </message>
    <message>
        <source>The %1 messages that wait for “%2” stay where they are, unharmed, until somebody releases it.</source>
        <translation>等待“%2”的 %1 条消息原样保留，直到有人恢复。</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>暂停发送</translation>
    </message>
    <message>
        <source>WeChat does not list it any more: it will very likely refuse the %1 messages that wait.</source>
        <translation>微信已不再列出它，等待的 %1 条消息很可能会被拒绝。</translation>
    </message>
    <message>
        <source>The %1 messages that wait for it go on.</source>
        <translation>等待它的 %1 条消息继续发送。</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>恢复发送</translation>
    </message>
    <message>
        <source>%1 It is held. Of the %2 messages that wait, those made before that would be refused: cancel them, and import them again with the new keys.</source>
        <translation>%1 该模板已暂停。等待的 %2 条消息中，此前生成的会被拒绝：请取消它们，并按新的字段重新导入。</translation>
    </message>
    <message>
        <source>Fetching the templates</source>
        <translation>获取模板</translation>
    </message>
    <message>
        <source>It was ended; the templates are as they were.</source>
        <translation>已中止，模板保持原样。</translation>
    </message>
    <message>
        <source>Nothing was changed: somebody else did it before.</source>
        <translation>没有改动：已有其他人操作过。</translation>
    </message>
</context>
<context>
    <name>songda::ui::ThroughputChart</name>
    <message>
        <source>accepted / s</source>
        <translation>接收/秒</translation>
    </message>
    <message>
        <source>failed / s</source>
        <translation>失败/秒</translation>
    </message>
    <message>
        <source>tried again / s</source>
        <translation>重试/秒</translation>
    </message>
    <message>
        <source>Messages a second, the last five minutes</source>
        <translation>每秒消息数，最近五分钟</translation>
    </message>
    <message>
        <source>At present %1 accepted, %2 failed, %3 tried again</source>
        <translation>目前每秒接收 %1，失败 %2，重试 %3</translation>
    </message>
</context>
<context>
    <name>songda::ui::UsersPage</name>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>While nobody is set up here, whoever opens this profile may do everything. The first one is an admin; from then on everybody signs in, and does what their role allows.</source>
        <translation>这里没有用户时，打开本配置的人可以做任何事。第一个用户是管理员；此后每个人都要登录，并按角色操作。</translation>
    </message>
    <message>
        <source>Nobody is set up: whoever opens this profile may do everything.</source>
        <translation>尚无用户：打开本配置的人可以做任何事。</translation>
    </message>
    <message>
        <source>Switch user…</source>
        <translation>切换用户…</translation>
    </message>
    <message>
        <source>Lock after</source>
        <translation>闲置锁定</translation>
    </message>
    <message>
        <source>Lock after minutes without a key or the mouse</source>
        <translation>无键盘鼠标操作多少分钟后锁定</translation>
    </message>
    <message>
        <source>Minutes without a key or the mouse, 0 to %1; then the password is asked for again. 0: never.</source>
        <translation>无键盘鼠标操作的分钟数，0 到 %1；之后需重新输入密码。0 表示从不。</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Give the role chosen below…</source>
        <translation>赋予下方所选角色…</translation>
    </message>
    <message>
        <source>Set the password typed below</source>
        <translation>设为下方输入的密码</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>New user</source>
        <translation>新用户</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>再次输入密码</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>再次输入</translation>
    </message>
    <message>
        <source>A password has at least %1 characters.</source>
        <translation>密码至少 %1 个字符。</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>两次输入的密码不一致。</translation>
    </message>
    <message>
        <source>%1 can sign in from now on.</source>
        <translation>%1 现在可以登录。</translation>
    </message>
    <message>
        <source>Another role</source>
        <translation>更改角色</translation>
    </message>
    <message>
        <source>%1 becomes one of the %2: %3</source>
        <translation>%1 的角色将变为%2：%3</translation>
    </message>
    <message>
        <source>Give the role</source>
        <translation>赋予角色</translation>
    </message>
    <message>
        <source>The role counts within a second.</source>
        <translation>角色在一秒内生效。</translation>
    </message>
    <message>
        <source>The password is set.</source>
        <translation>密码已设置。</translation>
    </message>
    <message>
        <source>They may try again.</source>
        <translation>可以重新尝试登录。</translation>
    </message>
    <message>
        <source>Remove a user</source>
        <translation>移除用户</translation>
    </message>
    <message>
        <source>%1 cannot sign in any more. What they did stays in the audit.</source>
        <translation>%1 将无法再登录，其操作仍保留在审计中。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>已移除。</translation>
    </message>
</context>
<context>
    <name>songda::ui::WhyDialog</name>
    <message>
        <source>Why is nothing moving?</source>
        <translation>为什么没有在发送？</translation>
    </message>
    <message>
        <source>Every gate is open: messages are moving, at %1.</source>
        <translation>各关口都已打开：消息正以 %1 发送。</translation>
    </message>
    <message>
        <source>This gate is closed: %1</source>
        <translation>这一关没有通过：%1</translation>
    </message>
    <message>
        <source>open</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>look</source>
        <translation>留意</translation>
    </message>
    <message>
        <source>No gate is closed that can be seen from here. Breaker, token and quota are known only where the engine runs.</source>
        <translation>从这里看没有关闭的环节。熔断、令牌和额度只有运行引擎的程序知道。</translation>
    </message>
    <message>
        <source>Every gate is open. Nothing has left in the last seconds; the next message goes as soon as its turn comes.</source>
        <translation>所有关口都开着。最近几秒没有发出消息；轮到下一条时立即发送。</translation>
    </message>
</context>
</TS>
