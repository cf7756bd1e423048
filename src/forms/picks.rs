//! How a value is picked: by its digit, or from the list behind F4.

use super::answers::{Answer, Source};
use super::choices::ChoiceList;
use super::field::{Field, Kind, Lookup, Offer};
use super::form::{Form, Outcome, Spot, Stroke, supply_key};
use super::keys::{FormKey, told};
use super::kind;
use tui_input::InputRequest;

impl Form {
    pub(super) fn pick_digit(&mut self, field: &'static Field, typed: char) -> Vec<Outcome> {
        let Kind::Choice(choices) = field.kind else { return Vec::new() };
        let Some(digit) = kind::accept(field.kind, typed) else {
            let silent = self.dots > 0;
            return if silent { Vec::new() } else { vec![told("打数字来选，按 F4 看全部")] };
        };
        match choices.iter().find(|choice| choice.digit == digit) {
            Some(choice) => {
                self.remember(self.focus, Stroke::Replace);
                let answer = Answer { text: choice.value.to_owned(), label: None, source: Source::Typed };
                let path = self.focus_path();
                self.write(self.focus, answer);
                let mut out = vec![Outcome::Edited(path.clone()), Outcome::Left(path)];
                out.extend(self.go_next(false));
                out
            }
            None if digit == '0' => self.clear(),
            None => vec![told(format!("没有第 {digit} 项，按 F4 看全部"))],
        }
    }

    /// Where several values fit what was typed, Enter shows them instead of guessing.
    pub(super) fn open_for_many(&mut self, out: &mut Vec<Outcome>) -> bool {
        let Some(field) = self.field(self.focus) else { return false };
        if !matches!(field.kind, Kind::Lookup(_) | Kind::Village) {
            return false;
        }
        let answer = self.answer(self.focus);
        if answer.text.is_empty() || self.is_resolved(self.focus) {
            return false;
        }
        let mut list = ChoiceList::new(self.focus_path(), field.label, self.offers(field, self.focus));
        list.search(&answer.text);
        if list.visible().len() < 2 {
            return false;
        }
        self.list = Some(list);
        out.retain(|outcome| !matches!(outcome, Outcome::Left(_)));
        true
    }

    /// What may be chosen at `spot`: supplied by the host, or computed.
    pub(super) fn offers(&self, field: &Field, spot: Spot) -> Vec<Offer> {
        if let Some(supplied) = self.supplied.get(&supply_key(&self.path(spot))) {
            return supplied.clone();
        }
        let lookup = match field.kind {
            Kind::Lookup(lookup) => Some(lookup),
            _ => field.phrases,
        };
        match (field.kind, lookup) {
            (Kind::Village, _) => super::choices::villages(self.context.township),
            (_, Some(Lookup::Of(offers))) => offers(&self.answers, &self.context),
            _ => Vec::new(),
        }
    }

    pub(super) fn choose(&mut self) -> Vec<Outcome> {
        let Some(field) = self.field(self.focus) else { return Vec::new() };
        let path = self.focus_path();
        let host = match (field.kind, field.phrases) {
            (Kind::Lookup(Lookup::Host(name)), _) | (_, Some(Lookup::Host(name))) => Some(name),
            _ => None,
        };
        let list = match field.kind {
            Kind::Choice(choices) => ChoiceList::coded(path.clone(), field.label, choices),
            Kind::Lookup(_) | Kind::Village => {
                ChoiceList::new(path.clone(), field.label, self.offers(field, self.focus))
            }
            _ if field.phrases.is_some() => {
                ChoiceList::new(path.clone(), field.label, self.offers(field, self.focus))
            }
            _ => return vec![told("这一项没有可选的值，请直接打")],
        };
        let wants = host.filter(|_| !self.supplied.contains_key(&supply_key(&path)));
        if wants.is_none() && list.visible().is_empty() {
            return vec![told("现在没有可选的值")];
        }
        self.list = Some(list);
        wants.map(|name| Outcome::Wants { path, name }).into_iter().collect()
    }

    pub(super) fn press_in_list(&mut self, key: FormKey) -> Vec<Outcome> {
        let Some(list) = self.list.as_mut() else { return Vec::new() };
        let picked = match key {
            FormKey::Cancel => {
                self.list = None;
                return Vec::new();
            }
            FormKey::Submit => {
                self.list = None;
                return vec![told("先选好这一项，再按 F9")];
            }
            FormKey::Enter => list.current(),
            FormKey::Char(c) => list.typed(c),
            FormKey::Paste(text) => {
                let line = text.lines().next().unwrap_or_default().to_owned();
                list.search(&line);
                None
            }
            other => {
                list.moved(&other);
                None
            }
        };
        let Some(offer) = picked else { return Vec::new() };
        self.list = None;
        self.pick(offer)
    }

    pub(super) fn pick(&mut self, offer: Offer) -> Vec<Outcome> {
        let Some(field) = self.field(self.focus) else { return Vec::new() };
        let path = self.focus_path();
        self.remember(self.focus, Stroke::Replace);
        self.stroke = None;
        self.fresh = false;
        if matches!(field.kind, Kind::Choice(_) | Kind::Lookup(_) | Kind::Village) {
            let label = (!matches!(field.kind, Kind::Choice(_))).then_some(offer.label);
            self.write(self.focus, Answer { text: offer.value, label, source: Source::Typed });
            let mut out = vec![Outcome::Edited(path.clone()), Outcome::Left(path)];
            out.extend(self.go_next(false));
            return out;
        }
        let held = self.input.value().to_owned();
        let at = self.input.cursor();
        let head: String = held.chars().take(at).collect();
        let tail: String = held.chars().skip(at).collect();
        let text = format!("{head}{}{tail}", offer.value);
        let blank =
            offer.value.find("__").map(|byte| offer.value.get(..byte).map_or(0, |s| s.chars().count()));
        let caret = at + blank.unwrap_or_else(|| offer.value.chars().count());
        self.write(self.focus, Answer { text, label: None, source: Source::Typed });
        self.input.handle(InputRequest::SetCursor(caret));
        let mut out = vec![Outcome::Edited(path)];
        out.extend(self.take_back(field, &offer.value));
        out
    }

    /// Takes back the choices that a phrase speaks against, and says which.
    fn take_back(&mut self, field: &'static Field, phrase: &str) -> Option<Outcome> {
        let keys = field.against.map(|against| against(phrase, &self.answers)).unwrap_or_default();
        let mut labels = Vec::new();
        for key in keys {
            let Some(spot) = self.spot(key).filter(|spot| !self.answer(*spot).text.is_empty()) else {
                continue;
            };
            self.remember(spot, Stroke::Replace);
            self.write(spot, Answer::default());
            self.passed.remove(key);
            labels.extend(self.field(spot).map(|field| format!("「{}」", field.label.replace(' ', ""))));
        }
        (!labels.is_empty()).then(|| told(format!("{}与这句话不符，已取消，请重新选", labels.join("、"))))
    }
}
