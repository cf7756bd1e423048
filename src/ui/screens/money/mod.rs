//! Screens about money: batches for the bank, what comes back, accounts, the county's sources, the year's end.
//!
//! Must never show a whole account, nor a batch's sum to who has still to count it.

pub mod account;
pub mod batch;
pub mod batches;
pub mod build;
pub mod compare;
pub mod recoveries;
pub mod returned;
pub mod sources;
pub mod take;
pub mod waiting;
pub mod year_end;

#[cfg(test)]
pub(crate) mod fixtures;

use crate::ui::product::money::MoneyPlace;
use crate::ui::screen::Screen;

/// Builds the screen of a place.
pub fn open(place: MoneyPlace) -> Box<dyn Screen> {
    match place {
        MoneyPlace::Batches(state) => Box::new(batches::BatchesScreen::new(state)),
        MoneyPlace::Build => Box::new(build::BuildScreen::new()),
        MoneyPlace::Batch(batch) => Box::new(batch::BatchScreen::new(batch)),
        MoneyPlace::Return(batch) => Box::new(take::TakeScreen::new(batch)),
        MoneyPlace::Returned => Box::new(returned::ReturnedScreen::new()),
        MoneyPlace::Account(case) => Box::new(account::AccountSheet::screen(case)),
        MoneyPlace::Sources => Box::new(sources::SourcesScreen::new()),
        MoneyPlace::Recoveries => Box::new(recoveries::RecoveriesScreen::new()),
        MoneyPlace::YearEnd => Box::new(year_end::YearEndScreen::new()),
    }
}

/// The shipped templates and the office's own, as a prompt's choice shows them.
pub(super) const TEMPLATES: [&str; 3] = ["银行代发", "财政一卡通", "自备模板"];

/// The template that was chosen, `own` being what was typed for an own one.
///
/// # Errors
/// An own one without a name.
pub(super) fn template(choice: usize, own: String) -> Result<String, String> {
    match choice {
        0 => Ok("bank".to_owned()),
        1 => Ok("yikatong".to_owned()),
        _ if own.is_empty() => Err("自备模板没有写文件名，请写模板文件的名字或路径".to_owned()),
        _ => Ok(own),
    }
}
