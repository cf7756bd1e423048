//! The product's own forms. A form has a file; this page lists the keys that its answers use, which never change.
//!
//! | form | keys |
//! |---|---|
//! | [`emergency`] 急难登记 | `id_no` (`0` = none) `no_id_reason` `name` `apply_as` `household_size` `beneficiaries` `village` `place` `status` `phone` `lead_channel` `circumstance` `severity` `event_date` `manner` `amount` `goods_name` `goods_qty` `goods_unit` `goods_price` `channel` `account` `payee` `payee_name` `payee_relation` `payee_id` `reason` `other_aid` `other_aid_note` `handling` `override_reason` `authorised_by` `auth_how` `auth_code` `cash_reason` `recipient` `witness` `paid_by` `paid_on` `paid_to` `paid_how` `paid_from` `blank`; rows `members`: `name` `id_no` `relation` `condition` `benefits` |
//! | [`path::apply`] 支出型申请登记 | those of [`emergency`] up to `override_reason`, and `promise` `authorised` `handling` `entry` `applied_on` `late` `came` `agent_name` `agent_relation` `agent_id` `agent_letter` `pupil` `stage` `school` `at_home` `regular` `years` `tuition` `school_aid`; those of [`path::paper`]; rows `members` |
//! | [`lead`] 线索登记 | `channel` `called_on` `called_at` `caller` `caller_phone` `name` `id_no` `village` `place` `circumstance` `severity` `what` `discoverer` |
//! | [`deferred`] 补登记 | `item_person` `item_reason` `item_amount` `item_signature` `item_seal` `item_authorisation` `item_minutes` `completed_on` `not_eased` `not_eased_reason` `not_eased_until` `note` |
//! | [`correction`] 人员信息更正 | `name` `id_no` `village` `phone` `account` `status` `basis` `basis_note` `reason` |
//! | [`pay`] 发放 | `first` `line` `how` `on` `cash_reason` `recipient` `witness` |
//! | [`path`] 支出型各步骤 | listed there |
//! | [`county`] 会议记录、转介 | see there |
//! | [`money::account`] 登记账户 | `payee` `kind` `number` `holder` `bank` `relation` `letter` `luhn_reason` `override_reason` |
//! | [`partners`] 协作单位登记 | `name` `kind` `paired` `contact` `helps` `since` `reason` |
//! | [`sign_in`] 登录 | `office` `officer_no` `password` |
//!
//! Values of choices are listed in [`codes`] and in the form that declares them.

pub mod codes;
pub mod correction;
pub mod county;
pub mod deferred;
pub mod emergency;
pub mod lead;
pub mod money;
pub mod partners;
pub mod path;
pub mod pay;
pub mod phrases;
pub mod sayings;
pub mod sign_in;

use super::field::Table;

/// All forms, for help, drafts and tests.
pub fn all() -> Vec<&'static Table> {
    let mut all = vec![
        &emergency::TABLE,
        &path::apply::TABLE,
        &lead::TABLE,
        &deferred::TABLE,
        &correction::TABLE,
        &pay::TABLE,
        &money::account::TABLE,
        &county::meeting::TABLE,
        &county::refer::TABLE,
        &partners::TABLE,
        &partners::CORRECTION,
        &sign_in::TABLE,
    ];
    all.extend(path::all());
    all
}

/// The form of a draft by its name.
pub fn by_name(name: &str) -> Option<&'static Table> {
    all().into_iter().find(|table| table.name == name)
}
