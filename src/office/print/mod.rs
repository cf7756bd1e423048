//! Printing: papers become pages that the system prints. It must never reckon or look anything up.

pub mod html;
