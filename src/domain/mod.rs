//! The floor `domain`: the notice as code. Nouns, the policy pack, commands, facts, rules and refusals. Pure: it reads no
//! clock, no file and no random source; what it asks of the state it asks through [`answers::Answers`].

pub mod answers;
pub mod archive;
pub mod catalogue;
pub mod clauses;
pub mod clock;
pub mod code;
pub mod code_sheet;
pub mod command;
pub mod course;
pub mod decide;
pub mod delegation;
pub mod fact;
pub mod finding;
pub mod fund;
pub mod grant;
pub mod ids;
pub mod kin;
pub mod memory;
pub mod nouns;
pub mod office;
pub mod pack;
pub mod pad;
pub mod payout;
pub mod period;
pub mod powers;
pub mod privacy;
pub mod private;
pub mod refusal;
pub mod reserve;
pub mod rules;
pub mod spoken_code;
pub mod stock;
pub mod tiers;
pub mod wait;
