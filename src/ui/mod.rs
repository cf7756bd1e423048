//! The floor `ui`: screens, keys, themes and the terminal.
//!
//! The only floor that knows ratatui and crossterm. It draws what `office` answers and hands back what the officer
//! wants; it must never open a file or a connection, decide a rule, or wait for the share. A screen calls no other
//! screen: it takes messages ([`screen::Msg`]) and answers with intents ([`screen::Intent`]).
//!
//! | module | holds |
//! |---|---|
//! | [`terminal`] | raw mode, one `write()` per frame, restore on panic |
//! | [`input`], [`key`], [`burst`] | events of the terminal to keys and bursts, with the time as argument |
//! | [`action`], [`keymap`] | what a key means: a closed list of actions, bound in TOML |
//! | [`role`], [`theme`] | how a thing looks: a closed list of roles, painted in TOML |
//! | [`canvas`], [`frame`] | drawing with safe glyphs; title bar, message line and key bar of every screen |
//! | `hangup` | tells the loop that the terminal is gone |
//! | [`monkey`] | random keys on every screen: a layer of the sweep |
//! | [`screen`], [`stack`], [`product`], [`app`], [`mod@run`] | the screen trait, the stack, the closed enums of the product, the loop |
//! | [`mod@line`], [`mod@list`], [`mod@table`], [`menu`], [`card`], [`approval`], [`password`], [`help`], [`form_view`] | the parts that screens are made of |
pub mod action;
pub mod app;
pub mod approval;
pub mod burst;
pub mod canvas;
pub mod card;
pub mod desk;
pub mod form_view;
pub mod frame;
mod hangup;
pub mod help;
pub mod hidden;
pub mod host;
pub mod input;
pub mod key;
pub mod keymap;
pub mod line;
pub mod list;
pub mod menu;
pub mod monkey;
pub mod password;
pub mod product;
pub mod role;
pub mod run;
pub mod screen;
pub mod screens;
pub mod stack;
pub mod table;
pub mod terminal;
pub mod theme;

#[cfg(test)]
pub mod testing;
