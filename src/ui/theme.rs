//! How each role looks: five embedded themes in TOML, overlaid by a file of the user's.
//!
//! Must never use more than the sixteen colours of a terminal, and never stop the program: a fault in a user's theme is
//! a warning and the rest of it holds. Dim, italic and coloured underlines do not exist on old consoles and here.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};

use super::role::Role;

/// The embedded themes; the first is the one to start with.
const EMBEDDED: [(&str, &str); 5] = [
    ("plain", include_str!("../../themes/plain.toml")),
    ("high-contrast", include_str!("../../themes/high-contrast.toml")),
    ("mono", include_str!("../../themes/mono.toml")),
    ("green", include_str!("../../themes/green.toml")),
    ("light", include_str!("../../themes/light.toml")),
];

/// The sixteen colours, and `default` for the one the terminal has anyway.
const COLOURS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("grey", Color::Gray),
    ("dark-grey", Color::DarkGray),
    ("light-red", Color::LightRed),
    ("light-green", Color::LightGreen),
    ("light-yellow", Color::LightYellow),
    ("light-blue", Color::LightBlue),
    ("light-magenta", Color::LightMagenta),
    ("light-cyan", Color::LightCyan),
    ("white", Color::White),
];

/// Themes may inherit this deep; deeper is a circle.
const INHERIT_MAX: usize = 5;

/// The signs that structure is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// `-`, `=` and `|`: the same width on every console.
    Ascii,
    /// Box drawing, for terminals where it is known to take one column.
    Box,
}

impl Glyphs {
    /// The thin rule.
    pub fn rule(self) -> &'static str {
        match self {
            Glyphs::Ascii => "-",
            Glyphs::Box => "\u{2500}", // glyph-ok: drawn only where the setting `box` was chosen
        }
    }

    /// The thick rule under the title.
    pub fn thick(self) -> &'static str {
        match self {
            Glyphs::Ascii => "=",
            Glyphs::Box => "\u{2550}", // glyph-ok: drawn only where the setting `box` was chosen
        }
    }

    /// The upright between two halves.
    pub fn upright(self) -> &'static str {
        match self {
            Glyphs::Ascii => "|",
            Glyphs::Box => "\u{2502}", // glyph-ok: drawn only where the setting `box` was chosen
        }
    }
}

/// A style for every role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    styles: BTreeMap<Role, Style>,
    glyphs: Glyphs,
}

impl Theme {
    /// The names of the embedded themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(name, _)| *name)
    }

    /// The theme of that name, overlaid by the text of the user's file if there is one; and what was wrong, in Chinese
    /// sentences. Without colour (`NO_COLOR`) the name is not looked at and the user's file is left out.
    pub fn load(name: &str, user: Option<&str>, no_colour: bool) -> (Theme, Vec<String>) {
        let mut draft = Draft::default();
        draft.named(if no_colour { "mono" } else { name }, 0);
        if let Some(text) = user.filter(|_| !no_colour) {
            draft.overlay(text, 0);
        }
        draft.finish()
    }

    /// How a role looks.
    pub fn style(&self, role: Role) -> Style {
        let mut at = role;
        loop {
            if let Some(style) = self.styles.get(&at) {
                return *style;
            }
            match at.fallback() {
                Some(next) => at = next,
                None => return Style::new(),
            }
        }
    }

    /// The signs for structure.
    pub fn glyphs(&self) -> Glyphs {
        self.glyphs
    }
}

#[derive(Debug, Default)]
struct Draft {
    palette: BTreeMap<String, Color>,
    roles: BTreeMap<Role, toml::Table>,
    glyphs: Option<Glyphs>,
    warnings: Vec<String>,
}

impl Draft {
    fn named(&mut self, name: &str, depth: usize) {
        match EMBEDDED.iter().find(|(n, _)| *n == name) {
            Some((_, text)) => self.overlay(text, depth),
            None => {
                let known: Vec<&str> = Theme::names().collect();
                self.warnings
                    .push(format!("没有「{name}」这个配色，已用 plain；可用的有 {}", known.join("、")));
                if let Some((_, text)) = EMBEDDED.first().filter(|_| depth < INHERIT_MAX) {
                    self.overlay(text, depth + 1);
                }
            }
        }
    }

    fn overlay(&mut self, text: &str, depth: usize) {
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                self.warnings.push(format!("配色文件读不懂，已略过：{}", error.message()));
                return;
            }
        };
        if let Some(parent) = table.get("inherits") {
            match parent.as_str() {
                Some(name) if depth < INHERIT_MAX => self.named(name, depth + 1),
                _ => self.warnings.push("配色文件的 inherits 要写一个配色的名字，且不能绕圈".to_owned()),
            }
        }
        for (section, content) in &table {
            match (section.as_str(), content.as_table()) {
                ("inherits", _) => {}
                ("palette", Some(content)) => self.palette(content),
                ("roles", Some(content)) => self.roles(content),
                ("glyphs", Some(content)) => self.glyphs(content),
                _ => self.warnings.push(format!("配色文件里没有「{section}」这一节，已略过")),
            }
        }
    }

    fn palette(&mut self, content: &toml::Table) {
        for (name, value) in content {
            match value.as_str().and_then(sixteen) {
                Some(colour) => {
                    self.palette.insert(name.clone(), colour);
                }
                None => {
                    self.warnings.push(format!("配色 [palette] {name}：只能是终端的十六种颜色之一，已略过"))
                }
            }
        }
    }

    fn roles(&mut self, content: &toml::Table) {
        for (name, value) in content {
            let role = Role::ALL.into_iter().find(|r| r.name() == name);
            match (role, value.as_table()) {
                (Some(role), Some(look)) => {
                    self.roles.insert(role, look.clone());
                }
                (None, _) => self.warnings.push(format!("配色 [roles] 里没有「{name}」，已略过")),
                (_, None) => {
                    self.warnings.push(format!("配色 [roles] {name}：要写成 {{ fg = \"...\" }}，已略过"));
                }
            }
        }
    }

    fn glyphs(&mut self, content: &toml::Table) {
        match content.get("set").and_then(toml::Value::as_str) {
            Some("ascii") => self.glyphs = Some(Glyphs::Ascii),
            Some("box") => self.glyphs = Some(Glyphs::Box),
            _ => self.warnings.push("配色 [glyphs] set 只能是 ascii 或 box，已略过".to_owned()),
        }
    }

    fn finish(mut self) -> (Theme, Vec<String>) {
        let mut styles = BTreeMap::new();
        for (role, look) in std::mem::take(&mut self.roles) {
            let style = self.style(role, &look);
            styles.insert(role, style);
        }
        (Theme { styles, glyphs: self.glyphs.unwrap_or(Glyphs::Ascii) }, self.warnings)
    }

    fn style(&mut self, role: Role, look: &toml::Table) -> Style {
        let mut style = Style::new();
        for (name, value) in look {
            match (name.as_str(), value) {
                ("fg" | "bg", toml::Value::String(colour)) => {
                    match self.palette.get(colour).copied().or_else(|| sixteen(colour)) {
                        Some(colour) if name == "fg" => style = style.fg(colour),
                        Some(colour) => style = style.bg(colour),
                        None => self.warnings.push(format!("配色 {}：没有「{colour}」这个颜色", role.name())),
                    }
                }
                ("bold", toml::Value::Boolean(true)) => style = style.add_modifier(Modifier::BOLD),
                ("reverse", toml::Value::Boolean(true)) => style = style.add_modifier(Modifier::REVERSED),
                ("underline", toml::Value::Boolean(true)) => style = style.add_modifier(Modifier::UNDERLINED),
                ("bold" | "reverse" | "underline", toml::Value::Boolean(false)) => {}
                _ => self.warnings.push(format!("配色 {}：不认识 {name} 的写法，已略过", role.name())),
            }
        }
        style
    }
}

fn sixteen(name: &str) -> Option<Color> {
    COLOURS.iter().find(|(n, _)| *n == name).map(|(_, colour)| *colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_resolves_every_role_within_sixteen_colours() {
        for name in Theme::names() {
            let (theme, warnings) = Theme::load(name, None, false);
            assert!(warnings.is_empty(), "{name}: {warnings:?}");
            for role in Role::ALL {
                let style = theme.style(role);
                assert!(
                    style != Style::new() || role == Role::Text || name == "mono",
                    "{name} {}",
                    role.name()
                );
                for colour in [style.fg, style.bg].into_iter().flatten() {
                    assert!(COLOURS.iter().any(|(_, c)| *c == colour), "{name} {} {colour:?}", role.name());
                }
            }
            let plain = theme.style(Role::Text);
            for role in [Role::FieldFocus, Role::Selected, Role::Problem, Role::Practice, Role::Field] {
                assert_ne!(theme.style(role), plain, "{name}: {} looks like text", role.name());
            }
        }
    }

    #[test]
    fn without_colour_nothing_is_coloured() {
        let user = "[roles]\ntext = { fg = \"red\" }\n";
        let (theme, warnings) = Theme::load("green", Some(user), true);
        assert!(warnings.is_empty());
        for role in Role::ALL {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{}", role.name());
        }
    }

    #[test]
    fn a_users_theme_overlays_and_its_faults_are_told() {
        let user = "inherits = \"light\"\n[palette]\nwine = \"red\"\nsky = \"#00aaff\"\n[roles]\n\
                    problem = { fg = \"wine\", blink = true }\nmoon = { fg = \"red\" }\nok = { fg = \"sky\" }\n\
                    [glyphs]\nset = \"box\"\n[sounds]\nx = 1\n";
        let (theme, warnings) = Theme::load("plain", Some(user), false);
        assert_eq!(theme.style(Role::Problem).fg, Some(Color::Red));
        assert_eq!(theme.glyphs(), Glyphs::Box);
        assert_eq!(warnings.len(), 5, "{warnings:#?}");
        let (theme, warnings) = Theme::load("no such", Some("[[["), false);
        assert_eq!((theme, warnings.len()), (Theme::load("plain", None, false).0, 2));
    }
}
