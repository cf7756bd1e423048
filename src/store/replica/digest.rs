//! The digest of a replica: what two desks compare, and what shows that applying is deterministic.

use super::fault::Result;
use rusqlite::{Connection, types::ValueRef};
use sha2::{Digest, Sha256};

/// Every table, each with its rows in the order of its key; not the marks, which programs of different versions judge
/// differently, and not the search keys, which are an index over the names and follow the pinyin table of the program.
pub(super) const TABLES: &[(&str, &str)] = &[
    ("head", "SELECT * FROM head"),
    ("desk_count", "SELECT * FROM desk_count ORDER BY desk"),
    ("county", "SELECT * FROM county"),
    ("officer", "SELECT * FROM officer ORDER BY no"),
    ("officer_private", "SELECT * FROM officer_private ORDER BY no"),
    ("role", "SELECT * FROM role ORDER BY officer, role"),
    ("officer_key", "SELECT * FROM officer_key ORDER BY officer, id"),
    ("proposal", "SELECT * FROM proposal ORDER BY id"),
    ("proposal_private", "SELECT * FROM proposal_private ORDER BY id"),
    ("officer_deed", "SELECT * FROM officer_deed ORDER BY seq"),
    ("relative", "SELECT * FROM relative ORDER BY officer, person"),
    ("delegation", "SELECT * FROM delegation ORDER BY to_, since, from_, n"),
    ("duty", "SELECT * FROM duty ORDER BY day, office"),
    ("handed_over", "SELECT * FROM handed_over ORDER BY n"),
    ("handled", "SELECT * FROM handled ORDER BY case_id, officer"),
    ("pack", "SELECT * FROM pack ORDER BY id"),
    ("year_table", "SELECT * FROM year_table ORDER BY year"),
    ("data_key", "SELECT * FROM data_key ORDER BY year, generation, key"),
    ("code_sheet", "SELECT * FROM code_sheet ORDER BY officer"),
    ("person", "SELECT * FROM person ORDER BY id"),
    ("person_private", "SELECT * FROM person_private ORDER BY person"),
    ("unmasked", "SELECT * FROM unmasked ORDER BY seq"),
    ("erasure", "SELECT * FROM erasure ORDER BY n"),
    ("erased_case", "SELECT * FROM erased_case ORDER BY case_id"),
    ("erased_person", "SELECT * FROM erased_person ORDER BY person"),
    ("person_link", "SELECT * FROM person_link ORDER BY id"),
    ("person_same", "SELECT * FROM person_same ORDER BY person, same"),
    ("household", "SELECT * FROM household ORDER BY id"),
    ("household_state", "SELECT * FROM household_state ORDER BY seq"),
    ("membership", "SELECT * FROM membership ORDER BY seq"),
    ("matter", "SELECT * FROM matter ORDER BY id"),
    ("matter_person", "SELECT * FROM matter_person ORDER BY person, matter"),
    ("lead", "SELECT * FROM lead ORDER BY id"),
    ("discoverer", "SELECT * FROM discoverer ORDER BY id"),
    ("cases", "SELECT * FROM cases ORDER BY id"),
    ("line", "SELECT * FROM line ORDER BY case_id, part, pos"),
    ("line_paid", "SELECT * FROM line_paid ORDER BY case_id, line"),
    ("line_voucher", "SELECT * FROM line_voucher ORDER BY case_id, line"),
    ("account", "SELECT * FROM account ORDER BY seq"),
    ("account_refused", "SELECT * FROM account_refused ORDER BY account"),
    ("batch", "SELECT * FROM batch ORDER BY id"),
    ("batch_line", "SELECT * FROM batch_line ORDER BY batch, pos"),
    ("return_file", "SELECT * FROM return_file ORDER BY file"),
    ("given_back", "SELECT * FROM given_back ORDER BY seq"),
    ("ceiling", "SELECT * FROM ceiling ORDER BY township"),
    ("replenish", "SELECT * FROM replenish ORDER BY township"),
    ("advanced", "SELECT * FROM advanced ORDER BY township, fund"),
    ("recovery", "SELECT * FROM recovery ORDER BY case_id, line"),
    ("recovery_paid", "SELECT * FROM recovery_paid ORDER BY seq"),
    ("year_closed", "SELECT * FROM year_closed ORDER BY year"),
    ("cash_count", "SELECT * FROM cash_count ORDER BY seq"),
    ("reconciled", "SELECT * FROM reconciled ORDER BY year, month, fund"),
    ("stock", "SELECT * FROM stock ORDER BY store, item, unit"),
    ("stock_move", "SELECT * FROM stock_move ORDER BY seq"),
    ("stock_taken", "SELECT * FROM stock_taken ORDER BY case_id, line"),
    ("stock_sent", "SELECT * FROM stock_sent ORDER BY id"),
    ("pad_sheet", "SELECT * FROM pad_sheet ORDER BY blank"),
    ("blank", "SELECT * FROM blank ORDER BY blank"),
    ("step", "SELECT * FROM step ORDER BY case_id, n"),
    ("path_step", "SELECT * FROM path_step ORDER BY case_id, n, pos"),
    ("path_text", "SELECT * FROM path_text ORDER BY case_id, n, slot"),
    ("case_clock", "SELECT * FROM case_clock ORDER BY case_id"),
    ("item", "SELECT * FROM item ORDER BY case_id, kind"),
    ("authority", "SELECT * FROM authority ORDER BY id"),
    ("meeting_held", "SELECT * FROM meeting_held ORDER BY case_id, n"),
    ("examination", "SELECT * FROM examination ORDER BY case_id, n"),
    ("raised", "SELECT * FROM raised ORDER BY case_id"),
    ("city", "SELECT * FROM city ORDER BY case_id"),
    ("roster", "SELECT * FROM roster ORDER BY township, year, month, number"),
    ("filed", "SELECT * FROM filed ORDER BY case_id"),
    ("called_back", "SELECT * FROM called_back ORDER BY case_id"),
    ("partner", "SELECT * FROM partner ORDER BY id"),
    ("referral", "SELECT * FROM referral ORDER BY id"),
    ("service", "SELECT * FROM service ORDER BY seq"),
    ("other_help", "SELECT * FROM other_help ORDER BY seq"),
    ("home_reply", "SELECT * FROM home_reply ORDER BY case_id"),
    ("sample", "SELECT * FROM sample ORDER BY n"),
    ("sample_case", "SELECT * FROM sample_case ORDER BY n, pos"),
    ("archived", "SELECT * FROM archived ORDER BY case_id"),
    ("payee_note", "SELECT * FROM payee_note ORDER BY case_id"),
    ("incident", "SELECT * FROM incident ORDER BY id"),
    ("brake", "SELECT * FROM brake ORDER BY handler"),
    ("grant_", "SELECT * FROM grant_ ORDER BY src"),
    ("grant_person", "SELECT * FROM grant_person ORDER BY person, on_day, src"),
    ("voucher", "SELECT * FROM voucher ORDER BY seq"),
    ("posting", "SELECT * FROM posting ORDER BY account, on_day, seq, pos"),
    ("balance", "SELECT * FROM balance ORDER BY account"),
    ("series", "SELECT * FROM series ORDER BY series"),
    ("exception", "SELECT * FROM exception ORDER BY seq"),
    ("ratification", "SELECT * FROM ratification ORDER BY case_id"),
    ("noted", "SELECT * FROM noted ORDER BY seq"),
    ("finding", "SELECT * FROM finding ORDER BY id"),
    ("finding_entry", "SELECT * FROM finding_entry ORDER BY finding, n"),
    ("history", "SELECT * FROM history ORDER BY n"),
    ("history_person", "SELECT * FROM history_person ORDER BY person, n"),
];

/// Hashes each table's name and each value with its kind and length, so that nothing can slide from one to the next.
pub(super) fn digest(db: &Connection) -> Result<[u8; 32]> {
    let mut hash = Sha256::new();
    for (table, sql) in TABLES {
        hash.update(b"T");
        hash.update(table.as_bytes());
        let mut statement = db.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            hash.update(b"R");
            for column in 0..columns {
                put(&mut hash, row.get_ref(column)?);
            }
        }
    }
    Ok(hash.finalize().into())
}

fn put(hash: &mut Sha256, value: ValueRef<'_>) {
    let (kind, bytes): (&[u8], &[u8]) = match value {
        ValueRef::Null => (b"n", b""),
        ValueRef::Integer(number) => {
            hash.update(b"i");
            hash.update(number.to_be_bytes());
            return;
        }
        ValueRef::Real(number) => {
            hash.update(b"r");
            hash.update(number.to_be_bytes());
            return;
        }
        ValueRef::Text(text) => (b"t", text),
        ValueRef::Blob(blob) => (b"b", blob),
    };
    hash.update(kind);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}
