//! The report (核验报告) for an auditor, as one page: what was checked and how much of it, the first bad row with the
//! original beside it, every mark with its rule, officers, keys and roles over time, the recovery seed, packs, the books
//! with the queries that an auditor can run himself, the head in groups. It names officers by number alone.

use super::chronicle::Event;
use super::{Audit, SheetVerdict};
use crate::base::day::Stamp;
use crate::base::division;
use crate::base::money::Money;
use crate::domain::fund::{Account, Back, Till};
use crate::office::print::html;
use crate::store::export::PRACTICE;
use crate::store::export::paper::{Align, Block, GridCell, Paper, PaperColumn};

/// The page.
pub fn page(audit: &Audit, made: Stamp) -> String {
    html::page(&paper(audit, made))
}

/// The report as a paper.
pub fn paper(audit: &Audit, made: Stamp) -> Paper {
    let mut blocks = vec![summary(audit), Block::Heading("一、查了什么".to_owned()), checks(audit)];
    blocks.extend(broken(audit));
    blocks.push(Block::Heading("三、违规标记".to_owned()));
    blocks.push(marks(audit));
    blocks.push(Block::Heading("四、账目".to_owned()));
    blocks.extend(books(audit));
    blocks.push(Block::Heading("五、操作员、岗位、密钥、政策包".to_owned()));
    blocks.push(events(&audit.chronicle.events, "记录里没有这类内容。"));
    blocks.push(Block::Heading("六、恢复种子的使用".to_owned()));
    let used: Vec<Event> = audit.chronicle.recoveries().cloned().collect();
    blocks.push(events(&used, "没有使用过恢复种子。"));
    blocks.push(Block::Heading("七、各操作员的记录".to_owned()));
    blocks.push(officers(audit));
    blocks.push(Block::Heading("八、各类记录的条数和大小".to_owned()));
    blocks.push(sizes(audit));
    blocks.push(Block::Heading("九、本报告证明什么，不证明什么".to_owned()));
    blocks.extend(limits());
    Paper {
        title: "日志核验报告".to_owned(),
        header: vec![
            ("对象".to_owned(), audit.what.clone()),
            ("日志编号".to_owned(), audit.county.to_string()),
            ("核验时间（本机）".to_owned(), made.text()),
            ("程序版本".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ],
        blocks,
        footer: vec!["只读核验，没有写入被核验的文件；不含任何人的姓名、证件号。".to_owned()],
        practice: audit.practice.then(|| PRACTICE.to_owned()),
        landscape: true,
    }
}

fn grid(rows: Vec<(&str, String)>) -> Block {
    let rows = rows.into_iter().map(|(label, text)| vec![GridCell::label(label), GridCell::value(&text, 1)]);
    Block::Grid { shares: vec![1, 6], rows: rows.collect() }
}

fn summary(audit: &Audit) -> Block {
    let head = &audit.found.head;
    let mut rows = vec![
        ("结论", format!("{}。", audit.line())),
        ("末条", format!("第 {} 条", head.n)),
        ("末条哈希", head.hash.groups()),
        ("根指纹", audit.chronicle.root.clone().unwrap_or_else(|| "没有第一条记录".to_owned())),
    ];
    if let Some(same) = audit.root {
        let said = if same {
            "与所打的相符"
        } else {
            "与所打的不符：这不是所说那个县的日志"
        };
        rows.push(("根指纹核对", said.to_owned()));
    }
    if let Some((head, said)) = &audit.sheet {
        rows.push(("核对单", sheet(head.n, said)));
    }
    if let (Some((first, _)), Some((last, (_, at)))) =
        (audit.chronicle.months.first_key_value(), audit.chronicle.heads.last_key_value())
    {
        rows.push((
            "时间范围",
            format!("{}年{}月至{}年{}月，末条 {}", first.0, first.1, last.0, last.1, at.text()),
        ));
    }
    rows.push(("找回的记录", format!("{} 条", audit.chronicle.rescued)));
    rows.push(("已抹除的个人信息", format!("{} 条", audit.chronicle.erased)));
    for note in &audit.notes {
        rows.push(("另", note.clone()));
    }
    grid(rows)
}

/// What a printed sheet came to, in a sentence.
pub fn sheet(n: u64, said: &SheetVerdict) -> String {
    match said {
        SheetVerdict::Holds { since } => {
            format!("与核对单相符：第 {n} 条的哈希没有变，此后又写了 {since} 条。")
        }
        SheetVerdict::Differs(hash) => {
            format!(
                "与核对单不符：第 {n} 条现为 {}，历史被改写过，或核对单抄错。请保留现场，报告县局和督导。",
                hash.groups()
            )
        }
        SheetVerdict::Short => {
            format!(
                "与核对单不符：完好的记录不到第 {n} 条，日志被截短或换成了旧的。请保留现场，报告县局和督导。"
            )
        }
    }
}

fn checks(audit: &Audit) -> Block {
    let n = audit.found.head.n;
    let broken = audit.found.broken.as_ref();
    let stops = |codes: &[&str]| match broken {
        Some(broken) if codes.contains(&broken.code) => format!("第 {} 条不成立", broken.n),
        Some(_) => format!("前 {n} 条成立，其后没有查"),
        None => "成立".to_owned(),
    };
    let mut rows: Vec<Vec<String>> = [
        ("编号连续，不缺不重（I9）", stops(&["gap", "columns", "unreadable"])),
        ("每条接着上一条（哈希链，I10）", stops(&["prev", "hash"])),
        ("正文是规定写法，本县的，大小合规", stops(&["canonical", "county", "too-large"])),
        ("加密的个人信息与正文所记哈希一致", stops(&["private"])),
        ("下令人签名、记录人签名", stops(&["order-sig", "carrier-sig", "founder", "rescue"])),
        ("签名的密钥当时已登记、未停用、是本人的", stops(&["key-unknown", "key-revoked", "key-not-theirs"])),
        ("同一条指令只出现一次（I13）", stops(&["twice"])),
    ]
    .into_iter()
    .map(|(what, came)| vec!["完整性".to_owned(), what.to_owned(), format!("{n} 条"), came])
    .collect();
    let marks = audit.found.marks.len();
    rows.push(vec![
        "权限".to_owned(),
        "每条按规则重新判一遍：岗位、辖区、限额、不相容岗位、步骤、资金、一年一次（I3 I4 I6 I7 I17）"
            .to_owned(),
        format!("{n} 条"),
        if marks == 0 {
            "没有违规".to_owned()
        } else {
            format!("违规 {marks} 处，未处理 {} 处", audit.open_marks())
        },
    ]);
    for check in &audit.books {
        let came = match check.bad.as_slice() {
            [] => "相符".to_owned(),
            [(0, what), ..] => format!("{} 处不符：{what}", check.bad.len()),
            [(n, what), ..] => format!("{} 处不符，首见第 {n} 条：{what}", check.bad.len()),
        };
        rows.push(vec![
            "账目".to_owned(),
            format!("{}（{}）", check.check.zh, check.check.id),
            format!("{} {}", check.counted, check.check.unit),
            came,
        ]);
    }
    for bad in &audit.wrong {
        rows.push(vec![
            "备份".to_owned(),
            format!("文件 {}", bad.file),
            format!("第 {} 条起", bad.n),
            bad.why.clone(),
        ]);
    }
    for drill in &audit.drills {
        let came = if drill.good { "签名成立" } else { "签名不成立" };
        rows.push(vec!["演练".to_owned(), drill.says.clone(), drill.file.clone(), came.to_owned()]);
    }
    table(&[("类", 1), ("内容", 7), ("数量", 2), ("结果", 5)], rows)
}

fn table(columns: &[(&str, u16)], rows: Vec<Vec<String>>) -> Block {
    let columns = columns.iter().map(|(name, share)| PaperColumn::new(name, *share)).collect();
    Block::Table { columns, rows, total: Vec::new() }
}

fn broken(audit: &Audit) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("二、第一条不成立的记录".to_owned())];
    let Some(broken) = &audit.found.broken else {
        blocks.push(Block::Text("没有。".to_owned()));
        return blocks;
    };
    let mut rows = vec![
        ("记录号", format!("第 {} 条", broken.n)),
        ("所写的操作员", broken.officer.clone().unwrap_or_else(|| "读不出".to_owned())),
        ("所写的时间", broken.at.map_or_else(|| "读不出".to_owned(), Stamp::text)),
        ("哪里不成立", format!("{}（{}）", broken.why, broken.code)),
    ];
    if let Some(file) = &audit.broken_in {
        rows.push(("所在文件", file.clone()));
    }
    let original = audit.original.as_ref();
    rows.push((
        "原文",
        original.map_or_else(
            || "没有找到原文：请在见过这条记录的电脑上核验，或加 --beside 写明它的文件夹、备份".to_owned(),
            |original| format!("取自{}，在同一位置、同样的密钥下成立", original.held),
        ),
    ));
    blocks.push(grid(rows));
    if let Some(original) = original {
        if original.changes.is_empty() {
            let said = "这条记录本身没有变，被核验的文件里缺它，或读不出。";
            blocks.push(Block::Text(said.to_owned()));
        } else {
            let rows = original.changes.iter();
            let rows =
                rows.map(|change| vec![change.path.clone(), change.was.clone(), change.is.clone()]).collect();
            blocks.push(table(&[("位置", 3), ("原文", 5), ("现在", 5)], rows));
        }
        let now = broken.row.as_ref().map_or("读不出", |row| row.body.as_str());
        blocks.push(table(
            &[("原文正文", 1), ("现在的正文", 1)],
            vec![vec![original.row.body.clone(), now.to_owned()]],
        ));
    } else if let Some(row) = &broken.row {
        blocks.push(table(&[("现在的正文", 1)], vec![vec![row.body.clone()]]));
    }
    blocks
}

fn marks(audit: &Audit) -> Block {
    if audit.chronicle.marks.is_empty() {
        return Block::Text("没有。".to_owned());
    }
    let rows = audit.chronicle.marks.iter().map(|mark| {
        vec![
            mark.n.to_string(),
            mark.at.text(),
            mark.by.clone(),
            mark.zh.clone(),
            mark.code.clone(),
            mark.sentence.clone(),
            if mark.clause.is_empty() { "本程序规则".to_owned() } else { mark.clause.clone() },
            audit.settled.get(&mark.n).map_or_else(|| "未处理".to_owned(), |n| format!("第 {n} 条")),
        ]
    });
    let columns = [
        ("记录号", 1),
        ("时间", 2),
        ("操作员", 1),
        ("指令", 2),
        ("规则", 2),
        ("内容", 6),
        ("条款", 2),
        ("处理", 1),
    ];
    table(&columns, rows.collect())
}

fn books(audit: &Audit) -> Vec<Block> {
    let mut rows: Vec<Vec<String>> = audit
        .accounts
        .iter()
        .map(|(account, fen)| vec![account_zh(account), Money::from_fen(*fen).grouped()])
        .collect();
    let sum: i64 = audit.accounts.iter().map(|(_, fen)| fen).sum();
    let mut blocks = Vec::new();
    if rows.is_empty() {
        rows.push(vec!["没有账户".to_owned(), String::new()]);
    }
    blocks.push(Block::Table {
        columns: vec![PaperColumn::new("账户", 4), PaperColumn::new("余额（元）", 2).aligned(Align::Right)],
        rows,
        total: vec!["合计（应为零）".to_owned(), Money::from_fen(sum).grouped()],
    });
    let bad = audit.books.iter().flat_map(|check| {
        check.bad.iter().map(|(n, what)| {
            let n = if *n == 0 { String::new() } else { n.to_string() };
            vec![check.check.id.to_owned(), check.check.zh.to_owned(), n, what.clone()]
        })
    });
    let bad: Vec<_> = bad.collect();
    if !bad.is_empty() {
        blocks.push(table(&[("编号", 1), ("检查", 4), ("记录号", 1), ("不符", 6)], bad));
    }
    blocks.push(Block::Text(
        "以下查询可以自行运行，没有结果即为相符：jiuji verify --tables 文件 把由日志得出的全部表格（不含个人信息）写成一个 SQLite 文件。"
            .to_owned(),
    ));
    let queries = audit.books.iter().map(|check| {
        let sql = check.check.sql.split_whitespace().collect::<Vec<_>>().join(" ");
        vec![check.check.id.to_owned(), check.check.zh.to_owned(), sql]
    });
    blocks.push(table(&[("编号", 1), ("检查", 3), ("查询", 9)], queries.collect()));
    blocks
}

fn account_zh(account: &str) -> String {
    let township = |code: u16| match division::township(code) {
        Some(known) => known.name.to_owned(),
        None => format!("乡镇 {code:03}"),
    };
    match account.parse() {
        Ok(Account::Reserve(code, Till::Cash)) => format!("{}备用金现金", township(code)),
        Ok(Account::Reserve(code, Till::Bank)) => format!("{}备用金存款", township(code)),
        Ok(Account::Spent(code)) => format!("{}救助支出", township(code)),
        Ok(Account::County) => "县级专户（负数为已拨出）".to_owned(),
        Ok(Account::Outlay(code, _)) => format!("{}应付垫付款", township(code)),
        Ok(Account::SpentDonated(code)) => format!("{}捐赠支出", township(code)),
        Ok(Account::GivenBack(code, Back::ThisYear)) => format!("{}本年退回（负数）", township(code)),
        Ok(Account::GivenBack(code, Back::EarlierYear)) => format!("{}往年退回（负数）", township(code)),
        Ok(Account::GivenBack(code, Back::Donated)) => format!("{}捐赠退回（负数）", township(code)),
        Ok(Account::Source(fund)) => format!("资金来源 {}", fund.zh()),
        Ok(Account::Transit(_)) => "在途（已提交银行，待回盘）".to_owned(),
        Ok(Account::Treasury) => "财政（负数为已到账）".to_owned(),
        Ok(Account::Goods(code)) => format!("{}库存实物（负数为已发出的价值）", township(code)),
        Ok(Account::Donors) => "捐赠人（负数为已到账）".to_owned(),
        Err(_) => match account.strip_prefix("outlay:").and_then(|code| code.parse().ok()) {
            Some(code) => format!("{}应付垫付款（负数为待归垫）", township(code)),
            None => account.to_owned(),
        },
    }
}

/// A table of events; `none` where there are none.
pub(crate) fn events(events: &[Event], none: &str) -> Block {
    if events.is_empty() {
        return Block::Text(none.to_owned());
    }
    let rows = events.iter().map(|event| {
        let by = if event.by == event.carrier {
            event.by.clone()
        } else {
            format!("{}，由 {} 送出", event.by, event.carrier)
        };
        let mut what = event.what.join("；");
        if event.recovery {
            what = format!("【恢复种子】{what}");
        }
        if !event.marks.is_empty() {
            what = format!("【违规 {}】{what}", event.marks.join("、"));
        }
        vec![event.n.to_string(), event.at.text(), by, event.zh.clone(), what]
    });
    table(&[("记录号", 1), ("时间", 2), ("谁办的", 2), ("指令", 2), ("内容", 8)], rows.collect())
}

fn officers(audit: &Audit) -> Block {
    let mut last: std::collections::BTreeMap<&str, &Event> = std::collections::BTreeMap::new();
    for event in &audit.chronicle.events {
        last.insert(event.by.as_str(), event);
    }
    let rows = audit.chronicle.officers.iter().map(|(no, wrote)| {
        let kernel =
            last.get(no.as_str()).map_or_else(String::new, |event| format!("第 {} 条 {}", event.n, event.zh));
        vec![no.clone(), wrote.entries.to_string(), wrote.first.text(), wrote.last.text(), kernel]
    });
    let columns = [("操作员", 1), ("条数", 1), ("最早", 2), ("最晚", 2), ("最近一次涉及人员密钥的操作", 4)];
    table(&columns, rows.collect())
}

fn sizes(audit: &Audit) -> Block {
    let rows = audit.chronicle.sizes.iter().map(|(verb, (zh, size))| {
        let each = |bytes: u64| (bytes / size.entries.max(1)).to_string();
        vec![
            verb.clone(),
            zh.clone(),
            size.entries.to_string(),
            each(size.body),
            each(size.private),
            (size.body + size.private).to_string(),
        ]
    });
    let columns = [
        ("指令", 2),
        ("名称", 2),
        ("条数", 1),
        ("正文平均字节", 2),
        ("加密部分平均字节", 2),
        ("共计字节", 2),
    ];
    table(&columns, rows.collect())
}

fn limits() -> Vec<Block> {
    [
        "证明：列出的记录是所写的操作员用当时登记在册的密钥签的，一字未改，次序未变；每一条都按规则重新判过；钱在账上不多不少。\
         根指纹与纸上相符，才说明是这个县的日志；末条哈希与签字的核对单相符，才说明历史没有被整段换过。",
        "不证明：办件所写的事是真的（两人串通可以签出假的）；记录的时间是真的（时间取自共享盘的钟）；操作员的密码没有泄露；\
         没有别的钱在账外。个人信息是加密的，本报告没有打开。",
    ]
    .map(|text| Block::Text(text.to_owned()))
    .to_vec()
}
