//! 会议记录 (F14): the township's 集体研究 or the county's 会商 on a case, on all households of an incident where they wait.
//!
//! Must never decide the case: the approver does, and not above what stands here.

use std::collections::BTreeSet;

use crate::domain::code::Code;
use crate::domain::ids::CaseId;
use crate::domain::nouns::MeetingKind;
use crate::domain::office::Tier;
use crate::forms::tables::county::meeting;
use crate::forms::{Answers, Form, Source, Table};
use crate::office::front::county::{CaseFile, CountyDeed, Minutes};
use crate::office::front::deed::Deed;
use crate::office::front::weigh::Weighed;
use crate::office::print::county::CountyPaper;
use crate::store::replica::views::card::CaseCard;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::product::county::{CountyAsk, CountyReply};
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::{Intent, Offer};
use crate::ui::screens::case_card;
use crate::ui::screens::form_screen::{Confirm, FormScreen, Sheet};

/// What the form of minutes adds to the screen around it.
pub struct Meeting {
    case: CaseId,
    card: Option<Option<Box<CaseCard>>>,
    file: Option<Option<Box<CaseFile>>>,
    tier: Tier,
}

impl Meeting {
    /// The screen.
    pub fn screen(case: CaseId) -> FormScreen<Meeting> {
        FormScreen::new(Meeting { case, card: None, file: None, tier: Tier::Township }, 0)
    }

    fn card(&self) -> Option<&CaseCard> {
        self.card.as_ref()?.as_deref()
    }

    fn file(&self) -> Option<&CaseFile> {
        self.file.as_ref()?.as_deref()
    }

    /// The other households of the incident that wait for this tier.
    fn others(&self) -> &[(CaseId, crate::base::money::Money)] {
        self.file().map_or(&[], |file| file.beside_incident.as_slice())
    }

    fn prepare(&self, form: &mut Form) {
        let many = !self.others().is_empty();
        form.set("incident", if many { "yes" } else { "no" }, Source::Filled);
        form.set("county", if self.tier == Tier::Township { "no" } else { "yes" }, Source::Filled);
        if form.value("amount").is_empty()
            && let Some(card) = self.card()
        {
            form.set("amount", &card.asked().plain(), Source::Filled);
        }
    }

    fn what(&self) -> &'static str {
        if self.tier == Tier::Township { "乡镇集体研究" } else { "县局会商" }
    }
}

fn kind(bureau: bool) -> MeetingKind {
    if bureau { MeetingKind::Bureau } else { MeetingKind::Consult }
}

impl Sheet for Meeting {
    fn name(&self) -> &'static str {
        "会议记录"
    }

    fn table(&self) -> &'static Table {
        &meeting::TABLE
    }

    fn subject(&self) -> String {
        self.card().map(|card| card.case.number.clone()).unwrap_or_default()
    }

    fn about(&self) -> Option<String> {
        Some(self.case.to_string())
    }

    fn asks(&self) -> Vec<Ask> {
        vec![Ask::Case(self.case), Ask::County(CountyAsk::File(self.case))]
    }

    fn is_ready(&self) -> bool {
        self.card.is_some() && self.file.is_some()
    }

    fn take(&mut self, reply: &Reply, form: Option<&mut Form>) -> Vec<Intent> {
        match reply {
            Reply::Case(card) => self.card = Some(card.clone()),
            Reply::County(CountyReply::File(file)) => self.file = Some(file.clone()),
            _ => return Vec::new(),
        }
        if let Some(form) = form {
            self.prepare(form);
        }
        match &self.card {
            Some(None) => vec![Intent::Warn("找不到这一件，请按 F3 返回后刷新".to_owned())],
            _ => Vec::new(),
        }
    }

    fn begin(&mut self, form: &mut Form, start: &StartView, _fresh: bool) -> Vec<Ask> {
        self.tier = start.officer.office.tier();
        self.prepare(form);
        Vec::new()
    }

    fn deed(&self, answers: Answers, _overrides: BTreeSet<Code>) -> Result<Deed, String> {
        let text = |key: &str| answers.text(key).to_owned();
        let all = answers.is("all", "all");
        let minutes = Minutes {
            case: self.case,
            on: answers.day("on").ok_or("请填写会议日期，回车是今天")?,
            tier: self.tier,
            kind: (self.tier >= Tier::County).then(|| kind(answers.is("kind", "bureau"))),
            present: u16::try_from(answers.count("present").unwrap_or(0)).unwrap_or(u16::MAX),
            amount: answers.money("amount").ok_or("请填写议定金额")?,
            minutes: text("minutes"),
            words: ["place", "chair", "attendees", "topic", "opinions"].map(text),
            also: if all { self.others().to_vec() } else { Vec::new() },
        };
        Ok(Deed::County(CountyDeed::Meeting(Box::new(minutes))))
    }

    fn confirm(&self, form: &Form) -> Confirm {
        let name = self.card().map(case_card::name).unwrap_or_default();
        let amount = crate::base::money::Money::parse(&form.value("amount")).unwrap_or_default();
        let sum = format!("议定 {} 元 {}", amount.grouped(), amount.capitals());
        let also = match form.value("all").as_str() {
            "all" => format!("，连同本事项其他 {} 户各按申请额", self.others().len()),
            _ => String::new(),
        };
        Confirm::plain(format!("登记{}：{name} {sum}{also}", self.what()))
    }

    fn title(&self, _form: &Form) -> String {
        self.subject()
    }

    fn below_rows(&self) -> u16 {
        4
    }

    fn below(&self, _form: &Form, _weighed: &Weighed, canvas: &mut Canvas) {
        let Some(card) = self.card() else { return };
        let head = format!(
            "{}  {} {}  {}  申请 {} 元",
            self.what(),
            card.case.number,
            case_card::name(card),
            card.case.circumstance.zh(),
            card.asked().grouped()
        );
        canvas.put(0, 1, &head, Role::Heading);
        canvas.put(1, 1, &card.opening.reason, Role::Text);
        if let Some(last) = self.file().and_then(|file| file.beside.meetings.last()) {
            let said = format!(
                "上次会议 {} {}人 议定 {} 元；再登记的以这次为准",
                last.on.month_day(),
                last.present,
                last.amount.grouped()
            );
            canvas.put(2, 1, &said, Role::Warning);
        }
    }

    fn submit_label(&self) -> &'static str {
        "登记"
    }

    fn lookup(&self, _form: &Form) -> String {
        // By the case's number: a number of identity would stand in the search box in full.
        self.subject()
    }

    fn offers(&self) -> Vec<Offer> {
        let none = self.file().is_none_or(|file| file.beside.meetings.is_empty());
        vec![Offer::named(Action::Print, "打F14").unless(none.then(|| "登记以后才能打印".to_owned()))]
    }

    fn act(&mut self, action: Action) -> Vec<Intent> {
        match action {
            Action::Print => {
                vec![Intent::Ask(Ask::County(CountyAsk::Print(CountyPaper::Meeting(self.case))))]
            }
            _ => Vec::new(),
        }
    }

    fn help(&self) -> Vec<String> {
        [
            "其他困难（三（八））和标了一事一议的件，500元及以下乡镇集体研究，超过500元县局会商。四（三）二",
            "县局审批超过5,000元的也先开会（可在政策包里改）。到会至少3人。",
            "审批额可以低于议定额并写明理由，不能高于它。先行救助不等会议，纪要后补。",
            "登记以后在更多办理里打印F14，参会人签字后归档。",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
#[path = "meeting_tests.rs"]
mod tests;
