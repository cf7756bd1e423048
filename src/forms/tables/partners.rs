//! 协作单位登记 (S27): new, or put right. That it ends is a prompt of the register.
//!
//! Values of `kind`: the digit, in the order of the list. `paired`: a township's three digits.

use crate::base::division;
use crate::forms::answers::Answers;
use crate::forms::field::{Check, Choice, Context, Field, Kind, Lookup, Offer, Table, choice};

/// What a partner is.
pub const KINDS: &[Choice] = &[
    choice('1', "1", "慈善组织"),
    choice('2', "2", "企业"),
    choice('3', "3", "社工机构"),
    choice('4', "4", "部门"),
    choice('5', "5", "其他"),
];

/// The form of a new partner.
pub static TABLE: Table = Table { name: "partner", title: "协作单位登记", fields: FIELDS };

/// The form of one put right, which says what was wrong.
pub static CORRECTION: Table =
    Table { name: "partner-correction", title: "协作单位更正", fields: CORRECTED };

const SINCE: Field = Field::new("since", "开始日期", Kind::Date { enter_today: true })
    .always()
    .filled(|_, context| Some(context.today.to_string()))
    .checked(&[Check::NotFuture])
    .at(0, 4, 1, 10, 12, 0)
    .hint("协作从哪天起；回车今天");

const REASON: Field = Field::new("reason", "更正原因", Kind::Text { max: 60 })
    .always()
    .never_copied()
    .at(0, 5, 1, 10, 60, 0)
    .hint("写原来错在哪里");

const NAME: Field = Field::new("name", "名    称", Kind::Text { max: 40 })
    .always()
    .never_copied()
    .at(0, 0, 1, 10, 40, 0)
    .clause("四（二）3")
    .hint("单位全称；转介时按 F4 选到");

const KIND: Field = Field::new("kind", "种    类", Kind::Choice(KINDS))
    .always()
    .at(0, 1, 1, 10, 14, 0)
    .hint("1慈善组织 2企业 3社工机构 4部门 5其他");

const PAIRED: Field = Field::new("paired", "结对乡镇", Kind::Lookup(Lookup::Of(townships)))
    .at(0, 1, 34, 8, 18, 0)
    .clause("四（二）3")
    .hint("结对帮扶哪个乡镇，F4 选；没有就空着");

const CONTACT: Field = Field::new("contact", "联 系 人", Kind::Text { max: 30 })
    .asked()
    .never_copied()
    .at(0, 2, 1, 10, 30, 0)
    .hint("姓名和电话");

const HELPS: Field = Field::new("helps", "能帮什么", Kind::Text { max: 60 })
    .asked()
    .never_copied()
    .at(0, 3, 1, 10, 60, 0)
    .hint("如 大病救助项目、助学、心理服务");

const FIELDS: &[Field] = &[NAME, KIND, PAIRED, CONTACT, HELPS, SINCE];

const CORRECTED: &[Field] = &[NAME, KIND, PAIRED, CONTACT, HELPS, SINCE, REASON];

fn townships(_: &Answers, _: &Context) -> Vec<Offer> {
    let offer = |township: &division::Township| Offer {
        value: format!("{:03}", township.code),
        label: township.name.to_owned(),
        hint: String::new(),
    };
    division::townships().iter().map(offer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::partners::PartnerKind;

    #[test]
    fn the_choices_are_the_words_of_the_register() {
        for choice in KINDS {
            let kind = PartnerKind::from_digit(choice.value.parse().unwrap()).unwrap();
            assert_eq!(kind.zh(), choice.label);
        }
        assert_eq!(KINDS.len(), PartnerKind::ALL.len());
    }
}
