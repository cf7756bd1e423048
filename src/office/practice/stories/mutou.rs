//! 木头城子镇: what needs the county's word, what was paid already, outlays, reversals, advances.

use crate::domain::command::emergency::PaidFrom;
use crate::domain::nouns::ItemKind;
use crate::domain::office::Tier;
use crate::office::practice::officers::spoken_codes;
use crate::office::practice::script::{Plan, Script, Word};
use crate::store::fault::Fault;

const TOWN: u16 = 103;

pub(super) fn tell(s: &mut Script<'_>) -> Result<(), Fault> {
    words(s)?;
    recorded(s)?;
    advances(s)?;
    let home = s.home(TOWN)?;
    let told = s.open((1, 0), "9201", home, Plan::of(1, 3, 80_000, "山体滑坡压塌房屋"), None)?;
    s.submit((1, 1), &told, Tier::County);
    Ok(())
}

/// The county's word: with a code, without one, ratified.
fn words(s: &mut Script<'_>) -> Result<(), Fault> {
    let (officer, codes) = spoken_codes();
    let code = |at: usize| codes.get(at).copied().unwrap_or_default();

    let home = s.home(TOWN)?;
    let told = s.open((6, 0), "9201", home, Plan::of(2, 3, 65_000, "产后大出血转院").cash(), None)?;
    s.direct((6, 1), &told, Word::Code(officer, code(0)))?;
    s.ratify((5, 1), "9002", &told, 65_000, "");

    let home = s.home(TOWN)?;
    let told = s.open((1, 2), "9201", home, Plan::of(1, 3, 60_000, "煤气中毒，一家三口送医").cash(), None)?;
    s.direct((1, 3), &told, Word::Code(officer, code(1)))?;

    let home = s.home(TOWN)?;
    let told = s.open((0, 3), "9201", home, Plan::of(2, 3, 58_000, "脑出血送县医院").cash(), None)?;
    s.direct((0, 4), &told, Word::Unverified("9002"))?;
    Ok(())
}

/// What was paid already: waiting for ratification, ratified lower, outlay owed and repaid.
fn recorded(s: &mut Script<'_>) -> Result<(), Fault> {
    let before = |circumstance, fen, why| {
        let mut plan = Plan::of(circumstance, 3, fen, why).cash();
        plan.paid_before = true;
        plan
    };
    let home = s.home(TOWN)?;
    let told = s.open((1, 4), "9201", home, before(1, 80_000, "深夜房屋起火，村书记垫付安置"), None)?;
    s.record((1, 5), &told, Word::Nobody, PaidFrom::Pocket);

    let home = s.home(TOWN)?;
    let told = s.open((7, 0), "9201", home, before(2, 80_000, "夜间急救，村书记垫付"), None)?;
    s.record((7, 1), &told, Word::Nobody, PaidFrom::Reserve);
    s.ratify((6, 2), "9001", &told, 60_000, "其中200元为陪护伙食，不属救助范围");

    let home = s.home(TOWN)?;
    let told = s.open((4, 0), "9201", home, before(2, 20_000, "突发疾病，村书记垫付"), None)?;
    s.record((4, 1), &told, Word::Telephone("9202"), PaidFrom::Pocket);

    let home = s.home(TOWN)?;
    let told = s.open((5, 2), "9201", home, before(1, 15_000, "落水获救，村书记垫付衣被"), None)?;
    s.record((5, 3), &told, Word::Telephone("9202"), PaidFrom::Pocket);
    s.repay((3, 1), "9202", &told);
    Ok(())
}

/// Advances open and set off; a payment turned round.
fn advances(s: &mut Script<'_>) -> Result<(), Fault> {
    let home = s.home(TOWN)?;
    let mut plan = Plan::of(2, 3, 30_000, "白血病首次化疗");
    plan.goods = Some(("营养品", "箱", 10, 17_000));
    let told = s.open((3, 2), "9201", home, plan, None)?;
    let first: Vec<_> = told.lines.iter().take(1).cloned().collect();
    s.advance((3, 3), &told, Word::Telephone("9202"), first)?;
    s.submit((2, 3), &told, Tier::County);

    let home = s.home(TOWN)?;
    let mut plan = Plan::of(3, 3, 40_000, "透析病人病情突然恶化");
    plan.goods = Some(("轮椅", "台", 1, 60_000));
    let told = s.open((8, 0), "9201", home, plan, None)?;
    let first: Vec<_> = told.lines.iter().take(1).cloned().collect();
    s.advance((8, 1), &told, Word::Telephone("9202"), first)?;
    s.submit((7, 4), &told, Tier::County);
    s.complete((6, 3), "9201", &told, &[ItemKind::Subject, ItemKind::Cause, ItemKind::Amount]);
    s.approve((6, 5), "9001", &told);

    let home = s.home(TOWN)?;
    let told = s.open((5, 4), "9201", home, Plan::of(1, 2, 32_000, "拖拉机侧翻受伤"), None)?;
    s.submit((5, 5), &told, Tier::Township);
    s.approve((4, 2), "9202", &told);
    s.pay((4, 3), "9201", &told)?;
    s.unpay((2, 2), "9003", &told, "银行退汇，账户已销，待补新账号");
    Ok(())
}
