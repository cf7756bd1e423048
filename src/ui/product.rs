//! The closed enums of the product: what a screen may ask the desk, what comes back, and which screens there are.
//!
//! The engine above is the same for every product; this file grows with the screens. It must never hold behaviour:
//! who answers an [`Ask`] is the desk's affair, who builds a [`Place`] the caller's of [`super::app::App`].

/// What a screen asks of the desk. The answer comes later as a [`Reply`] to the screen that asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// How the desk stands with the share, in words.
    Link,
}

/// An answer of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// How the desk stands with the share, in words: `共享盘正常，刚同步；没有待上传`.
    Link(String),
}

impl Reply {
    /// True for what nobody waits for: it is drawn only once the keyboard was still for a while, because a repaint moves
    /// the candidate window of an input method.
    pub fn is_patient(&self) -> bool {
        matches!(self, Reply::Link(_))
    }
}

/// A screen that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Home (工作台).
    Home,
}
