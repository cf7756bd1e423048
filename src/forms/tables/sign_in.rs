//! 登录: who sits at this desk. The password is checked by the desk, never here, and never kept in a draft.

use crate::forms::field::{Field, Kind, Lookup, Table};

/// The form.
pub static TABLE: Table = Table { name: "sign-in", title: "登录", fields: FIELDS };

const FIELDS: &[Field] = &[
    Field::new("office", "工作单位", Kind::Lookup(Lookup::Host("office")))
        .always()
        .at(0, 0, 21, 10, 24, 0)
        .hint("打编号或拼音首字母，回车；F4 选"),
    Field::new("officer_no", "操作员号", Kind::Text { max: 12 })
        .always()
        .never_copied()
        .at(0, 2, 21, 10, 24, 18)
        .hint("打操作员号，回车"),
    Field::new("password", "密    码", Kind::Password)
        .always()
        .at(0, 4, 21, 10, 24, 0)
        .hint("密码连错 5 次锁定 15 分钟；打完按 F9 登录"),
];
