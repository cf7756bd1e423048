//! 协作单位: the bodies that help beside the government, with what was referred to them and what they gave.
//!
//! Must never count what they gave as money of the government's.

use crate::base::day::Stamp;
use crate::domain::office::Role as Duty;
use crate::office::front::deed::Deed;
use crate::office::front::papers::Sheet;
use crate::office::front::partners::PartnerSaid;
use crate::store::replica::views::partners::PartnerRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "名称/拼音首字母",
    columns: &[
        Column::left("名称", 20).grow(),
        Column::left("种类", 8),
        Column::left("联系人", 18).rank(2),
        Column::right("转介", 4),
        Column::right("办结", 4),
        Column::right("给付", 12),
        Column::left("结束", 10).rank(1),
    ],
    options: &[
        RowOption { digit: '1', label: "看详细" },
        RowOption { digit: '3', label: "更正" },
        RowOption { digit: '4', label: "结束" },
    ],
    ticks: false,
    empty: "还没有登记协作单位，由县局按F6登记",
};

impl Shown for PartnerRow {
    fn id(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        vec![
            self.name.clone(),
            self.kind.zh().to_owned(),
            self.contact.clone(),
            self.referred.to_string(),
            self.done.to_string(),
            self.given.grouped(),
            self.until.map(|day| day.to_string()).unwrap_or_default(),
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.until.map(|_| Role::Muted)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.contact])
    }
}

/// The screen; its prompt is for what ends.
#[derive(Debug)]
pub struct PartnersScreen {
    with: Prompted<PartnerRow, PartnerRow>,
}

impl PartnersScreen {
    /// A list that asks for its rows when it is shown.
    pub fn fresh() -> PartnersScreen {
        PartnersScreen { with: Prompted::new(TABLE) }
    }

    fn ask() -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Partners)]
    }

    fn may_not(&self) -> Option<String> {
        let me = self.with.me.as_ref()?;
        let works = me.officer.is(Duty::Handler) || me.officer.is(Duty::Approver);
        let county = me.officer.office.township().is_none();
        (!works || !county).then(|| "协作单位由县局经办人、审批人登记".to_owned())
    }

    fn told(row: &PartnerRow) -> String {
        let pair = row.paired.map_or_else(String::new, |town| format!("，结对{}", words::township(town)));
        let ended = row.until.map_or_else(String::new, |day| format!("，{day}结束：{}", row.reason));
        format!(
            "{} {} {}{pair}，转介{}件 不予接收{}件 给付{}元{ended}",
            row.name,
            row.contact,
            row.helps,
            row.referred,
            row.declined,
            row.given.grouped()
        )
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(&id).cloned() else { return Vec::new() };
        if digit == '1' {
            return vec![Intent::Say(Self::told(&row))];
        }
        if let Some(why) = self.may_not() {
            return vec![Intent::Warn(why)];
        }
        if row.until.is_some() {
            return vec![Intent::Warn("已经结束的不能再改，再协作的请按 F6 另行登记".to_owned())];
        }
        if digit == '3' {
            return vec![Intent::Open(Place::PartnerForm { id: Some(row.id), draft: 0 })];
        }
        let today = self.with.now().day();
        let title = format!("{} 结束协作，原来的转介照旧", row.name);
        let prompt = Prompt::new(row, title).with("最后一天", Kind::Day(today), &today.to_string()).with(
            "原因",
            Kind::Text,
            "",
        );
        self.with.ask(Some(prompt.from_first_open()));
        vec![Intent::Forget]
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        let filled = prompt.day(0).and_then(|until| Ok((until, prompt.text(1)?)));
        match filled {
            Ok((until, reason)) => {
                let said = PartnerSaid::of(&prompt.what, Some(until), reason);
                let deed = Deed::Partner(Box::new(said));
                vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]
            }
            Err(text) => vec![Intent::Warn(text)],
        }
    }
}

impl Screen for PartnersScreen {
    fn name(&self) -> &'static str {
        "协作单位"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let none = self.with.list.rows().items.is_empty().then(|| "没有可打印的".to_owned());
        let list = vec![
            Offer::key(Key::Enter, self.with.list.first_option()),
            Offer::named(Action::New, "登记").unless(self.may_not()),
            Offer::named(Action::Print, "打名册").unless(none),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ];
        self.with.offers("办理", list)
    }

    fn hint(&self) -> String {
        match &self.with.prompt {
            Some(prompt) => prompt.hint(),
            None => self.with.selected().map(Self::told).unwrap_or_default(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "协作单位：公益慈善组织、企业、社工机构和部门，由县局登记；结对帮扶的写结对乡镇。四（二）3".to_owned(),
                "转介时接收单位按 F4 选到；没有登记的直接写单位名称。回执办结时写给付金额，实物按估价，不计入政府救助资金。".to_owned(),
                "不再协作的按 4 写最后一天和原因，不删除。Ctrl-P 打印名册（HTML和表格各一份）。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Reply(Reply::News) if self.with.prompt.is_some() => {}
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => return Self::ask(),
            Msg::Reply(Reply::Me(me)) => self.with.me = Some(me),
            Msg::Reply(Reply::Partners(rows)) => self.with.replace(rows),
            Msg::Reply(reply) => return self.with.answered(&reply, Self::ask()),
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::New) if self.with.prompt.is_none() => {
                return vec![match self.may_not() {
                    Some(why) => Intent::Warn(why),
                    None => Intent::Open(Place::PartnerForm { id: None, draft: 0 }),
                }];
            }
            Msg::Action(Action::Print) if self.with.prompt.is_none() => {
                return vec![Intent::Ask(Ask::PrintSheet(Sheet::Partners))];
            }
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => {
                return self.with.leave();
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.with.draw(canvas);
    }

    fn caret(&self) -> (u16, u16) {
        self.with.caret()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::partner;
    use super::*;
    use crate::domain::partners::PartnerKind;
    use crate::ui::screens::fixtures::{self, drawn, drawn_at};

    fn screen(township: Option<u16>) -> PartnersScreen {
        let mut screen = PartnersScreen::fresh();
        screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Handler], township))));
        let mut ended = partner(3, "县建筑工程公司", PartnerKind::Enterprise);
        ended.until = Some(ended.since.plus(10));
        ended.reason = "结对期满".to_owned();
        let rows = vec![
            partner(1, "县慈善总会", PartnerKind::Charity),
            partner(2, "县社会工作服务中心", PartnerKind::SocialWork),
            ended,
        ];
        screen.update(Msg::Reply(Reply::Partners(rows)));
        screen
    }

    #[test]
    fn the_register_at_80_and_60_columns() {
        insta::assert_snapshot!("partners", drawn(&mut screen(None)));
        insta::assert_snapshot!("partners_60", drawn_at(&mut screen(None), 60, 20));
    }

    #[test]
    fn the_county_ends_one_and_a_township_only_looks() {
        let mut county = screen(None);
        let of = |no: u8| partner(no, "", PartnerKind::Charity).id.to_string();
        county.chosen(vec![(of(1), '4')]);
        county.update(Msg::Burst("项目结束".to_owned()));
        let done = county.update(Msg::Action(Action::Submit));
        let [Intent::Ask(Ask::Do { deed, .. })] = done.as_slice() else { panic!("{done:?}") };
        let Deed::Partner(said) = deed.as_ref() else { panic!() };
        assert_eq!((said.until, said.reason.as_str()), (Some(fixtures::now().day()), "项目结束"));
        assert_eq!(said.contact, "刘会长 0421-480012", "what is not changed stays");
        let mut township = screen(Some(102));
        for key in ['3', '4'] {
            assert!(matches!(township.chosen(vec![(of(1), key)]).as_slice(), [Intent::Warn(_)]));
        }
        let print = township.update(Msg::Action(Action::Print));
        assert_eq!(print, vec![Intent::Ask(Ask::PrintSheet(Sheet::Partners))]);
    }
}
