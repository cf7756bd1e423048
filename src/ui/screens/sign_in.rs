//! 登录: who sits at this desk.
//!
//! The password is checked by the desk while this screen says so. Must never show or keep a password, except those that a
//! practice office shows to everybody.

use zeroize::Zeroizing;

use crate::base::width;
use crate::domain::office::Role as Duty;
use crate::forms::layout::layout;
use crate::forms::tables::sign_in;
use crate::forms::{Answers, Context as FormContext, Form, Offer as Value, Outcome, Source};
use crate::office::attempts::{PAUSE, TRIES};
use crate::office::front::sign::Listed;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::form_view::{self, FormPanel};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::{Ask, Place, Reply, office_name};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};

/// Rows above the form, in a window of the usual height.
const ABOVE: u16 = 3;

/// What the desk knows before anybody signed in.
#[derive(Debug, Default)]
struct Known {
    listed: Vec<Listed>,
    practice: Vec<(String, String)>,
    link: String,
    share: String,
}

/// The screen.
pub struct SignIn {
    panel: FormPanel,
    known: Known,
    checking: bool,
    size: Size,
}

impl SignIn {
    /// An empty screen; the desk is asked when it is shown.
    pub fn new() -> SignIn {
        // Nothing of this form is a day; it needs some context all the same.
        let now = crate::base::day::Stamp(0);
        let context = FormContext { today: now.day(), now, township: None };
        let mut form = Form::new(&sign_in::TABLE, context, Answers::new());
        // The office follows the number; on a desk that has synchronised nothing yet there is none to choose from.
        form.go("officer_no");
        SignIn {
            panel: FormPanel::new(form),
            known: Known::default(),
            checking: false,
            size: Size { rows: 19, cols: 80 },
        }
    }

    /// Offices of the officers, each once; the desk lists the office of this PC first.
    fn offices(&self) -> Vec<Value> {
        let mut offices: Vec<Value> = Vec::new();
        for listed in &self.known.listed {
            let value = listed.office.to_string();
            if !offices.iter().any(|known| known.value == value) {
                let code = listed.office.township().map(|code| format!("{code:03}")).unwrap_or_default();
                offices.push(Value { value, label: office_name(listed.office), hint: code });
            }
        }
        offices
    }

    fn officer(&self) -> Option<&Listed> {
        let no = self.panel.form.value("officer_no");
        self.known.listed.iter().find(|listed| listed.no.0 == no.trim())
    }

    /// The officer's office stands in its field, whatever stood there before.
    fn settle_office(&mut self) {
        let Some(listed) = self.officer() else { return };
        let (value, label) = (listed.office.to_string(), office_name(listed.office));
        if self.panel.form.value("office") != value {
            self.panel.form.set_labelled("office", &value, &label, Source::Typed);
        }
    }

    fn listed(&mut self, known: Known) {
        let first = self.known.listed.is_empty();
        self.known = known;
        let offices = self.offices();
        let here = offices.first().cloned();
        self.panel.form.supply("office", offices);
        if let Some(here) = here.filter(|_| first) {
            self.panel.form.set_labelled("office", &here.value, &here.label, Source::Default);
            if self.panel.form.focus_path() == "office" {
                self.panel.form.go("officer_no");
            }
        }
    }

    fn submit(&mut self) -> Vec<Intent> {
        if self.known.listed.is_empty() {
            let said = "操作员名单还没有从共享盘读来，请稍候再按回车；等久了按 F5，看下面共享盘一行";
            return vec![Intent::Warn(said.to_owned())];
        }
        if self.officer().is_none() {
            self.panel.form.go("officer_no");
            let said = "没有这个操作员号，请核对后重打；新操作员按 F6 申请".to_owned();
            return vec![Intent::Warn(said)];
        }
        let officer = self.panel.form.value("officer_no").trim().to_owned();
        let password = Zeroizing::new(self.panel.form.value("password"));
        if password.is_empty() {
            self.panel.form.go("password");
            return vec![Intent::Warn("请打密码，再按 F9 或回车".to_owned())];
        }
        self.checking = true;
        vec![Intent::Ask(Ask::SignIn { officer, password })]
    }

    fn refused(&mut self, sentence: String) -> Vec<Intent> {
        self.checking = false;
        self.panel.form.set("password", "", Source::Typed);
        self.panel.form.go("password");
        // What was typed ahead was meant for home: it must not become the next wrong password.
        vec![Intent::Warn(sentence), Intent::Forget]
    }

    /// Enter in the password signs in; a card or a paste that ends in Enter only fills it.
    fn input(&mut self, msg: &Msg) -> Vec<Intent> {
        let in_password = self.panel.form.focus_path() == "password";
        if matches!(msg, Msg::Key(Key::Enter)) && in_password {
            return self.submit();
        }
        let outcomes = match msg {
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Back) if self.panel.form.list().is_none() => return vec![Intent::Quit],
            Msg::Action(Action::Cancel) if self.panel.form.list().is_none() => {
                for key in ["officer_no", "password"] {
                    self.panel.form.set(key, "", Source::Typed);
                }
                self.panel.form.go("officer_no");
                return Vec::new();
            }
            Msg::Action(Action::New) => return vec![Intent::Open(Place::Apply)],
            Msg::Action(Action::Refresh) => return vec![Intent::Ask(Ask::WhoMaySignIn)],
            msg => self.panel.take(msg).unwrap_or_default(),
        };
        self.settle_office();
        outcomes
            .into_iter()
            .filter_map(|outcome| match outcome {
                Outcome::Told(sentence) => Some(Intent::Say(sentence)),
                _ => None,
            })
            .collect()
    }

    fn is_low(&self) -> bool {
        self.size.rows < 18
    }

    /// The first row of the form, and its rows.
    fn place(&self) -> (u16, u16) {
        let lines = layout(&self.panel.form, self.size.cols, 200)
            .pages
            .iter()
            .flatten()
            .map(|one| one.field.y + 1)
            .max()
            .unwrap_or(1);
        (if self.is_low() { 1 } else { ABOVE }, lines)
    }

    fn draw_officer(&self, canvas: &mut Canvas, first: u16, size: Size) {
        let Some(spot) = self.panel.form.spot("officer_no") else { return };
        let layout = layout(&self.panel.form, size.cols, size.rows);
        let Some((_, one)) = layout.find(spot) else { return };
        let col = one.field.x + one.field.width + 2;
        let typed = self.panel.form.value("officer_no");
        let (text, role) = match self.officer() {
            Some(listed) => (format!("{} {}", listed.name, duties(listed)), Role::Text),
            None if typed.is_empty() || self.panel.form.focus() == spot => return,
            None => ("x 没有这个号".to_owned(), Role::Problem),
        };
        canvas.put(first + one.field.y, col, &text, role);
    }

    fn draw_desk(&self, canvas: &mut Canvas, first: u16) -> u16 {
        let room = usize::from(canvas.width().saturating_sub(2));
        let mut row = first;
        for (label, text) in [("共享盘    ", &self.known.share), ("共享盘和本地副本  ", &self.known.link)]
        {
            if text.is_empty() {
                continue;
            }
            for line in width::wrap(&width::fold_glyphs(&format!("{label}{text}")), room) {
                canvas.put(row, 1, &line, Role::Muted);
                row += 1;
            }
        }
        row
    }

    /// Practice officers with their passwords, in as many columns as there is room for.
    fn draw_practice(&self, canvas: &mut Canvas, first: u16) {
        if self.known.practice.is_empty() || first >= canvas.height() {
            return;
        }
        let count = u16::try_from(self.known.practice.len()).unwrap_or(u16::MAX);
        let below = canvas.height().saturating_sub(first + 1);
        // The blank row above is given up where names and duties would not fit otherwise.
        let first = if count > 2 * below && !self.is_low() { first.saturating_sub(1) } else { first };
        canvas.put(first, 1, "练习用的操作员：操作员号 姓名 岗位 单位 密码", Role::Heading);
        let rows = canvas.height().saturating_sub(first + 1);
        let columns = count.div_ceil(rows.max(1)).max(1);
        let wide = canvas.width().saturating_sub(2) / columns;
        for (place, (no, password)) in (0u16..).zip(&self.known.practice) {
            let (column, row) = (place / rows.max(1), place % rows.max(1));
            let text = self.practice_line(no, password, usize::from(wide.saturating_sub(2)));
            canvas.put_within(first + 1 + row, 2 + column * wide, wide.saturating_sub(2), &text, Role::Text);
        }
    }

    /// A line with as many words as fit: number and password always stand in it.
    fn practice_line(&self, no: &str, password: &str, room: usize) -> String {
        let listed = self.known.listed.iter().find(|listed| listed.no.0 == no);
        let (name, duty, office) = listed.map_or_else(Default::default, |listed| {
            (listed.name.clone(), duties(listed), office_name(listed.office))
        });
        let candidates = [
            format!("{no} {name} {duty} {office} 密码 {password}"),
            format!("{no} {name} {duty} 密码 {password}"),
            format!("{no} {name} {password}"),
            format!("{no} {password}"),
        ];
        let fits = candidates.iter().find(|text| crate::ui::canvas::columns(text) <= room);
        fits.or(candidates.last()).cloned().unwrap_or_default()
    }
}

impl Default for SignIn {
    fn default() -> Self {
        SignIn::new()
    }
}

fn duties(listed: &Listed) -> String {
    listed.roles.iter().copied().map(Duty::zh).collect::<Vec<_>>().join("、")
}

impl Screen for SignIn {
    fn name(&self) -> &'static str {
        "登录"
    }

    fn context(&self) -> Context {
        Context::Form
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::key(Key::Enter, "下一项"),
            Offer::named(Action::Back, "退出"),
            Offer::new(Action::Choose),
            Offer::named(Action::Submit, "登录"),
            Offer::named(Action::New, "申请"),
            Offer::new(Action::Cancel),
            Offer::new(Action::Refresh),
            Offer::new(Action::Undo),
        ]
    }

    fn hint(&self) -> String {
        if self.checking {
            return "正在核对密码".to_owned();
        }
        form_view::hint(&self.panel.form)
    }

    fn help(&self) -> HelpText {
        let field = match self.panel.form.focus_path().as_str() {
            "office" => "工作单位：打编号或拼音首字母，回车；F4 看全部。打操作员号后单位自动对上。",
            "officer_no" => "操作员号：管理员开通时给的号，打完回车。",
            _ => "密码：全角字母、数字自动转为半角；打完回车或 F9 登录。忘了密码按 F6 重新申请。",
        };
        HelpText {
            field: field.to_owned(),
            screen: vec![
                "每人用自己的号和密码登录，办的每一件都记在本人名下。".to_owned(),
                format!("密码连错 {TRIES} 次，这个号在这台电脑上锁定 {PAUSE} 分钟。"),
                "共享盘断开时也能登录、登记和查往年，恢复后自动送出。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.checking
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                Vec::new()
            }
            Msg::Shown | Msg::Reply(Reply::News) => vec![Intent::Ask(Ask::WhoMaySignIn)],
            Msg::Reply(Reply::SignIn { listed, practice, link, share }) => {
                self.listed(Known { listed, practice, link, share });
                Vec::new()
            }
            Msg::Reply(Reply::Link(link)) => {
                self.known.link = link;
                Vec::new()
            }
            Msg::Reply(Reply::SignedIn(_)) => {
                self.panel.form.set("password", "", Source::Typed);
                vec![Intent::Restart(Place::Home)]
            }
            Msg::Reply(Reply::NotSignedIn(sentence)) => self.refused(sentence),
            Msg::Reply(Reply::Failed(sentence)) => {
                self.checking = false;
                vec![Intent::Warn(sentence)]
            }
            Msg::Reply(_) => Vec::new(),
            Msg::Action(Action::Back) if self.checking => vec![Intent::Quit],
            msg => self.input(&msg),
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        let (first, lines) = self.place();
        if !self.is_low() {
            let title = "朝 阳 县 临 时 救 助 业 务 台";
            let wide = u16::try_from(crate::ui::canvas::columns(title)).unwrap_or(0);
            canvas.put(1, canvas.width().saturating_sub(wide) / 2, title, Role::Heading);
        }
        let size = Size { rows: lines, cols: self.size.cols };
        self.draw_officer(canvas, first, size);
        let under = first + lines + u16::from(!self.is_low());
        let under = self.draw_desk(canvas, under);
        self.draw_practice(canvas, under + u16::from(!self.is_low()));
        let whole = self.panel.form.list().is_some();
        let rows = if whole { self.size.rows.saturating_sub(first) } else { lines };
        form_view::draw(&self.panel.form, &mut canvas.rows(first, rows));
    }

    fn caret(&self) -> (u16, u16) {
        let (first, lines) = self.place();
        let whole = self.panel.form.list().is_some();
        let rows = if whole { self.size.rows.saturating_sub(first) } else { lines };
        let (row, col) = form_view::caret(&self.panel.form, Size { rows, cols: self.size.cols });
        (first + row, col)
    }
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
