//! Forms of the expenditure path (支出型) as commands. A form has a file.

pub mod apply;
