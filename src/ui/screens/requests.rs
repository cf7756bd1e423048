//! 操作员申请: who asks for an office, or for a new password. The administrator types the eight digits that he is told over
//! the telephone; the screen never shows them, so that nothing is agreed to which nobody told.

use crate::base::day::Stamp;
use crate::domain::ids::OfficerNo;
use crate::office::front::deed::Deed;
use crate::office::front::officers::OfficerDeed;
use crate::office::request::{self, Asked};
use crate::office::setup::NewOfficer;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::{Ask, Reply, office_name};
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::officer_words::{OFFICE, ROLES, ROLES_SHORT, code_of, limit_of, office_of, roles_of};
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::signed_prompt::SignedPrompt;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "操作员号",
    columns: &[
        Column::left("操作员", 8),
        Column::left("姓名", 8).rank(2),
        Column::left("单位", 22).grow(),
        Column::left("申请", 8),
        Column::left("时间", 16).rank(1),
    ],
    options: &[RowOption { digit: '1', label: "登记" }],
    ticks: false,
    empty: "没有等着登记的申请。操作员在自己的电脑上、登录屏按 F6 申请",
};

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    asked: Asked,
    /// The name, where the number is enrolled already: then it is a lost password.
    name: Option<String>,
}

impl Shown for Row {
    fn id(&self) -> String {
        self.asked.name.clone()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let request = &self.asked.request;
        vec![
            request.officer.to_string(),
            self.name.clone().unwrap_or_default(),
            office_name(request.office),
            if self.name.is_some() { "重设密码" } else { "新登记" }.to_owned(),
            request.made().text(),
        ]
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        ("", vec![&self.asked.request.officer.0])
    }
}

/// The screen.
#[derive(Debug)]
pub struct RequestsScreen {
    parts: SignedPrompt<Row, Row>,
    reading: bool,
}

impl Default for RequestsScreen {
    fn default() -> RequestsScreen {
        RequestsScreen::new()
    }
}

impl RequestsScreen {
    /// The list of requests.
    pub fn new() -> RequestsScreen {
        RequestsScreen { parts: SignedPrompt::new(TABLE), reading: true }
    }

    fn learn(&mut self, waiting: Vec<Asked>, known: &[(OfficerNo, String)]) {
        let items = waiting
            .into_iter()
            .map(|asked| {
                let name = known.iter().find(|(no, _)| *no == asked.request.officer);
                Row { name: name.map(|(_, name)| name.clone()), asked }
            })
            .collect();
        self.parts.with.replace(items);
    }

    fn begin(&mut self, row: Row) -> Vec<Intent> {
        let no = row.asked.request.officer.clone();
        let code = code_of(row.asked.request.office);
        let digits = "对照码";
        let prompt = if row.name.is_some() {
            Prompt::new(row, format!("重设密码 {no}：请本人在电话里报8位对照码")).with(
                digits,
                Kind::Digits,
                "",
            )
        } else {
            Prompt::new(row, format!("登记 {no}；{ROLES_SHORT}"))
                .with(digits, Kind::Digits, "")
                .with("姓名", Kind::Text, "")
                .with("单位", Kind::Digits, &code)
                .with("岗位", Kind::Digits, "")
                .with("个人限额", Kind::Limit, "")
        };
        self.parts.with.ask(Some(prompt));
        Vec::new()
    }

    /// What is filled in, as a deed.
    fn deed(prompt: &Prompt<Row>) -> Result<Deed, String> {
        let row = &prompt.what;
        let request = &row.asked.request;
        let told = request::typed(&prompt.text(0)?);
        if told != row.asked.digits {
            return Err(match told.len() {
                8 => "对照码不符：请他再报一遍；还不符的不要登记，请他重新申请".to_owned(),
                typed => format!("对照码应有8位，打了{typed}位"),
            });
        }
        if row.name.is_some() {
            let rekey = OfficerDeed::Rekey(request.officer.clone(), request.key.clone());
            return Ok(Deed::Officers(rekey));
        }
        let officer = NewOfficer {
            no: request.officer.clone(),
            name: crate::base::fold::name(&prompt.text(1)?).map_err(|problem| format!("姓名：{problem}"))?,
            office: office_of(&prompt.text(2)?)?,
            roles: roles_of(&prompt.text(3)?)?,
        };
        let limit = limit_of(&prompt.text(4)?)?;
        Ok(Deed::Officers(OfficerDeed::Enrol { officer, limit, key: request.key.clone() }))
    }

    fn chosen(&mut self, chosen: &[(String, char)]) -> Vec<Intent> {
        let row = chosen.first().and_then(|(id, _)| self.parts.with.list.rows().of(id)).cloned();
        row.map(|row| self.begin(row)).unwrap_or_default()
    }

    fn reply(&mut self, reply: &Reply) -> Vec<Intent> {
        if let Some(intents) = self.parts.signing.reply(reply) {
            return intents;
        }
        match reply {
            Reply::Requests { waiting, reading, known } => {
                self.reading = *reading;
                self.learn(waiting.clone(), known);
                Vec::new()
            }
            Reply::News if self.parts.with.prompt.is_none() => vec![Intent::Ask(Ask::Requests)],
            Reply::Done { .. } | Reply::Held(_) => {
                // It was answered: nobody is to answer it again before the list is read anew.
                if let Some(prompt) = self.parts.with.prompt.take() {
                    let mut items = self.parts.with.list.rows().items.clone();
                    items.retain(|row| row.asked != prompt.what.asked);
                    self.parts.with.replace(items);
                    self.parts.with.ask(None);
                }
                let mut intents: Vec<Intent> = words::outcome(reply).into_iter().collect();
                intents.insert(0, Intent::Ask(Ask::Requests));
                intents
            }
            Reply::Failed(_) => {
                self.reading = false;
                words::outcome(reply).into_iter().collect()
            }
            _ => words::outcome(reply).into_iter().collect(),
        }
    }
}

impl Screen for RequestsScreen {
    fn name(&self) -> &'static str {
        "操作员申请"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let list = vec![
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.parts.with.list.one_page()),
        ];
        self.parts.with.offers("办理", list)
    }

    fn hint(&self) -> String {
        match self.parts.hint() {
            Some(hint) => hint,
            None if self.reading => "正在读共享盘上的申请，请稍候".to_owned(),
            None => "先给本人打电话，再按 1：请他报8位对照码，由您打进去".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "新操作员在自己的电脑上、登录屏按 F6：打想用的操作员号和单位，自己设密码，屏上出现8位对照码。".to_owned(),
                "您打电话给他（打您知道的号码，不用他留的），请他报对照码，打进来相符才登记；不符的多半不是他本人。".to_owned(),
                format!("{ROLES}。{OFFICE}。管理员不能兼业务岗位。五（三）"),
                "忘了密码的，同样重新申请一次，这里显示「重设密码」；旧密码从此作废，以前签过的仍然有效。".to_owned(),
                "有两名以上管理员的，登记、重设密码、授予岗位都要另一名在「待我同意的授予」里同意才生效。".to_owned(),
                "申请30天没有人登记，自动作废。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.parts.holds()
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.parts.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) => {
                self.reading = true;
                return vec![Intent::Ask(Ask::Requests)];
            }
            Msg::Reply(reply) => return self.reply(&reply),
            Msg::Key(key) => {
                let (chosen, mut intents) = self.parts.key(key);
                intents.extend(self.chosen(&chosen));
                return intents;
            }
            Msg::Burst(text) => {
                let (chosen, mut intents) = self.parts.burst(&text);
                intents.extend(self.chosen(&chosen));
                return intents;
            }
            Msg::Action(Action::Submit | Action::Sign) => return self.parts.submit(Self::deed),
            Msg::Action(action @ (Action::Back | Action::Cancel)) => {
                if !self.parts.leave() && action == Action::Back {
                    return vec![Intent::Back];
                }
            }
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.parts.draw(canvas);
    }

    fn caret(&self) -> (u16, u16) {
        self.parts.caret()
    }
}

#[cfg(test)]
#[path = "requests_tests.rs"]
mod tests;
