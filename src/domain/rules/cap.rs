//! The cap for paying first (先行救助限额, 四（三）一, 四（一）三): in the township up to the pack's cap, above it and on the
//! farm with the county's word, ratified after.

use super::authority::Word;
use crate::base::division::{TownshipKind, township};
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::decide::Collect;
use crate::domain::office::Tier;
use crate::domain::pack::Pack;

/// Whether the township is a farm (场), which the clause on direct aid does not name.
pub(super) fn is_farm(code: u16) -> bool {
    township(code).is_some_and(|known| known.kind == TownshipKind::Farm)
}

/// Whether the county has to say yes before.
pub(super) fn county_needed(case: &Case, pack: &Pack, sum: Money) -> bool {
    sum > pack.first.cap || (pack.first.farm_needs_county && is_farm(case.township))
}

/// Whether a word is enough for a sum of household, matter and year.
pub(super) fn check(out: &mut Collect, case: &Case, pack: &Pack, sum: Money, word: &Word) {
    let county = county_needed(case, pack, sum);
    match word.tier {
        Some(Tier::County | Tier::City) => {}
        Some(Tier::Township) if !county => {}
        _ if sum > pack.first.cap => {
            let over = sum - pack.first.cap;
            out.say(
                Code::EmergCap,
                "authority",
                format!(
                    "本户本事项先行救助累计{sum}元，超出乡镇限额{over}元，请打电话给县局，在「授权方式」按2填授权码；已经付出的，在「办理」按3已付补记。"
                ),
            );
        }
        _ if county => {
            out.say(
                Code::EmergCap,
                "authority",
                "农场先行救助须县局授权，请打电话给县局，在「授权方式」按2填授权码。",
            );
        }
        _ => {
            out.say(
                Code::EmergCap,
                "authority",
                "先行救助须有授权，请在「授权方式」按1电话授权或按2县局授权码，或请审批人在办件里授权。",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, money_line};
    use crate::domain::code::Code;
    use crate::domain::command::emergency::Authority;

    #[test]
    fn the_cap_of_a_township_and_of_a_farm() {
        let table = [
            (102, 50_000, "township", false),
            (102, 50_001, "township", true),
            (102, 50_001, "county", false),
            (102, 65_000, "nobody", true),
            (102, 100, "nobody", true),
            (400, 100, "township", true),
            (400, 100, "county", false),
        ];
        for (township, fen, whose, refused) in table {
            let lines = vec![money_line(1, fen)];
            let desk = Desk::with_lines_in(township, lines.clone());
            let authority = match whose {
                "township" => desk.telephone(),
                "county" => desk.unverified(),
                _ => Authority::Nobody {},
            };
            let codes = desk.ask(desk.handler()).codes(desk.direct(lines, authority));
            assert_eq!(codes.contains(&Code::EmergCap), refused, "{township} {fen} {whose}");
        }
    }
}
