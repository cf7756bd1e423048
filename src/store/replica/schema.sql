-- The replica (本机副本): what the log says, as ordinary tables. Derived: it may be deleted at any moment and comes back
-- equal. No foreign keys and no checks beyond types: facts always apply, whatever they say. Days are ISO text, moments are
-- milliseconds, money is fen, ids are 16 bytes, small words are their digit on screens. Days compare as text.

-- Where the replica stands.
CREATE TABLE head(
  one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL, hash BLOB NOT NULL, share_ms INTEGER NOT NULL
) STRICT;
-- How far each desk has counted its entries: a count that comes twice betrays a copied PC.
CREATE TABLE desk_count(desk BLOB PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE county(
  one INTEGER PRIMARY KEY CHECK (one = 1), division TEXT NOT NULL, practice INTEGER NOT NULL, n INTEGER NOT NULL
) STRICT;

-- Officers, keys and what the kernel keeps: some dozens of rows each, found by their key.
CREATE TABLE officer(
  no TEXT PRIMARY KEY, office TEXT NOT NULL, key TEXT, since INTEGER NOT NULL, ended INTEGER NOT NULL,
  limit_fen INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE officer_private(no TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE role(officer TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (officer, role)) STRICT, WITHOUT ROWID;
CREATE TABLE officer_key(
  officer TEXT NOT NULL, id TEXT NOT NULL, sign TEXT NOT NULL, seal TEXT NOT NULL, wrap TEXT NOT NULL,
  since_n INTEGER NOT NULL, dead_n INTEGER, stolen TEXT, PRIMARY KEY (officer, id)
) STRICT, WITHOUT ROWID;
-- a key is given once, to one officer
CREATE INDEX officer_key_by_id ON officer_key(id);
-- Grants that one administrator proposed; state 1 waits, 2 seconded, 3 withdrawn.
CREATE TABLE proposal(
  id BLOB PRIMARY KEY, by TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL,
  state INTEGER NOT NULL, settled_by TEXT, settled_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE proposal_private(id BLOB PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- What took effect on officers, for the month sheet and the supervisor: kinds in `views/officer_deeds.rs`.
CREATE TABLE officer_deed(
  seq INTEGER PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, second TEXT, kind INTEGER NOT NULL,
  officer TEXT NOT NULL, office TEXT, roles TEXT, limit_fen INTEGER, since TEXT
) STRICT;
-- those of a month
CREATE INDEX officer_deed_by_time ON officer_deed(at);
-- near relatives on file; `relation`, `born` in the filer's words, `township` where no household says it
CREATE TABLE relative(
  officer TEXT NOT NULL, person BLOB NOT NULL, relation TEXT, born TEXT, township INTEGER, n INTEGER NOT NULL,
  PRIMARY KEY (officer, person)
) STRICT, WITHOUT ROWID;
-- who stands in for whom; `ended_n` where it ended before its last day
CREATE TABLE delegation(
  to_ TEXT NOT NULL, since TEXT NOT NULL, from_ TEXT NOT NULL, until TEXT NOT NULL, by TEXT NOT NULL, reason TEXT,
  n INTEGER NOT NULL, ended_n INTEGER, ended_on TEXT, PRIMARY KEY (to_, since, from_, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE duty(
  day TEXT NOT NULL, office TEXT NOT NULL, officers TEXT NOT NULL, phone TEXT, PRIMARY KEY (day, office)
) STRICT, WITHOUT ROWID;
CREATE TABLE handed_over(
  n INTEGER PRIMARY KEY, from_ TEXT NOT NULL, to_ TEXT NOT NULL, witness TEXT NOT NULL, on_day TEXT NOT NULL,
  cases INTEGER NOT NULL, late INTEGER NOT NULL, cash INTEGER, book INTEGER, blanks TEXT NOT NULL, note TEXT
) STRICT;
-- who handled a case before and handed it on
CREATE TABLE handled(case_id BLOB NOT NULL, officer TEXT NOT NULL, PRIMARY KEY (case_id, officer)) STRICT, WITHOUT ROWID;
CREATE TABLE pack(id TEXT PRIMARY KEY, toml TEXT NOT NULL, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE year_table(year INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE data_key(
  year INTEGER NOT NULL, generation INTEGER NOT NULL, key TEXT NOT NULL, sealed TEXT NOT NULL,
  PRIMARY KEY (year, generation, key)
) STRICT, WITHOUT ROWID;
-- the last sheet of each officer; `from_`, `until`: for whom he stood in then; `ended`: by what, see `SheetEnd`;
-- `missed`: wrong codes that desks were told
CREATE TABLE code_sheet(
  officer TEXT PRIMARY KEY, salt TEXT NOT NULL, cost INTEGER NOT NULL, digests TEXT NOT NULL, next INTEGER NOT NULL,
  issued INTEGER NOT NULL, from_ TEXT, until TEXT, ended INTEGER, missed INTEGER NOT NULL, missed_by TEXT,
  missed_at INTEGER
) STRICT, WITHOUT ROWID;

-- People. What is private stands in a table of its own, which no rule reads save the check of identity.
CREATE TABLE person(
  id BLOB PRIMARY KEY, resident INTEGER NOT NULL, papers INTEGER NOT NULL, died TEXT, noted_n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE person_private(
  person BLOB PRIMARY KEY, name TEXT NOT NULL, id_no TEXT NOT NULL, birth TEXT, sex INTEGER, phone TEXT NOT NULL,
  address TEXT NOT NULL, account TEXT NOT NULL, bank TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Who looked at what is masked (查看完整信息): of a person or of a case, what for, in which words.
CREATE TABLE unmasked(
  seq INTEGER PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, person BLOB, case_id BLOB,
  purpose INTEGER NOT NULL, text TEXT
) STRICT;
-- what an officer looked at on a day: asked once
CREATE INDEX unmasked_by_officer ON unmasked(by, at);
CREATE INDEX unmasked_by_case ON unmasked(case_id) WHERE case_id IS NOT NULL;
-- What an administrator destroyed after its time (到期销毁): how much by which entry, with the spans of entries as JSON;
-- and which cases and people that took.
CREATE TABLE erasure(
  n INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, cases INTEGER NOT NULL, people INTEGER NOT NULL,
  entries INTEGER NOT NULL, spans TEXT NOT NULL
) STRICT;
CREATE TABLE erased_case(case_id BLOB PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE erased_person(person BLOB PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- who holds an id number: the check of identity, and the lookup of a number typed in full
CREATE INDEX person_by_id_no ON person_private(id_no) WHERE id_no <> '';
-- Two records of one person (人员合并): `state` as `LinkState`, `by` who brought it there; and, made of those that join,
-- every record with every record that is one with it, itself among them.
CREATE TABLE person_link(
  id BLOB PRIMARY KEY, stays BLOB NOT NULL, joined BLOB NOT NULL, state INTEGER NOT NULL, by TEXT NOT NULL,
  on_day TEXT NOT NULL, n INTEGER NOT NULL, reason TEXT, reason_n INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX person_link_by_stays ON person_link(stays);
CREATE INDEX person_link_by_joined ON person_link(joined);
-- those that wait for a second officer
CREATE INDEX person_link_waiting ON person_link(on_day) WHERE state IN (1, 3);
CREATE TABLE person_same(person BLOB NOT NULL, same BLOB NOT NULL, PRIMARY KEY (person, same)) STRICT, WITHOUT ROWID;
-- Everything a person is found by, narrow, as text whose beginning is compared: kinds in `keys.rs`.
CREATE TABLE search_key(
  kind INTEGER NOT NULL, key TEXT NOT NULL, person BLOB NOT NULL, PRIMARY KEY (kind, key, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE household(
  id BLOB PRIMARY KEY, township INTEGER NOT NULL, village INTEGER NOT NULL, since TEXT NOT NULL,
  status INTEGER NOT NULL, size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE household_state(
  seq INTEGER PRIMARY KEY, household BLOB NOT NULL, since TEXT NOT NULL, status INTEGER NOT NULL, size INTEGER NOT NULL
) STRICT;
-- a household's status over time
CREATE INDEX household_state_by_household ON household_state(household, since);
-- `seq` is the order of joining
CREATE TABLE membership(
  seq INTEGER PRIMARY KEY, household BLOB NOT NULL, person BLOB NOT NULL, relation TEXT NOT NULL, since TEXT NOT NULL,
  until TEXT
) STRICT;
-- the members of a household
CREATE INDEX membership_by_household ON membership(household);
-- the household of a person on a day
CREATE INDEX membership_by_person ON membership(person);

CREATE TABLE matter(
  id BLOB PRIMARY KEY, number TEXT NOT NULL, township INTEGER NOT NULL, circumstance INTEGER NOT NULL,
  on_day TEXT NOT NULL, place INTEGER, opened INTEGER NOT NULL, shared INTEGER NOT NULL, people BLOB NOT NULL
) STRICT, WITHOUT ROWID;
-- a matter found by its number
CREATE INDEX matter_by_number ON matter(number);
CREATE TABLE matter_person(
  person BLOB NOT NULL, matter BLOB NOT NULL, PRIMARY KEY (person, matter)
) STRICT, WITHOUT ROWID;

CREATE TABLE lead(
  id BLOB PRIMARY KEY, number TEXT NOT NULL, channel INTEGER NOT NULL, township INTEGER NOT NULL, village INTEGER,
  circumstance INTEGER NOT NULL, severity INTEGER NOT NULL, at INTEGER NOT NULL, due_visit INTEGER NOT NULL,
  due_money INTEGER NOT NULL, person BLOB, said TEXT, by TEXT NOT NULL, n INTEGER NOT NULL, answered INTEGER,
  ended INTEGER, ended_n INTEGER, case_id BLOB, reason TEXT, discoverer BLOB, caller TEXT, caller_phone TEXT,
  who TEXT, place TEXT, found_by TEXT
) STRICT, WITHOUT ROWID;
-- the leads that wait, of one township or all, by the clock that runs out first
CREATE INDEX lead_open ON lead(township, due_visit) WHERE ended IS NULL;
-- the register of a year, and its figures by village
CREATE INDEX lead_by_time ON lead(at);
-- what somebody of the team found
CREATE INDEX lead_by_discoverer ON lead(discoverer) WHERE discoverer IS NOT NULL;
-- who finds hardship in a village; `until` where he left: he is ended and never erased
CREATE TABLE discoverer(
  id BLOB PRIMARY KEY, township INTEGER NOT NULL, village INTEGER NOT NULL, kind INTEGER NOT NULL, since TEXT NOT NULL,
  until TEXT, name TEXT, phone TEXT, reason TEXT, by TEXT NOT NULL, n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX discoverer_by_place ON discoverer(township, village);

CREATE TABLE cases(
  id BLOB PRIMARY KEY, number TEXT NOT NULL, matter BLOB NOT NULL, person BLOB NOT NULL, household BLOB,
  applicant INTEGER NOT NULL, helped INTEGER NOT NULL, township INTEGER NOT NULL, village INTEGER NOT NULL,
  circumstance INTEGER NOT NULL, severity INTEGER NOT NULL, path INTEGER NOT NULL, need INTEGER NOT NULL,
  schemes INTEGER NOT NULL, by_meeting INTEGER NOT NULL, handler TEXT NOT NULL, accepted TEXT NOT NULL,
  year INTEGER NOT NULL, pack TEXT NOT NULL, lead BLOB, blank TEXT, reason TEXT, opened INTEGER NOT NULL,
  stage INTEGER NOT NULL, stage_since INTEGER NOT NULL, tier INTEGER, due TEXT,
  meet_on TEXT, meet_tier INTEGER, meet_kind INTEGER, meet_present INTEGER, meet_amount INTEGER, meet_minutes TEXT,
  way INTEGER, provisional INTEGER NOT NULL, decided_by TEXT, decided_on TEXT, decided_tier INTEGER,
  asked INTEGER NOT NULL, granted INTEGER NOT NULL, home_to_ask INTEGER NOT NULL, delivered TEXT, followed TEXT,
  touched_n INTEGER NOT NULL, touched_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- the queues: what stands in a stage, longest first, of one township or of one handler
CREATE INDEX cases_by_stage ON cases(stage, township, stage_since);
CREATE INDEX cases_by_handler ON cases(handler, stage, stage_since);
-- decisions to be delivered (决定待送达) and follow-ups due (待回访)
CREATE INDEX cases_undelivered ON cases(stage, township) WHERE delivered IS NULL;
CREATE INDEX cases_unfollowed ON cases(stage, township) WHERE followed IS NULL;
-- a year's cases and its sums, of one township or all
CREATE INDEX cases_by_year ON cases(year, township, stage_since);
-- a case found by its number
CREATE INDEX cases_by_number ON cases(number);
-- what was granted in a year
CREATE INDEX cases_by_decision ON cases(decided_on) WHERE decided_on IS NOT NULL;
-- the cases of a person: his matters, the lookup, 定位
CREATE INDEX cases_by_person ON cases(person);
-- the cases of a matter
CREATE INDEX cases_by_matter ON cases(matter);

-- part 1 asked, 2 granted; `after` months, and the first day of an instalment that was granted
CREATE TABLE line(
  case_id BLOB NOT NULL, part INTEGER NOT NULL, pos INTEGER NOT NULL, line BLOB NOT NULL, kind INTEGER NOT NULL,
  amount INTEGER NOT NULL, item TEXT, unit TEXT, quantity_milli INTEGER, price INTEGER, pay_by INTEGER NOT NULL,
  payee INTEGER NOT NULL, after INTEGER NOT NULL, due TEXT, PRIMARY KEY (case_id, part, pos)
) STRICT, WITHOUT ROWID;
-- a payment stands as long as it is not undone
CREATE TABLE line_paid(
  case_id BLOB NOT NULL, line BLOB NOT NULL, amount INTEGER NOT NULL, pay_by INTEGER NOT NULL, at INTEGER NOT NULL,
  by TEXT NOT NULL, by_another INTEGER NOT NULL, receipt TEXT, witness TEXT, cash_reason TEXT, payer TEXT,
  n INTEGER NOT NULL,
  PRIMARY KEY (case_id, line)
) STRICT, WITHOUT ROWID;
-- the row of the books that paid a line, until it is turned round
CREATE TABLE line_voucher(
  case_id BLOB NOT NULL, line BLOB NOT NULL, voucher INTEGER NOT NULL, PRIMARY KEY (case_id, line)
) STRICT, WITHOUT ROWID;
-- where the money of a case goes; the last row of a case holds. Number, holder, bank and letter are private.
CREATE TABLE account(
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, case_id BLOB NOT NULL, payee INTEGER NOT NULL, owner BLOB,
  kind INTEGER NOT NULL, mark TEXT NOT NULL, number TEXT, holder TEXT, bank TEXT, letter TEXT, relation TEXT,
  by TEXT NOT NULL, on_day TEXT NOT NULL, n INTEGER NOT NULL
) STRICT;
CREATE INDEX account_by_id ON account(id);
CREATE INDEX account_by_case ON account(case_id, seq);
-- whom else an account serves
CREATE INDEX account_by_mark ON account(mark);
-- those noted for a child of the old, for the county's list
CREATE INDEX account_of_child ON account(on_day) WHERE payee = 6;
-- accounts that the bank sent money back from and that have to be put right
CREATE TABLE account_refused(
  account BLOB PRIMARY KEY, reason INTEGER NOT NULL, on_day TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE batch(
  id BLOB PRIMARY KEY, number TEXT NOT NULL, bank TEXT NOT NULL, fund INTEGER NOT NULL, state INTEGER NOT NULL,
  opened TEXT NOT NULL, by TEXT NOT NULL, checked_by TEXT, sent_by TEXT, sent TEXT, file TEXT, reason TEXT
) STRICT, WITHOUT ROWID;
-- the batches in a state, by their number
CREATE INDEX batch_by_state ON batch(state, number);
CREATE INDEX batch_by_number ON batch(number);
-- the lines of a batch in the order of its file; `ended` 1 paid, 2 sent back
CREATE TABLE batch_line(
  batch BLOB NOT NULL, pos INTEGER NOT NULL, case_id BLOB NOT NULL, line BLOB NOT NULL, account BLOB NOT NULL,
  amount INTEGER NOT NULL, ended INTEGER, reason INTEGER, PRIMARY KEY (batch, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_line_by_case ON batch_line(case_id, batch);
-- return files of banks, each read once
CREATE TABLE return_file(
  file TEXT PRIMARY KEY, batch BLOB NOT NULL, on_day TEXT NOT NULL, paid INTEGER NOT NULL, returned INTEGER NOT NULL,
  by TEXT NOT NULL, n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- what people gave back of a line whose payment stands
CREATE TABLE given_back(
  seq INTEGER PRIMARY KEY, case_id BLOB NOT NULL, line BLOB NOT NULL, amount INTEGER NOT NULL, on_day TEXT NOT NULL,
  receipt TEXT, by TEXT NOT NULL, n INTEGER NOT NULL
) STRICT;
CREATE INDEX given_back_by_line ON given_back(case_id, line);
-- how much a township's reserve holds when it is full, and its question for more while nobody answered
CREATE TABLE ceiling(township INTEGER PRIMARY KEY, amount INTEGER NOT NULL, on_day TEXT NOT NULL, note TEXT) STRICT;
CREATE TABLE replenish(
  township INTEGER PRIMARY KEY, amount INTEGER NOT NULL, on_day TEXT NOT NULL, by TEXT NOT NULL, note TEXT, n INTEGER NOT NULL
) STRICT;
-- what each source put into a reserve and has not got back, by the digit of the source; 0: from before sources were named
CREATE TABLE advanced(
  township INTEGER NOT NULL, fund INTEGER NOT NULL, fen INTEGER NOT NULL, PRIMARY KEY (township, fund)
) STRICT, WITHOUT ROWID;
-- 追缴: what is wanted back of a line, and what came in of it
CREATE TABLE recovery(
  case_id BLOB NOT NULL, line BLOB NOT NULL, amount INTEGER NOT NULL, paid INTEGER NOT NULL, on_day TEXT NOT NULL,
  until TEXT NOT NULL, by TEXT NOT NULL, reason TEXT, n INTEGER NOT NULL, PRIMARY KEY (case_id, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE recovery_paid(
  seq INTEGER PRIMARY KEY, case_id BLOB NOT NULL, line BLOB NOT NULL, amount INTEGER NOT NULL, on_day TEXT NOT NULL,
  receipt TEXT, n INTEGER NOT NULL
) STRICT;
CREATE INDEX recovery_paid_by_line ON recovery_paid(case_id, line);
CREATE TABLE year_closed(year INTEGER PRIMARY KEY, on_day TEXT NOT NULL, by TEXT NOT NULL, carried TEXT NOT NULL) STRICT;
-- 监盘: who counted the cash of a township, and what it should have been
-- 与财政对账
CREATE TABLE reconciled(
  year INTEGER NOT NULL, month INTEGER NOT NULL, fund INTEGER NOT NULL, ours INTEGER NOT NULL, theirs INTEGER NOT NULL,
  on_day TEXT NOT NULL, by TEXT NOT NULL, explained TEXT, confirmed_by TEXT, confirmed_on TEXT, n INTEGER NOT NULL,
  PRIMARY KEY (year, month, fund)
) STRICT, WITHOUT ROWID;
CREATE TABLE cash_count(
  seq INTEGER PRIMARY KEY, township INTEGER NOT NULL, on_day TEXT NOT NULL, keeper TEXT NOT NULL, by TEXT NOT NULL,
  counted INTEGER NOT NULL, book INTEGER NOT NULL, reason TEXT, n INTEGER NOT NULL
) STRICT;
CREATE INDEX cash_count_by_township ON cash_count(township, on_day);
-- 物资: what a store has of each item, how it came about, what lines of cases took, and what is under way
CREATE TABLE stock(
  store TEXT NOT NULL, item TEXT NOT NULL, unit TEXT NOT NULL, spec TEXT NOT NULL, price INTEGER NOT NULL,
  origin TEXT NOT NULL, on_hand INTEGER NOT NULL, received INTEGER NOT NULL, issued INTEGER NOT NULL,
  PRIMARY KEY (store, item, unit)
) STRICT, WITHOUT ROWID;
CREATE TABLE stock_move(
  seq INTEGER PRIMARY KEY, n INTEGER NOT NULL, store TEXT NOT NULL, item TEXT NOT NULL, unit TEXT NOT NULL,
  quantity INTEGER NOT NULL, price INTEGER NOT NULL, why TEXT NOT NULL, on_day TEXT NOT NULL, by TEXT NOT NULL,
  case_id BLOB, line BLOB, other TEXT, second TEXT, document TEXT, reason TEXT
) STRICT;
CREATE INDEX stock_move_by_case ON stock_move(case_id) WHERE case_id IS NOT NULL;
CREATE INDEX stock_move_by_n ON stock_move(n);
CREATE INDEX stock_move_by_item ON stock_move(store, item, unit, seq);
CREATE TABLE stock_taken(
  case_id BLOB NOT NULL, line BLOB NOT NULL, store TEXT NOT NULL, item TEXT NOT NULL, unit TEXT NOT NULL,
  quantity INTEGER NOT NULL, price INTEGER NOT NULL, PRIMARY KEY (case_id, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE stock_sent(
  id BLOB PRIMARY KEY, store TEXT NOT NULL, to_ TEXT NOT NULL, item TEXT NOT NULL, unit TEXT NOT NULL,
  spec TEXT NOT NULL, price INTEGER NOT NULL, origin TEXT NOT NULL, quantity INTEGER NOT NULL, by TEXT NOT NULL,
  on_day TEXT NOT NULL, arrived INTEGER NOT NULL, document TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_sent_open ON stock_sent(on_day, id) WHERE arrived = 0;
-- 空白单: the sheets of numbered pads
CREATE TABLE pad_sheet(
  blank TEXT PRIMARY KEY, township INTEGER NOT NULL, pad INTEGER NOT NULL, serial INTEGER NOT NULL, on_day TEXT NOT NULL,
  by TEXT NOT NULL, void_on TEXT, void_by TEXT, reason TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX pad_sheet_by_township ON pad_sheet(township, pad, serial);
-- numbered blank sheets (F13) and the case each was used for
CREATE TABLE blank(blank TEXT PRIMARY KEY, case_id BLOB NOT NULL) STRICT, WITHOUT ROWID;
-- 办理经过: a row per entry and case
CREATE TABLE step(
  case_id BLOB NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, desk_at INTEGER NOT NULL, who TEXT NOT NULL,
  carrier TEXT NOT NULL, verb TEXT NOT NULL, zh TEXT NOT NULL, stage INTEGER NOT NULL, detail TEXT NOT NULL, text TEXT,
  PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;
-- what an officer signed, from a time on: the review after a theft
CREATE INDEX step_by_who ON step(who, at);
-- the cases that an entry touched
CREATE INDEX step_by_n ON step(n);

-- The expenditure path: a row per step, as the log wrote it, from which the course of a case is folded. `on_day` is when it
-- happened by its paper, `at` when it was entered; the words stand beside it.
CREATE TABLE path_step(
  case_id BLOB NOT NULL, n INTEGER NOT NULL, pos INTEGER NOT NULL, kind TEXT NOT NULL, on_day TEXT NOT NULL,
  at INTEGER NOT NULL, by TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (case_id, n, pos)
) STRICT, WITHOUT ROWID;
-- of a step, and of the entry that opened the case
CREATE TABLE path_text(
  case_id BLOB NOT NULL, n INTEGER NOT NULL, slot TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (case_id, n, slot)
) STRICT, WITHOUT ROWID;
-- where the clock of a case stands; `still` is a JSON list of why it stands still
CREATE TABLE case_clock(
  case_id BLOB PRIMARY KEY, tier INTEGER NOT NULL, due TEXT, left_days INTEGER NOT NULL, still TEXT NOT NULL,
  n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE item(
  case_id BLOB NOT NULL, kind INTEGER NOT NULL, due TEXT NOT NULL, handler TEXT NOT NULL, noted INTEGER NOT NULL,
  done TEXT, moved TEXT, PRIMARY KEY (case_id, kind)
) STRICT, WITHOUT ROWID;
-- the open papers of an officer: the brake asks at each payment
CREATE INDEX item_open_by_handler ON item(handler, due) WHERE done IS NULL;
-- the open papers of the county, earliest first
CREATE INDEX item_open_by_due ON item(due) WHERE done IS NULL;

CREATE TABLE authority(
  id BLOB PRIMARY KEY, case_id BLOB NOT NULL, by TEXT NOT NULL, tier INTEGER NOT NULL, at INTEGER NOT NULL,
  verified INTEGER NOT NULL, amount INTEGER NOT NULL, used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- the authorisations of a case
CREATE INDEX authority_by_case ON authority(case_id);
-- those given and not used yet
CREATE INDEX authority_open ON authority(by) WHERE used = 0;
-- Meetings (集体研究、会商), each with what its paper (F14) says. The latest of a case stands in `cases` as well.
CREATE TABLE meeting_held(
  case_id BLOB NOT NULL, n INTEGER NOT NULL, on_day TEXT NOT NULL, tier INTEGER NOT NULL, kind INTEGER,
  present INTEGER NOT NULL, amount INTEGER NOT NULL, minutes TEXT, place TEXT, chair TEXT, attendees TEXT, topic TEXT, opinions TEXT, by TEXT NOT NULL,
  PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;
-- 股室审核; `live` while it is of the present submission.
CREATE TABLE examination(
  case_id BLOB NOT NULL, n INTEGER NOT NULL, by TEXT NOT NULL, on_day TEXT NOT NULL, agrees INTEGER NOT NULL,
  amount INTEGER NOT NULL, opinion TEXT, live INTEGER NOT NULL, PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;
-- 提级: who raised a case and why, until it is handed down
CREATE TABLE raised(
  case_id BLOB PRIMARY KEY, n INTEGER NOT NULL, by TEXT NOT NULL, reason TEXT, lowered_n INTEGER, lowered_reason TEXT
) STRICT, WITHOUT ROWID;
-- 报市: what was proposed, what was answered, who entered and who checked it
CREATE TABLE city(
  case_id BLOB PRIMARY KEY, n INTEGER NOT NULL, by TEXT NOT NULL, on_day TEXT NOT NULL, amount INTEGER NOT NULL,
  request TEXT, reason TEXT, reply_n INTEGER, document TEXT, reply_on TEXT, answer INTEGER, reply_amount INTEGER,
  reply_by TEXT, reply_text TEXT, checked_n INTEGER, checked_by TEXT
) STRICT, WITHOUT ROWID;
-- 备案: a township's rosters; what of it is on file; what was called back
CREATE TABLE roster(
  township INTEGER NOT NULL, year INTEGER NOT NULL, month INTEGER NOT NULL, number TEXT NOT NULL, n INTEGER NOT NULL,
  at INTEGER NOT NULL, by TEXT NOT NULL, cases INTEGER NOT NULL, amount INTEGER NOT NULL,
  PRIMARY KEY (township, year, month, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE filed(
  case_id BLOB PRIMARY KEY, number TEXT NOT NULL, on_day TEXT NOT NULL, amount INTEGER NOT NULL, n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- the decisions of a roster
CREATE INDEX filed_by_number ON filed(number);
CREATE TABLE called_back(
  case_id BLOB PRIMARY KEY, n INTEGER NOT NULL, by TEXT NOT NULL, due TEXT, reason TEXT, settled_n INTEGER, settled TEXT
) STRICT, WITHOUT ROWID;
-- those that wait for an answer, earliest first
CREATE INDEX called_back_open ON called_back(due) WHERE due IS NOT NULL;
-- 转介 (F20): `body` and `what` as written, `outcome` once there is one
CREATE TABLE referral(
  id BLOB PRIMARY KEY, case_id BLOB NOT NULL, line BLOB, to_ INTEGER NOT NULL, on_day TEXT NOT NULL, due TEXT NOT NULL,
  by TEXT NOT NULL, n INTEGER NOT NULL, body TEXT, what TEXT, outcome INTEGER, answered TEXT, answer TEXT, answer_n INTEGER,
  partner BLOB, given INTEGER
) STRICT, WITHOUT ROWID;
-- 协作单位: some dozens of bodies that help beside the government
CREATE TABLE partner(
  id BLOB PRIMARY KEY, kind INTEGER NOT NULL, paired INTEGER, since TEXT NOT NULL, until TEXT, by TEXT NOT NULL,
  n INTEGER NOT NULL, name TEXT, contact TEXT, helps TEXT, reason TEXT
) STRICT, WITHOUT ROWID;
-- what was referred to a partner of the register
CREATE INDEX referral_by_partner ON referral(partner) WHERE partner IS NOT NULL;
-- the referrals of a case
CREATE INDEX referral_by_case ON referral(case_id);
-- those that nobody acknowledged, earliest first
CREATE INDEX referral_open ON referral(due) WHERE outcome IS NULL;
CREATE TABLE service(
  seq INTEGER PRIMARY KEY, case_id BLOB NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL, on_day TEXT NOT NULL,
  sessions INTEGER NOT NULL, by TEXT NOT NULL, provider TEXT, result TEXT
) STRICT;
-- the services of a case
CREATE INDEX service_by_case ON service(case_id);
CREATE TABLE other_help(
  seq INTEGER PRIMARY KEY, case_id BLOB NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL, on_day TEXT NOT NULL,
  amount INTEGER, by TEXT NOT NULL, text TEXT
) STRICT;
-- the other help of a case
CREATE INDEX other_help_by_case ON other_help(case_id);
-- 户籍地答复
CREATE TABLE home_reply(
  case_id BLOB PRIMARY KEY, n INTEGER NOT NULL, on_day TEXT NOT NULL, helped INTEGER NOT NULL, amount INTEGER,
  by TEXT NOT NULL, text TEXT
) STRICT, WITHOUT ROWID;
-- 抽查: what a supervisor drew by lot, with the seed; and which cases that are
CREATE TABLE sample(
  n INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, township INTEGER, from_ TEXT NOT NULL, to_ TEXT NOT NULL,
  seed TEXT NOT NULL, of_ INTEGER NOT NULL
) STRICT;
CREATE TABLE sample_case(
  n INTEGER NOT NULL, pos INTEGER NOT NULL, case_id BLOB NOT NULL, PRIMARY KEY (n, pos)
) STRICT, WITHOUT ROWID;
-- 归档: where the paper of a case lies
CREATE TABLE archived(
  case_id BLOB PRIMARY KEY, n INTEGER NOT NULL, number TEXT NOT NULL, on_day TEXT NOT NULL, items INTEGER NOT NULL,
  pages INTEGER NOT NULL, keep INTEGER NOT NULL, shelf TEXT NOT NULL, by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- whose paper a number of the archive is
CREATE INDEX archived_by_number ON archived(number);
-- 改发何人
CREATE TABLE payee_note(
  case_id BLOB PRIMARY KEY, n INTEGER NOT NULL, by TEXT NOT NULL, payee INTEGER NOT NULL, person BLOB, reason TEXT
) STRICT, WITHOUT ROWID;
-- 群体性事项 with the matter that its households share
CREATE TABLE incident(
  id BLOB PRIMARY KEY, matter BLOB NOT NULL, township INTEGER NOT NULL, on_day TEXT NOT NULL, by TEXT NOT NULL,
  n INTEGER NOT NULL, name TEXT, closed_n INTEGER, closed TEXT
) STRICT, WITHOUT ROWID;
-- the incident of a matter
CREATE INDEX incident_by_matter ON incident(matter);
-- what waits for the home township's answer
CREATE INDEX cases_home_to_ask ON cases(accepted) WHERE home_to_ask = 1;
CREATE TABLE brake(
  handler TEXT PRIMARY KEY, by TEXT NOT NULL, telephone INTEGER NOT NULL, reason TEXT, at INTEGER NOT NULL,
  n INTEGER NOT NULL, used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every grant that stands, of cases and of imported ledgers. `src` is a letter and 16 bytes: C and the case, I and the
-- row's hash, so a row read again is found by its key. Cancelled grants are removed: their steps tell of them.
CREATE TABLE grant_(
  src BLOB PRIMARY KEY, number TEXT NOT NULL, matter BLOB, circumstance INTEGER, people BLOB NOT NULL, household BLOB,
  township INTEGER NOT NULL, village INTEGER, tier INTEGER NOT NULL, way INTEGER NOT NULL, amount INTEGER NOT NULL,
  on_day TEXT NOT NULL, provisional INTEGER NOT NULL, paid INTEGER NOT NULL, reason TEXT
) STRICT, WITHOUT ROWID;
-- Whom it helped, clustered by person and day with the sum: a person's three years are one short read.
CREATE TABLE grant_person(
  person BLOB NOT NULL, on_day TEXT NOT NULL, src BLOB NOT NULL, amount INTEGER NOT NULL,
  PRIMARY KEY (person, on_day, src)
) STRICT, WITHOUT ROWID;

-- The books: a voucher and its postings, in the order of the log.
CREATE TABLE voucher(
  seq INTEGER PRIMARY KEY, n INTEGER NOT NULL, why TEXT NOT NULL, voucher TEXT NOT NULL, township INTEGER NOT NULL,
  on_day TEXT NOT NULL, purpose TEXT NOT NULL, case_id BLOB, line BLOB, by TEXT NOT NULL, text TEXT
) STRICT;
-- the vouchers of a case
CREATE INDEX voucher_by_case ON voucher(case_id) WHERE case_id IS NOT NULL;
-- clustered by account and day: a month's ledger and the balance before it are one read
CREATE TABLE posting(
  account TEXT NOT NULL, on_day TEXT NOT NULL, seq INTEGER NOT NULL, pos INTEGER NOT NULL, amount INTEGER NOT NULL,
  PRIMARY KEY (account, on_day, seq, pos)
) STRICT, WITHOUT ROWID;
-- the postings of a voucher, in its order: what a reversal turns round
CREATE INDEX posting_by_voucher ON posting(seq, pos);
CREATE TABLE balance(account TEXT PRIMARY KEY, township INTEGER, case_id BLOB, fen INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- what is still owed on a case
CREATE INDEX balance_by_case ON balance(case_id) WHERE case_id IS NOT NULL;
CREATE TABLE series(series TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- What broke a rule and was registered all the same, until the county ratifies.
CREATE TABLE exception(
  seq INTEGER PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, case_id BLOB NOT NULL,
  code TEXT NOT NULL, settled_n INTEGER
) STRICT;
-- the exceptions of a case
CREATE INDEX exception_by_case ON exception(case_id);
-- those that wait
CREATE INDEX exception_open ON exception(n) WHERE settled_n IS NULL;
CREATE TABLE ratification(
  case_id BLOB PRIMARY KEY, due TEXT NOT NULL, since_n INTEGER NOT NULL, done_n INTEGER, amount INTEGER, excess INTEGER,
  reason TEXT, by TEXT
) STRICT, WITHOUT ROWID;
-- those that wait, earliest first
CREATE INDEX ratification_open ON ratification(due) WHERE done_n IS NULL;
-- Warnings overridden (kind 1) and notes (kind 2), for the supervisor.
CREATE TABLE noted(
  seq INTEGER PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, kind INTEGER NOT NULL,
  code TEXT NOT NULL, case_id BLOB, reason TEXT
) STRICT;
-- those of a case
CREATE INDEX noted_by_case ON noted(case_id) WHERE case_id IS NOT NULL;

-- What this program's checks found in entries. Not part of the digest: programs of different versions may differ here.
CREATE TABLE mark(
  seq INTEGER PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, code TEXT NOT NULL,
  sentence TEXT NOT NULL, clause TEXT NOT NULL, case_id BLOB, settled_n INTEGER
) STRICT;
-- whether a case may move
CREATE INDEX mark_open_by_case ON mark(case_id) WHERE settled_n IS NULL;
-- the supervisor's list
CREATE INDEX mark_open ON mark(n) WHERE settled_n IS NULL;

-- Findings of the supervisor, with the office's answer. `about` is `case`, `township` or `officer`.
CREATE TABLE finding(
  id BLOB PRIMARY KEY, number TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  about TEXT NOT NULL, case_id BLOB, township INTEGER, officer TEXT, office TEXT NOT NULL, entry INTEGER,
  due TEXT NOT NULL, text TEXT, state INTEGER NOT NULL, answer TEXT, answered_by TEXT, answered INTEGER,
  looked TEXT, settled_by TEXT, settled INTEGER, moved_to INTEGER, document TEXT, moved_reason TEXT, moved INTEGER
) STRICT, WITHOUT ROWID;
-- the findings about a case
CREATE INDEX finding_by_case ON finding(case_id) WHERE case_id IS NOT NULL;
-- the entries that raised, answered, settled a finding
CREATE TABLE finding_entry(finding BLOB NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (finding, n)) STRICT, WITHOUT ROWID;

-- 操作经历: a narrow row per entry. `changed` says before and after where something known was changed.
CREATE TABLE history(
  n INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, carrier TEXT NOT NULL, desk BLOB NOT NULL,
  verb TEXT NOT NULL, case_id BLOB, subject TEXT NOT NULL, changed TEXT NOT NULL
) STRICT;
-- what an officer did, latest first
CREATE INDEX history_by_who ON history(who, at, n);
-- what was done in a span of days, latest first
CREATE INDEX history_by_at ON history(at, n);
-- the entries that name a person; those of his cases are found by their steps
CREATE TABLE history_person(person BLOB NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (person, n)) STRICT, WITHOUT ROWID;
-- whom an entry names
CREATE INDEX history_person_by_n ON history_person(n);
