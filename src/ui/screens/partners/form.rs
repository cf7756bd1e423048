//! 协作单位登记: a new one, or one put right with a reason.

use std::collections::BTreeSet;

use crate::domain::code::Code;
use crate::domain::ids::PartnerId;
use crate::domain::partners::PartnerKind;
use crate::forms::tables::partners;
use crate::forms::{Answers, Form, Source, Table};
use crate::office::front::deed::Deed;
use crate::office::front::partners::PartnerSaid;
use crate::office::front::weigh::Weighed;
use crate::store::replica::views::partners::PartnerRow;
use crate::ui::canvas::Canvas;
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::Intent;
use crate::ui::screens::form_screen::{Confirm, FormScreen, Sheet};

/// What the form adds to the screen around it.
pub struct PartnerForm {
    id: Option<PartnerId>,
    known: Option<PartnerRow>,
    ready: bool,
}

impl PartnerForm {
    /// The screen; none for a new one.
    pub fn screen(id: Option<PartnerId>, draft: u64) -> FormScreen<PartnerForm> {
        FormScreen::new(PartnerForm { id, known: None, ready: id.is_none() }, draft)
    }

    fn verb(&self) -> &'static str {
        if self.id.is_some() { "更正" } else { "登记" }
    }
}

impl Sheet for PartnerForm {
    fn name(&self) -> &'static str {
        if self.id.is_some() { "协作单位更正" } else { "协作单位登记" }
    }

    fn table(&self) -> &'static Table {
        if self.id.is_some() { &partners::CORRECTION } else { &partners::TABLE }
    }

    fn about(&self) -> Option<String> {
        self.id.map(|id| id.to_string())
    }

    fn asks(&self) -> Vec<Ask> {
        self.id.map(|_| Ask::Partners).into_iter().collect()
    }

    fn is_ready(&self) -> bool {
        self.ready
    }

    fn take(&mut self, reply: &Reply, _form: Option<&mut Form>) -> Vec<Intent> {
        let Reply::Partners(rows) = reply else { return Vec::new() };
        self.known = rows.iter().find(|row| Some(row.id) == self.id).cloned();
        self.ready = true;
        match &self.known {
            Some(_) => Vec::new(),
            None => vec![Intent::Warn("找不到这个单位，请按 F3 返回后刷新".to_owned())],
        }
    }

    fn begin(&mut self, form: &mut Form, _start: &StartView, fresh: bool) -> Vec<Ask> {
        if let Some(known) = self.known.as_ref().filter(|_| fresh) {
            form.set("name", &known.name, Source::Filled);
            form.set("kind", &known.kind.digit().to_string(), Source::Filled);
            if let Some(paired) = known.paired {
                form.set("paired", &format!("{paired:03}"), Source::Filled);
            }
            form.set("contact", &known.contact, Source::Filled);
            form.set("helps", &known.helps, Source::Filled);
            form.set("since", &known.since.to_string(), Source::Filled);
        }
        Vec::new()
    }

    fn deed(&self, answers: Answers, _overrides: BTreeSet<Code>) -> Result<Deed, String> {
        let kind = answers.text("kind").parse().ok().and_then(PartnerKind::from_digit);
        Ok(Deed::Partner(Box::new(PartnerSaid {
            id: self.id,
            kind: kind.ok_or("种类没有选，请按数字")?,
            paired: answers.text("paired").parse().ok(),
            since: answers.day("since").ok_or("请填写开始日期，回车是今天")?,
            until: None,
            name: answers.text("name").to_owned(),
            contact: answers.text("contact").to_owned(),
            helps: answers.text("helps").to_owned(),
            reason: answers.text("reason").to_owned(),
        })))
    }

    fn confirm(&self, form: &Form) -> Confirm {
        Confirm::plain(format!("{}协作单位：{}", self.verb(), form.value("name")))
    }

    fn title(&self, form: &Form) -> String {
        form.value("name")
    }

    fn below_rows(&self) -> u16 {
        2
    }

    fn below(&self, _form: &Form, _weighed: &Weighed, canvas: &mut Canvas) {
        let text = match &self.known {
            Some(_) => "不再协作的返回名册按 4，写最后一天",
            None => "登记后，转介时接收单位按 F4 选到",
        };
        canvas.put(0, 1, text, Role::Muted);
    }

    fn submit_label(&self) -> &'static str {
        self.verb()
    }

    fn help(&self) -> Vec<String> {
        [
            "公益慈善组织、企业、社工机构、部门：通过设立项目、结对帮扶等帮助困难群众的。四（二）3",
            "它们给的不是政府救助资金，只作记录；不再协作的不删除，在名册里按 4 写最后一天和原因。",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::partner;
    use super::*;
    use crate::ui::action::Action;
    use crate::ui::screen::Msg;
    use crate::ui::screens::testing::{Clerk, start, today};

    #[test]
    fn a_new_one_is_registered_with_two_presses_of_f9() {
        let mut clerk = Clerk::with(PartnerForm::screen(None, 0), start("partner"), |_| {});
        clerk.send(Msg::Burst("县慈善总会".to_owned()));
        // A run of keys gives its first one by itself: without it, this would be a card held to the reader at 种类.
        clerk.keys("\n1刘");
        clerk.send(Msg::Burst("会长 0421-480012".to_owned()));
        clerk.keys("\n");
        clerk.send(Msg::Burst("大病救助项目".to_owned()));
        clerk.keys("\n");
        insta::assert_snapshot!("partner", clerk.drawn_everywhere());
        clerk.act(Action::Submit);
        clerk.act(Action::Submit);
        let Some((Deed::Partner(said), _)) = clerk.deeds.first() else { panic!("{:?}", clerk.said) };
        assert_eq!((said.kind, said.paired, said.since), (PartnerKind::Charity, None, today()));
        assert_eq!((said.name.as_str(), said.helps.as_str()), ("县慈善总会", "大病救助项目"));
    }

    #[test]
    fn a_known_one_stands_in_the_form_and_keeps_its_id() {
        let known = partner(2, "县社会工作服务中心", PartnerKind::SocialWork);
        let id = known.id;
        let mut clerk = Clerk::with(PartnerForm::screen(Some(id), 0), start("partner-correction"), |clerk| {
            clerk.partners = vec![known];
        });
        clerk.act(Action::Submit);
        assert!(clerk.deeds.is_empty(), "what was wrong is to be said");
        clerk.keys("电");
        clerk.send(Msg::Burst("话换了".to_owned()));
        clerk.act(Action::Submit);
        clerk.act(Action::Submit);
        let Some((Deed::Partner(said), _)) = clerk.deeds.first() else { panic!("{:?}", clerk.said) };
        assert_eq!((said.id, said.paired), (Some(id), Some(102)));
    }
}
