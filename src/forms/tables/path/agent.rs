//! 委托代理人: who came instead of the applicant, in the four cells that F1 has for him. In a prompt, and in entries of earlier
//! versions, they stand in one text: `李梅 女儿 211321198505050023 有委托书`.

/// The cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agent<'a> {
    /// 姓名.
    pub name: &'a str,
    /// 与申请人关系.
    pub relation: &'a str,
    /// 身份证号.
    pub id_no: &'a str,
    /// 委托书.
    pub letter: &'a str,
}

/// The slots of the cells beside the name, whose slot is `agent`.
pub const SLOTS: [&str; 3] = ["agent-relation", "agent-id", "agent-letter"];

impl<'a> Agent<'a> {
    /// Reads one text. Only the name has its place, the first; what is not told apart belongs to it.
    pub fn read(text: &'a str) -> Agent<'a> {
        let mut agent = Agent::default();
        let mut words = text.split([' ', '　', '，', ',']).filter(|word| !word.is_empty());
        agent.name = words.next().unwrap_or_default();
        for word in words {
            let cell = match word {
                _ if is_number(word) => &mut agent.id_no,
                _ if word.contains("委托书") => &mut agent.letter,
                _ => &mut agent.relation,
            };
            // Two words for one cell: the text is of another kind, and stands whole where the name does.
            if !cell.is_empty() {
                return Agent { name: text, ..Agent::default() };
            }
            *cell = word;
        }
        agent
    }

    /// The cells beside the name, in the order of [`SLOTS`].
    pub fn beside(&self) -> [&'a str; 3] {
        [self.relation, self.id_no, self.letter]
    }
}

fn is_number(word: &str) -> bool {
    word.len() == 18 && word.chars().all(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_is_told_apart_and_what_cannot_be_stays_whole() {
        let of = |name, relation, id_no, letter| Agent { name, relation, id_no, letter };
        for (text, agent) in [
            ("", of("", "", "", "")),
            ("李梅", of("李梅", "", "", "")),
            ("李梅 女儿 211321198505050023 有委托书", of("李梅", "女儿", "211321198505050023", "有委托书")),
            ("李梅 委托书待补", of("李梅", "", "", "委托书待补")),
            ("李梅，女儿", of("李梅", "女儿", "", "")),
            ("村里派人 会计 王五", of("村里派人 会计 王五", "", "", "")),
        ] {
            assert_eq!(Agent::read(text), agent, "{text}");
        }
    }
}
