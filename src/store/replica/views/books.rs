//! The books as an auditor checks them (账务核验): invariants of money as queries that answer with what breaks them. Each
//! names its query, so that whoever holds a replica can run it himself. No name and no text of a person is read.

use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader, Replica};
use rusqlite::Connection;

/// A check of the books.
#[derive(Clone, Copy, Debug)]
pub struct BookCheck {
    /// The invariant, as the project counts them.
    pub id: &'static str,
    /// What must hold, in Chinese.
    pub zh: &'static str,
    /// What is counted, in Chinese.
    pub unit: &'static str,
    /// How many there are.
    count: &'static str,
    /// What breaks it: n (0 where no single entry does) and a sentence.
    pub sql: &'static str,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The check.
    pub check: &'static BookCheck,
    /// How many were looked at.
    pub counted: u64,
    /// What breaks it: the entry, 0 where no single one does, and what is wrong.
    pub bad: Vec<(u64, String)>,
}

/// The checks, in the order of the report.
pub const CHECKS: &[BookCheck] = &[
    BookCheck {
        id: "I1",
        zh: "每张凭证借贷相抵",
        unit: "张凭证",
        count: "SELECT count(*) FROM voucher",
        sql: "SELECT v.n, '凭证 ' || v.voucher || '（乡镇 ' || v.township || '）差额 ' || coalesce(sum(p.amount), 0) || ' 分'
              FROM voucher v LEFT JOIN posting p ON p.seq = v.seq
              GROUP BY v.seq HAVING coalesce(sum(p.amount), 0) <> 0 OR count(p.seq) = 0 ORDER BY v.seq",
    },
    BookCheck {
        id: "I1",
        zh: "账户余额等于分录之和，合计为零",
        unit: "个账户",
        count: "SELECT count(*) FROM balance",
        sql: "SELECT 0, '账户 ' || b.account || ' 余额 ' || b.fen || ' 分，分录合计 ' || coalesce(sum(p.amount), 0) || ' 分'
              FROM balance b LEFT JOIN posting p ON p.account = b.account
              GROUP BY b.account HAVING b.fen <> coalesce(sum(p.amount), 0)
              UNION ALL
              SELECT 0, '全部账户合计 ' || sum(fen) || ' 分' FROM balance HAVING sum(fen) <> 0",
    },
    BookCheck {
        id: "I1",
        zh: "备用金、资金来源、在途任何时候不为负",
        unit: "笔收付",
        count: "SELECT count(*) FROM posting
              WHERE account LIKE 'reserve:%' OR account LIKE 'source:%' OR account LIKE 'transit:%'",
        sql: "SELECT n, '账户 ' || account || ' 到这一笔为 ' || fen || ' 分' FROM (
                SELECT v.n, p.account, sum(sum(p.amount)) OVER (PARTITION BY p.account ORDER BY p.seq) AS fen
                FROM posting p JOIN voucher v ON v.seq = p.seq
                WHERE p.account LIKE 'reserve:%' OR p.account LIKE 'source:%' OR p.account LIKE 'transit:%'
                GROUP BY p.account, p.seq) WHERE fen < 0 ORDER BY n",
    },
    BookCheck {
        id: "I1",
        zh: "垫付款不多还，支出和拨款不倒挂",
        unit: "个账户",
        count: "SELECT count(*) FROM balance WHERE account NOT LIKE 'reserve:%'",
        sql: "SELECT n, '账户 ' || account || ' 到这一笔为 ' || fen || ' 分' FROM (
                SELECT v.n, p.account, sum(sum(p.amount)) OVER (PARTITION BY p.account ORDER BY p.seq) AS fen
                FROM posting p JOIN voucher v ON v.seq = p.seq WHERE p.account NOT LIKE 'reserve:%'
                GROUP BY p.account, p.seq)
              WHERE (account LIKE 'outlay:%' AND fen > 0) OR (account LIKE 'spent:%' AND fen < 0)
                OR (account = 'county' AND fen > 0) ORDER BY n",
    },
    BookCheck {
        id: "I2",
        zh: "每一笔明细至多付一次，冲正只冲已付的",
        unit: "次付款和冲正",
        count: "SELECT count(*) FROM voucher WHERE line IS NOT NULL AND why IN ('paid', 'reversed')",
        sql: "SELECT n, '凭证 ' || voucher || '（乡镇 ' || township || '）：这一笔明细已付 ' || times || ' 次' FROM (
                SELECT v.n, v.voucher, v.township, sum(CASE v.why WHEN 'paid' THEN 1 ELSE -1 END)
                  OVER (PARTITION BY v.case_id, v.line ORDER BY v.seq) AS times
                FROM voucher v WHERE v.line IS NOT NULL AND v.why IN ('paid', 'reversed'))
              WHERE times NOT IN (0, 1) ORDER BY n",
    },
    BookCheck {
        id: "I2",
        zh: "已付的明细在账上有同额支出",
        unit: "笔已付明细",
        count: "SELECT count(*) FROM line_paid",
        sql: "SELECT p.n, '办件 ' || coalesce(c.number, '不明') || ' 登记付 ' || p.amount || ' 分，账上支出 ' || coalesce((
                SELECT sum(o.amount) FROM line_voucher v JOIN posting o ON o.seq = v.voucher AND o.account LIKE 'spent%'
                WHERE v.case_id = p.case_id AND v.line = p.line), 0) || ' 分'
              FROM line_paid p LEFT JOIN cases c ON c.id = p.case_id
              LEFT JOIN line l ON l.case_id = p.case_id AND l.line = p.line AND l.part = 2
              WHERE (l.kind IS NULL OR l.kind = 1 OR EXISTS (
                  SELECT 1 FROM line_voucher w WHERE w.case_id = p.case_id AND w.line = p.line))
                AND p.amount <> coalesce((
                SELECT sum(o.amount) FROM line_voucher v JOIN posting o ON o.seq = v.voucher AND o.account LIKE 'spent%'
                WHERE v.case_id = p.case_id AND v.line = p.line), 0) ORDER BY p.n",
    },
    BookCheck {
        id: "I3",
        zh: "每笔付款都有救助决定",
        unit: "件已付办件",
        count: "SELECT count(DISTINCT case_id) FROM line_paid",
        sql: "SELECT min(p.n), '办件 ' || coalesce(c.number, '不明') || ' 已付款，没有决定'
              FROM line_paid p LEFT JOIN cases c ON c.id = p.case_id
              WHERE c.decided_by IS NULL GROUP BY p.case_id ORDER BY 1",
    },
    BookCheck {
        id: "I5",
        zh: "已付不超过批准，超出的有追认记录",
        unit: "件已付办件",
        count: "SELECT count(DISTINCT case_id) FROM line_paid",
        sql: "SELECT max(p.n), '办件 ' || coalesce(c.number, '不明') || ' 已付 ' || sum(p.amount) || ' 分，批准 '
                || coalesce(c.granted, 0) || ' 分'
              FROM line_paid p LEFT JOIN cases c ON c.id = p.case_id
              LEFT JOIN ratification r ON r.case_id = p.case_id
              GROUP BY p.case_id HAVING sum(p.amount) > coalesce(c.granted, 0) + coalesce(r.excess, 0) ORDER BY 1",
    },
    BookCheck {
        id: "I21",
        zh: "物资库任何时候不为负，结存等于出入库之和",
        unit: "笔出入库",
        count: "SELECT count(*) FROM stock_move",
        sql: "SELECT n, store || ' 的 ' || item || ' 到这一笔为 ' || held || ' 千分之一' || unit FROM (
                SELECT n, store, item, unit, sum(quantity) OVER (PARTITION BY store, item, unit ORDER BY seq) AS held
                FROM stock_move) WHERE held < 0
              UNION ALL
              SELECT 0, s.store || ' 的 ' || s.item || ' 结存 ' || s.on_hand || '，出入库合计 ' || coalesce(sum(m.quantity), 0)
              FROM stock s LEFT JOIN stock_move m ON m.store = s.store AND m.item = s.item AND m.unit = s.unit
              GROUP BY s.store, s.item, s.unit HAVING s.on_hand <> coalesce(sum(m.quantity), 0)
              ORDER BY 1",
    },
    BookCheck {
        id: "I20",
        zh: "在途等于已提交、未回盘的批次明细之和",
        unit: "个批次",
        count: "SELECT count(*) FROM batch",
        sql: "SELECT 0, '批次 ' || number || ' 在途 ' || held || ' 分，应为 ' || due || ' 分' FROM (
                SELECT number, coalesce((SELECT fen FROM balance WHERE account = 'transit:' || lower(hex(id))), 0) AS held,
                  CASE state WHEN 3 THEN coalesce((SELECT sum(amount) FROM batch_line WHERE batch = id), 0) ELSE 0 END AS due
                FROM batch) WHERE held <> due ORDER BY number",
    },
];

fn run(db: &Connection) -> Result<Vec<Checked>> {
    let mut all = Vec::new();
    for check in CHECKS {
        let counted: i64 = db.query_row(check.count, [], |row| row.get(0))?;
        let mut statement = db.prepare(check.sql)?;
        let bad = statement.query_map([], |row| {
            let n: i64 = row.get(0)?;
            Ok((n.unsigned_abs(), row.get(1)?))
        })?;
        all.push(Checked {
            check,
            counted: counted.unsigned_abs(),
            bad: bad.collect::<rusqlite::Result<_>>()?,
        });
    }
    Ok(all)
}

fn accounts(db: &Connection) -> Result<Vec<(String, i64)>> {
    let mut statement = db.prepare(
        "SELECT CASE WHEN account LIKE 'outlay:%' THEN substr(account, 1, 10) ELSE account END AS kind, sum(fen)
         FROM balance GROUP BY kind ORDER BY kind",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Replica {
    /// The books, checked.
    ///
    /// # Errors
    /// SQLite's.
    pub fn books(&self) -> Result<Vec<Checked>> {
        run(&self.db)
    }

    /// Every account with its balance in fen; what is owed to people (outlay) by township.
    ///
    /// # Errors
    /// SQLite's.
    pub fn accounts(&self) -> Result<Vec<(String, i64)>> {
        accounts(&self.db)
    }

    /// The entry that settled a mark, by the entry that earned it; one that waits is not there.
    ///
    /// # Errors
    /// SQLite's.
    pub fn marks_settled(&self) -> Result<std::collections::BTreeMap<u64, u64>> {
        settled(&self.db)
    }
}

fn settled(db: &Connection) -> Result<std::collections::BTreeMap<u64, u64>> {
    let mut statement = db.prepare(
        "SELECT n, max(settled_n) FROM mark GROUP BY n HAVING count(*) = count(settled_n) ORDER BY n",
    )?;
    let rows = statement.query_map([], |row| {
        let (n, by): (i64, i64) = (row.get(0)?, row.get(1)?);
        Ok((n.unsigned_abs(), by.unsigned_abs()))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Reader {
    /// The books, checked, on this PC's replica.
    ///
    /// # Errors
    /// SQLite's.
    pub fn books(&self) -> Result<Vec<Checked>> {
        run(self.db())
    }

    /// As [`Replica::marks_settled`], on this PC's replica.
    ///
    /// # Errors
    /// SQLite's.
    pub fn marks_settled(&self) -> Result<std::collections::BTreeMap<u64, u64>> {
        settled(self.db())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = include_str!("../schema.sql");

    fn bad_of(sql: &str) -> Vec<(&'static str, u64)> {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(SCHEMA).unwrap();
        db.execute_batch(
            "INSERT INTO voucher(seq, n, why, voucher, township, on_day, purpose, by)
               VALUES (1, 5, 'allotted', 'B03-01', 102, '2026-03-02', 'assistance', '9001');
             INSERT INTO posting VALUES ('county', '2026-03-02', 1, 0, -1000), ('reserve:102:cash', '2026-03-02', 1, 1, 1000);
             INSERT INTO voucher(seq, n, why, voucher, township, on_day, purpose, case_id, line, by)
               VALUES (2, 7, 'paid', 'B03-02', 102, '2026-03-02', 'assistance', x'0c', x'01', '1021');
             INSERT INTO posting VALUES ('reserve:102:cash', '2026-03-02', 2, 0, -400), ('spent:102', '2026-03-02', 2, 1, 400);
             INSERT INTO line_voucher VALUES (x'0c', x'01', 2);
             INSERT INTO balance VALUES ('county', NULL, NULL, -1000), ('reserve:102:cash', 102, NULL, 600),
               ('spent:102', 102, NULL, 400);
             INSERT INTO line VALUES (x'0c', 2, 0, x'01', 1, 400, NULL, NULL, NULL, NULL, 1, 1, 0, NULL);
             INSERT INTO line_paid(case_id, line, amount, pay_by, at, by, by_another, n)
               VALUES (x'0c', x'01', 400, 1, 0, '1021', 0, 7);
             INSERT INTO cases VALUES (x'0c', '26-102-0001', x'0a', x'0b', NULL, 1, 1, 102, 1, 1, 1, 1, 1, 1, 0, '1021',
               '2026-03-02', 2026, 'CY', NULL, NULL, NULL, 0, 1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, 0, '1022',
               '2026-03-02', 1, 400, 400, 0, NULL, NULL, 7, '1021');
             INSERT INTO stock VALUES ('township:102', '大米', '袋', '', 4000, 'bought', 3000, 5000, 2000);
             INSERT INTO stock_move(n, store, item, unit, quantity, price, why, on_day, by)
               VALUES (8, 'township:102', '大米', '袋', 5000, 4000, 'received', '2026-03-02', '1021'),
                 (9, 'township:102', '大米', '袋', -2000, 4000, 'issued', '2026-03-02', '1021');
             INSERT INTO batch(id, number, bank, fund, state, opened, by)
               VALUES (x'0f', 'P26-001', '县农信联社', 1, 4, '2026-03-02', '9001');",
        )
        .unwrap();
        db.execute_batch(sql).unwrap();
        let found = run(&db).unwrap();
        assert!(found.iter().all(|check| check.counted > 0));
        found.iter().flat_map(|check| check.bad.iter().map(|(n, _)| (check.check.id, *n))).collect()
    }

    #[test]
    fn sound_books_pass_and_each_wound_is_named() {
        assert_eq!(bad_of(""), []);
        let cases: [(&str, &[(&str, u64)]); 11] = [
            ("UPDATE posting SET amount = 399 WHERE account = 'spent:102'", &[("I1", 7), ("I1", 0), ("I2", 7)]),
            ("UPDATE balance SET fen = 700 WHERE account = 'reserve:102:cash'", &[("I1", 0), ("I1", 0)]),
            (
                "UPDATE posting SET amount = -1100 WHERE seq = 2 AND pos = 0; UPDATE posting SET amount = 1100 WHERE seq = 2
                 AND pos = 1; UPDATE balance SET fen = -100 WHERE account = 'reserve:102:cash'; UPDATE balance SET fen = 1100
                 WHERE account = 'spent:102'",
                &[("I1", 7), ("I2", 7)],
            ),
            (
                "INSERT INTO posting VALUES ('outlay:102:0c', '2026-03-02', 2, 2, 50), ('spent:102', '2026-03-02', 2, 3, -50);
                 INSERT INTO balance VALUES ('outlay:102:0c', 102, x'0c', 50); UPDATE balance SET fen = 350 WHERE account =
                 'spent:102'",
                &[("I1", 7), ("I2", 7)],
            ),
            (
                "INSERT INTO voucher(seq, n, why, voucher, township, on_day, purpose, case_id, line, by)
                   VALUES (3, 9, 'paid', 'B03-03', 102, '2026-03-02', 'assistance', x'0c', x'01', '1021');
                 INSERT INTO posting VALUES ('reserve:102:cash', '2026-03-02', 3, 0, 0)",
                &[("I2", 9)],
            ),
            ("UPDATE line_paid SET amount = 300", &[("I2", 7)]),
            ("UPDATE cases SET decided_by = NULL", &[("I3", 7)]),
            ("UPDATE cases SET granted = 399", &[("I5", 7)]),
            ("UPDATE stock SET on_hand = 3001", &[("I21", 0)]),
            ("UPDATE stock_move SET quantity = -5001 WHERE n = 9; UPDATE stock SET on_hand = -1", &[("I21", 9)]),
            (
                "UPDATE batch SET state = 3; INSERT INTO batch_line VALUES (x'0f', 1, x'0c', x'01', x'0d', 400, NULL, NULL)",
                &[("I20", 0)],
            ),
        ];
        for (sql, expected) in cases {
            assert_eq!(bad_of(sql), expected, "{sql}");
        }
    }
}
