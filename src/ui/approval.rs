//! The prompt of approval (审批): the amount approved, a remark, the conclusion, and F10.
//!
//! Must never preset a conclusion, never let Enter approve, and never sign on keys typed before payee and amount stood on
//! the screen: whoever draws it throws away what was typed ahead when [`Happened::Prompted`] comes.

use super::canvas::Canvas;
use super::key::Key;
use super::line::Line;
use super::role::Role;
use crate::base::fold;
use crate::base::money::Money;

/// What may be concluded, by a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conclusion {
    /// 1 to 5.
    pub digit: char,
    /// Its Chinese label: 同意, 不同意, 退回补正, 报县局 ...
    pub label: &'static str,
    /// True where a remark (批注) has to say why.
    pub remark: bool,
    /// True where the amount is granted by it, so that it is checked and stands in the prompt.
    pub grants: bool,
}

/// What the township concludes.
pub const TOWNSHIP: &[Conclusion] = &[
    Conclusion { digit: '1', label: "同意", remark: false, grants: true },
    Conclusion { digit: '2', label: "不同意", remark: true, grants: false },
    Conclusion { digit: '3', label: "退回补正", remark: true, grants: false },
    Conclusion { digit: '4', label: "报县局", remark: false, grants: false },
];

/// What the county concludes.
pub const COUNTY: &[Conclusion] = &[
    Conclusion { digit: '1', label: "同意", remark: false, grants: true },
    Conclusion { digit: '2', label: "不同意", remark: true, grants: false },
    Conclusion { digit: '3', label: "退回", remark: true, grants: false },
    Conclusion { digit: '4', label: "转一事一议", remark: false, grants: false },
    Conclusion { digit: '5', label: "报市局", remark: true, grants: true },
];

/// What the county's section concludes (股室审核): up to what sum it agrees.
pub const EXAMINE: &[Conclusion] = &[
    Conclusion { digit: '1', label: "审核同意", remark: false, grants: true },
    Conclusion { digit: '2', label: "审核不同意", remark: true, grants: false },
];

/// What the county concludes where the same matter was granted this year already: 同意 asks for the 正当理由 (二).
pub const COUNTY_SECOND: &[Conclusion] = &[
    Conclusion { digit: '1', label: "确需再救", remark: true, grants: true },
    Conclusion { digit: '2', label: "不同意", remark: true, grants: false },
    Conclusion { digit: '3', label: "退回", remark: true, grants: false },
    Conclusion { digit: '4', label: "转一事一议", remark: false, grants: false },
    Conclusion { digit: '5', label: "报市局", remark: true, grants: true },
];

/// What the county concludes on money that was paid beyond powers.
pub const RATIFY: &[Conclusion] = &[Conclusion { digit: '1', label: "追认", remark: false, grants: true }];

/// What is concluded, ready to be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The digit of the conclusion.
    pub digit: char,
    /// The amount approved.
    pub amount: Money,
    /// The remark, perhaps empty.
    pub remark: String,
}

/// What a key brought about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// Not a key of this prompt.
    Nothing,
    /// Something was typed or the cursor moved.
    Moved,
    /// A conclusion was chosen, its prompt stands now: what was typed ahead is to be thrown away.
    Prompted,
    /// A sentence for the message line: what is missing.
    Say(String),
    /// Signed.
    Signed(Signed),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Amount,
    Remark,
    Conclusion,
}

/// Columns of the amount field.
const AMOUNT: u16 = 12;
/// Where the fields begin.
const FIRST: u16 = 9;
const REMARK: u16 = FIRST + AMOUNT + 9;

/// The prompt.
#[derive(Debug)]
pub struct Approval {
    conclusions: &'static [Conclusion],
    payee: String,
    amount: Line,
    remark: Line,
    chosen: Option<char>,
    focus: Focus,
    cols: u16,
}

impl Approval {
    /// A prompt with nothing concluded. `payee` says who gets it and where: `王桂兰(本人) 农商行 尾号 00000020`.
    pub fn new(conclusions: &'static [Conclusion], payee: &str, amount: Money) -> Approval {
        let mut line = Line::new(13);
        line.set(&amount.plain());
        Approval {
            conclusions,
            payee: payee.to_owned(),
            amount: line,
            remark: Line::new(100),
            chosen: None,
            focus: Focus::Conclusion,
            cols: 80,
        }
    }

    /// The columns it has.
    pub fn resize(&mut self, cols: u16) {
        self.cols = cols;
    }

    /// True while nothing was concluded or remarked, so that the next case may be turned to.
    pub fn is_untouched(&self) -> bool {
        self.chosen.is_none() && self.remark.text().is_empty()
    }

    /// Takes back the conclusion (F12).
    pub fn cancel(&mut self) {
        self.chosen = None;
        self.focus = Focus::Conclusion;
    }

    /// Puts a phrase into the remark.
    pub fn phrase(&mut self, text: &str) {
        self.remark.paste(text);
        self.focus = Focus::Remark;
    }

    /// Text that came at once: into the remark; never a conclusion.
    pub fn burst(&mut self, text: &str) -> Happened {
        match self.focus {
            Focus::Amount => self.amount.paste(&fold::digits(text)),
            Focus::Remark => self.remark.paste(text),
            Focus::Conclusion => return Happened::Say("结论请自己按数字，粘贴的内容没有收".to_owned()),
        }
        self.chosen = None;
        Happened::Moved
    }

    /// Takes a key other than F10.
    pub fn key(&mut self, key: Key) -> Happened {
        match (self.focus, key) {
            (Focus::Conclusion, Key::Enter) => {
                Happened::Say("结论没有预设：按数字选，再按 F10 签".to_owned())
            }
            (Focus::Conclusion, Key::Up | Key::BackTab) => self.go(Focus::Remark),
            (Focus::Conclusion, Key::Char('0' | '０') | Key::Backspace | Key::Delete) => {
                self.chosen = None;
                Happened::Moved
            }
            (Focus::Conclusion, Key::Char(c)) => self.conclude(c),
            (Focus::Amount, Key::Enter | Key::Down) => self.go(Focus::Remark),
            (Focus::Remark, Key::Enter | Key::Down) => self.go(Focus::Conclusion),
            (Focus::Remark, Key::Up | Key::BackTab) => self.go(Focus::Amount),
            (Focus::Amount, Key::Char(c)) => {
                let typed = fold::digits(&c.to_string());
                let fits = typed.chars().all(|c| c.is_ascii_digit() || c == '.');
                match (fits, typed.chars().next()) {
                    (true, Some(c)) => self.edit(Key::Char(c)),
                    _ => Happened::Say("金额只收数字和小数点".to_owned()),
                }
            }
            (Focus::Amount | Focus::Remark, key) => self.edit(key),
            _ => Happened::Nothing,
        }
    }

    fn go(&mut self, focus: Focus) -> Happened {
        self.focus = focus;
        Happened::Moved
    }

    /// Editing takes the conclusion back: what is signed is what was read.
    fn edit(&mut self, key: Key) -> Happened {
        let before = (self.amount.text().to_owned(), self.remark.text().to_owned());
        let line = if self.focus == Focus::Amount { &mut self.amount } else { &mut self.remark };
        if !line.key(key) {
            return Happened::Nothing;
        }
        if before != (self.amount.text().to_owned(), self.remark.text().to_owned()) {
            self.chosen = None;
        }
        Happened::Moved
    }

    fn conclude(&mut self, typed: char) -> Happened {
        let digit = fold::digits(&typed.to_string());
        let Some(conclusion) = self.conclusions.iter().find(|c| digit == c.digit.to_string()) else {
            return Happened::Say(format!("这里没有「{typed}」，请按 {}", self.digits()));
        };
        self.chosen = Some(conclusion.digit);
        match self.lacks(conclusion) {
            Some(sentence) => Happened::Say(sentence),
            None => Happened::Prompted,
        }
    }

    fn digits(&self) -> String {
        let (first, last) = (self.conclusions.first(), self.conclusions.last());
        format!("{} 至 {}", first.map_or('1', |c| c.digit), last.map_or('1', |c| c.digit))
    }

    fn conclusion(&self) -> Option<&'static Conclusion> {
        self.conclusions.iter().find(|c| Some(c.digit) == self.chosen)
    }

    fn lacks(&self, conclusion: &Conclusion) -> Option<String> {
        if conclusion.remark && self.remark.text().trim().is_empty() {
            return Some(format!("{}须写批注：按上箭头到批注，F4 有常用语", conclusion.label));
        }
        Money::parse(self.amount.text())
            .err()
            .filter(|_| conclusion.grants)
            .map(|problem| format!("批准额：{problem}"))
    }

    /// F10: what is to be signed, or what is missing.
    pub fn sign(&mut self) -> Happened {
        let Some(conclusion) = self.conclusion() else {
            self.focus = Focus::Conclusion;
            return Happened::Say(format!("先按 {} 选结论，再按 F10 签", self.digits()));
        };
        if let Some(sentence) = self.lacks(conclusion) {
            return Happened::Say(sentence);
        }
        let amount = Money::parse(self.amount.text()).unwrap_or_default();
        Happened::Signed(Signed {
            digit: conclusion.digit,
            amount,
            remark: self.remark.text().trim().to_owned(),
        })
    }

    /// What F10 would sign now, in words; `None` until a conclusion stands.
    pub fn prompt(&self) -> Option<String> {
        let conclusion = self.conclusion().filter(|c| self.lacks(c).is_none())?;
        let amount = Money::parse(self.amount.text()).ok();
        let (what, short) = match amount.filter(|_| conclusion.grants) {
            Some(amount) => {
                let (figures, words) = (amount.grouped(), amount.capitals());
                (
                    format!("{}：{figures} 元 {words}，付 {}", conclusion.label, self.payee),
                    format!("{}：{figures} 元，付 {}", conclusion.label, self.payee),
                )
            }
            None => (format!("{}：{}", conclusion.label, self.payee), self.payee.clone()),
        };
        // In a narrow window the key bar says F12 too; payee, amount and F10 are never cut while there is room for them.
        let full = format!("签批 {what}。F10签 F12取消");
        let fits = |text: &String| crate::ui::canvas::columns(text) < usize::from(self.cols);
        let shorter = [
            full.clone(),
            format!("签批 {what} F10签"),
            format!("{what} F10签"),
            format!("{short} F10签"),
            short,
        ];
        Some(shorter.into_iter().find(fits).unwrap_or(full))
    }

    /// Rows that [`Approval::draw`] takes.
    pub const ROWS: u16 = 3;

    /// Row and column of the caret, from the first row of the prompt.
    pub fn caret(&self) -> (u16, u16) {
        match self.focus {
            Focus::Amount => (0, FIRST + self.amount.window(AMOUNT).1),
            Focus::Remark => (0, REMARK + self.remark.window(self.remark_cols()).1),
            Focus::Conclusion => (1, self.box_col()),
        }
    }

    fn remark_cols(&self) -> u16 {
        self.cols.saturating_sub(REMARK + 2)
    }

    fn box_col(&self) -> u16 {
        self.cols.saturating_sub(3)
    }

    /// Draws amount and remark, the conclusions, and what F10 would sign.
    pub fn draw(&self, canvas: &mut Canvas) {
        let role = |focus| if self.focus == focus { Role::FieldFocus } else { Role::Field };
        canvas.put(0, 1, "批准额 [", Role::Label);
        canvas.put_box(0, FIRST, AMOUNT, &self.amount.window(AMOUNT).0, role(Focus::Amount));
        canvas.put(0, FIRST + AMOUNT, "]  批注 [", Role::Label);
        let cols = self.remark_cols();
        canvas.put_box(0, REMARK, cols, &self.remark.window(cols).0, role(Focus::Remark));
        canvas.put(0, REMARK + cols, "]", Role::Label);
        let mut col = canvas.put(1, 1, "结论  ", Role::Label);
        for conclusion in self.conclusions {
            let chosen = Some(conclusion.digit) == self.chosen;
            let text = format!("{} {}", conclusion.digit, conclusion.label);
            col = canvas.put(1, col, &text, if chosen { Role::Selected } else { Role::Text }) + 2;
        }
        canvas.put(1, self.box_col() - 1, "[", Role::Label);
        let mark = self.chosen.map(String::from).unwrap_or_default();
        canvas.put_box(1, self.box_col(), 1, &mark, role(Focus::Conclusion));
        canvas.put(1, self.box_col() + 1, "]", Role::Label);
        if let Some(prompt) = self.prompt() {
            canvas.put_box(2, 0, self.cols, &format!(" {prompt}"), Role::Sign);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing;
    use crate::ui::theme::Theme;

    fn prompt() -> Approval {
        Approval::new(TOWNSHIP, "王桂兰(本人) 尾号 00000020", Money::from_fen(50_000))
    }

    fn drawn(approval: &mut Approval, cols: u16) -> String {
        approval.resize(cols);
        let mut buffer = testing::buffer(cols, Approval::ROWS);
        let (theme, _) = Theme::load("plain", None, false);
        approval.draw(&mut Canvas::new(&mut buffer, &theme));
        testing::assert_widths_certain(&buffer);
        testing::text(&buffer)
    }

    #[test]
    fn an_approval_is_a_digit_and_f10() {
        let mut approval = prompt();
        assert_eq!(approval.key(Key::Char('１')), Happened::Prompted, "the full-width digit counts too");
        insta::assert_snapshot!(drawn(&mut approval, 80), @r#"
批准额 [500.00      ]  批注 [                                                ]
结论  1 同意  2 不同意  3 退回补正  4 报县局                               [1]
签批 同意：500.00 元 伍佰元整，付 王桂兰(本人) 尾号 00000020。F10签 F12取消
"#);
        let Happened::Signed(signed) = approval.sign() else { panic!() };
        assert_eq!((signed.digit, signed.amount), ('1', Money::from_fen(50_000)));
    }

    #[test]
    fn payee_amount_and_the_key_stand_in_every_width() {
        let payee = "赵德发(本人) 练习银行 尾号 00000046";
        for cols in [60, 70, 80, 100] {
            let mut approval = Approval::new(TOWNSHIP, payee, Money::from_fen(48_000));
            approval.resize(cols);
            approval.key(Key::Char('1'));
            let said = approval.prompt().unwrap();
            assert!(said.contains(payee) && said.contains("480.00 元"), "{said}");
            assert!(cols < 70 || said.contains("F10签"), "{said}");
            assert!(crate::ui::canvas::columns(&said) < usize::from(cols), "{said}");
        }
    }

    #[test]
    fn nothing_is_preset_and_enter_approves_nothing() {
        let mut approval = prompt();
        assert!(matches!(approval.sign(), Happened::Say(_)));
        for _ in 0..3 {
            assert!(matches!(approval.key(Key::Enter), Happened::Say(_)));
        }
        assert!(matches!(approval.burst("1111111111\n"), Happened::Say(_)));
        assert!(approval.prompt().is_none() && approval.is_untouched());
        assert!(matches!(approval.key(Key::Char('5')), Happened::Say(_)), "the township has no fifth");
    }

    #[test]
    fn a_refusal_needs_a_remark() {
        let mut approval = prompt();
        assert!(matches!(approval.key(Key::Char('2')), Happened::Say(text) if text.contains("批注")));
        assert!(matches!(approval.sign(), Happened::Say(_)));
        approval.key(Key::Up);
        for c in "不符合".chars() {
            approval.key(Key::Char(c));
        }
        approval.key(Key::Enter);
        assert_eq!(approval.key(Key::Char('2')), Happened::Prompted);
        let Happened::Signed(signed) = approval.sign() else { panic!() };
        assert_eq!(signed.remark, "不符合");
    }

    #[test]
    fn a_changed_amount_takes_the_conclusion_back() {
        let mut approval = prompt();
        approval.key(Key::Char('1'));
        for key in [Key::Up, Key::Up, Key::CtrlBackspace, Key::Char('４'), Key::Char('0'), Key::Char('0')] {
            approval.key(key);
        }
        assert!(approval.prompt().is_none() && matches!(approval.sign(), Happened::Say(_)));
        approval.key(Key::Char('1'));
        assert!(approval.prompt().is_some_and(|p| p.contains("400.00") && p.contains("肆佰元整")));
        for key in [Key::Up, Key::Up, Key::CtrlBackspace, Key::Enter, Key::Enter, Key::Char('1')] {
            approval.key(key);
        }
        assert!(approval.prompt().is_none(), "no amount, nothing to sign");
        assert!(drawn(&mut approval, 60).contains("报县局"));
    }
}
