//! Every kind of fact, by the name it has in the log, with its Chinese word.

/// Name and word.
pub const FACTS: &[(&str, &str)] = &[
    ("county-founded", "县局建立"),
    ("officer-enrolled", "操作员登记"),
    ("roles-given", "岗位授予"),
    ("key-given", "密钥设定"),
    ("key-revoked", "密钥停用"),
    ("officer-suspended", "操作员停用"),
    ("grant-proposed", "授予待复核"),
    ("grant-seconded", "授予复核同意"),
    ("grant-withdrawn", "授予撤销"),
    ("pack-adopted", "政策包采用"),
    ("year-set", "节假日表补充"),
    ("data-key-sealed", "数据密钥分发"),
    ("unmasked", "查看完整信息"),
    ("erased", "不公开部分销毁"),
    ("codes-issued", "授权码单印发"),
    ("code-spent", "授权码使用"),
    ("codes-voided", "授权码单作废"),
    ("code-missed", "授权码报错"),
    ("relative-filed", "近亲属备案"),
    ("delegation-given", "委托代批"),
    ("delegation-ended", "委托终止"),
    ("duty-set", "值班安排"),
    ("handler-changed", "经办人变更"),
    ("handed-over", "工作交接"),
    ("lead-registered", "线索登记"),
    ("lead-answered", "线索到场"),
    ("lead-ended", "线索了结"),
    ("person-noted", "人员登记"),
    ("person-died", "人员死亡"),
    ("household-formed", "家庭登记"),
    ("member-joined", "成员迁入"),
    ("member-left", "成员迁出"),
    ("household-counted", "家庭身份和人口"),
    ("matter-opened", "事项登记"),
    ("case-opened", "办件受理"),
    ("lines-asked", "申请明细"),
    ("stage-set", "办件状态"),
    ("application-noted", "申请登记"),
    ("once-noticed", "一次性告知"),
    ("corrected", "补正收齐"),
    ("case-accepted", "准予受理"),
    ("surveyed", "入户调查"),
    ("means-authorised", "核对授权"),
    ("means-asked", "委托核对"),
    ("means-checked", "核对报告"),
    ("school-noted", "就学情况"),
    ("reviewed", "民主评议"),
    ("examined", "乡镇审核"),
    ("notice-posted", "公示张贴"),
    ("notice-ended", "公示结果"),
    ("notice-exempted", "不宜公示"),
    ("objection-made", "异议登记"),
    ("objection-settled", "异议处理"),
    ("path-changed", "救助类型改变"),
    ("clock-set", "办理期限"),
    ("meeting-held", "会议纪要"),
    ("authority-given", "先行授权"),
    ("authority-used", "授权使用"),
    ("grant-set", "救助决定"),
    ("grant-cancelled", "决定撤销"),
    ("county-examined", "股室审核"),
    ("tier-raised", "提级审批"),
    ("tier-lowered", "退回乡镇审批"),
    ("city-asked", "报市级审批"),
    ("city-replied", "市级批复"),
    ("city-checked", "批复复核"),
    ("roster-filed", "备案"),
    ("called-back", "备案退回"),
    ("call-back-settled", "备案退回办结"),
    ("referral-made", "转介"),
    ("referral-answered", "转介回执"),
    ("service-given", "服务记录"),
    ("other-help-noted", "其他救助"),
    ("home-replied", "户籍地答复"),
    ("applicant-changed", "申请人变更"),
    ("payee-noted", "改发何人"),
    ("case-rebased", "政策包改用"),
    ("incident-opened", "群体性事项"),
    ("incident-closed", "群体性事项结束"),
    ("line-paid", "明细发放"),
    ("account-noted", "账户登记"),
    ("batch-opened", "批次建立"),
    ("line-batched", "进批次"),
    ("batch-checked", "批次复核"),
    ("batch-sent", "批次提交银行"),
    ("batch-dropped", "批次撤销"),
    ("return-read", "回盘读入"),
    ("line-returned", "退汇"),
    ("line-given-back", "主动退回"),
    ("year-closed", "年终结转"),
    ("cash-counted", "监盘"),
    ("line-unpaid", "发放冲正"),
    ("money-moved", "资金变动"),
    ("item-due", "待补手续"),
    ("item-done", "手续补齐"),
    ("item-reopened", "手续重开"),
    ("items-moved", "手续延期"),
    ("brake-lifted", "准许急需先办"),
    ("brake-used", "急需先办使用"),
    ("exception-noted", "例外"),
    ("ratification-due", "待追认"),
    ("ratified", "追认"),
    ("overridden", "提示后继续"),
    ("noted", "提示"),
    ("mark-settled", "违规标记处理"),
    ("finding-raised", "督导问题"),
    ("finding-answered", "问题整改"),
    ("finding-settled", "问题销号"),
    ("finding-transferred", "问题移交"),
    ("ceiling-set", "备用金核定"),
    ("replenish-asked", "申请补足"),
    ("recovery-ordered", "追缴"),
    ("recovery-paid", "追缴到款"),
    ("blank-used", "空白单使用"),
    ("home-to-ask", "待核实户籍地"),
    ("ledger-imported", "台账导入"),
];

/// A fact by its name.
pub fn find(name: &str) -> Option<(&'static str, &'static str)> {
    FACTS.iter().copied().find(|(known, _)| *known == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::Fact;
    use serde::Deserialize;

    #[test]
    fn the_names_are_those_of_the_log_and_none_is_missing() {
        let error = Fact::deserialize(serde_json::json!({"fact": "nothing-of-the-kind"})).unwrap_err();
        let text = error.to_string();
        let named: Vec<&str> = text.split('`').skip(3).step_by(2).collect();
        assert_eq!(named.len(), FACTS.len(), "{text}");
        for name in named {
            assert!(find(name).is_some(), "{name}");
        }
    }
}
