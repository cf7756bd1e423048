//! What can be done beside a case: numbered, each with the reason where it cannot be done now, the small prompt that it
//! needs, and the deed it becomes.
//!
//! Must never stand in for the rules: what is offered here is decided there; a reason here only saves the way. Must never show
//! the city's answer to whoever is to check it from the paper.

use crate::base::division::{self, Village};
use crate::base::money::Money;
use crate::domain::ids::PersonId;
use crate::domain::nouns::{Payee, Stage};
use crate::domain::office::{Office, Role, Tier};
use crate::domain::tiers::{CityAnswer, HelpKind, ReferOutcome, ServiceKind};
use crate::office::front::county::{CaseFile, CountyDeed};
use crate::office::front::deed::Deed;
use crate::office::front::duty::Arranged;
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::tiers::ReferralLine;
use crate::ui::product::MeView;
use crate::ui::product::county::More;
use crate::ui::screens::options::Choice;
use crate::ui::screens::prompt::{Kind, Prompt};

/// A group of them under a head.
pub type Group = (&'static str, &'static [(u8, &'static str, More)]);

/// All of them, with numbers that stay the same from day to day: the first digit is the group.
pub const GROUPS: [Group; 5] = [
    (
        "县局审批",
        &[
            (11, "股室审核", More::Examine),
            (12, "会议记录F14", More::Meeting),
            (13, "报市", More::ToCity),
            (14, "登记批复", More::CityReply),
            (15, "复核批复", More::CheckCity),
            (16, "提级", More::Raise),
            (17, "退回乡镇审批", More::HandDown),
            (18, "改用政策包", More::Rebase),
        ],
    ),
    (
        "转介和服务",
        &[
            (21, "转介F20", More::Refer),
            (22, "转介回执", More::ReferReply),
            (23, "服务记录", More::Serve),
            (24, "其他救助", More::OtherHelp),
            (25, "户籍地答复", More::HomeReply),
        ],
    ),
    (
        "变更",
        &[
            (31, "变更申请人", More::ChangeApplicant),
            (32, "改发何人", More::HoldPayee),
            (33, "分户", More::Split),
            (34, "合户", More::Join),
            (35, "改派、迁移", More::Move),
        ],
    ),
    ("备案", &[(41, "备案退回", More::CallBack), (42, "退回办结", More::SettleCallBack)]),
    (
        "打印",
        &[
            (51, "打印F14", More::PrintMeeting),
            (52, "打印F15", More::PrintCity),
            (53, "打印F20", More::PrintReferral),
        ],
    ),
];

/// Relations of whoever joins a household, each with its code of GB/T 4761.
const RELATIONS: [(&str, &str); 8] = [
    ("配偶", "10"),
    ("子", "20"),
    ("女", "30"),
    ("孙辈", "40"),
    ("父母", "50"),
    ("祖辈", "60"),
    ("兄弟姐妹", "70"),
    ("其他", "97"),
];

/// Who takes the money of the dead.
const PAYEES: [Payee; 5] = [Payee::Guardian, Payee::Proxy, Payee::Institution, Payee::Station, Payee::Child];

/// A case as this screen looks at it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The case.
    pub card: &'a CaseCard,
    /// What stands beside it.
    pub file: &'a CaseFile,
    /// Who looks.
    pub me: &'a MeView,
}

/// Whether it is signed with F10 in a run of approvals, rather than done with F9.
pub fn is_signed(more: More) -> bool {
    matches!(more, More::ToCity | More::CheckCity | More::HandDown | More::HoldPayee)
}

impl View<'_> {
    fn role(&self, roles: &[Role]) -> Option<String> {
        let officer = &self.me.officer;
        if !officer.office.covers(self.card.case.township) {
            return Some("不是本单位的办件".to_owned());
        }
        if roles.iter().any(|role| officer.is(*role)) {
            return None;
        }
        let words: Vec<&str> = roles.iter().map(|role| role.zh()).collect();
        Some(format!("由{}办理，请换人登录", words.join("或")))
    }

    fn county(&self, roles: &[Role]) -> Option<String> {
        if self.me.officer.office != Office::County {
            return Some("由县局办理".to_owned());
        }
        self.role(roles)
    }

    fn stage(&self, may: bool, how: &str) -> Option<String> {
        (!may).then(|| format!("现在是「{}」，{how}", self.card.case.stage.zh()))
    }

    /// The case's own handler, or the county.
    fn handles(&self) -> Option<String> {
        self.role(&[Role::Handler])
    }

    fn at_county(&self) -> Option<String> {
        let here = self.card.case.stage == Stage::Submitted && self.card.case.tier == Some(Tier::County);
        self.stage(here, "不在县局待批中")
    }

    fn open_referrals(&self) -> Vec<&ReferralLine> {
        let open = |line: &&ReferralLine| {
            !matches!(line.outcome, Some((ReferOutcome::Declined | ReferOutcome::Done, _)))
        };
        self.file.beside.referrals.iter().filter(open).collect()
    }

    fn at_city(&self) -> Option<String> {
        self.stage(self.card.case.stage == Stage::AtCity, "没有报市待批")
    }

    /// Why it cannot be done now; none where it can.
    pub fn why_not(&self, more: More) -> Option<String> {
        let (case, file) = (&self.card.case, &self.file.file);
        let replied = file.city.as_ref().and_then(|city| city.reply.as_ref());
        let none = |some: bool, why: &str| (!some).then(|| why.to_owned());
        match more {
            More::Examine => self
                .county(&[Role::Handler, Role::Approver])
                .or_else(|| self.at_county())
                .or_else(|| none(file.examined.is_none(), "已经审核过，退回重报后才能再审")),
            More::Meeting => self
                .role(&[Role::Handler, Role::Approver])
                .or_else(|| self.stage(!case.stage.is_final(), "不能再登记会议记录；仍有困难的重新登记急难")),
            More::ToCity => self.county(&[Role::Approver]).or_else(|| self.at_county()),
            More::CityReply => self.county(&[Role::Handler, Role::Approver]).or_else(|| self.at_city()),
            More::CheckCity => self
                .county(&[Role::Approver])
                .or_else(|| self.at_city())
                .or_else(|| none(replied.is_some(), "批复还没有登记，请先由另一人登记"))
                .or_else(|| {
                    let own = replied.is_some_and(|reply| reply.by == self.me.officer.no);
                    none(!own, "批复由您登记，请由其他审批人复核。五（三）")
                }),
            More::Raise => self
                .role(&[Role::Handler, Role::Approver])
                .or_else(|| {
                    let here = case.stage == Stage::Submitted && case.tier == Some(Tier::Township);
                    self.stage(
                        here || matches!(case.stage, Stage::Open | Stage::Returned),
                        "不能再提级；已报县局的由县局审批",
                    )
                })
                .or_else(|| none(!file.raised, "已经提级，由县局审批")),
            More::HandDown => self.county(&[Role::Approver]).or_else(|| self.at_county()).or_else(|| {
                let sum = self.card.sums.matter + self.card.asked();
                none(sum <= self.me.township_limit, "超出乡镇权限，由县局审批。四（三）二")
            }),
            More::Rebase => self
                .county(&[Role::Approver])
                .or_else(|| self.stage(!case.stage.is_final(), "不能再改用政策包；只改在办的件"))
                .or_else(|| none(self.file.packs.len() > 1, "本县只采用过一个政策包")),
            More::Refer => self.handles(),
            More::ReferReply => {
                self.handles().or_else(|| none(!self.open_referrals().is_empty(), "没有等回执或结果的转介"))
            }
            More::Serve | More::OtherHelp => self.handles(),
            More::HomeReply => self
                .handles()
                .or_else(|| none(file.home_asked, "申请人是本地户籍，不须向户籍地核实"))
                .or_else(|| none(file.home_helped.is_none(), "户籍地的答复已经登记")),
            More::ChangeApplicant => self
                .handles()
                .or_else(|| {
                    let open = matches!(
                        case.stage,
                        Stage::Open | Stage::Returned | Stage::Submitted | Stage::AtCity
                    );
                    self.stage(open, "已批准的由县局注明改发何人")
                })
                .or_else(|| none(self.file.members.len() > 1, "没有登记其他家庭成员；个人申请的按终止办理")),
            More::HoldPayee => self
                .county(&[Role::Approver])
                .or_else(|| self.stage(case.stage == Stage::Approved, "没有待发放的款项；批准后才能注明"))
                .or_else(|| none(self.file.died, "申请人没有登记死亡，请先在更正人员里注明")),
            More::Split => {
                self.handles().or_else(|| none(self.file.members.len() > 1, "家庭只登记了一人，不能分户"))
            }
            More::Join => {
                self.handles().or_else(|| none(case.household.is_some(), "是个人申请，没有登记家庭"))
            }
            More::Move => self.role(&[Role::Handler, Role::Approver]).or_else(|| {
                self.stage(!case.stage.is_final(), "不能再迁移；仍有困难的在现居住地重新登记急难")
            }),
            More::CallBack => self
                .county(&[Role::Approver])
                .or_else(|| none(file.filed.is_some() && !case.granted.is_empty(), "没有备案的决定"))
                .or_else(|| none(file.called_back.is_none(), "已经退回，等乡镇处理")),
            More::SettleCallBack => self
                .county(&[Role::Approver])
                .or_else(|| none(file.called_back.is_some(), "没有退回待处理的备案")),
            More::PrintMeeting => none(!self.file.beside.meetings.is_empty(), "还没有会议记录，请先按12登记"),
            More::PrintCity => none(self.file.beside.city.is_some(), "没有报市，请先按13报市"),
            More::PrintReferral => none(!self.file.beside.referrals.is_empty(), "没有转介，请先按21登记"),
        }
    }

    /// All of them, as numbered options.
    pub fn options(&self) -> Vec<Choice<More>> {
        let all = GROUPS.iter().flat_map(|(_, deeds)| deeds.iter());
        all.map(|(number, label, more)| Choice {
            number: *number,
            label,
            why_not: self.why_not(*more),
            what: *more,
        })
        .collect()
    }

    /// The prompt of one; none for what has a screen or a paper of its own.
    pub fn prompt(&self, more: More) -> Option<Prompt<More>> {
        let case = &self.card.case;
        let today = self.me.now.day();
        let titled = |what: &str| Prompt::new(more, format!("{what} {}", case.number));
        let asked = self.card.asked().plain();
        let words = |all: Vec<&'static str>| Kind::Choice(all);
        let members = self.file.members.len();
        Some(match more {
            More::ToCity => titled("报市级审批")
                .with("拟救助金额", Kind::Money, &asked)
                .with("请示文号", Kind::Note, "")
                .with("报市原因", Kind::Text, "")
                .phrased("to-city"),
            More::CityReply => titled("登记市级批复，按原件")
                .with("批复文号", Kind::Text, "")
                .with("批复日期", Kind::Day(today), "")
                .with("批复意见", words(CityAnswer::ALL.iter().map(|one| one.zh()).collect()), "")
                .with("批复金额", Kind::NoteMoney, "")
                .with("批复内容", Kind::Note, "")
                .phrased("city-reply"),
            More::CheckCity => titled("复核市级批复，请对照原件重打")
                .with("批复文号", Kind::Text, "")
                .with("批复日期", Kind::Day(today), "")
                .with("批复金额", Kind::NoteMoney, ""),
            More::Raise => titled("提级，由县局审批").with("原因", Kind::Text, "").phrased("raise"),
            More::HandDown => titled("退回乡镇审批").with("原因", Kind::Text, "").phrased("hand-down"),
            More::Rebase => titled(&format!("改用政策包，上面第几个(1至{})，", self.file.packs.len()))
                .with("第几个", Kind::Count, "")
                .with("原因", Kind::Text, "")
                .phrased("rebase"),
            More::ReferReply => {
                let open = self.open_referrals().len();
                titled("转介回执")
                    .with("第几件", Kind::Count, if open == 1 { "1" } else { "" })
                    .with("结果", words(ReferOutcome::ALL.iter().map(|one| one.zh()).collect()), "")
                    .with("回执日期", Kind::Day(today), "")
                    .with("说明", Kind::Note, "")
                    .with("给付金额", Kind::NoteMoney, "")
                    .hinted("对方给了钱物的写金额，实物按估价，不计入救助资金；没有就空着")
            }
            More::Serve => titled("服务记录")
                .with("服务", words(ServiceKind::ALL.iter().map(|one| one.zh()).collect()), "")
                .with("日期", Kind::Day(today), "")
                .with("次数", Kind::Count, "1")
                .with("由谁提供", Kind::Text, "")
                .with("结果", Kind::Text, ""),
            More::OtherHelp => titled("其他救助")
                .with("种类", words(HelpKind::ALL.iter().map(|one| one.zh()).collect()), "")
                .with("日期", Kind::Day(today), "")
                .with("金额", Kind::NoteMoney, "")
                .with("谁给了什么", Kind::Text, ""),
            More::HomeReply => titled("户籍地答复")
                .with("是否救助过", words(vec!["救助过", "没有"]), "")
                .with("答复日期", Kind::Day(today), "")
                .with("金额", Kind::NoteMoney, "")
                .with("谁怎样答复", Kind::Text, ""),
            More::ChangeApplicant => titled(&format!("变更申请人，成员第几人(2至{members})，"))
                .with("第几人", Kind::Count, if members == 2 { "2" } else { "" })
                .with("原因", Kind::Text, ""),
            More::HoldPayee => titled("改发何人")
                .with("领款人", words(PAYEES.iter().map(|one| one.zh()).collect()), "")
                .with("成员第几人", Kind::Note, "")
                .with("原因和关系", Kind::Text, ""),
            More::Split => titled(&format!("分户，成员第几人(1至{members})单独立户，"))
                .with("第几人", Kind::Count, "")
                .with("从哪天起", Kind::Day(today), ""),
            More::Join => titled("合户：并入这一户的人")
                .with("身份证号", Kind::Text, "")
                .with("是户主的", words(RELATIONS.iter().map(|(word, _)| *word).collect()), "")
                .with("从哪天起", Kind::Day(today), ""),
            More::Move => titled("改派；迁往外乡镇由县局办，写乡镇和村，如 大庙镇东山村")
                .with("给经办人", Kind::Officer, "")
                .with("原因", Kind::Text, "")
                .with("迁往", Kind::Note, ""),
            More::CallBack => titled("备案退回").with("问题", Kind::Text, "").phrased("call-back"),
            More::SettleCallBack => {
                titled("备案退回办结").with("怎样处理的", Kind::Text, "").phrased("settle-call-back")
            }
            More::Examine
            | More::Meeting
            | More::Refer
            | More::PrintMeeting
            | More::PrintCity
            | More::PrintReferral => return None,
        })
    }

    fn member(&self, at: u16) -> Result<PersonId, String> {
        let found = usize::from(at).checked_sub(1).and_then(|at| self.file.members.get(at));
        found.map(|(person, _)| *person).ok_or_else(|| {
            format!("没有第 {at} 人，家庭成员共 {} 人，请看上面的次序重打", self.file.members.len())
        })
    }

    /// The deed of a prompt that is filled in.
    ///
    /// # Errors
    /// What is missing, as a sentence.
    pub fn deed(&self, prompt: &Prompt<More>) -> Result<Deed, String> {
        let case = self.card.case.id;
        let one =
            |all: &'static [CityAnswer], at: usize| all.get(at).copied().ok_or("批复意见没有选，请按数字");
        Ok(Deed::County(match prompt.what {
            More::ToCity => CountyDeed::ToCity(case, prompt.money(0)?, prompt.text(1)?, prompt.text(2)?),
            More::CityReply => {
                let answer = one(CityAnswer::ALL, prompt.choice(2)?)?;
                let amount = prompt.money_if_any(3)?;
                if answer == CityAnswer::Agreed && amount.is_none() {
                    return Err("批复同意的须填批复金额".to_owned());
                }
                CountyDeed::CityReply {
                    case,
                    document: prompt.text(0)?,
                    on: prompt.day(1)?,
                    answer,
                    amount: amount.unwrap_or_default(),
                    text: prompt.text(4)?,
                }
            }
            More::CheckCity => {
                let amount = prompt.money_if_any(2)?.unwrap_or(Money::ZERO);
                CountyDeed::CheckCity(case, prompt.text(0)?, prompt.day(1)?, amount)
            }
            More::Raise => CountyDeed::Raise(case, prompt.text(0)?),
            More::HandDown => CountyDeed::HandDown(case, prompt.text(0)?),
            More::Rebase => {
                let at = prompt.count(0)?;
                let found = usize::from(at).checked_sub(1).and_then(|at| self.file.packs.get(at));
                let (pack, _) = found.ok_or_else(|| format!("没有第 {at} 个政策包，请看上面的次序重打"))?;
                CountyDeed::Rebase(case, pack.clone(), prompt.text(1)?)
            }
            More::ReferReply => {
                let (at, open) = (prompt.count(0)?, self.open_referrals());
                let found = usize::from(at).checked_sub(1).and_then(|at| open.get(at));
                let referral =
                    found.ok_or_else(|| format!("没有第 {at} 件待回执的转介，共 {} 件", open.len()))?;
                let outcome = ReferOutcome::ALL.get(prompt.choice(1)?).copied();
                let outcome = outcome.ok_or("结果没有选，请按数字")?;
                let text = prompt.text(3)?;
                if outcome != ReferOutcome::Received && text.is_empty() {
                    return Err("不予接收或已办结的，须在说明里写明结果".to_owned());
                }
                let given = prompt.money_if_any(4)?;
                CountyDeed::ReferReply(referral.id, outcome, prompt.day(2)?, text, given)
            }
            More::Serve => CountyDeed::Serve {
                case,
                kind: ServiceKind::ALL.get(prompt.choice(0)?).copied().ok_or("服务没有选，请按数字")?,
                on: prompt.day(1)?,
                sessions: prompt.count(2)?,
                provider: prompt.text(3)?,
                result: prompt.text(4)?,
            },
            More::OtherHelp => {
                let kind = HelpKind::ALL.get(prompt.choice(0)?).copied().ok_or("种类没有选，请按数字")?;
                CountyDeed::OtherHelp(case, kind, prompt.day(1)?, prompt.money_if_any(2)?, prompt.text(3)?)
            }
            More::HomeReply => {
                let helped = prompt.choice(0)? == 0;
                CountyDeed::HomeReply(case, prompt.day(1)?, helped, prompt.money_if_any(2)?, prompt.text(3)?)
            }
            More::ChangeApplicant => {
                CountyDeed::ChangeApplicant(case, self.member(prompt.count(0)?)?, prompt.text(1)?)
            }
            More::HoldPayee => {
                let payee = PAYEES.get(prompt.choice(0)?).copied().ok_or("领款人没有选，请按数字")?;
                let person = match prompt.text(1)?.as_str() {
                    "" => None,
                    text => {
                        let at = crate::base::fold::digits(text).parse();
                        Some(self.member(at.map_err(|_| "成员第几人：请打数字，不是家庭成员的空着")?)?)
                    }
                };
                CountyDeed::HoldPayee(case, payee, person, prompt.text(2)?)
            }
            More::Split => CountyDeed::Split(case, self.member(prompt.count(0)?)?, prompt.day(1)?),
            More::Join => {
                let relation = RELATIONS.get(prompt.choice(1)?).map(|(_, code)| *code);
                let relation = relation.ok_or("是户主的什么人没有选，请按数字")?;
                let id_no = crate::base::fold::digits(&prompt.text(0)?);
                CountyDeed::Join(case, id_no, relation, prompt.day(2)?)
            }
            More::Move => {
                let to = crate::domain::ids::OfficerNo(prompt.text(0)?);
                let village = place(&prompt.text(2)?)?;
                return Ok(Deed::Arrange(Arranged::HandOn(case, to, village, prompt.text(1)?)));
            }
            More::CallBack => CountyDeed::CallBack(case, prompt.text(0)?),
            More::SettleCallBack => CountyDeed::SettleCallBack(case, prompt.text(0)?),
            More::Examine
            | More::Meeting
            | More::Refer
            | More::PrintMeeting
            | More::PrintCity
            | More::PrintReferral => return Err("这一项另有一屏，请按 F12 后重选".to_owned()),
        }))
    }
}
/// A village as people name it, with its township; none where nothing is typed. Names repeat between townships.
fn place(typed: &str) -> Result<Option<u64>, String> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '/').collect();
    if typed.is_empty() {
        return Ok(None);
    }
    let named = |village: &&Village| {
        let township = division::township(village.township).map_or("", |township| township.name);
        [village.name, village.short].iter().any(|name| typed.strip_prefix(township) == Some(name))
    };
    let found = division::villages().iter().find(named);
    found
        .map(|village| Some(village.code))
        .ok_or_else(|| format!("没有「{typed}」，迁往须写全乡镇名和村名，如 大庙镇东山村；不迁的空着"))
}
