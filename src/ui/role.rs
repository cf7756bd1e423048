//! What a piece of a screen is, as a closed list; a theme says how it looks.
//!
//! Must never name a colour. A role that a theme leaves out looks like the role it falls back to, so that a new role
//! breaks no theme of a user.

/// The part a piece of text plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Ordinary text; every theme has it.
    Text,
    /// The title bar.
    Title,
    /// Rules and other structure.
    Rule,
    /// The key bar.
    Bar,
    /// The name of a key in the key bar.
    Key,
    /// The line that explains.
    Hint,
    /// The label of a field.
    Label,
    /// The head of a column or section.
    Heading,
    /// A field that can be filled in.
    Field,
    /// The field with the cursor.
    FieldFocus,
    /// The row with the cursor.
    Selected,
    /// A list over the screen.
    Popup,
    /// What keeps something from being submitted.
    Problem,
    /// What wants a look.
    Warning,
    /// What is as it should be.
    Ok,
    /// What matters less.
    Muted,
    /// The mark of the practice office (练习).
    Practice,
    /// What is about to be signed.
    Sign,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 18] = [
        Role::Text,
        Role::Title,
        Role::Rule,
        Role::Bar,
        Role::Key,
        Role::Hint,
        Role::Label,
        Role::Heading,
        Role::Field,
        Role::FieldFocus,
        Role::Selected,
        Role::Popup,
        Role::Problem,
        Role::Warning,
        Role::Ok,
        Role::Muted,
        Role::Practice,
        Role::Sign,
    ];

    /// The name in a theme file.
    pub fn name(self) -> &'static str {
        match self {
            Role::Text => "text",
            Role::Title => "title",
            Role::Rule => "rule",
            Role::Bar => "bar",
            Role::Key => "key",
            Role::Hint => "hint",
            Role::Label => "label",
            Role::Heading => "heading",
            Role::Field => "field",
            Role::FieldFocus => "field-focus",
            Role::Selected => "selected",
            Role::Popup => "popup",
            Role::Problem => "problem",
            Role::Warning => "warning",
            Role::Ok => "ok",
            Role::Muted => "muted",
            Role::Practice => "practice",
            Role::Sign => "sign",
        }
    }

    /// The role it looks like where a theme says nothing; `None` for text.
    pub fn fallback(self) -> Option<Role> {
        match self {
            Role::Text => None,
            Role::Key => Some(Role::Bar),
            Role::Heading => Some(Role::Label),
            Role::FieldFocus => Some(Role::Selected),
            Role::Selected | Role::Popup => Some(Role::Title),
            Role::Warning | Role::Practice => Some(Role::Problem),
            Role::Sign => Some(Role::Warning),
            _ => Some(Role::Text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chain_ends_at_text() {
        for role in Role::ALL {
            let mut at = role;
            let mut steps = 0;
            while let Some(next) = at.fallback() {
                at = next;
                steps += 1;
                assert!(steps < Role::ALL.len(), "{} runs in a circle", role.name());
            }
            assert_eq!(at, Role::Text);
        }
    }
}
