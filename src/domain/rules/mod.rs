//! The rules (规则): what each verb asks and makes true. One file per group of verbs (`kernel`, `intake`,
//! `approval`, `emergency`, `papers`, `funds`), one file per check that several share; tables of cases beside
//! them. Nothing here reads a clock, a file or chance, and no check of authority reads what is private.

mod accounts;
mod amount;
mod approval;
mod archive;
mod authority;
mod bank_return;
mod batches;
mod brake;
mod cap;
mod case_care;
mod city;
mod codes;
mod county;
mod dates;
mod duties;
mod emergency;
pub mod erase;
mod filing;
mod fund;
mod funds;
mod handed;
mod handing;
mod identity;
mod incident;
mod intake;
mod intake_case;
mod kernel;
mod meeting;
mod monthly;
mod number;
mod officers;
mod pads;
mod papers;
mod partners;
mod path;
mod people;
mod privacy;
mod referral;
mod registers;
mod repeat;
mod reserve;
mod reversal;
mod sample;
mod sources;
mod split;
mod standing;
mod stock;
mod tier;
mod trust;

#[cfg(test)]
mod desk;

pub use repeat::would_repeat;
pub use tier::asked_tier;

use super::command::Command;
use super::decide::{Ctx, Decision};
use super::nouns::Way;
use super::refusal::Refusal;

/// Decides one command by its verb.
///
/// # Errors
/// The refusals.
pub fn decide(cx: &Ctx<'_>, command: &Command) -> Result<Decision, Vec<Refusal>> {
    match command {
        Command::Found(args) => kernel::found(cx, args),
        Command::Enrol(args) => officers::enrol(cx, args),
        Command::KeySet(args) => kernel::key_set(cx, args),
        Command::KeyRevoke(args) => officers::key_revoke(cx, args),
        Command::Rekey(args) => officers::rekey(cx, args),
        Command::Suspend(args) => officers::suspend(cx, args),
        Command::SecondGrant(args) => officers::second_grant(cx, args),
        Command::WithdrawGrant(args) => officers::withdraw_grant(cx, args),
        Command::Recover(args) => officers::recover(cx, args),
        Command::Roles(args) => officers::roles(cx, args),
        Command::AdoptPack(args) => kernel::adopt_pack(cx, args),
        Command::SetYear(args) => kernel::set_year(cx, args),
        Command::DataKey(args) => kernel::data_key(cx, args),
        Command::Unmask(args) => privacy::unmask(cx, args),
        Command::Erase(args) => erase::erase(cx, args),
        Command::IssueCodes(args) => codes::issue(cx, args),
        Command::VoidCodes(args) => codes::void(cx, args),
        Command::NoteCode(args) => codes::note(cx, args),
        Command::FileRelative(args) => kernel::file_relative(cx, args),
        Command::Delegate(args) => standing::delegate(cx, args),
        Command::EndDelegation(args) => standing::end(cx, args),
        Command::DutyList(args) => standing::duty_list(cx, args),
        Command::HandOnCase(args) => handing::hand_on(cx, args),
        Command::HandOver(args) => handing::hand_over(cx, args),
        Command::Lead(args) => intake::lead(cx, args),
        Command::AnswerLead(args) => intake::answer_lead(cx, args),
        Command::EndLead(args) => intake::end_lead(cx, args),
        Command::NoteDiscoverer(args) => registers::note_discoverer(cx, args),
        Command::EndDiscoverer(args) => registers::end_discoverer(cx, args),
        Command::NotePerson(args) => intake::note_person(cx, args),
        Command::FormHousehold(args) => intake::form_household(cx, args),
        Command::ChangeHousehold(args) => intake::change_household(cx, args),
        Command::MergePeople(args) => people::merge(cx, args),
        Command::PartPeople(args) => people::part(cx, args),
        Command::OpenMatter(args) => intake_case::open_matter(cx, args),
        Command::OpenCase(args) => intake_case::open_case(cx, args),
        Command::Submit(args) => approval::submit(cx, args),
        Command::Apply(args) => path::apply(cx, args),
        Command::OnceNotice(args) => path::once_notice(cx, args),
        Command::Corrected(args) => path::corrected(cx, args),
        Command::Accept(args) => path::accept(cx, args),
        Command::Decline(args) => path::decline(cx, args),
        Command::Survey(args) => path::survey(cx, args),
        Command::MeansAuthorise(args) => path::means_authorise(cx, args),
        Command::MeansAsk(args) => path::means_ask(cx, args),
        Command::MeansCheck(args) => path::means_check(cx, args),
        Command::School(args) => path::school(cx, args),
        Command::Review(args) => path::review(cx, args),
        Command::Examine(args) => path::examine(cx, args),
        Command::PostNotice(args) => path::post(cx, args),
        Command::EndNotice(args) => path::end(cx, args),
        Command::Deliver(args) => path::deliver(cx, args),
        Command::FollowUp(args) => path::follow_up(cx, args),
        Command::Hardship(args) => path::hardship(cx, args),
        Command::ExemptNotice(args) => path::exempt(cx, args),
        Command::Object(args) => path::object(cx, args),
        Command::SettleObjection(args) => path::settle(cx, args),
        Command::ChangePath(args) => path::change(cx, args),
        Command::Approve(args) => approval::approve(cx, args),
        Command::CountyExamine(args) => county::examine(cx, args),
        Command::RaiseTier(args) => county::raise(cx, args),
        Command::HandDown(args) => county::hand_down(cx, args),
        Command::ToCity(args) => city::ask(cx, args),
        Command::CityReply(args) => city::reply(cx, args),
        Command::CheckCity(args) => city::check(cx, args),
        Command::FileRoster(args) => filing::file(cx, args),
        Command::CallBack(args) => filing::call_back(cx, args),
        Command::SettleCallBack(args) => filing::settle(cx, args),
        Command::Refer(args) => referral::refer(cx, args),
        Command::ReferReply(args) => referral::reply(cx, args),
        Command::Serve(args) => referral::serve(cx, args),
        Command::DrawSample(args) => sample::draw(cx, args),
        Command::Archive(args) => archive::archive(cx, args),
        Command::NoteOtherHelp(args) => referral::other_help(cx, args),
        Command::HomeReply(args) => case_care::home_reply(cx, args),
        Command::ChangeApplicant(args) => case_care::change_applicant(cx, args),
        Command::HoldPayee(args) => case_care::hold_payee(cx, args),
        Command::RebasePack(args) => case_care::rebase(cx, args),
        Command::OpenIncident(args) => incident::open(cx, args),
        Command::CloseIncident(args) => incident::close(cx, args),
        Command::Refuse(args) => approval::refuse(cx, args),
        Command::Return(args) => approval::give_back(cx, args),
        Command::PassUp(args) => approval::pass_up(cx, args),
        Command::Withdraw(args) => approval::withdraw(cx, args),
        Command::Terminate(args) => approval::terminate(cx, args),
        Command::HoldMeeting(args) => meeting::hold(cx, args),
        Command::Ratify(args) => emergency::ratify(cx, args),
        Command::Authorise(args) => emergency::authorise(cx, args),
        Command::Direct(args) => emergency::pay_first(cx, Way::Direct, args),
        Command::Advance(args) => emergency::pay_first(cx, Way::Advance, args),
        Command::RecordPaid(args) => emergency::record_paid(cx, args),
        Command::SettleMark(args) => trust::settle_mark(cx, args),
        Command::RaiseFinding(args) => trust::raise(cx, args),
        Command::AnswerFinding(args) => trust::answer(cx, args),
        Command::SettleFinding(args) => trust::settle(cx, args),
        Command::Transfer(args) => trust::transfer(cx, args),
        Command::LiftBrake(args) => brake::lift(cx, args),
        Command::CompleteItem(args) => papers::complete_item(cx, args),
        Command::StillUrgent(args) => papers::still_urgent(cx, args),
        Command::Close(args) => papers::close(cx, args),
        Command::Reverse(args) => reversal::reverse(cx, args),
        Command::Pay(args) => funds::pay(cx, args),
        Command::NoteAccount(args) => accounts::note(cx, args),
        Command::OpenBatch(args) => batches::open(cx, args),
        Command::CheckBatch(args) => batches::check(cx, args),
        Command::SendBatch(args) => batches::send(cx, args),
        Command::DropBatch(args) => batches::drop(cx, args),
        Command::ReadReturn(args) => bank_return::read(cx, args),
        Command::GiveBack(args) => sources::give_back(cx, args),
        Command::RecoverAid(args) => reserve::recover(cx, args),
        Command::TakeBack(args) => reserve::take_back(cx, args),
        Command::MoveSource(args) => sources::move_source(cx, args),
        Command::CloseYear(args) => sources::close_year(cx, args),
        Command::CountCash(args) => sources::count_cash(cx, args),
        Command::Allot(args) => funds::allot(cx, args),
        Command::Reconcile(args) => monthly::reconcile(cx, args),
        Command::ConfirmReconciled(args) => monthly::confirm(cx, args),
        Command::SetCeiling(args) => reserve::set_ceiling(cx, args),
        Command::AskReplenish(args) => reserve::ask(cx, args),
        Command::MoveReserve(args) => funds::move_reserve(cx, args),
        Command::Stock(args) => stock::stock(cx, args),
        Command::IssuePad(args) => pads::issue(cx, args),
        Command::VoidBlank(args) => pads::void(cx, args),
        Command::NotePartner(args) => partners::note(cx, args),
        Command::Repay(args) => funds::repay(cx, args),
        Command::ImportPart(args) => funds::import_part(cx, args),
    }
}
