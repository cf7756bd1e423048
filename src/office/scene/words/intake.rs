//! Leads, people, households, matters and acceptance.

use super::super::cast;
use super::super::names::{Somebody, Told};
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{count, day, flag, money, must, need, noun, place, stamp, status, village};
use super::{Word, acting};
use crate::base::id_no::IdNo;
use crate::base::money::Money;
use crate::base::sex::Sex;
use crate::domain::command::Command;
use crate::domain::command::intake::{
    AnswerLead, ChangeHousehold, EndLead, FormHousehold, LeadArgs, NewMember, NotePerson, OpenCase,
    OpenMatter,
};
use crate::domain::grant::total;
use crate::domain::ids::{CaseId, HouseholdId, OfficerNo, PersonId};
use crate::domain::nouns::{Applicant, Channel, Circumstance, Need, PayBy, Schemes, Severity};
use crate::domain::private::{PersonDetails, Private};

const PERSON: &[(&str, &str)] = &[
    ("resident", "本县户籍 yes|no，缺省 yes"),
    ("papers", "没有身份证件的原因"),
    ("sex", "性别 男|女，缺省由身份证号得出"),
    ("phone", "电话"),
    ("account", "银行卡（折）号"),
    ("died", "死亡日期"),
    ("name", "更正的姓名"),
    ("id", "更正的身份证号"),
    ("by", "由谁登记，缺省为该乡镇经办人"),
];

/// The keys of acceptance, which paying first shares.
pub const CASE: &[(&str, &str)] = &[
    ("from", "线索"),
    ("person", "申请人"),
    ("matter", "事项，缺省新登记一个"),
    ("category", "情形 1-8，缺省随线索，再缺省 1"),
    ("severity", "偏轻 较重 严重，缺省随线索，再缺省看金额"),
    ("path", "急难型 支出型，缺省随情形"),
    ("need", "突发 紧迫 临时"),
    ("schemes", "尚未覆盖 救助后仍困难"),
    ("amount", "金额，几笔用 + 相连"),
    ("fen", "以分计，不经录入检查"),
    ("goods", "实物，如 \"大米 5 袋 40.01\""),
    ("referral", "转介"),
    ("service", "服务"),
    ("channel", "现金 打卡"),
    ("payee", "领款人"),
    ("on", "发生日期，缺省今天"),
    ("helped", "受助人数"),
    ("alone", "yes 为个人申请，不按家庭"),
    ("meeting", "yes 为一事一议"),
    ("township", "办理乡镇"),
    ("village", "现住村"),
    ("handler", "另一经办人"),
    ("blank", "空白登记单号"),
    ("case", "办件的名字，缺省同线索"),
];

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "A 张三 211321196804120012 波罗赤镇[/村] [低保]",
        args: PERSON,
        says: "登记一人（没有证件写 - ）；写了身份的，第一次受理时为他登记一个家庭，除非 household 写到他",
        ..acting("person", "登记人员", &["note-person"], person)
    },
    Word {
        form: "A [\"原因\"]",
        args: PERSON,
        says: "更正人员信息或登记死亡，没写的照旧",
        ..acting("note-person", "更正人员", &["note-person"], note_person)
    },
    Word {
        also: "form-household",
        form: "H1 A B:10 [低保]",
        args: &[("since", "从哪天起，缺省今天"), ("size", "人口"), ("place", "乡镇/村"), ("by", "由谁登记")],
        says: "登记家庭，第一个是户主，关系代码写在冒号后，缺省 10 配偶；原来在别的家庭的从那天起离开",
        ..acting("household", "登记家庭", &["form-household"], household)
    },
    Word {
        form: "H1",
        args: &[
            ("since", "从哪天起，缺省今天"),
            ("join", "加入，如 C:20,D"),
            ("leave", "离开，如 B"),
            ("status", "身份"),
            ("size", "人口"),
        ],
        says: "家庭变更",
        ..acting("change-household", "家庭变更", &["change-household"], change)
    },
    Word {
        form: "L1 [\"说的话\"]",
        args: &[
            ("by", "渠道，缺省热线"),
            ("person", "何人"),
            ("category", "情形 1-8，缺省 1"),
            ("severity", "偏轻 较重 严重，缺省偏轻"),
            ("at", "何时"),
            ("township", "乡镇，缺省随人"),
            ("caller", "何人来电"),
            ("found", "主动发现队伍的哪个人"),
        ],
        says: "登记线索",
        ..acting("lead", "登记线索", &["lead"], lead)
    },
    Word {
        form: "L1",
        args: &[("at", "何时")],
        says: "到场",
        ..acting("answer-lead", "到场", &["answer-lead"], answer_lead)
    },
    Word {
        form: "L1 [\"原因\"]",
        args: &[("how", "不予救助 本人放弃 已转介 重复线索")],
        says: "不立办件，了结线索",
        ..acting("end-lead", "了结线索", &["end-lead"], end_lead)
    },
    Word {
        also: "open-matter",
        form: "M1",
        args: &[
            ("category", "情形 1-8"),
            ("on", "发生日期，缺省今天"),
            ("people", "当事人或家庭，如 A,B 或 H1"),
            ("place", "发生地 乡镇/村"),
            ("shared", "yes 为多户共有"),
            ("township", "编号的乡镇"),
        ],
        says: "登记急难事项",
        ..acting("matter", "登记事项", &["open-matter"], matter)
    },
    Word {
        also: "open-case",
        form: "C1 [\"事由\"]",
        args: CASE,
        says: "受理：没写 matter= 的先登记事项（open-matter），再受理（open-case），一起办",
        ..acting("case", "受理", &["open-matter", "open-case", "form-household"], case)
    },
];

fn sex(text: &str) -> Result<Sex, Stop> {
    match text {
        "男" => Ok(Sex::Male),
        "女" => Ok(Sex::Female),
        _ => Err(Stop::wrong(format!("「{text}」请写 男 或 女"))),
    }
}

fn person(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    r.stage()?;
    let name = need(line, 0, "名字、姓名、身份证号、乡镇")?.to_owned();
    let full = need(line, 1, "姓名")?;
    let id_no = need(line, 2, "身份证号，没有写 -")?;
    let (township, village) = place(need(line, 3, "乡镇")?)?;
    let waiting = line.name(4).map(status).transpose()?;
    let id_no = if id_no == "-" { "" } else { id_no };
    let id = match r.names.people.get(&name) {
        Some(_) => return Err(Stop::wrong(format!("「{name}」已经登记过，更正用 note-person"))),
        None => r.names.person_id(),
    };
    let details =
        PersonDetails { name: full.to_owned(), id_no: id_no.to_owned(), ..PersonDetails::default() };
    let somebody =
        Somebody { id, township, village, status: waiting, since: r.today(), resident: true, details };
    let somebody = noted(r, line, somebody, true)?;
    r.names.people.insert(name, somebody);
    Ok(())
}

fn note_person(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = need(line, 0, "人")?.to_owned();
    let known = r.person(&name)?.clone();
    let somebody = noted(r, line, known, false)?;
    r.names.people.insert(name, somebody);
    Ok(())
}

fn noted(r: &mut Runner<'_>, line: &Line, mut who: Somebody, new: bool) -> Result<Somebody, Stop> {
    let today = r.today();
    let set = |key: &str, field: &mut String| {
        if let Some(value) = line.arg(key) {
            value.clone_into(field);
        }
    };
    set("name", &mut who.details.name);
    set("id", &mut who.details.id_no);
    set("phone", &mut who.details.phone);
    set("account", &mut who.details.account);
    if let Some(text) = line.arg("resident") {
        who.resident = flag(text)?;
    }
    if let Ok(id_no) = IdNo::parse(&who.details.id_no, today) {
        who.details.birth = Some(id_no.birth());
        who.details.sex = Some(id_no.sex());
    }
    if let Some(text) = line.arg("sex") {
        who.details.sex = Some(sex(text)?);
    }
    let mut private = Private::default();
    let args = NotePerson {
        person: who.id,
        resident: who.resident,
        without_papers: line.arg("papers").and_then(|why| private.put("papers", why)),
        died: line.arg("died").map(day).transpose()?,
        reason: line.quote().and_then(|why| private.put("reason", why)),
    };
    private.people.insert(who.id, who.details.clone());
    let by = registrar(r, line, who.township, new)?;
    r.act_as(&by, vec![(Command::NotePerson(args), private)])?;
    Ok(who)
}

/// Who writes what is given: the officer named, else for corrections the one who acts, else the township's handler.
fn registrar(r: &Runner<'_>, line: &Line, township: u16, given: bool) -> Result<OfficerNo, Stop> {
    match line.arg("by") {
        Some(no) => r.officer(no),
        None if given => cast::handler_of(township).map_or_else(|| r.me(), Ok),
        None => r.me(),
    }
}

fn members(r: &Runner<'_>, names: &[&str], first: &str) -> Result<Vec<NewMember>, Stop> {
    let mut found = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let (name, relation) = name.split_once(':').unwrap_or((name, if at == 0 { first } else { "10" }));
        found.push(NewMember { person: r.person(name)?.id, relation: relation.to_owned() });
    }
    Ok(found)
}

fn household(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = need(line, 0, "家庭的名字和成员")?.to_owned();
    let mut names = line.names().split_off(1);
    let stated = names.last().and_then(|last| status(last).ok().filter(|_| r.person(last).is_err()));
    if stated.is_some() {
        names.pop();
    }
    let head = names.first().ok_or_else(|| Stop::wrong("家庭还要写成员，如 household H1 A B"))?;
    let head = r.person(head.split(':').next().unwrap_or(head))?.clone();
    let (township, village) = line.arg("place").map_or(Ok((head.township, head.village)), place)?;
    let members = members(r, &names, "02")?;
    let args = FormHousehold {
        household: r.names.household_id(),
        township,
        village,
        status: stated.or(head.status).unwrap_or(crate::domain::nouns::Status::Unlisted),
        since: line.arg("since").map_or(Ok(r.today()), day)?,
        size: line.arg("size").map_or(Ok(u16::try_from(members.len()).unwrap_or(u16::MAX)), count)?,
        members,
    };
    let id = args.household;
    let by = registrar(r, line, township, true)?;
    r.act_as(&by, vec![(Command::FormHousehold(args), Private::default())])?;
    for plain in names {
        if let Some(person) = r.names.people.get_mut(plain.split(':').next().unwrap_or(plain)) {
            person.status = None;
        }
    }
    r.names.households.insert(name, id);
    Ok(())
}

fn change(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let household = r.household(need(line, 0, "家庭")?)?;
    let join: Vec<&str> = line.arg("join").map(|text| text.split(',').collect()).unwrap_or_default();
    let args = ChangeHousehold {
        household,
        since: line.arg("since").map_or(Ok(r.today()), day)?,
        join: members(r, &join, "10")?,
        leave: line.arg("leave").map_or(Ok(Vec::new()), |text| r.people(text))?,
        status: line.arg("status").map(status).transpose()?,
        size: line.arg("size").map(count).transpose()?,
    };
    r.act(vec![(Command::ChangeHousehold(args), Private::default())])
}

fn lead(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = need(line, 0, "线索的名字，如 L1")?.to_owned();
    let me = r.me()?;
    let person = line.arg("person").map(|text| r.person(text).cloned()).transpose()?;
    let mine = r.answers()?.officer(&me).and_then(|officer| officer.office.township());
    let township = match (line.arg("township"), &person) {
        (Some(text), _) => super::super::values::township(text)?,
        (None, Some(person)) => person.township,
        (None, None) => mine.ok_or_else(|| Stop::wrong("县局登记线索须写 township="))?,
    };
    let now = r.now;
    let at = line.arg("at").map_or(Ok(now), |text| stamp(text, now.day()))?;
    r.reach(at)?;
    let severity = line.arg("severity").map(|text| noun!(Severity, text)).transpose()?;
    let mut private = Private::default();
    let said = line.quote().unwrap_or_default();
    private.put("caller", line.arg("caller").unwrap_or_default());
    let args = LeadArgs {
        lead: r.names.lead_id(),
        channel: line.arg("by").map_or(Ok(Channel::Hotline), |text| noun!(Channel, text))?,
        township,
        village: person.as_ref().filter(|p| p.township == township).map(|p| p.village),
        circumstance: line.arg("category").map_or(Ok(Circumstance::Accident), |t| noun!(Circumstance, t))?,
        severity: severity.unwrap_or(Severity::Light),
        at,
        person: person.as_ref().map(|person| person.id),
        said: private.put("said", said),
        discoverer: line.arg("found").map(|name| r.names.discoverer(name)),
    };
    let told = Told {
        id: args.lead,
        person: line.arg("person").map(str::to_owned),
        circumstance: args.circumstance,
        severity,
        township,
        said: said.to_owned(),
    };
    r.act(vec![(Command::Lead(args), private)])?;
    r.names.leads.insert(name, told);
    Ok(())
}

fn answer_lead(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let lead = r.lead(need(line, 0, "线索")?)?.id;
    let now = r.now;
    let at = line.arg("at").map_or(Ok(now), |text| stamp(text, now.day()))?;
    r.reach(at)?;
    r.act(vec![(Command::AnswerLead(AnswerLead { lead, at }), Private::default())])
}

fn end_lead(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let lead = r.lead(need(line, 0, "线索")?)?.id;
    let how = noun!(LeadEnd, must(line, "how")?)?;
    let mut private = Private::default();
    let reason = line.quote().and_then(|why| private.put("reason", why));
    r.act(vec![(Command::EndLead(EndLead { lead, how, reason }), private)])
}

fn matter(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = need(line, 0, "事项的名字，如 M1")?.to_owned();
    let people = line.arg("people").map_or(Ok(Vec::new()), |text| r.people(text))?;
    let me = r.me()?;
    let mine = r.answers()?.officer(&me).and_then(|officer| officer.office.township());
    let place = line.arg("place").map(place).transpose()?;
    let township = match line.arg("township") {
        Some(text) => super::super::values::township(text)?,
        None => mine
            .or(place.map(|(township, _)| township))
            .ok_or_else(|| Stop::wrong("县局登记事项须写 township="))?,
    };
    let args = OpenMatter {
        matter: r.names.matter_id(),
        township,
        circumstance: line.arg("category").map_or(Ok(Circumstance::Accident), |t| noun!(Circumstance, t))?,
        on: line.arg("on").map_or(Ok(r.today()), day)?,
        place: place.map(|(_, village)| village),
        shared: line.arg("shared").map_or(Ok(false), flag)?,
        people,
        overrides: Default::default(),
        override_reason: None,
    };
    let id = args.matter;
    r.act(vec![(Command::OpenMatter(args), Private::default())])?;
    r.names.matters.insert(name, id);
    Ok(())
}

fn case(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = need(line, 0, "办件的名字，如 C1")?.to_owned();
    let opening = opening(r, line, line.arg("from"), &name, PayBy::Bank)?;
    let commands = opening.commands.clone();
    r.act(commands)?;
    opening.keep(r);
    Ok(())
}

/// The commands that open a case, and the names it gives once they went through.
pub struct Opening {
    /// Household, matter and case, as far as they are not there yet.
    pub commands: Vec<(Command, Private)>,
    /// The case.
    pub case: CaseId,
    /// The applicant's name in the story.
    pub person: String,
    names: Vec<String>,
    matter: (String, crate::domain::ids::MatterId),
    formed: Option<HouseholdId>,
}

impl Opening {
    /// Keeps the names.
    pub fn keep(self, r: &mut Runner<'_>) {
        if let Some(household) = self.formed {
            r.names.households.insert(self.person.clone(), household);
            if let Some(person) = r.names.people.get_mut(&self.person) {
                person.status = None;
            }
        }
        r.names.matters.insert(self.matter.0, self.matter.1);
        for name in self.names {
            r.names.cases.insert(name, self.case);
        }
    }

    /// Gives the case one more name.
    pub fn also(&mut self, name: String) {
        self.names.push(name);
    }
}

/// What [`Opening`] says, with the defaults of the page of help.
///
/// # Errors
/// If the line does not say enough.
pub fn opening(
    r: &mut Runner<'_>,
    line: &Line,
    lead: Option<&str>,
    name: &str,
    channel: PayBy,
) -> Result<Opening, Stop> {
    let told = lead.map(|lead| r.lead(lead).cloned()).transpose()?;
    let person_name = line.arg("person").map(str::to_owned).or_else(|| told.as_ref()?.person.clone());
    let person_name = person_name.ok_or_else(|| Stop::wrong("须写申请人 person= 或有人的线索 from="))?;
    let person = r.person(&person_name)?.clone();
    let lines = r.grant_lines(line, channel)?;
    let sum = total(&lines);
    let circumstance = match (line.arg("category"), &told) {
        (Some(text), _) => noun!(Circumstance, text)?,
        (None, Some(told)) => told.circumstance,
        (None, None) => Circumstance::Accident,
    };
    let fitting = if sum > Money::from_fen(township_limit(r)?) { Severity::Serious } else { Severity::Light };
    let severity = match line.arg("severity") {
        Some(text) => noun!(Severity, text)?,
        None => told.as_ref().and_then(|told| told.severity).unwrap_or(fitting),
    };
    let path = line.arg("path").map_or(Ok(circumstance.usual_path()), |text| noun!(Path, text))?;
    let township = match (line.arg("township"), &told) {
        (Some(text), _) => super::super::values::township(text)?,
        (None, Some(told)) => told.township,
        (None, None) => person.township,
    };
    let village = match line.arg("village") {
        None if person.township == township => person.village,
        text => village(township, text)?,
    };
    let (household, members, formed) = family(r, line, &person)?;
    let mut commands: Vec<(Command, Private)> = formed.clone().into_iter().collect();
    let matter = match line.arg("matter") {
        Some(text) => (text.to_owned(), r.matter(text)?),
        None => {
            let args = OpenMatter {
                matter: r.names.matter_id(),
                township,
                circumstance,
                on: line.arg("on").map_or(Ok(r.today()), day)?,
                place: Some(village),
                shared: false,
                people: members.clone(),
                overrides: Default::default(),
                override_reason: None,
            };
            let id = args.matter;
            commands.push((Command::OpenMatter(args), Private::default()));
            (format!("M-{name}"), id)
        }
    };
    let mut private = Private::default();
    let said = told.as_ref().map(|told| told.said.clone()).unwrap_or_default();
    let reason = line.quote().map_or(said, str::to_owned);
    let reason = if reason.is_empty() { "突发困难".to_owned() } else { reason };
    let args = OpenCase {
        case: r.names.case_id(),
        lead: told.as_ref().map(|told| told.id),
        matter: matter.1,
        person: person.id,
        household,
        applicant: if household.is_some() { Applicant::Household } else { Applicant::Individual },
        helped: line.arg("helped").map_or(Ok(u16::try_from(members.len()).unwrap_or(u16::MAX)), count)?,
        township,
        village,
        circumstance,
        severity,
        path,
        need: line.arg("need").map_or(Ok(Need::Sudden), |text| noun!(Need, text))?,
        schemes: line.arg("schemes").map_or(Ok(Schemes::NotYet), |text| noun!(Schemes, text))?,
        lines,
        by_meeting: line.arg("meeting").map_or(Ok(false), flag)?,
        paid_before: line.verb == "record-paid",
        reason: private.put("reason", &reason),
        blank: line.arg("blank").map(str::to_owned),
        handler: line.arg("handler").map(|text| r.officer(text)).transpose()?,
        overrides: Default::default(),
        override_reason: None,
    };
    let case = args.case;
    commands.push((Command::OpenCase(args), private));
    let formed = formed.and_then(|(command, _)| match command {
        Command::FormHousehold(args) => Some(args.household),
        _ => None,
    });
    Ok(Opening { commands, case, person: person_name, names: vec![name.to_owned()], matter, formed })
}

/// The township's limit of the pack in force, fen: what the default severity goes by.
fn township_limit(r: &Runner<'_>) -> Result<i64, Stop> {
    let pack = r.answers()?.pack_now();
    pack.map(|pack| pack.tier.township_limit.fen()).ok_or_else(|| Stop::Fault("没有政策包".to_owned()))
}

type Family = (Option<HouseholdId>, Vec<PersonId>, Option<(Command, Private)>);

/// The applicant's household today, formed on the way where his `person` line gave a status and nobody formed it yet.
fn family(r: &mut Runner<'_>, line: &Line, person: &Somebody) -> Result<Family, Stop> {
    if line.arg("alone").map_or(Ok(false), flag)? {
        return Ok((None, vec![person.id], None));
    }
    let today = r.today();
    if let Some(id) = r.answers()?.household_of(person.id, today) {
        let members = r.answers()?.household(id).map(|household| household.on(today)).unwrap_or_default();
        return Ok((Some(id), members, None));
    }
    let Some(status) = person.status else { return Ok((None, vec![person.id], None)) };
    let args = FormHousehold {
        household: r.names.household_id(),
        township: person.township,
        village: person.village,
        status,
        since: person.since,
        members: vec![NewMember { person: person.id, relation: "02".to_owned() }],
        size: 1,
    };
    let id = args.household;
    Ok((Some(id), vec![person.id], Some((Command::FormHousehold(args), Private::default()))))
}

/// An amount said by a key, if it is.
///
/// # Errors
/// E-AMOUNT with the form's sentence.
pub fn sum(line: &Line, key: &str) -> Result<Option<Money>, Stop> {
    line.arg(key).map(money).transpose()
}
