// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/templates.h"

#include "app/simulator/random.h"

namespace songda::simulator {

namespace {

/// Ids come from the number alone, so that examples and documents can name them.
MessageTemplate numbered(unsigned number, std::string title, std::string primary, std::string deputy,
    std::string content, std::string example) {
    return {idText(0x74656d706c617465ULL + number, templateIdLength), std::move(title), std::move(primary),
        std::move(deputy), std::move(content), std::move(example)};
}

} // namespace

const std::vector<MessageTemplate> &builtinTemplates() {
    static const std::vector<MessageTemplate> templates{
        numbered(1, "订单支付成功通知", "", "",
            "订单编号:{{character_string1.DATA}}\n商品名称:{{thing2.DATA}}\n支付金额:{{amount3.DATA}}\n"
            "支付时间:{{time4.DATA}}",
            "订单编号:SD202510010001\n商品名称:云南普洱茶饼\n支付金额:¥128.00\n支付时间:2025-10-01 15:01:30"),
        numbered(2, "物流发货提醒", "", "",
            "快递单号:{{character_string1.DATA}}\n快递公司:{{phrase2.DATA}}\n商品名称:{{thing3.DATA}}\n"
            "发货时间:{{time4.DATA}}",
            "快递单号:SF1234567890\n快递公司:顺丰速运\n商品名称:云南普洱茶饼\n发货时间:2025年10月2日 09:30"),
        numbered(3, "预约成功通知", "", "",
            "预约人:{{name1.DATA}}\n预约项目:{{thing2.DATA}}\n预约时间:{{time3.DATA}}\n"
            "联系电话:{{phone_number4.DATA}}\n门店地址:{{thing5.DATA}}",
            "预约人:张三\n预约项目:汽车保养\n预约时间:2025-10-03 10:00~11:00\n联系电话:010-12345678\n"
            "门店地址:朝阳区建国路88号"),
        numbered(4, "账单提醒", "", "",
            "账单月份:{{date1.DATA}}\n应还金额:{{amount2.DATA}}\n还款日:{{date3.DATA}}\n"
            "账户尾号:{{number4.DATA}}",
            "账单月份:2025年9月30日\n应还金额:1024.50元\n还款日:2025-10-18\n账户尾号:8848"),
        numbered(5, "会员积分变动", "", "",
            "会员卡号:{{character_string1.DATA}}\n变动原因:{{thing2.DATA}}\n变动积分:{{number3.DATA}}\n"
            "当前积分:{{number4.DATA}}\n会员等级:{{const5.DATA}}",
            "会员卡号:VIP000123\n变动原因:消费返积分\n变动积分:120\n当前积分:3560\n会员等级:金卡会员"),
        numbered(6, "停车缴费提醒", "", "",
            "车牌号码:{{car_number1.DATA}}\n停车场:{{thing2.DATA}}\n入场时间:{{time3.DATA}}\n"
            "应缴金额:{{amount4.DATA}}",
            "车牌号码:京A12345\n停车场:国贸地下二层\n入场时间:15:01\n应缴金额:25元"),
        numbered(7, "退款成功通知", "IT科技", "互联网|电子商务",
            "{{first.DATA}}\n退款原因：{{keyword1.DATA}}\n退款金额：{{keyword2.DATA}}\n"
            "退款时间：{{keyword3.DATA}}\n{{remark.DATA}}",
            "您好，您的退款已到账\n退款原因：商品缺货\n退款金额：58.00元\n退款时间：2025-10-05 12:00\n"
            "感谢您的理解"),
    };
    return templates;
}

} // namespace songda::simulator
