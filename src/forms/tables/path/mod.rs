//! Forms of the expenditure path (支出型). A form has a file.

pub mod apply;
