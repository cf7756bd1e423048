//! The list of drafts: opened, thrown away and never lost by themselves.

use super::*;
use crate::domain::ids::CaseId;
use crate::ui::screens::papers::Papers;
use crate::ui::screens::testing::{Clerk, as_draft, start};

fn draft(id: u64, form: &str, about: Option<&str>) -> Draft {
    let mut answers = serde_json::json!({ "format": 1 });
    if let Some(about) = about {
        answers["about"] = about.into();
    }
    Draft {
        id,
        officer: "1203".to_owned(),
        form: form.to_owned(),
        title: "突患重病 500.00 元".to_owned(),
        answers,
        field: "amount".to_owned(),
        saved_ms: 0,
    }
}

fn clerk() -> Clerk {
    let case = CaseId([7; 16]).to_string();
    Clerk::with(Drafts::new(), start("emergency"), |clerk| {
        clerk.drafts =
            vec![draft(3, "emergency", None), draft(4, "deferred", Some(&case)), draft(5, "lead", None)];
    })
}

#[test]
fn one_goes_on_where_it_was_left() {
    let mut clerk = clerk();
    let text = clerk.drawn_everywhere();
    assert!(text.contains("急难登记") && text.contains("补登记") && text.contains("金额"), "{text}");
    clerk.keys("\n");
    let place = Place::Emergency { id_no: String::new(), lead: None, draft: 3 };
    assert_eq!(clerk.said, [Intent::Open(place)]);
    clerk.key(Key::Down);
    clerk.keys("1\n");
    assert!(clerk.said.contains(&Intent::Open(Place::Papers(CaseId([7; 16])))));
}

#[test]
fn the_form_of_a_step_goes_on_too() {
    let case = CaseId([7; 16]);
    let mut clerk = Clerk::with(Drafts::new(), start("emergency"), |clerk| {
        clerk.drafts = vec![draft(6, "path-survey", Some(&case.to_string()))];
    });
    assert!(clerk.drawn_everywhere().contains("入户调查"));
    clerk.keys("\n");
    assert_eq!(clerk.said, [Intent::Open(Place::Path(PathPlace::Step(case, PathForm::Survey)))]);
}

#[test]
fn throwing_away_asks_first_and_enter_does_not_do_it() {
    let mut clerk = clerk();
    clerk.keys("4\n\n\n");
    assert_eq!(clerk.drafts.len(), 3);
    assert!(clerk.drawn_everywhere().contains("不能恢复"));
    clerk.act(Action::Cancel);
    clerk.act(Action::Submit);
    assert_eq!(clerk.drafts.len(), 3, "cancelled");
    clerk.keys("4\n");
    clerk.act(Action::Back);
    assert!(!clerk.said.contains(&Intent::Back), "the question is left first, then the screen");
    clerk.act(Action::Submit);
    assert_eq!(clerk.drafts.len(), 3, "the key that leads out of everything threw nothing away");
    clerk.keys("4\n");
    clerk.act(Action::Submit);
    assert_eq!(clerk.drafts.iter().map(|draft| draft.id).collect::<Vec<_>>(), [4, 5]);
}

#[test]
fn a_form_about_a_case_finds_its_own_draft_again() {
    let mut first = Clerk::at(Papers::screen(CaseId([7; 16])), "deferred");
    first.keys("1");
    let kept = as_draft(first.kept.last().unwrap(), 9);
    assert_eq!(about_of(&kept), Some(CaseId([7; 16]).to_string()));
    let mut clerk = Clerk::with(Papers::screen(CaseId([7; 16])), start("deferred"), |clerk| {
        clerk.drafts = vec![draft(8, "deferred", Some("00")), kept];
    });
    clerk.keys("1");
    assert_eq!(clerk.kept.last().unwrap().id, 9);
    assert_eq!(clerk.kept.last().unwrap().field, "item_signature", "two papers were ticked");
}

#[test]
fn a_draft_that_came_from_a_lead_goes_on_with_it() {
    let lead = crate::domain::ids::LeadId([9; 16]);
    for form in ["emergency", "path-apply"] {
        let place = place_of(&draft(8, form, Some(&lead.to_string())));
        let emergency = Place::Emergency { id_no: String::new(), lead: Some(lead), draft: 8 };
        let expected = if form == "emergency" { emergency } else { Place::Path(PathPlace::FromLead(lead)) };
        assert_eq!(place, Some(expected));
    }
}

#[test]
fn no_form_s_name_is_cut() {
    let mut clerk = Clerk::with(Drafts::new(), start("emergency"), |clerk| {
        clerk.drafts = vec![draft(7, "path-apply", None)];
    });
    for (cols, rows) in [(80, 19), (60, 14)] {
        assert!(clerk.drawn(cols, rows).contains("支出型申请登记"), "{}", clerk.drawn(cols, rows));
    }
}
