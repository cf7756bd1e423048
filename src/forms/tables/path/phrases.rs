//! Phrases (常用语) of the steps, with blanks `__` to be filled. They name no disease and no person.

use crate::forms::answers::Answers;
use crate::forms::field::{Context, Lookup, Offer};

macro_rules! phrases {
    ($($name:ident $of:ident [$($text:literal),* $(,)?])*) => {
        $(
            fn $of(_: &Answers, _: &Context) -> Vec<Offer> {
                [$($text),*].into_iter().map(|text| Offer::new(text, text)).collect()
            }
            pub(super) const $name: Lookup = Lookup::Of($of);
        )*
        #[cfg(test)]
        const ALL: &[Lookup] = &[$($name),*];
    };
}

phrases! {
    PAPERS papers [
        "身份证、户口簿复印件",
        "医疗费用票据和结算单",
        "学籍证明和学费票据",
        "收入、财产证明",
        "全体成员核对授权书",
        "银行卡（折）复印件",
        "残疾证复印件",
        "__复印件",
    ]
    DECLINED declined [
        "不属临时救助范围，已告知办理__",
        "已由其他救助解决，现无基本生活困难",
        "同一事项本年已救助",
        "申请材料经一次性告知仍未补齐",
        "本人自愿撤销申请",
    ]
    SITUATION situation [
        "夫妻二人务农，无其他收入",
        "单人独居，靠养老金和土地收入生活",
        "__口人，主要劳动力__，靠__维持生活",
        "主要劳动力因病丧失劳动能力，靠亲友接济",
        "子女在外务工，无力供养",
    ]
    VERIFIED verified [
        "票据、证明与申请相符，困难情况属实",
        "自付费用__元，票据齐全，与申请相符",
        "邻里和村委会证实，困难情况属实",
        "与申请不符：__",
    ]
    LATER later [
        "在外务工，回来后补签，预计__日前",
        "服刑，由村委会联系补签",
        "下落不明，已报案，找到后补签",
        "无民事行为能力，监护关系办理中",
    ]
    ITEMS items [
        "各项核对无异常",
        "户籍、车辆、房产、工商、存款、社保均无异常",
        "存款合计__元，其余无异常",
        "名下车辆__辆，其余无异常",
    ]
    EXPLAINED explained [
        "车辆已报废，有注销证明",
        "存款为医疗借款，有借据",
        "工商登记已停业，有证明",
        "__",
    ]
    SAID said [
        "情况属实，生活确有困难，同意救助",
        "困难属实，建议救助__元",
        "有人提出__，经说明无异议",
        "多数认为生活可以维持，不同意救助",
    ]
    OPINION opinion [
        "调查、评议符合规定，同意上报",
        "情况属实，建议救助__元，同意上报",
        "不符合条件：__",
        "材料不全：__",
    ]
    SUMMARY summary [
        "因家庭支出过大，基本生活困难",
        "因突发事件，基本生活暂时困难",
        "因子女就学支出过大，基本生活困难",
        "因失去收入来源，基本生活困难",
        "特殊困难",
    ]
    VOID void [
        "公示内容有误，更正后重新公示",
        "公示材料被损毁，重新张贴",
        "申请人撤回申请",
    ]
    EXEMPT exempt [
        "公示会暴露受害人住处",
        "涉及未成年人隐私",
        "公示可能危及本人安全",
    ]
    FINDING finding [
        "经查核，异议不属实：__",
        "经查核属实：__，重新调查评议",
        "已向异议人当面说明，无其他意见",
    ]
    CHANGED changed [
        "紧急情况已过，按支出型办理",
        "出现紧急情况，改按急难型先行救助",
        "登记时选错类型",
    ]
    PROOFS proofs [
        "住院病历、费用结算单和票据",
        "事故认定书、赔偿协议",
        "现场照片、损失清单",
        "停业或失业证明",
        "村（居）委会证明",
        "__",
    ]
    NATIONS nations ["汉族", "满族", "蒙古族", "回族", "锡伯族", "朝鲜族"]
    WORK work ["务农", "在外务工", "个体经营", "灵活就业", "在校", "失业", "无业", "退休"]
    DISABLED disabled ["无", "视力__级", "听力__级", "言语__级", "肢体__级", "智力__级", "精神__级", "多重__级"]
    FOUND found [
        "救助款物已用于基本生活，生活稳定",
        "救助金已用于治疗，仍需后续治疗",
        "已纳入__，生活有保障",
        "仍有困难，建议__",
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::tests::context;

    #[test]
    fn every_list_fits_the_digits_and_is_not_empty() {
        for list in ALL {
            let Lookup::Of(of) = list else { panic!("a list of its own") };
            let count = of(&Answers::new(), &context()).len();
            assert!((3..=9).contains(&count), "{count}");
        }
    }
}
