//! The floor `base`: what money, days, numbers and text are, before any rule of the notice is known.
//!
//! Everything here is pure: no clock, no file, no environment, no randomness. Today comes in as an argument; tables
//! (divisions, codes, holidays, surnames) are compiled in from `src/base/data`.
//!
//! - amounts: [`money`], [`capitals`] (大写)
//! - time: [`day`], [`stamp`], [`calendar`] (working days)
//! - numbers of people: [`id_no`], [`sex`], [`account`], [`phone`]; shown masked, never through `Debug`
//! - tables: [`division`], [`codes`]
//! - tests: [`seeded`] (choices that repeat)
//! - text: [`fold`] (what a Chinese input method types), [`text`] (what must not enter the record), [`width`]
//!   (columns of a terminal), [`pinyin`]

pub mod account;
pub mod calendar;
pub mod capitals;
pub mod codes;
pub mod day;
pub mod division;
pub mod fold;
pub mod id_no;
pub mod money;
pub mod phone;
pub mod pinyin;
pub mod seeded;
pub mod sex;
pub mod stamp;
pub mod text;
pub mod width;
