//! How a line of words in a prompt is filled in, told by its label: a name of goods is no 情况.
//!
//! Must never guess: a label that stands nowhere here and asks for no account of something gets no advice.

/// What the message line says of a line with this label; `needed` where it has to be filled in.
pub fn of(label: &str, needed: bool) -> String {
    let must = if needed { "必填" } else { "可不填" };
    match (known(label), needed && is_account(label)) {
        (Some(how), _) => format!("{must}，{how}"),
        (None, true) => format!("{must}，写明情况"),
        (None, false) => must.to_owned(),
    }
}

/// What is written where something is not told in one's own words.
fn known(label: &str) -> Option<&'static str> {
    Some(match label {
        "收据" => "写收据号，或谁开的收据",
        "文号" | "请示文号" | "批复文号" => "照文件打文号",
        "文号凭证" => "照文件或进账单打文号、凭证号",
        "凭证" => "写凭证号",
        "品名" => "如 大米、棉被",
        "规格" => "如 25公斤",
        "单位" => "计数的单位，如 袋、床、桶",
        "来源单位和凭证" => "谁给的、凭哪张单据",
        "调拨单号和送货人" => "写调拨单号和送货人",
        "乡镇" => "打乡镇代码、名称或拼音首字母",
        "乡镇代码(全县不填)" => "打三位代码，如 102",
        "文件" => "打文件名或路径",
        "模板文件" => "选了自备模板才填，打文件名或路径",
        "付款银行" => "代发的银行，如 县农信联社",
        "归档号" => "照档案盒上的号打",
        "存放位置" => "如 档案室2柜3格",
        "事项名称" => "如 十家子村火灾",
        "身份证号" => "18 位，末位可以是 X",
        "姓名" => "打本人姓名",
        "值班人" => "打操作员号，几个人用空格隔开",
        "村(居)名" => "打村名或拼音首字母",
        "联系电话" => "手机或带区号的电话",
        "值班电话" => "值班的人接得到的号码",
        "关系" => "打关系的两位代码或名称，如 配偶",
        "编号/乡镇/操作员号" => "按上面选的对象打编号、乡镇代码或操作员号",
        "哪几行" => "如 2-5、8；全部不用改",
        "由谁提供" => "写单位或人",
        "领款人" => "付现金的写谁领的",
        "见证人" => "付现金的写谁在场",
        "现金原因" => "付现金的写为什么不打卡",
        "成员第几人" => "改发家庭成员的打他是第几人",
        "实点现金" => "备用金有现金的打点清的数",
        "空白单号" => "断电时用空白单办的，照单上的号打",
        "操作员号或姓名" | "人员" | "办件编号" => "只查这一个的才填",
        "代理人" => "代为申请的写代理人姓名",
        "补录来由" => "照纸质补录的写为什么",
        _ => return None,
    })
}

/// Whether a label asks for an account in one's own words.
fn is_account(label: &str) -> bool {
    const WORDS: &[&str] =
        &["原因", "情况", "说明", "理由", "事由", "问题", "不实之处", "怎样", "什么", "结果", "纪要"];
    WORDS.iter().any(|word| label.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_account_is_not_asked_for_one() {
        for thing in ["品名", "文件", "收据", "付款银行", "单位", "批复文号", "归档号", "乡镇"]
        {
            let said = of(thing, true);
            assert!(said.starts_with("必填，") && !said.contains("情况"), "{thing}：{said}");
        }
        for account in ["原因", "查明的情况", "报市原因", "做了什么", "确办理由"] {
            assert_eq!(of(account, true), "必填，写明情况", "{account}");
        }
        assert_eq!(of("规格", false), "可不填，如 25公斤");
    }

    /// Every line of words that a screen declares has to be told how it is filled in.
    #[test]
    fn no_label_of_a_screen_is_without_advice() {
        let mut silent = Vec::new();
        let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui/screens")];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                if !name.ends_with(".rs") || name.ends_with("_tests.rs") || name.starts_with("prompt") {
                    continue;
                }
                let source = std::fs::read_to_string(&path).unwrap();
                for label in source.split("Kind::Text").collect::<Vec<_>>().split_last().unwrap().1 {
                    let mut quoted = label.rsplit('"');
                    let (between, label) = (quoted.next().unwrap_or_default(), quoted.next());
                    let Some(label) = label.filter(|_| between.trim() == ",") else { continue };
                    seen += 1;
                    if known(label).is_none() && !is_account(label) {
                        silent.push(format!("{name}: {label}"));
                    }
                }
            }
        }
        assert!(seen > 40, "{seen}");
        assert!(silent.is_empty(), "{silent:?}");
    }
}
