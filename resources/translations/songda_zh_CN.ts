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
</context>
<context>
    <name>AskReason</name>
    <message>
        <source>Reason (needed, for the audit)</source>
        <translation>原因（必填，记入审计）</translation>
    </message>
    <message>
        <source>Reason, for the audit</source>
        <translation>原因，记入审计</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
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
        <source>rid</source>
        <translation>rid</translation>
    </message>
    <message>
        <source>Life</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>主机</translation>
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
        <source>Reason</source>
        <translation>原因</translation>
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
    <name>GroupColumns</name>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
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
        <translation>原因</translation>
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
        <translation>原因</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
</context>
<context>
    <name>OverviewColumns</name>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
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
        <translation>等待：公众号已暂停</translation>
    </message>
    <message>
        <source>wait: the template is held</source>
        <translation>等待：模板已暂停</translation>
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
    <name>TemplateColumns</name>
    <message>
        <source>Held</source>
        <translation>已暂停</translation>
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
        <translation>模板“%1”未被暂停</translation>
    </message>
    <message>
        <source>Held since %1 by %2.</source>
        <translation>自 %1 起被 %2 暂停。</translation>
    </message>
    <message>
        <source>Release the template</source>
        <translation>恢复模板</translation>
    </message>
    <message>
        <source>The batch “%1” is not paused</source>
        <translation>批次“%1”未被暂停</translation>
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
</context>
<context>
    <name>Words</name>
    <message>
        <source>Held</source>
        <translation>已暂停</translation>
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
        <translation>不会再自动发送。请重发，或注明原因后丢弃。</translation>
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
        <source>Paused by you</source>
        <translation>已由你暂停</translation>
    </message>
    <message>
        <source>Engine is not running</source>
        <translation>引擎没有运行</translation>
    </message>
    <message>
        <source>Account is held</source>
        <translation>公众号已暂停</translation>
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
        <translation>只有被暂停的模板或批次在等待</translation>
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
        <translation>暂停公众号</translation>
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
        <translation>暂停模板</translation>
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
        <translation>暂停发送</translation>
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
        <translation>openid 由 1 至 64 个字母、数字、_ 或 - 组成。</translation>
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
        <source>Was cancelled or put away. Nothing more happens by itself.</source>
        <translation>已取消或丢弃，不会再自动处理。</translation>
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
        <source>As it is called here and on the command line</source>
        <translation>在本程序和命令行中使用的名称</translation>
    </message>
    <message>
        <source>AppID</source>
        <translation>AppID</translation>
    </message>
    <message>
        <source>wx and 16 digits or letters</source>
        <translation>wx 加 16 位数字或字母</translation>
    </message>
    <message>
        <source>AppSecret</source>
        <translation>AppSecret</translation>
    </message>
    <message>
        <source>Kept in the system&apos;s key store, never shown again. Empty: stays as it is</source>
        <translation>保存在系统密钥库中，不再显示；留空则不修改</translation>
    </message>
    <message>
        <source>API address</source>
        <translation>接口地址</translation>
    </message>
    <message>
        <source>https://api.weixin.qq.com, unless a relay or a simulator is used</source>
        <translation>一般为 https://api.weixin.qq.com，使用中转或模拟器时除外</translation>
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
        <source>Marks everything sent from it as a test, in red and yellow</source>
        <translation>由它发出的消息都会醒目地标为测试</translation>
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
        <source>Bulk keeps hundreds of connections busy; by itself it is used when rate and latency need it</source>
        <translation>批量方式可同时使用数百个连接；速率和延迟需要时会自动采用</translation>
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
        <source>What happens to a message whose fate is unknown when a repeat is no longer safe</source>
        <translation>结果不明且已过安全重试时限的消息如何处理</translation>
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
        <source>Asking WeChat for a token and the templates…</source>
        <translation>正在向微信请求令牌和模板…</translation>
    </message>
    <message>
        <source>All is well: token valid for %1, %2 templates.</source>
        <translation>一切正常：令牌有效期 %1，共 %2 个模板。</translation>
    </message>
    <message>
        <source>%1. %2 (%3)</source>
        <translation>%1。%2（%3）</translation>
    </message>
    <message>
        <source>Released: sending goes on.</source>
        <translation>已恢复，继续发送。</translation>
    </message>
    <message>
        <source>Hold the account</source>
        <translation>暂停公众号</translation>
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
        <translation>已暂停发送。</translation>
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
        <translation>原因</translation>
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
        <translation>同事的 openid，用空格分隔</translation>
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
</context>
<context>
    <name>songda::ui::BatchSums</name>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
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
        <source>Everybody got it: WeChat took all %1 messages.</source>
        <translation>所有人都已收到：微信接收了全部 %1 条消息。</translation>
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
</context>
<context>
    <name>songda::ui::BatchesPane</name>
    <message>
        <source>Name of a batch, or who queued it</source>
        <translation>批次名称或操作人</translation>
    </message>
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
    <name>songda::ui::CauseActs</name>
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
        <source>Write to them no more</source>
        <translation>不再发给他们</translation>
    </message>
    <message>
        <source>The recipients of these %1 messages get nothing more from %2 until somebody lifts that. The dead letters stay until they are discarded.</source>
        <translation>这 %1 条消息的接收人将不再收到 %2 的消息，直到有人解除。死信会保留，直到被丢弃。</translation>
    </message>
    <message>
        <source>%1 people are not written to any more.</source>
        <translation>已停止向 %1 人发送。</translation>
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
        <translation>打开账号设置</translation>
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
        <translation>原因</translation>
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
        <translation>重发此原因的全部 %1 条…</translation>
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
        <source>What was put away with a reason; it can be brought back (Ctrl+D)</source>
        <translation>附原因丢弃的消息，可以恢复（Ctrl+D）</translation>
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
        <source>Replay %1 has begun.</source>
        <translation>重发任务 %1 已开始。</translation>
    </message>
    <message>
        <source>Replay %1 begins as soon as the engine runs.</source>
        <translation>引擎运行后，重发任务 %1 即开始。</translation>
    </message>
    <message>
        <source>What was put away, newest first</source>
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
        <translation>原因（必填，记入审计）</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
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
</context>
<context>
    <name>songda::ui::ErrorsChart</name>
    <message>
        <source>other causes</source>
        <translation>其他原因</translation>
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
</context>
<context>
    <name>songda::ui::FilterBar</name>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>openid, number, msgid or business key; or code:43004 since:2h state:dead</source>
        <translation>openid、编号、msgid 或业务单号；也可输入 code:43004 since:2h state:dead</translation>
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
        <source>Batch</source>
        <translation>批次</translation>
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
        <source>All batches</source>
        <translation>全部批次</translation>
    </message>
    <message>
        <source>“%1” is not understood; the table still shows what it showed before.</source>
        <translation>看不懂“%1”；表格仍显示之前的内容。</translation>
    </message>
    <message>
        <source>Also: state: code: template: batch: account: key: openid: msgid: id: since: until: ended-since: ended-until:</source>
        <translation>还可以用：state: code: template: batch: account: key: openid: msgid: id: since: until: ended-since: ended-until:</translation>
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
        <source>%1 (Alt+%2)</source>
        <translation>%1（Alt+%2）</translation>
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
        <translation>接收人 (openid)</translation>
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
        <source>%1 messages are queued again, each under its old identity, so that WeChat can still recognise a repeat.</source>
        <translation>%1 条消息将重新入队，并保留原有标识，以便微信识别重复。</translation>
    </message>
    <message>
        <source>Everything that matches is queued again, each message under its old identity.</source>
        <translation>所有符合条件的消息将重新入队，并保留原有标识。</translation>
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
        <source>%1 uncertain ones were left: a repeat may arrive twice, so tick the box if you want them too.</source>
        <translation>保留了 %1 条结果不明的消息：重发可能收到两次，如需重发请勾选确认。</translation>
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
        <translation>%1 条消息将以“已取消”移出死信，并连同原因保留在报表中。</translation>
    </message>
    <message>
        <source>Everything that matches leaves the dead letters as cancelled and stays in the reports with your reason.</source>
        <translation>所有符合条件的消息将以“已取消”移出死信，并连同原因保留在报表中。</translation>
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
        <translation>接收人 (openid)</translation>
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
        <source>Acts</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Not tried yet.</source>
        <translation>尚未发送。</translation>
    </message>
    <message>
        <source>Nobody has done anything with this message by hand.</source>
        <translation>没有人对这条消息做过手工操作。</translation>
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
        <source>Success (goal 99.9 %)</source>
        <translation>成功率（目标 99.9 %）</translation>
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
        <translation>今日主要原因</translation>
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
        <source>%1 of %2 ended</source>
        <translation>已结束 %2 条，成功 %1 条</translation>
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
        <translation>暂停</translation>
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
</context>
<context>
    <name>songda::ui::RecipientPage</name>
    <message>
        <source>Recipient</source>
        <translation>接收人</translation>
    </message>
    <message>
        <source>openid of a person</source>
        <translation>某人的 openid</translation>
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
        <translation>请在上方输入 openid：可从发送的文件、队列或店铺自己的记录中找到。</translation>
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
        <translation>原因（必填，记入审计）</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
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
        <translation>%1，其中 %2 条要等暂停解除</translation>
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
        <translation>暂停解除之后</translation>
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
        <source>Pause</source>
        <translation>暂停</translation>
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
    <name>songda::ui::ReportsPage</name>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
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
        <source>created from, to</source>
        <translation>创建日期，从、到</translation>
    </message>
    <message>
        <source>Days begin at 00:00 China time; both days are included. Without days: everything.</source>
        <translation>每天从北京时间 00:00 开始，首尾两天都包含；不选日期则为全部。</translation>
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
        <translation>自 %1 起被 %2 暂停：%3。它的 %4 条消息在等待，不受影响。</translation>
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
        <translation>%1等待的 %2 条消息中，更改之前生成的会被拒绝：请暂停模板、取消这些消息，并按新字段重新导入。</translation>
    </message>
    <message>
        <source>%1 Files made for the earlier keys no longer fit.</source>
        <translation>%1按原字段准备的文件不再适用。</translation>
    </message>
    <message>
        <source>Hold the template</source>
        <translation>暂停模板</translation>
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
</context>
</TS>
