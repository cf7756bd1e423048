//! `jiuji` (救急): the desk of temporary assistance (临时救助) of a rural county: case queues, forms and approvals in a
//! terminal, over one signed log in a shared folder. No server, no mouse, no administrator at hand.
//!
//! # The map of the house
//!
//! Each floor imports only floors above it in this table; `tests/architecture.rs` holds it.
//!
//! | floor | holds | may use |
//! |---|---|---|
//! | [`base`] | money, days and working days, id number, bank account, display width, pinyin, divisions | pure |
//! | [`domain`] | the notice as code: nouns, policy pack, commands, facts, rules, refusals, catalogue | pure |
//! | [`ledger`] | an entry as bytes: canonical form, hash chain, signatures, the sealed part | pure |
//! | [`forms`] | forms and lists as tables: fields, checks, answers, problems | pure |
//! | [`store`] | the shared log and its turns, the desk's own files, the replica, sheets, exports; all SQL | rusqlite |
//! | [`office`] | the desk at work: sign-in, orders, the engine and its threads, papers, practice, scenes | threads, files |
//! | [`ui`] | screens, keys, themes, the terminal | ratatui, crossterm |
//! | [`cli`] | arguments, start, stop | |
//!
//! Under `ledger` lies one crate more, `crates/cipher`: the cipher alone, so that a build for tests has it optimised.
//!
//! # How a thing happens
//!
//! A screen fills a form ([`forms`]). The front ([`office::front`]) composes commands from it ([`office::compose`]),
//! signs them and puts them into the outbox on this PC. The worker ([`office::worker`]) takes a turn on the share
//! ([`store::share`]), verifies and applies what others wrote, decides ([`domain::decide`]) on a replica equal to the
//! share, and appends entries ([`ledger`]). Every other desk verifies them, decides them again and marks what does not
//! come out alike ([`office::desk`]), and applies their facts ([`store::replica`]). All reading is from the replica.
//!
//! # The laws
//!
//! - `base`, `domain`, `ledger`, `forms` never read a clock, a file, the environment or a random source.
//! - Only `store` says SQL; only `ui` says ratatui. A screen holds no connection, calls no other screen, carries no
//!   callback: it takes messages and answers with intents.
//! - The replica can be deleted at any moment and comes back equal in content. It is sealed at rest ([`store::sealed`]), and
//!   opens only for whoever signed in.
//! - Rules are evaluated only on a replica equal to the share, inside a turn. What a screen shows before that is a
//!   forecast by the same rules.
//! - No turn or transaction is held across a draw, a prompt or a password. Only the worker touches the share.
//! - A reader takes only rows whose turn its holder has ended; what it has taken never vanishes. Only the program that holds
//!   the desk's lock takes turns.
//! - No desk leaves rows that it has verified but by a signed statement; they are set aside and come back word for word.
//! - No rule of integrity or authority reads what is private. Who is shown what stands in one table ([`domain::privacy`]).
//! - Who works here, with which keys, is decided by a small frozen kernel ([`domain::powers`]), alike in the key book and in
//!   the replica: what is not an administrator's has no effect there. So have powers that were lent and money that was drawn
//!   by whoever had none to give. Everything else applies, and is marked where wrong.
//! - Facts are replayed, not commands; due days and numbers are facts, decided once.
//! - Money already handed over is never refused registration.
//! - Nothing is deleted, only reversed, with a reason. An error that a clerk sees has a next step.
//!
//! # Glossary
//!
//! | word | term | what it is |
//! |---|---|---|
//! | lead | 线索 | somebody may be in need; ends only in help, a refusal with reason, a wish, or a referral |
//! | team, discoverer | 主动发现队伍, 发现人 | who finds hardship in a village; ended where he leaves, never erased |
//! | matter | 急难事项 | the hardship itself, to which 一年一次 belongs; never the file |
//! | case | 办件 | the file: one household or person, one matter, one way through the office |
//! | step, course | 步骤 | what is taken in order on the expenditure path (支出型); all that was taken of one case |
//! | clock | 办理期限 | a tier's working days; it stands still for correction, means check and notice |
//! | hardship details | 困难详情 | what F1 to F3 ask of illness, losses and members beyond what a decision needs |
//! | delivery, follow-up | 结果送达, 回访 | the paper of a decision reaches the applicant; somebody asks later how he is |
//! | grant | 救助 | what was decided for a case: money, goods, referral, service |
//! | instalment | 期 | a line of a grant that is paid so many months after the decision; all of them are one grant |
//! | direct aid, advance | 直接救助, 预支 | the two ways of paying first (先行救助) |
//! | recorded | 已付补记 | what was paid before anybody was asked; always registered |
//! | deferred papers | 补手续 | what is completed after paying first, each with a due day |
//! | spoken code, sheet | 授权码, 授权码单 | one of the one-use codes that the county reads out over the telephone, and their page |
//! | the brake | 逾期制动 | late papers stop the handler's next payment first, lifted by 急需先办 |
//! | outlay, repayment | 应付垫付款, 归垫 | paid out of somebody's pocket, given back |
//! | ratification | 追认 | the county accepts what was paid beyond powers |
//! | exception | 例外 | a rule broken by money that was handed over |
//! | handler, approver | 经办人, 审批人 | never the same person on one case |
//! | examination of the county | 股室审核 | the county's section looks before the approver decides, where the pack asks for it |
//! | raised, handed down | 提级, 退回乡镇审批 | the county decides whatever the sum; gives it back |
//! | before the city | 报市待批 | proposed by the county, answered on paper, entered by one and checked by another |
//! | filing | 备案 | a township's decisions of a month, on a roster for the county |
//! | referral | 转介 | somebody handed on to another body, acknowledged within days |
//! | partner | 协作单位 | a charity, enterprise, social work service or department in the county's register; what it gives is no money of the government's |
//! | incident | 群体性事项 | one matter of many households; tiers and sums are each household's own |
//! | link of people | 人员合并, 人员拆分 | two records of one person taken for one by two officers; both stand, and they can be parted |
//! | store, shelf | 物资, 结存 | goods that a township or the county holds, and how much of one item |
//! | pad, blank | 空白单 | numbered sheets of F13 for when the power is out: used, void or missing |
//! | reconciliation | 对账 | a source's month held against the books of 财政, confirmed by a second officer |
//! | supervisor | 督导 | reads everything, writes findings only |
//! | command, fact | 指令, 事实 | what was asked and signed; what it made true |
//! | entry, log | 记录, 日志 | one command with its facts, chained and signed; all of them |
//! | turn | 轮次 | a desk's exclusive time to write, taken by creating a name |
//! | replica | 本机副本 | the log's facts as tables on this PC |
//! | desk | 本机 | this program with its files on one PC |
//! | outbox | 待传 | signed orders on their way to the share |
//! | backup, drill | 备份, 演练 | a copy of the log in a second place; restoring and comparing it, without which it does not count |
//! | rescue | 找回 | an entry that carries one that a server lost, word for word |
//! | rebuild | 重建 | a new log file from what a PC verified, by an officer's signature |
//! | head seen | 见到的头 | how far a desk has seen the log, signed, in `desks/` |
//! | pack | 政策包 | a notice's figures, adopted by a signed entry |
//! | mark | 标记 | what a desk found wrong with an entry that is sound |
//! | finding | 督导问题 | what a supervisor asks an office to put right by a day |
//! | hand-over | 移交 | of a finding to discipline; of work it is 工作交接 |
//! | delegation | 委托代批 | an approver's powers lent to another from day to day |
//! | grant of office, proposal | 授予, 提出 | an office, a role or a key given by an administrator; it waits for a second where there are two |
//! | recovery seed | 恢复种子 | the key in the safe that makes an administrator where none is left; the officer `0` |
//! | request, digits | 申请, 对照码 | a key made on its owner's PC, and the eight digits compared by telephone |
//! | data key, period | 数据密钥, 期 | what opens the private parts of a year, or of a part of it after a theft |
//! | unmasking | 看全 | looking at what is masked, with a purpose, as an entry |
//! | destruction | 到期销毁 | private parts taken out of every file after their time; the skeleton stays |
//! | evidence | 证据包 | a case's entries and what is needed to trust them, for a PC that never saw the office |
//! | archive | 归档 | where the paper of a case lies once it is over: number, counts, term, place (F25) |
//! | month sheet | 月度核对单 | the head, the grants and the marks of a month, signed in ink |
//! | scene | 情景 | a rule told as a story that is run |

pub mod base;
pub mod cli;
pub mod domain;
pub mod forms;
pub mod ledger;
pub mod office;
pub mod store;
pub mod ui;
