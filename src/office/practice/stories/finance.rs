//! 打卡发放: a batch that the bank paid but for one account, one with the bank whose return file lies in the sample data, one
//! that waits for its checker, and approved lines that wait for a batch.

use crate::domain::nouns::{Fund, ReturnReason};
use crate::domain::office::Tier;
use crate::office::practice::script::{Plan, Script, Told};
use crate::store::fault::Fault;

const TOWN: u16 = 102;
const MAKES: &str = "9003";
const CHECKS: &str = "9006";

pub(super) fn tell(s: &mut Script<'_>) -> Result<(), Fault> {
    half_paid(s)?;
    with_the_bank(s)?;
    to_be_checked(s)?;
    waiting(s)
}

/// A case with an account, approved the working day after.
fn approved(s: &mut Script<'_>, days: u32, plan: (u8, i64, &'static str)) -> Result<Told, Fault> {
    let home = s.home_where(TOWN, |home| home.resident && !home.details.account.is_empty())?;
    let told = s.open((days, 1), "9102", home, Plan::of(plan.0, 2, plan.1, plan.2), None)?;
    s.account((days, 2), "9102", &told)?;
    s.submit((days, 5), &told, Tier::Township);
    s.approve((days - 1, 2), "9103", &told);
    Ok(told)
}

/// The bank paid two of three; the third one's account has to be put right.
fn half_paid(s: &mut Script<'_>) -> Result<(), Fault> {
    let cases = [
        approved(s, 12, (1, 36_000, "电路老化失火，家具烧毁"))?,
        approved(s, 12, (2, 45_000, "突发脑出血住院"))?,
        approved(s, 12, (5, 28_000, "养殖场遭灾，断了收入"))?,
    ];
    let batch = s.batch((9, 1), MAKES, Fund::Central, &cases.each_ref())?;
    s.check((9, 5), CHECKS, &batch);
    s.send((8, 1), MAKES, &batch);
    s.answered((6, 1), MAKES, &batch, (2, ReturnReason::NameDiffers));
    Ok(())
}

/// Sent, and the return file of the sample data fits it.
fn with_the_bank(s: &mut Script<'_>) -> Result<(), Fault> {
    let cases = [
        approved(s, 8, (2, 32_000, "急性阑尾炎穿孔"))?,
        approved(s, 8, (1, 41_000, "交通事故，肇事方无力赔偿"))?,
        approved(s, 8, (2, 27_550, "心肌梗死抢救"))?,
        approved(s, 8, (5, 48_000, "务工企业停业，断了收入"))?,
    ];
    let batch = s.batch((5, 1), MAKES, Fund::Central, &cases.each_ref())?;
    s.check((5, 5), CHECKS, &batch);
    s.send((4, 1), MAKES, &batch);
    Ok(())
}

/// Built by one; another has to count it.
fn to_be_checked(s: &mut Script<'_>) -> Result<(), Fault> {
    let cases = [approved(s, 5, (1, 30_000, "塌窑，农具被埋"))?, approved(s, 5, (2, 42_000, "严重烧伤"))?];
    s.batch((2, 1), MAKES, Fund::Central, &cases.each_ref())?;
    Ok(())
}

/// Approved, with accounts: one of them a son's, whose last digit is no check on the others.
fn waiting(s: &mut Script<'_>) -> Result<(), Fault> {
    approved(s, 4, (2, 38_000, "肺炎转重症"))?;
    approved(s, 4, (1, 25_000, "落水受伤"))?;
    let home = s.home_where(TOWN, |home| home.resident && !home.details.account.is_empty())?;
    let told = s.open((3, 1), "9102", home, Plan::of(2, 2, 46_000, "髋骨骨折，无人照料"), None)?;
    s.account_of_child((3, 2), "9103", &told, "单长顺")?;
    s.submit((3, 5), &told, Tier::Township);
    s.approve((2, 2), "9103", &told);
    Ok(())
}
