//! 暂存箱: the officer's forms half filled in; 1 goes on, 4 throws away after asking.
//!
//! Must never show a name: an officer may look over another's shoulder. Must never throw away on one key.

use super::form_screen::about_of;
use crate::base::day::Stamp;
use crate::forms::tables;
use crate::forms::tables::path::PathForm;
use crate::store::desk::Draft;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{Happened, List, ListTable, RowOption, Rows};
use crate::ui::product::county::CountyPlace;
use crate::ui::product::path::PathPlace;
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "表单/内容",
    columns: &[
        Column::left("表单", 14),
        Column::left("内容", 24).grow(),
        Column::left("停在", 12).rank(1),
        Column::left("暂存时间", 16),
    ],
    options: &[RowOption { digit: '1', label: "接着办" }, RowOption { digit: '4', label: "丢掉" }],
    ticks: false,
    empty: "没有暂存的表单",
};

#[derive(Default)]
struct DraftRows(Vec<Draft>);

impl DraftRows {
    fn draft(&self, id: &str) -> Option<&Draft> {
        self.0.iter().find(|draft| draft.id.to_string() == id)
    }
}

impl Rows for DraftRows {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn row(&self, index: usize) -> Vec<String> {
        let Some(draft) = self.0.get(index) else { return Vec::new() };
        let table = tables::by_name(&draft.form);
        let key = draft.field.rsplit('.').next().unwrap_or_default();
        let field = table.and_then(|table| table.field(&draft.field).or_else(|| table.field(key)));
        vec![
            table.map_or_else(|| untabled(&draft.form), |table| table.title.to_owned()),
            draft.title.clone(),
            field.map(|field| field.label.replace(' ', "")).unwrap_or_default(),
            Stamp(draft.saved_ms).text(),
        ]
    }

    fn id(&self, index: usize) -> String {
        self.0.get(index).map(|draft| draft.id.to_string()).unwrap_or_default()
    }

    fn locate(&self, needle: &str) -> Vec<usize> {
        (0..self.len()).filter(|index| self.row(*index).iter().any(|cell| cell.contains(needle))).collect()
    }
}

/// The name of what is kept without a table of fields.
fn untabled(form: &str) -> String {
    if form == super::county::grid::FORM { "群体花名册".to_owned() } else { form.to_owned() }
}

/// Where a draft is gone on with; none for a form that this program does not know.
fn place_of(draft: &Draft) -> Option<Place> {
    let about = about_of(draft);
    Some(match draft.form.as_str() {
        "emergency" => {
            let lead = about.and_then(|lead| lead.parse().ok());
            Place::Emergency { id_no: String::new(), lead, draft: draft.id }
        }
        "path-apply" => Place::Path(match about.and_then(|lead| lead.parse().ok()) {
            Some(lead) => PathPlace::FromLead(lead),
            None => PathPlace::Apply(draft.id),
        }),
        "lead" => Place::LeadForm(draft.id),
        "deferred" => Place::Papers(about?.parse().ok()?),
        "pay" => Place::Pay(about?.parse().ok()?),
        "meeting" => Place::County(CountyPlace::Meeting(about?.parse().ok()?)),
        "incident-roster" => {
            let incident = draft.answers.get("about").and_then(|about| about.as_str())?;
            Place::County(CountyPlace::Grid(incident.parse().ok()?))
        }
        "partner" => Place::PartnerForm { id: None, draft: draft.id },
        "partner-correction" => Place::PartnerForm { id: Some(about?.parse().ok()?), draft: 0 },
        "refer" => Place::County(CountyPlace::Refer(about?.parse().ok()?)),
        "person-correction" => Place::Correction(about?.parse().ok()?),
        name => Place::Path(PathPlace::Step(about?.parse().ok()?, PathForm::named(name)?)),
    })
}

/// The screen.
pub struct Drafts {
    list: List<DraftRows>,
    size: Size,
    /// Those that are about to be thrown away.
    dropping: Vec<u64>,
}

impl Drafts {
    /// An empty list; the desk is asked when it is shown.
    pub fn new() -> Drafts {
        Drafts {
            list: List::new(TABLE, DraftRows::default()),
            size: Size { rows: 19, cols: 80 },
            dropping: Vec::new(),
        }
    }

    fn happened(&mut self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Nothing | Happened::Moved => Vec::new(),
            Happened::Say(sentence) => vec![Intent::Say(sentence)],
            Happened::Chosen(chosen) => self.chosen(&chosen),
        }
    }

    fn chosen(&mut self, chosen: &[(String, char)]) -> Vec<Intent> {
        self.dropping =
            chosen.iter().filter(|(_, digit)| *digit == '4').filter_map(|(id, _)| id.parse().ok()).collect();
        if !self.dropping.is_empty() {
            return Vec::new();
        }
        let open = chosen.iter().find_map(|(id, _)| self.list.rows().draft(id));
        match open.map(place_of) {
            Some(Some(place)) => vec![Intent::Open(place)],
            Some(None) => {
                vec![Intent::Warn("这份暂存是更新的程序写的，本机打不开；请更新程序".to_owned())]
            }
            None => Vec::new(),
        }
    }
}

impl Drafts {
    /// Nothing is thrown away.
    fn keep(&mut self) -> Vec<Intent> {
        self.dropping.clear();
        vec![Intent::Say("都留着".to_owned())]
    }
}

impl Default for Drafts {
    fn default() -> Self {
        Drafts::new()
    }
}

impl Screen for Drafts {
    fn name(&self) -> &'static str {
        "暂存箱"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        if !self.dropping.is_empty() {
            return vec![
                Offer::named(Action::Submit, "丢掉"),
                Offer::new(Action::Cancel),
                Offer::named(Action::Back, "留着"),
            ];
        }
        vec![
            Offer::key(Key::Enter, "接着办"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::named(Action::New, "急难登记"),
        ]
    }

    fn hint(&self) -> String {
        match self.dropping.len() {
            0 => "1 接着办，光标回到离开的那一项；4 丢掉".to_owned(),
            count => format!("丢掉 {count} 份暂存，不能恢复：F9 丢掉，F12 留着"),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "没有提交的表单都在这里，断电也在，只有本人在这台电脑上看得到。".to_owned(),
                "列表里不写姓名，免得旁人看见；打开后才看得到。".to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.list.resize(size);
                Vec::new()
            }
            Msg::Shown | Msg::Action(Action::Refresh) => vec![Intent::Ask(Ask::Drafts)],
            Msg::Reply(Reply::Drafts(drafts)) => {
                self.list.replace(DraftRows(drafts));
                Vec::new()
            }
            Msg::Reply(Reply::Failed(sentence)) => vec![Intent::Warn(sentence)],
            Msg::Action(Action::Submit) => std::mem::take(&mut self.dropping)
                .into_iter()
                .map(|id| Intent::Ask(Ask::DropDraft(id)))
                .collect(),
            Msg::Action(Action::Cancel) => self.keep(),
            // What leads out of every screen is no yes here either.
            Msg::Action(Action::Back) if !self.dropping.is_empty() => self.keep(),
            Msg::Action(Action::Back) => vec![Intent::Back],
            Msg::Action(Action::New) => {
                vec![Intent::Open(Place::Emergency { id_no: String::new(), lead: None, draft: 0 })]
            }
            Msg::Key(_) | Msg::Burst(_) if !self.dropping.is_empty() => {
                vec![Intent::Say("先定：F9 丢掉，F12 留着".to_owned())]
            }
            Msg::Key(key) => {
                let happened = self.list.key(key);
                self.happened(happened)
            }
            Msg::Burst(text) => {
                let happened = self.list.burst(&text);
                self.happened(happened)
            }
            Msg::Action(_) | Msg::Reply(_) => Vec::new(),
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.list.draw(canvas);
        if !self.dropping.is_empty() {
            let row = self.size.rows.saturating_sub(2);
            let said = format!(" 丢掉 {} 份暂存，不能恢复。F9 丢掉  F12 留着", self.dropping.len());
            canvas.put_box(row, 0, self.size.cols, &said, Role::Sign);
        }
    }

    fn caret(&self) -> (u16, u16) {
        self.list.caret()
    }
}

#[cfg(test)]
#[path = "drafts_tests.rs"]
mod tests;
