//! The forbidden pairs (不相容职责) on one case, as the fifth part of the notice asks for in spirit: 五（三）.

use crate::domain::code::Code;

/// Two duties that one person may not hold on one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// One duty.
    pub one: &'static str,
    /// The other.
    pub other: &'static str,
    /// The code that refuses it.
    pub code: Code,
    /// Whether this version keeps it.
    pub real: bool,
}

/// Every pair.
pub const PAIRS: &[Pair] = &[
    Pair { one: "经办人", other: "审批人", code: Code::SodSame, real: true },
    Pair { one: "审批人", other: "发放人", code: Code::SodPay, real: true },
    Pair { one: "批次制表人", other: "批次复核人", code: Code::SodSame, real: true },
    Pair { one: "股室审核人", other: "审批人", code: Code::SodSame, real: true },
    Pair { one: "市级批复登记人", other: "批复复核人", code: Code::SodSame, real: true },
    Pair { one: "救助对象或其近亲属", other: "任何经手人", code: Code::Recusal, real: true },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::verbs;

    #[test]
    fn what_is_kept_is_spoken_by_some_command() {
        for pair in PAIRS.iter().filter(|pair| pair.real) {
            assert!(verbs::all().any(|verb| verb.real && verb.speaks(pair.code)), "{pair:?}");
        }
    }
}
