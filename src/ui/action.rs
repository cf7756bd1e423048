//! What a command key can mean, as a closed list: the name in `keys.toml`, the Chinese label of the key bar and of F1,
//! and the one meaning that keeps a key the same on every screen.
//!
//! Must never hold a key: which key does it is the key map's, so that an office may change it.

/// The one thing a key stands for on every screen; several actions share a meaning where screens name it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meaning {
    /// Explains.
    Help,
    /// Earlier aid of the person under the cursor.
    Lookup,
    /// One level back.
    Back,
    /// What can stand here: values, filters, phrases.
    Prompt,
    /// Reads or checks again.
    Refresh,
    /// Something new.
    New,
    /// Keeps a draft.
    Keep,
    /// As in the record before.
    Same,
    /// Hands on what is filled in.
    Submit,
    /// Signs, and nothing else.
    Sign,
    /// Another view of the same.
    Scope,
    /// Leaves this step with nothing changed.
    Cancel,
    /// Prints.
    Print,
    /// Takes back what was typed.
    Undo,
    /// Takes a row out.
    DeleteRow,
    /// Shows what is masked, with a purpose.
    Unmask,
    /// Leaves the desk.
    SignOut,
    /// Blanks the screen.
    Lock,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $label:literal, $meaning:ident;)*) => {
        /// An action that a key can be bound to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $name,)* }

        impl Action {
            /// Every action, in the order of the key bar.
            pub const ALL: &'static [Action] = &[$(Action::$name,)*];

            /// The name in `keys.toml`.
            pub fn name(self) -> &'static str {
                match self { $(Action::$name => $text,)* }
            }

            /// The Chinese label where a screen gives none of its own.
            pub fn label(self) -> &'static str {
                match self { $(Action::$name => $label,)* }
            }

            /// What it stands for on every screen.
            pub fn meaning(self) -> Meaning {
                match self { $(Action::$name => Meaning::$meaning,)* }
            }
        }
    };
}

actions! {
    /// Help for the field, the screen, all keys.
    Help = "help", "帮助", Help;
    /// Earlier aid (查往年).
    Lookup = "lookup", "查往年", Lookup;
    /// One level back; a form keeps its draft first.
    Back = "back", "返回", Back;
    /// The values of this field.
    Choose = "choose", "选择", Prompt;
    /// The county's phrases (常用语).
    Phrases = "phrases", "常用语", Prompt;
    /// Reads again, checks again.
    Refresh = "refresh", "刷新", Refresh;
    /// A new case, a new row.
    New = "new", "新增", New;
    /// Keeps the draft (暂存).
    KeepDraft = "keep-draft", "暂存", Keep;
    /// The value of the record before.
    SameAsBefore = "same-as-before", "同上笔", Same;
    /// Submits (报批, 提交, 保存).
    Submit = "submit", "提交", Submit;
    /// Signs (签批).
    Sign = "sign", "签批", Sign;
    /// This year or all of them, open or all.
    Scope = "scope", "换范围", Scope;
    /// Leaves this step, nothing changed.
    Cancel = "cancel", "取消", Cancel;
    /// Prints.
    Print = "print", "打印", Print;
    /// Undoes in the field.
    Undo = "undo", "撤销", Undo;
    /// Takes the row of the cursor out.
    DeleteRow = "delete-row", "删行", DeleteRow;
    /// Shows what is masked (查看完整信息); the purpose is asked first and written down.
    Unmask = "unmask", "看全", Unmask;
    /// Signs out (签退).
    SignOut = "sign-out", "签退", SignOut;
    /// Blanks the screen until the password is given (锁屏); on every screen.
    Lock = "lock", "锁屏", Lock;
}

impl Action {
    /// The action of that name in `keys.toml`.
    pub fn parse(name: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|a| a.name() == name)
    }
}
