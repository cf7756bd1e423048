//! The steps of a case on the expenditure path (支出型), as told in practice: each with the words and figures that its paper
//! holds.

use super::{Script, Told, When};
use crate::base::money::Money;
use crate::domain::archive::Retention;
use crate::domain::command::Command;
use crate::domain::command::after::Deliver;
use crate::domain::command::archive::Archive;
use crate::domain::command::path::{
    Accept, Application, Assets, ChangePath, Corrected, Decline, EndNotice, Examine, Housing, Income,
    MeansAsk, MeansAuthorise, MeansCheck, Objection, OnceNotice, PostNotice, Review, School, SettleObjection,
    Signer, Signing, Spending, Survey,
};
use crate::domain::command::sample::DrawSample;
use crate::domain::command::tiers::{CityReplyArgs, CountyExamine, ToCity};
use crate::domain::grant::total;
use crate::domain::ids::Text;
use crate::domain::nouns::path::{
    Delivery, MeansResult, MeansScope, SchoolStage, Structure, SurveyVerdict, Tenure,
};
use crate::domain::nouns::{Circumstance, LineKind, Path};
use crate::domain::office::Tier;
use crate::domain::private::Private;
use crate::domain::tiers::CityAnswer;
use std::collections::BTreeSet;
use std::ops::Range;

/// How far a case has come, in the order of the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Until {
    /// Applied for, and no more.
    Applied,
    /// Accepted: the survey is due.
    Accepted,
    /// Surveyed, and means asked about.
    Asked,
    /// Means are back: the appraisal is due.
    Back,
    /// Appraised.
    Reviewed,
    /// The notice hangs.
    Posted,
    /// The notice is over.
    Ended,
    /// Submitted.
    Submitted,
}

/// What is told of a hardship on its papers, by circumstance.
struct Tale {
    health: &'static str,
    situation: &'static str,
    verified: &'static str,
    said: &'static str,
    summary: &'static str,
    /// 医疗, 教育, 护理, 住房 of twelve months, yuan.
    spending: [i64; 4],
}

const CARE: Tale = Tale {
    health: "患病，常年服药",
    situation: "夫妻务农，一人常年患病卧床，另一人在家照料，不能外出打工",
    verified: "查看病历、医疗费票据和药品，与申请所述一致",
    said: "村干部介绍情况，代表认为家中支出确实过大，同意救助",
    summary: "家庭成员长期患病，必要支出超过家庭承受能力，基本生活困难",
    spending: [28_600, 0, 9_000, 0],
};
const SCHOOL: Tale = Tale {
    health: "健康",
    situation: "家中有子女在校就读，靠种地和打零工供学",
    verified: "查看学籍证明、学费和住宿费票据，与申请所述一致",
    said: "代表认为该户供学负担重，家中没有其他来源，同意救助",
    summary: "子女在校就读，教育支出超过家庭承受能力，基本生活困难",
    spending: [2_400, 16_800, 0, 0],
};
const OTHER: Tale = Tale {
    health: "健康",
    situation: "原靠经营小本生意维持，停业后没有收入，欠下货款",
    verified: "到停业的铺面查看，核对进货单和欠条，与申请所述一致",
    said: "代表认为该户停业属实，同意救助",
    summary: "家庭主要收入中断，基本生活困难",
    spending: [3_200, 1_800, 0, 6_000],
};

fn tale(circumstance: Circumstance) -> &'static Tale {
    match circumstance {
        Circumstance::Illness | Circumstance::LongCare | Circumstance::Other => &CARE,
        Circumstance::Schooling => &SCHOOL,
        _ => &OTHER,
    }
}

/// The ages of those in vocational schools and colleges, and of everybody at school.
pub(in super::super) const OLDER: Range<i32> = 15..22;
pub(in super::super) const ANY: Range<i32> = 7..24;

fn yuan(sum: i64) -> Money {
    Money::from_fen(sum * 100)
}

impl Script<'_> {
    /// Takes a case along the path: applied for so many working days ago, two days to the means check, two more until it is
    /// back and the appraisal sits, the notice a day later, its end three working days after that. `examiner` gives the
    /// township's opinion where the county decides.
    pub(in super::super) fn walk(
        &mut self,
        told: &Told,
        from: u32,
        until: Until,
        examiner: Option<&'static str>,
    ) {
        let day = |later: u32| from.saturating_sub(later);
        self.apply((from, 1), told);
        if until >= Until::Accepted {
            self.accept((from, 2), told);
        }
        if until >= Until::Asked {
            self.survey((day(1), 1), told);
            self.let_look((day(1), 2), told);
            self.ask_means((day(1), 3), told);
        }
        if until >= Until::Back {
            self.means_back((day(3), 1), told, MeansResult::Fits);
            if told.plan.circumstance == Circumstance::Schooling {
                self.school((day(3), 2), told);
            }
        }
        if until >= Until::Reviewed {
            self.review((day(3), 5), told, true);
        }
        if until >= Until::Posted {
            if let Some(by) = examiner {
                self.examine((day(4), 1), by, told);
            }
            self.post((day(4), 5), told);
        }
        if until >= Until::Ended {
            self.end_notice((day(7), 1), told);
        }
        if until >= Until::Submitted {
            let to = if examiner.is_some() { Tier::County } else { Tier::Township };
            self.submit((day(7), 5), told, to);
        }
    }

    /// 登记申请, by the applicant himself.
    pub(in super::super) fn apply(&mut self, when: When, told: &Told) {
        self.apply_with(when, told, Private::default(), None);
    }

    /// 登记申请 by an agent (委托代理人), with his letter.
    pub(in super::super) fn apply_by_agent(&mut self, when: When, told: &Told) {
        let mut private = Private::default();
        private.put("agent-relation", "外甥");
        private.put("agent-id", "211321196804120012");
        private.put("agent-letter", "有委托书");
        let agent = private.put("agent", "孟宪章");
        self.apply_with(when, told, private, agent);
    }

    fn apply_with(&mut self, when: When, told: &Told, mut private: Private, agent: Option<Text>) {
        let on = self.days.at(when.0, when.1).day();
        let apply = Application { case: told.case, on, promise: true, late: None, agent };
        for (slot, text) in [
            ("account-kind", "农业"),
            ("nation", "汉族"),
            ("marriage", "已婚"),
            ("health", tale(told.plan.circumstance).health),
            ("occupation", "务农"),
            ("labour", "部分丧失"),
            ("employer", "本村"),
            ("income-source", "土地承包和零工"),
            ("spending-use", "医药、护理和日常开支"),
            ("supporters", "女儿（外嫁） 家庭3人 年收入30000元 每月给200元"),
        ] {
            private.put(slot, text);
        }
        self.say(when, told.by, vec![(Command::Apply(apply), private)]);
    }

    /// 一次性告知.
    pub(in super::super) fn once_notice(&mut self, when: When, told: &Told, missing: &str) {
        let on = self.days.at(when.0, when.1).day();
        let mut private = Private::default();
        let notice = OnceNotice {
            case: told.case,
            on,
            until: on.plus(10),
            received: private.put("received", "申请书、户口簿复印件"),
            missing: private.put("missing", missing),
            delivery: Delivery::Hand,
            receipt: private.put("receipt", "申请人本人签收"),
            overrides: BTreeSet::new(),
            override_reason: None,
        };
        self.say(when, told.by, vec![(Command::OnceNotice(notice), private)]);
    }

    /// 补正收齐.
    pub(in super::super) fn corrected(&mut self, when: When, told: &Told) {
        let on = self.days.at(when.0, when.1).day();
        let mut private = Private::default();
        let note = private.put("note", "缺少的材料已交齐");
        let corrected = Corrected { case: told.case, on, note };
        self.say(when, told.by, vec![(Command::Corrected(corrected), private)]);
    }

    /// 准予受理.
    pub(in super::super) fn accept(&mut self, when: When, told: &Told) {
        let on = self.days.at(when.0, when.1).day();
        let mut private = Private::default();
        let note = private.put("note", "材料齐全，符合受理条件");
        let receipt = private.put("receipt", "申请人本人签收");
        let accept = Accept { case: told.case, on, note, delivery: Some(Delivery::Hand), receipt };
        self.say(when, told.by, vec![(Command::Accept(accept), private)]);
    }

    /// 不予受理.
    pub(in super::super) fn decline(&mut self, when: When, told: &Told, why: &str) {
        self.with_reason(when, told.by, why, |reason| Command::Decline(Decline { case: told.case, reason }));
    }

    /// 入户调查.
    pub(in super::super) fn survey(&mut self, when: When, told: &Told) {
        let at = self.days.at(when.0, when.1);
        let tale = tale(told.plan.circumstance);
        let mut private = Private::default();
        let [medical, schooling, care, housing] = tale.spending.map(yuan);
        let survey = Survey {
            case: told.case,
            at,
            place: private.put("place", "申请人家中"),
            surveyors: vec![told.by.into()],
            others: 1,
            others_named: private.put("surveyors", "村会计王五 13000000100"),
            respondent: private.put("respondent", &format!("{}，户主本人", told.home.name)),
            situation: private.put("situation", tale.situation),
            housing: Housing { tenure: Tenure::Own, structure: Structure::BrickTimber, area: 72 },
            income: Box::new(Income {
                wages: yuan(6_000),
                business: yuan(9_800),
                property: Money::ZERO,
                transfer: yuan(2_160),
            }),
            spending: Box::new(Spending { medical, schooling, care, housing }),
            assets: Box::new(Assets {
                deposits: yuan(1_500),
                securities: Money::ZERO,
                vehicles: 0,
                machines: 1,
                debt: yuan(20_000),
            }),
            verified: private.put("verified", tale.verified),
            matches: true,
            differs: None,
            policies: if told.home.is_poor() { BTreeSet::from([told.home.status]) } else { BTreeSet::new() },
            verdict: SurveyVerdict::True,
            means: BTreeSet::from([LineKind::Money]),
            amount: total(&told.lines),
            photos: 2,
            photo_list: private.put("photos", "院落一张，屋内一张"),
            signed: true,
            unsigned: None,
        };
        self.say(when, told.by, vec![(Command::Survey(survey), private)]);
    }

    /// 核对授权: a minor's by the head of the household.
    pub(in super::super) fn let_look(&mut self, when: When, told: &Told) {
        let on = self.days.at(when.0, when.1).day();
        let signer = |at: usize| {
            let minor = told.home.is_minor(at, on);
            let signing =
                if minor { Signing::Guardian { by: Some(told.home.head) } } else { Signing::Own {} };
            told.home.members.get(at).map(|person| Signer { person: *person, minor, signing })
        };
        let members = (0..told.home.members.len()).filter_map(signer).collect();
        let let_look = MeansAuthorise { case: told.case, on, members, guardians: None, later: None };
        self.say(when, told.by, vec![(Command::MeansAuthorise(let_look), Private::default())]);
    }

    /// 委托核对.
    pub(in super::super) fn ask_means(&mut self, when: When, told: &Told) {
        let on = self.days.at(when.0, when.1).day();
        let mut private = Private::default();
        let to = private.put("to", "县居民家庭经济状况核对中心");
        let ask = MeansAsk { case: told.case, on, scope: MeansScope::Whole, to };
        self.say(when, told.by, vec![(Command::MeansAsk(ask), private)]);
    }

    /// 核对报告.
    pub(in super::super) fn means_back(&mut self, when: When, told: &Told, result: MeansResult) {
        let on = self.days.at(when.0, when.1).day();
        let mut private = Private::default();
        let differs = result == MeansResult::Differs;
        let check = MeansCheck {
            case: told.case,
            on,
            result,
            report: private
                .put("report", &format!("HD-{}-{:02}{:02}", on.year(), on.month(), on.day_of_month())),
            items: private.put("items", "公安、人社、住建、市场监管、税务、公积金、银行、证券、保险：无异常"),
            explained: if differs {
                private.put("explained", "名下一辆三轮摩托，已报废")
            } else {
                None
            },
        };
        self.say(when, told.by, vec![(Command::MeansCheck(check), private)]);
    }

    /// 就学情况.
    pub(in super::super) fn school(&mut self, when: When, told: &Told) {
        let on = self.days.at(when.0, when.1).day();
        let pupil = told.home.pupil(on, OLDER).or_else(|| told.home.pupil(on, ANY));
        let Some((pupil, age)) = pupil else { return };
        let (stage, school) = match age {
            ..15 => (SchoolStage::Compulsory, "朝阳县第三初级中学（练习）"),
            15..18 => (SchoolStage::Vocational, "朝阳县职业教育中心（练习）"),
            _ => (SchoolStage::College, "朝阳职业技术学院（练习）"),
        };
        let mut private = Private::default();
        let school = School {
            case: told.case,
            on,
            pupil,
            stage,
            at_home: true,
            regular: true,
            years: 3,
            tuition: yuan(4_200),
            aid: yuan(2_000),
            school: private.put("school", school),
        };
        self.say(when, told.by, vec![(Command::School(school), private)]);
    }

    /// 民主评议, carried or not.
    pub(in super::super) fn review(&mut self, when: When, told: &Told, carried: bool) {
        let on = self.days.at(when.0, when.1).day();
        let mut private = Private::default();
        let review = Review {
            case: told.case,
            on,
            place: private.put("place", "村部会议室"),
            chair: private.put("chair", "主持村书记李四，记录村会计王五"),
            invited: 9,
            village: 3,
            delegates: 4,
            township: 1,
            officers: vec![told.by.into()],
            attendees: private.put(
                "attendees",
                "李四（村书记，13000000101）、王五（村会计，13000000100）、赵六（村主任）、孙七、周八、吴九、郑十（村民代表）、乡镇民政办1人",
            ),
            aside: 1,
            aside_named: private.put("aside", "孙七，申请人的堂弟"),
            yes: if carried { 6 } else { 2 },
            no: if carried { 0 } else { 4 },
            abstained: 1,
            said: private.put("said", if carried { tale(told.plan.circumstance).said } else { "代表认为该户尚能自理" }),
        };
        self.say(when, told.by, vec![(Command::Review(review), private)]);
    }

    /// 乡镇审核.
    pub(in super::super) fn examine(&mut self, when: When, by: &'static str, told: &Told) {
        let on = self.days.at(when.0, when.1).day();
        let mut private = Private::default();
        let opinion = private.put("opinion", "调查核实清楚，评议通过，同意上报");
        let amount = total(&told.lines);
        let examine = Examine { case: told.case, on, agrees: true, amount, opinion };
        self.say(when, by, vec![(Command::Examine(examine), private)]);
    }

    /// 张贴公示.
    pub(in super::super) fn post(&mut self, when: When, told: &Told) {
        let from = self.days.at(when.0, when.1).day();
        let mut private = Private::default();
        let post = PostNotice {
            case: told.case,
            from,
            place: private.put("place", "村务公开栏"),
            posted_by: private.put("posted_by", "村会计王五"),
            summary: private.put("summary", tale(told.plan.circumstance).summary),
            phone: private.put("phone", "0421-2600000"),
            photos: 1,
        };
        self.say(when, told.by, vec![(Command::PostNotice(post), private)]);
    }

    /// 公示期满.
    pub(in super::super) fn end_notice(&mut self, when: When, told: &Told) {
        let on = self.days.at(when.0, when.1).day();
        let end = EndNotice { case: told.case, on, void: None };
        self.say(when, told.by, vec![(Command::EndNotice(end), Private::default())]);
    }

    /// 登记异议, the first of the case.
    pub(in super::super) fn object(&mut self, when: When, told: &Told, words: &str) {
        let on = self.days.at(when.0, when.1).day();
        self.with_text(when, told.by, "said", words, |said| {
            Command::Object(Objection { case: told.case, number: 1, on, said })
        });
    }

    /// 处理异议: it was not right.
    pub(in super::super) fn settle(&mut self, when: When, told: &Told, words: &str) {
        let on = self.days.at(when.0, when.1).day();
        self.with_text(when, told.by, "finding", words, |finding| {
            Command::SettleObjection(SettleObjection {
                case: told.case,
                number: 1,
                on,
                upheld: false,
                finding,
            })
        });
    }

    /// 改变救助类型 to the expenditure path.
    pub(in super::super) fn change_path(&mut self, when: When, told: &Told, why: &str) {
        self.with_reason(when, told.by, why, |reason| {
            Command::ChangePath(ChangePath { case: told.case, path: Path::Expenditure, reason })
        });
    }

    /// 结果送达 to himself.
    pub(in super::super) fn deliver(&mut self, when: When, told: &Told) {
        self.deliver_by(when, told, Delivery::Hand, "申请人本人签收");
    }

    /// 结果送达 another way, with what proves it.
    pub(in super::super) fn deliver_by(&mut self, when: When, told: &Told, delivery: Delivery, proof: &str) {
        let mut private = Private::default();
        let receipt = private.put("receipt", proof);
        let on = self.days.at(when.0, when.1).day();
        let made = Deliver { case: told.case, on, delivery, receipt };
        self.say(when, told.by, vec![(Command::Deliver(made), private)]);
    }

    /// 归档.
    pub(in super::super) fn archive(&mut self, when: When, told: &Told, number: &str, shelf: &str) {
        let on = self.days.at(when.0, when.1).day();
        let archive = Archive {
            case: told.case,
            number: number.to_owned(),
            on,
            items: 14,
            pages: 37,
            keep: Retention::Long,
            shelf: shelf.to_owned(),
        };
        self.say(when, told.by, vec![(Command::Archive(archive), Private::default())]);
    }

    /// 抽查 of what was decided in some working days up to the day before.
    pub(in super::super) fn sample(&mut self, when: When, by: &'static str, back: u32) {
        let (from, to) = (self.days.back(back), self.days.back(when.0 + 1));
        let seed = "00112233445566778899aabbccddeeff".to_owned();
        let draw = DrawSample { township: None, from, to, count: 5, seed };
        self.say(when, by, vec![(Command::DrawSample(draw), Private::default())]);
    }

    /// 股室审核: agreed, the whole sum.
    pub(in super::super) fn county_examine(&mut self, when: When, by: &'static str, told: &Told) {
        let on = self.days.at(when.0, when.1).day();
        let amount = total(&told.lines);
        self.with_text(
            when,
            by,
            "opinion",
            "程序完备，材料齐全，建议批准",
            |opinion: Option<Text>| {
                Command::CountyExamine(CountyExamine { case: told.case, on, agrees: true, amount, opinion })
            },
        );
    }

    /// 报市级审批.
    pub(in super::super) fn ask_city(&mut self, when: When, by: &'static str, told: &Told, why: &str) {
        let amount = total(&told.lines);
        let document = Some("朝县民请（练习）3号".to_owned());
        self.with_reason(when, by, why, |reason| {
            Command::ToCity(ToCity { case: told.case, amount, document, reason })
        });
    }

    /// 市级批复, entered; another officer checks it.
    pub(in super::super) fn city_reply(&mut self, when: When, by: &'static str, told: &Told) {
        let on = self.days.at(when.0, when.1).day();
        let amount = total(&told.lines);
        let reply = CityReplyArgs {
            case: told.case,
            document: "朝民救批（练习）12号".to_owned(),
            on,
            answer: CityAnswer::Agreed,
            amount,
            text: None,
        };
        self.say(when, by, vec![(Command::CityReply(reply), Private::default())]);
    }
}
