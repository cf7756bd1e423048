//! A field as a declared row of a table, and the table itself.
//!
//! Everything the engine, the screen, the paper and the question-and-answer mode know of a field stands here once. A field
//! holds no state and reads nothing: `fn` values get the answers and the [`Context`].

use crate::base::day::{Day, Stamp};

use super::answers::Answers;
use super::problem::Problem;

/// What a form may know of the world: handed in, never read from a clock.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The business day (share's time at UTC+8).
    pub today: Day,
    /// The business moment.
    pub now: Stamp,
    /// Township of the officer, three digits as in 103; `None` at the county.
    pub township: Option<u16>,
}

/// One value of a coded field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The digit that chooses it.
    pub digit: char,
    /// Stable value in answers, snake_case.
    pub value: &'static str,
    /// What the officer reads.
    pub label: &'static str,
}

/// A choice, for tables.
pub const fn choice(digit: char, value: &'static str, label: &'static str) -> Choice {
    Choice { digit, value, label }
}

/// One value of a looked-up field or one phrase, supplied at run time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What goes into the answer.
    pub value: String,
    /// What the officer reads.
    pub label: String,
    /// More to tell it from its like, for example the township of a village.
    pub hint: String,
}

impl Offer {
    /// An offer without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Offer {
        Offer { value: value.into(), label: label.into(), hint: String::new() }
    }
}

/// Where the values of a looked-up field come from.
#[derive(Clone, Copy, Debug)]
pub enum Lookup {
    /// The host is asked under this name (`handler`, `approver`) and calls `Form::supply`.
    Host(&'static str),
    /// Computed from the answers, for example phrases for the circumstance.
    Of(fn(&Answers, &Context) -> Vec<Offer>),
}

/// What a field holds and therefore how it is typed, folded, checked and shown.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A line of text of at most so many characters.
    Text {
        /// Most graphemes.
        max: usize,
    },
    /// Text that may be long and takes phrases with F4.
    LongText {
        /// Most graphemes.
        max: usize,
    },
    /// A person's name.
    Name,
    /// An eighteen-digit id number (公民身份号码).
    IdNumber {
        /// Whether `0` says that there is none (无证件).
        none: bool,
    },
    /// Yuan with at most two places, above zero.
    Money,
    /// Yuan with at most two places; `0` says that there is none. For figures, never for what is paid.
    Sum,
    /// A quantity of goods with at most three places.
    Quantity,
    /// A day.
    Date {
        /// Whether Enter in the empty field means today.
        enter_today: bool,
    },
    /// Time of day, `0910` or `09:10`.
    Time,
    /// Telephone number.
    Phone,
    /// Bank card or passbook number.
    Account,
    /// A value from a short list, chosen by a digit.
    Choice(&'static [Choice]),
    /// A value from a list known at run time, found by initials.
    Lookup(Lookup),
    /// A village or community (村、居), found by initials; the answer is its twelve-digit code.
    Village,
    /// A whole number of people or things.
    Count {
        /// The largest that makes sense.
        max: u32,
    },
    /// A password: never shown, never kept in a draft.
    Password,
    /// Repeating rows.
    Rows(&'static [Field]),
}

/// Whether the officer has to fill a field.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// Required.
    Always,
    /// Required while this holds.
    When(fn(&Answers) -> bool),
    /// May stay empty, but Enter stops there once.
    Asked,
    /// May stay empty, but while this holds Enter stops there once.
    AskedWhen(fn(&Answers) -> bool),
    /// Enter passes it by.
    Never,
}

/// A check beyond that of the kind, as a value.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// A day not after today.
    NotFuture,
    /// A day not before the day under the other key (its label follows for the sentence).
    NotBefore(&'static str, &'static str),
    /// A count not above the count under the other key (its label follows).
    AtMost(&'static str, &'static str),
    /// A count of at least so many.
    AtLeast(u32),
    /// At least so many characters.
    Longer(usize),
    /// Anything else; gets the path of the field.
    With(fn(&str, &Answers, &Context) -> Option<Problem>),
}

/// Place of a field in the 80-column layout, relative to the form's own area; a field box is
/// `label [field] note`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Page, from 0.
    pub page: u16,
    /// Line on the page, from 0.
    pub row: u16,
    /// Column where the label begins.
    pub col: u16,
    /// Columns of the label.
    pub label_width: u16,
    /// Columns between the brackets.
    pub width: u16,
    /// Columns for the derived note or the problem, right of the field; 0 for none.
    pub note_width: u16,
}

/// A declared field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Stable key, snake_case.
    pub key: &'static str,
    /// Chinese label.
    pub label: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it has to be filled.
    pub need: Need,
    /// When it shows; always without one.
    pub show: Option<fn(&Answers) -> bool>,
    /// Checks beyond the kind's.
    pub check: &'static [Check],
    /// Derived value or default while the officer has said nothing; computed anew after every change.
    pub fill: Option<fn(&Answers, &Context) -> Option<String>>,
    /// What is derived and shown beside it; the kind's own note (大写, birth and sex) without one.
    pub note: Option<fn(&Answers, &Context) -> Option<String>>,
    /// Phrases for F4 in text.
    pub phrases: Option<Lookup>,
    /// The keys of choices that a phrase just taken speaks against: they are taken back, to be made anew.
    pub against: Option<fn(&str, &Answers) -> Vec<&'static str>>,
    /// Help line.
    pub hint: &'static str,
    /// Clause of the notice it rests on.
    pub clause: Option<&'static str>,
    /// Where it stands at 80 columns.
    pub place: Place,
    /// Whether F8 and `..` may copy it from the record before; never money.
    pub copies: bool,
    /// Whether it identifies a person and is masked outside the form.
    pub sensitive: bool,
}

impl Field {
    /// An optional field that Enter passes by; the methods below add to it.
    pub const fn new(key: &'static str, label: &'static str, kind: Kind) -> Field {
        let place = Place { page: 0, row: 0, col: 0, label_width: 10, width: 20, note_width: 0 };
        let sensitive = matches!(
            kind,
            Kind::IdNumber { .. }
                | Kind::Name
                | Kind::Account
                | Kind::Phone
                | Kind::Password
                | Kind::LongText { .. }
        );
        let copies = !matches!(
            kind,
            Kind::Money
                | Kind::Sum
                | Kind::IdNumber { .. }
                | Kind::Account
                | Kind::Password
                | Kind::Rows(_)
                | Kind::Quantity
        );
        Field {
            key,
            label,
            kind,
            need: Need::Never,
            show: None,
            check: &[],
            fill: None,
            note: None,
            phrases: None,
            against: None,
            hint: "",
            clause: None,
            place,
            copies,
            sensitive,
        }
    }

    /// About a person: never in a log or a debug form.
    pub const fn secret(mut self) -> Field {
        self.sensitive = true;
        self
    }

    /// Required.
    pub const fn always(mut self) -> Field {
        self.need = Need::Always;
        self
    }

    /// Optional, but asked once.
    pub const fn asked(mut self) -> Field {
        self.need = Need::Asked;
        self
    }

    /// Optional, but asked once while `when` holds.
    pub const fn asked_when(mut self, when: fn(&Answers) -> bool) -> Field {
        self.need = Need::AskedWhen(when);
        self
    }

    /// Required while `when` holds.
    pub const fn needed(mut self, when: fn(&Answers) -> bool) -> Field {
        self.need = Need::When(when);
        self
    }

    /// Shows only while `when` holds.
    pub const fn shown(mut self, when: fn(&Answers) -> bool) -> Field {
        self.show = Some(when);
        self
    }

    /// Checked by these, in order.
    pub const fn checked(mut self, check: &'static [Check]) -> Field {
        self.check = check;
        self
    }

    /// Filled by `fill` while the officer has said nothing.
    pub const fn filled(mut self, fill: fn(&Answers, &Context) -> Option<String>) -> Field {
        self.fill = Some(fill);
        self
    }

    /// Shows `note` beside it.
    pub const fn noted(mut self, note: fn(&Answers, &Context) -> Option<String>) -> Field {
        self.note = Some(note);
        self
    }

    /// Takes phrases with F4.
    pub const fn phrased(mut self, phrases: Lookup) -> Field {
        self.phrases = Some(phrases);
        self
    }

    /// A phrase takes back the choices that it speaks against.
    pub const fn against(mut self, against: fn(&str, &Answers) -> Vec<&'static str>) -> Field {
        self.against = Some(against);
        self
    }

    /// Help line, in Chinese.
    pub const fn hint(mut self, hint: &'static str) -> Field {
        self.hint = hint;
        self
    }

    /// Clause of the notice.
    pub const fn clause(mut self, clause: &'static str) -> Field {
        self.clause = Some(clause);
        self
    }

    /// Place at 80 columns: page, line, column, columns of label, field and note.
    pub const fn at(mut self, page: u16, row: u16, col: u16, label: u16, width: u16, note: u16) -> Field {
        self.place = Place { page, row, col, label_width: label, width, note_width: note };
        self
    }

    /// Never copied from the record before.
    pub const fn never_copied(mut self) -> Field {
        self.copies = false;
        self
    }

    /// Whether it shows with these answers.
    pub fn shows(&self, answers: &Answers) -> bool {
        self.show.is_none_or(|show| show(answers))
    }

    /// Whether it has to be filled with these answers.
    pub fn is_needed(&self, answers: &Answers) -> bool {
        match self.need {
            Need::Always => true,
            Need::When(when) => when(answers),
            Need::Asked | Need::AskedWhen(_) | Need::Never => false,
        }
    }

    /// The fields of its rows, where it has rows.
    pub fn columns(&self) -> Option<&'static [Field]> {
        match self.kind {
            Kind::Rows(columns) => Some(columns),
            _ => None,
        }
    }

    /// Whether it holds digits only, so that keypad `+ - *` move and copy.
    pub fn is_number(&self) -> bool {
        matches!(
            self.kind,
            Kind::Money
                | Kind::Sum
                | Kind::Quantity
                | Kind::IdNumber { .. }
                | Kind::Account
                | Kind::Count { .. }
                | Kind::Choice(_)
                | Kind::Date { .. }
                | Kind::Time
                | Kind::Phone
        )
    }
}

/// A declared form.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Stable name, as in drafts.
    pub name: &'static str,
    /// Chinese title.
    pub title: &'static str,
    /// Fields in the order in which the officer meets them.
    pub fields: &'static [Field],
}

impl Table {
    /// The field under `key`.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}
