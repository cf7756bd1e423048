//! What the screens show, read from the replica: one file per screen, plain structs that own their data. Lists are read by
//! the window that is seen, never whole. What a screen adds of its own (drafts, the clock, verdicts) is not here.

pub mod after;
pub mod books;
pub mod card;
pub mod codes;
pub mod deferred;
pub mod discovery;
pub mod erasures;
pub mod exceptions;
pub mod filings;
pub mod findings;
pub mod goods;
pub mod history;
pub mod home;
pub mod incident;
pub mod leads;
pub mod marks;
pub mod money;
pub mod month;
pub mod monthly;
pub mod officer_deeds;
pub mod officers;
pub mod partners;
pub mod path;
pub mod payout;
pub mod people;
pub mod queue;
pub mod reserve;
pub mod sample;
pub mod standing;
pub mod stolen;
pub mod tiers;
pub mod told;
pub mod unmasked;
