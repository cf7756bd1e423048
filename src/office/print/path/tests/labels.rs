//! Every field of every form stands on its paper under a label: which, by form, and where a field has another place on
//! purpose, which one.

use super::*;
use crate::office::print::county::{self, CountyPaper};

/// Where a field stands.
#[derive(Clone, Copy, Debug)]
enum Stands {
    /// Under this label: a cell, a heading, a place to sign begins with it.
    At(&'static str),
    /// Within the words of the letter.
    Within(&'static str),
    /// Not under a label of its own, for this reason.
    Else(&'static str),
}

use Stands::{At, Else, Within};

/// A form: its number, and its fields.
type Form = (&'static str, &'static [(&'static str, Stands)]);

/// What every form has.
const HEADER: &[(&str, Stands)] = &[
    ("编号", At("编号：")),
    ("填报单位", At("填报单位：")),
    ("填报日期", At("填报日期：")),
    ("经办人", At("经办人：")),
    ("页码", At("页码：")),
];

const F1: &[(&str, Stands)] = &[
    ("申请类型", At("申请类型")),
    ("救助类型", At("救助类型")),
    ("申请人姓名", At("姓名")),
    ("性别", At("性别")),
    ("身份证号", At("身份证号")),
    ("出生日期", At("出生日期")),
    ("民族", At("民族")),
    ("照片", Else("需要时贴在表上")),
    ("婚姻状况", At("婚姻状况")),
    ("健康、患病名称", At("健康状况及患病名称")),
    ("残疾类别和等级", At("残疾类别和等级")),
    ("劳动能力", At("劳动能力")),
    ("从业状况", At("从业状况")),
    ("工作单位", At("工作单位")),
    ("户籍所在地", At("户籍所在地")),
    ("现居住地", At("现居住地")),
    ("急难发生地", At("急难发生地")),
    ("户口性质", At("户口性质")),
    ("居住证号", At("居住证号（非户籍）")),
    ("联系电话", At("联系电话")),
    ("家庭人口", At("家庭人口")),
    ("家庭类别", At("家庭类别")),
    ("家庭年总收入、收入来源", At("家庭年总收入、来源")),
    ("年总支出、支出用途", At("家庭年总支出、用途")),
    ("上次享受救助时间、数量", At("上次享受救助时间、数量")),
    ("本次累计救助次数、金额", At("本次累计救助次数、金额")),
    ("其他社会救助政策兑现情况", At("其他各种社会救助政策兑现情况")),
    ("困难类型", At("困难类型")),
    ("申请救助原因", At("申请救助原因")),
    ("申请承诺", At("四、申请承诺与授权")),
    ("签字、手印、日期", At("申请人签字（手印）")),
    ("委托代理人姓名", At("委托代理人")),
    ("委托代理人关系", At("与申请人关系")),
    ("委托书", At("委托书")),
    ("开户银行", At("开户银行")),
    ("户名", At("户名")),
    ("账号、一卡通", At("账号（一卡通）")),
    ("调查人意见", At("调查人意见（不少于2人）")),
    ("村（居）评议意见", At("村（居）评议意见")),
    ("乡镇审核意见", At("乡镇（场、街道）审核意见")),
    ("建议金额", Within("大写：人民币")),
    ("调查人", At("调查人")),
    ("助理", At("民政助理")),
    ("主管领导、盖章", At("主管领导（盖章）")),
    ("救助科审核", At("救助科审核")),
    ("分管业务领导", At("分管业务领导（盖章）")),
    ("财务科审核", At("财务科审核")),
    ("分管财务领导", At("分管财务领导")),
    ("县局意见、金额", At("县民政局审批意见")),
];

const F2: &[(&str, Stands)] = &[
    ("姓名", At("姓名")),
    ("性别", At("性别")),
    ("身份证号", At("身份证号")),
    ("与户主关系", At("与户主关系")),
    ("婚姻", At("婚姻")),
    ("民族", At("民族")),
    ("健康、患病，残疾", At("健康患病/残疾")),
    ("劳动能力", At("劳动能力")),
    ("从业、就学，工作单位", At("从业就学/工作单位")),
    ("年收入", At("年收入")),
    ("是否共同生活", At("共同生活")),
    ("是否救助对象", At("救助对象")),
    ("备注", At("备注")),
    ("非共同生活的义务人", At("非共同生活的法定赡养、抚养、扶养义务人")),
    ("义务人家庭人口、年收入、赡养费", Within("家庭人口、年收入、赡养费")),
];

const F3: &[(&str, Stands)] = &[
    ("事项编号", At("事项编号")),
    ("类别", At("类别")),
    ("细类", At("细类")),
    ("发生时间", At("发生时间")),
    ("地点", At("发生地点")),
    ("当事人", At("当事人")),
    ("经过", At("经过")),
    ("直接损失", At("直接损失")),
    ("自付费用", At("自付费用")),
    ("已获赔偿、保险、其他救助", At("已获赔偿、保险、其他救助")),
    ("证明材料", At("证明材料")),
    ("关联事项", At("关联事项（群体性）")),
    ("年度", At("年度")),
    ("诊断", At("诊断")),
    ("疾病编码", At("疾病编码（ICD-10）")),
    ("医院", At("医院")),
    ("入院", At("入院")),
    ("出院", At("出院")),
    ("总费用", At("总费用")),
    ("报销", At("报销")),
    ("自付", Else("与自付费用是一项")),
    ("住院预缴", At("住院预缴")),
    ("意外的种类", Within("□溺水")),
    ("财产损失", At("财产损失")),
    ("教育阶段", At("阶段")),
    ("学校", At("学校")),
    ("学制", At("学制")),
    ("学费", At("学费（年）")),
    ("资助", At("已获资助")),
    ("失业、停业日期", At("失业、停业日期")),
    ("行业", At("行业")),
    ("经营损失", At("损失")),
];

const F4: &[(&str, Stands)] = &[
    ("时间", At("调查时间")),
    ("地点", At("调查地点")),
    ("调查人1", At("调查人1签字")),
    ("调查人2", At("调查人2签字")),
    ("调查人3", At("调查人3签字")),
    ("被调查人及关系", At("被调查人及关系")),
    ("家庭基本情况", At("家庭基本情况")),
    ("住房产权", At("住房产权")),
    ("住房结构", At("住房结构")),
    ("住房面积", At("住房面积")),
    ("工资性收入", At("工资性收入")),
    ("经营性收入", At("经营性收入")),
    ("财产性收入", At("财产性收入")),
    ("转移性收入", At("转移性收入")),
    ("医疗支出", At("医疗支出")),
    ("教育支出", At("教育支出")),
    ("护理支出", At("护理支出")),
    ("住房支出", At("住房支出")),
    ("存款", At("存款")),
    ("车辆", At("车辆")),
    ("农机", At("农机")),
    ("证券", At("证券")),
    ("债务", At("债务")),
    ("急难情况核实", At("急难情况核实")),
    ("与申请一致性", At("与申请一致性")),
    ("享受政策清单", At("享受政策清单")),
    ("调查结论", At("调查结论")),
    ("建议方式", At("建议方式")),
    ("建议金额", At("建议金额")),
    ("照片目录", At("照片目录")),
    ("双方签字", At("被调查人签字（手印）")),
];

const F5: &[(&str, Stands)] = &[
    ("时间", At("评议时间")),
    ("地点", At("评议地点")),
    ("主持人、记录人", At("主持人、记录人")),
    ("应到", At("应到")),
    ("实到", At("实到")),
    ("参会人员名单", At("参会人员名单（姓名、身份、电话）")),
    ("参会人员签字", At("参会人员签字")),
    ("评议对象", At("评议对象")),
    ("情况介绍、各方意见", At("情况介绍、各方意见")),
    ("同意", At("同意")),
    ("不同意", At("不同意")),
    ("弃权", At("弃权")),
    ("结论", At("结论")),
    ("回避人员", At("回避人员")),
];

const F6: &[(&str, Stands)] = &[
    ("救助项目", At("救助项目")),
    ("授权人", At("授权人")),
    ("全体家庭成员", At("全体家庭成员")),
    ("签名、指模印", At("签名（指模印）")),
    ("与户主关系", At("与户主关系")),
    ("身份证号", At("身份证号")),
    ("未成年人由监护人签", At("监护人")),
    ("授权范围", At("　　授权范围：")),
    ("承诺", At("　　承诺：")),
    ("生效", At("生效（签署日）")),
    ("终止", Within("至核对不符或救助期满终止")),
    ("变动、再次申请的另签", Within("另签授权书")),
    ("有效期至", At("有效期至")),
    ("三份", At("一式三份")),
    ("经办人签字", At("经办人签字")),
];

const F7: &[(&str, Stands)] = &[
    ("委托单位", At("委托单位")),
    ("对象", At("核对对象")),
    ("项目", At("核对项目")),
    ("委托日", At("委托日期")),
    ("报告编号", At("报告编号")),
    ("报告日期", At("报告日期")),
    ("报告对象", At("对象")),
    ("结论", At("结论")),
    ("逐项结果", At("逐项结果")),
];

const F8: &[(&str, Stands)] = &[
    ("标题", Within("临时救助公示")),
    ("公示单位", At("公示单位")),
    ("对象姓名", At("对象姓名")),
    ("村组", At("村（居）")),
    ("人口", At("家庭人口")),
    ("困难摘要", At("困难摘要")),
    ("拟救助方式", At("拟救助方式")),
    ("拟救助金额", At("拟救助金额")),
    ("公示期", Within("公示期：")),
    ("异议电话", At("异议电话")),
    ("张贴地点", At("张贴地点")),
    ("张贴人", At("张贴人")),
    ("张贴照片", At("张贴照片")),
    ("结果", At("结果")),
    ("异议内容、处理", At("异议内容和处理")),
];

const F9: &[(&str, Stands)] = &[
    ("申请人", Within("（身份证号")),
    ("已收材料", At("已收材料")),
    ("缺少材料", At("缺少材料")),
    ("补正期限", At("补正期限")),
    ("送达方式", At("送达方式")),
    ("日期", At("告知日期")),
    ("回执", At("签收人、送达凭证")),
    ("签收", At("受送达人签收（手印）")),
];

const F10: &[(&str, Stands)] = &[
    ("受理", Within("予以受理")),
    ("不予受理", Within("不予受理")),
    ("送达方式", At("送达方式")),
    ("送达日期", At("送达日期")),
    ("回执", At("签收人、送达凭证")),
    ("签收", At("受送达人签收（手印）")),
];

const F11: &[(&str, Stands)] = &[
    ("救助方式", At("救助方式")),
    ("救助金额", At("救助金额")),
    ("审批单位", At("审批单位")),
    ("决定日期", At("决定日期")),
    ("依据", At("依据")),
    ("送达方式", At("送达方式")),
    ("签收", At("受送达人签收（手印）")),
];

const F12: &[(&str, Stands)] = &[
    ("事由", At("申请事由")),
    ("事实", At("认定的事实")),
    ("理由", At("不予救助的理由")),
    ("依据条款", At("依据")),
    ("复议", Within("60日内")),
    ("诉讼", Within("6个月内")),
    ("送达签收", At("受送达人签收（手印）")),
];

const F14: &[(&str, Stands)] = &[
    ("会议时间", At("时间")),
    ("会议地点", At("地点")),
    ("主持", At("主持人")),
    ("参会单位、人员", At("参会单位和人员")),
    ("参会签字", At("参会人1签字")),
    ("家庭基本情况", At("家庭基本情况")),
    ("需要一事一议的情况", At("需要一事一议的情况")),
    ("初核意见", At("初核意见")),
    ("各方意见", At("各方意见")),
    ("决议", At("决议")),
    ("金额", At("议定金额")),
    ("盖章", At("盖章")),
];

const F15: &[(&str, Stands)] = &[
    ("请示文号", At("请示文号")),
    ("报市日期", At("报市日期")),
    ("报市原因", At("报市原因")),
    ("拟救助金额", At("拟救助金额")),
    ("批复文号", At("批复文号")),
    ("批复日期", At("批复日期")),
    ("批复意见", At("批复意见")),
    ("批复金额", At("批复金额")),
    ("登记人", At("登记人")),
    ("复核人", At("复核人")),
];

const F16: &[(&str, Stands)] = &[
    ("年度", At("年度：")),
    ("乡镇", Within("乡镇：")),
    ("日期", At("日期")),
    ("凭证号", At("凭证号")),
    ("摘要", At("摘要")),
    ("来源", At("来源")),
    ("支出", At("支出")),
    ("案号", At("办件编号")),
    ("退回", At("退回")),
    ("结余", At("结余")),
    ("经办", At("经办")),
    ("复核", At("复核")),
    ("申请补足", At("本次申请补足")),
    ("手续", At("手续")),
];

const F17: &[(&str, Stands)] = &[
    ("批次号", At("批次号")),
    ("序号", At("序号")),
    ("姓名", At("姓名")),
    ("身份证号", At("身份证号")),
    ("开户行", At("开户行")),
    ("户名", At("户名")),
    ("账号", At("账号")),
    ("金额", At("金额")),
    ("用途", At("用途：")),
    ("案号", At("办件编号")),
    ("备注", At("备注")),
    ("合计", At("合计")),
    ("户数", Within("户次")),
    ("大写", Within("大写：人民币")),
    ("制表", At("制表")),
    ("审核", At("复核")),
    ("财务", At("财务负责人")),
    ("领导", At("单位负责人")),
];

const F18: &[(&str, Stands)] = &[
    ("原批次", At("批次号")),
    ("原因码", At("原因码、原因")),
    ("处理", At("处理")),
    ("新账户", At("新账户")),
    ("新批次", At("新批次")),
];

const F19: &[(&str, Stands)] = &[
    ("品名、规格", At("品名规格")),
    ("数量", At("数量")),
    ("单位", At("单位")),
    ("单价", At("单价")),
    ("金额", At("金额")),
    ("来源", At("来源")),
    ("领取人签字", At("领取人（签字）")),
];

const F23: &[(&str, Stands)] = &[
    ("声明", Within("自愿放弃（撤回）该申请")),
    ("原因", At("放弃（撤回）的原因")),
    ("声明人签字", At("声明人签字（手印）")),
];

const F25: &[(&str, Stands)] = &[
    ("卷宗封面", At("卷宗封面")),
    ("卷内目录", At("卷内目录")),
    ("备考表", At("备考表")),
    ("归档号", At("归档号")),
    ("件数", At("件数")),
    ("页数", At("页数")),
    ("保管期限", At("保管期限")),
];

const FORMS: &[Form] = &[
    ("F1", F1),
    ("F2", F2),
    ("F3", F3),
    ("F4", F4),
    ("F5", F5),
    ("F6", F6),
    ("F7", F7),
    ("F8", F8),
    ("F9", F9),
    ("F10", F10),
    ("F11", F11),
    ("F12", F12),
    ("F14", F14),
    ("F15", F15),
    ("F16", F16),
    ("F17", F17),
    ("F18", F18),
    ("F19", F19),
    ("F23", F23),
    ("F25", F25),
];

/// Every paper that the practice office can print, by the number of its form.
fn pages(reader: &Reader, occasion: &Occasion<'_>) -> BTreeMap<&'static str, Vec<String>> {
    let mut all: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut put = |form: &'static str, printed: &Printed| all.entry(form).or_default().push(body(printed));
    let cases = reader.plain(Plain::Cases, true).unwrap();
    let at = cases.columns.iter().position(|column| column.name == "编号").unwrap();
    for row in &cases.rows {
        let case = reader.case_of_number(&row[at].plain()).unwrap().unwrap();
        for (kind, why) in gather::papers_of(reader, case, occasion).unwrap() {
            if why.is_some() {
                continue;
            }
            let printed = gather::of_case(reader, kind, case, occasion).unwrap();
            // The report and the result are the second halves of their forms.
            let form = match kind.form() {
                "F7报告" => "F7",
                "F8结果" => "F8",
                form => form,
            };
            put(form, &printed);
            if form == "F1" {
                put("F2", &printed);
            }
        }
        for (form, paper) in [("F14", CountyPaper::Meeting(case)), ("F15", CountyPaper::City(case))] {
            for printed in county::gather(reader, &paper, occasion).into_iter().flatten() {
                put(form, &printed);
            }
        }
    }
    for row in reader.batches(None).unwrap() {
        if let Ok(printed) = gather::of_roster(reader, row.id, occasion) {
            put("F17", &printed);
        }
        if let Ok(printed) = gather::of_returns(reader, row.id, occasion) {
            put("F18", &printed);
        }
    }
    for (year, month) in [(2026, 3), (2026, 2), (2026, 1)] {
        for township in [102, 103, 108] {
            put("F16", &gather::of_reserve(reader, township, (year, month), occasion).unwrap());
            put("F16", &gather::of_replenish(reader, township, (year, month), occasion).unwrap());
            if let Ok(printed) = gather::of_goods(reader, township, (year, month), occasion) {
                put("F19", &printed);
            }
        }
    }
    all
}

#[test]
fn every_field_stands_on_its_form_under_its_label() {
    let mut office = Office::built();
    let all = office.as_officer("9001", pages);
    let mut missing = Vec::new();
    for (form, fields) in FORMS {
        let pages = all.get(form).unwrap_or_else(|| panic!("practice prints no {form}"));
        for (field, stands) in *fields {
            let found = match stands {
                At(label) => pages.iter().any(|page| page.contains(&format!(">{label}"))),
                Within(words) => pages.iter().any(|page| page.contains(words)),
                Else(why) => !why.is_empty(),
            };
            if !found {
                missing.push(format!("{form} {field}: {stands:?}"));
            }
        }
        for (field, stands) in HEADER {
            let At(label) = stands else { panic!("{field}") };
            let bare = pages.iter().filter(|page| !page.contains(&format!(">{label}"))).count();
            if bare > 0 {
                missing.push(format!("{form} {field}: missing on {bare} of {}", pages.len()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
