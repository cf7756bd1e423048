//! Forms of the county's desk.
//!
//! | form | keys |
//! |---|---|
//! | [`meeting`] 会议记录 F14 | `incident` `all` `on` `present` `amount` `place` `chair` `attendees` `topic` `opinions` `minutes` |
//! | [`refer`] 转介 F20 | `to` `on` `body` `what` |

pub mod meeting;
pub mod refer;
