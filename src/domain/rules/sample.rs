//! Drawing by lot (抽查): which cases, the seed says and nobody chooses.

use super::{dates, duties};
use crate::domain::code::Code;
use crate::domain::command::sample::DrawSample;
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::ids::CaseId;
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;
use sha2::{Digest, Sha256};

/// At most so many at once.
const MOST: u16 = 200;
/// Digits of a seed.
const SEED: usize = 32;

/// 抽查.
pub(super) fn draw(cx: &Ctx<'_>, args: &DrawSample) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Supervisor]);
    if args.township.is_some_and(|code| crate::base::division::township(code).is_none()) {
        out.say(Code::Unknown, "township", "没有这个乡镇，请打三位代码，全县的留空。");
    }
    dates::not_later(&mut out, "to", args.to, cx.today(), "截止日期");
    dates::not_before(&mut out, "to", args.to, args.from, "截止日期", "起始日期");
    if args.count == 0 || args.count > MOST {
        out.say(Code::State, "count", format!("抽取件数须为1至{MOST}件，请改正。"));
    }
    if args.seed.len() != SEED || !args.seed.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        out.say(Code::State, "seed", "随机种子须为32位十六进制数，请重新抽取。");
    }
    let all = cx.answers.decided(args.township, args.from, args.to);
    let of = u32::try_from(all.len()).unwrap_or(u32::MAX);
    if all.is_empty() {
        out.say(Code::State, "from", "这段时间没有作出决定的办件，请改日期或乡镇。");
    }
    let cases = lot(&args.seed, all, usize::from(args.count));
    out.fact(Fact::SampleDrawn {
        township: args.township,
        from: args.from,
        to: args.to,
        seed: args.seed.clone(),
        of,
        cases,
    });
    out.finish(None)
}

/// The first `count` of the cases in the order of SHA-256 over the seed's text and the case's bytes.
fn lot(seed: &str, cases: Vec<CaseId>, count: usize) -> Vec<CaseId> {
    let key = |case: &CaseId| {
        let mut hash = Sha256::new();
        hash.update(seed.as_bytes());
        hash.update(case.0);
        <[u8; 32]>::from(hash.finalize())
    };
    let mut drawn: Vec<([u8; 32], CaseId)> = cases.into_iter().map(|case| (key(&case), case)).collect();
    drawn.sort_unstable();
    drawn.into_iter().take(count).map(|(_, case)| case).collect()
}

#[cfg(test)]
mod tests {
    use super::super::desk::Desk;
    use super::*;
    use crate::base::day::Day;
    use crate::domain::command::Command;

    const FIRST: &str = "00112233445566778899aabbccddeeff";

    type Change = fn(&mut DrawSample);

    fn sample(change: impl FnOnce(&mut DrawSample)) -> Command {
        let day = Day::new(2026, 3, 2).unwrap();
        let mut args = DrawSample { township: None, from: day, to: day, count: 3, seed: FIRST.to_owned() };
        change(&mut args);
        Command::DrawSample(args)
    }

    #[test]
    fn the_seed_alone_chooses_and_another_seed_chooses_others() {
        let cases: Vec<CaseId> = (0..40).map(|no| CaseId([no; 16])).collect();
        let mut turned = cases.clone();
        turned.reverse();
        let drawn = lot(FIRST, cases.clone(), 5);
        assert_eq!(drawn, lot(FIRST, turned, 5), "in whatever order they are read");
        assert_ne!(drawn, lot("ff112233445566778899aabbccddeeff", cases.clone(), 5));
        assert_eq!(lot(FIRST, cases.clone(), 50).len(), 40, "never more than there are");
        let of = |no: u8| lot(FIRST, cases.clone(), 20).contains(&CaseId([no; 16]));
        assert!((0..40).any(of) && !(0..40).all(of));
    }

    #[test]
    fn a_draw_is_the_supervisor_s_and_whole() {
        let mut desk = Desk::with_case(40_000);
        desk.submit();
        desk.run("1002", desk.approve(vec![super::super::desk::money_line(1, 40_000)]));
        assert_eq!(desk.ask("9004").codes(sample(|_| {})), vec![]);
        assert!(desk.ask("1001").codes(sample(|_| {})).contains(&Code::Role));
        let before = Day::new(2026, 3, 1).unwrap();
        let after = Day::new(2026, 3, 3).unwrap();
        let cases: [(Change, Vec<Code>); 4] = [
            (|args| args.count = 0, vec![Code::State]),
            (|args| args.count = 201, vec![Code::State]),
            (|args| args.seed.truncate(31), vec![Code::State]),
            (|args| args.township = Some(999), vec![Code::State, Code::Unknown]),
        ];
        for (change, codes) in cases {
            assert_eq!(desk.ask("9004").codes(sample(change)), codes);
        }
        assert_eq!(desk.ask("9004").codes(sample(|args| args.to = after)), vec![Code::DateOrder]);
        let empty = |args: &mut DrawSample| (args.from, args.to) = (before, before);
        assert_eq!(desk.ask("9004").codes(sample(empty)), vec![Code::State]);
    }
}
