//! `export`: plain tables of this desk's replica, for other programs. Nothing of ours can be restored from them.

use super::End;
use super::chosen::officer_of;
use super::chosen::{self, Choice, today};
use super::out::Out;
use crate::domain::privacy::{Audience, Field, Medium, Show, show};
use crate::store::export::sqlite::SqliteFile;
use crate::store::export::{ExportError, csv, xlsx};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use crate::store::replica::plain::{Plain, Whole};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Csv,
    Xlsx,
    Sqlite,
}

/// Arguments of `export`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// people、households、team、leads、cases、lines、items、grants、funds、officers 或 all
    #[arg(value_name = "表")]
    table: String,
    /// 格式
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// 写到哪个文件；几张表的 csv、xlsx 写到这个文件夹
    #[arg(long, value_name = "路径")]
    out: PathBuf,
    /// 不遮蔽姓名、证件号、电话、账号和事由；只由县局办
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    choice: Choice,
}

/// Runs the verb.
///
/// # Errors
/// No such table; nobody signed in; a file that is there already or cannot be written.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let tables: Vec<Plain> = if args.table == "all" {
        Plain::ALL.to_vec()
    } else {
        Plain::ALL
            .into_iter()
            .filter(|table| table.name() == args.table || table.zh() == args.table)
            .collect()
    };
    if tables.is_empty() {
        let names: Vec<&str> = Plain::ALL.iter().map(|table| table.name()).collect();
        let what = format!("没有表 {}", args.table);
        return Err(Fault::new(FaultKind::User, what, format!("可以写 {} 或 all", names.join("、"))));
    }
    let reader = reader(args, out)?;
    let mut whole = Vec::new();
    for table in &tables {
        whole.push((*table, reader.plain(*table, args.full)?));
    }
    drop(reader);
    if args.format == Format::Sqlite {
        return sqlite(&args.out, whole, out);
    }
    let folder = tables.len() > 1;
    if folder {
        std::fs::create_dir_all(&args.out).map_err(|error| Fault::of_io("建立导出文件夹", error))?;
    }
    for (table, rows) in whole {
        let path = if folder {
            args.out.join(file_name(table, args.format, rows.practice))
        } else {
            args.out.clone()
        };
        let count = one(&path, args.format, rows)?;
        out.say(&format!("{} {count} 行，已写入 {}", table.zh(), path.display()))?;
    }
    Ok(End::Done)
}

/// Somebody signs in: only his keys open the replica. In full only whoever may see the whole county in full.
fn reader(args: &Args, out: &mut Out) -> Result<Reader, Fault> {
    let chosen = chosen::open(&args.choice, out)?;
    let reader = chosen.desk.replica().reader()?;
    if !args.full {
        return Ok(reader);
    }
    let officer = officer_of(&reader, &chosen.session.officer)?;
    let all = |field| show(field, Audience::of(&officer, None), Medium::FullExport) == Show::Full;
    // Tables hold the whole county, so only whoever may see the whole county in full takes them along.
    if !Field::ALL.into_iter().all(all) || officer.office.township().is_some() {
        return Err(Fault::new(
            FaultKind::User,
            "不遮蔽的导出含全县的个人信息，只由县局的经办人、审批人、财务或督导办",
            "请去掉 --full 导出遮蔽的表，或请县局导出",
        ));
    }
    Ok(reader)
}

fn file_name(table: Plain, format: Format, practice: bool) -> String {
    let ending = if format == Format::Csv { "csv" } else { "xlsx" };
    let mark = if practice { "练习-" } else { "" };
    format!("{mark}{}.{ending}", table.zh())
}

fn one(path: &Path, format: Format, rows: Whole) -> Result<usize, Fault> {
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|error| failed(path, ExportError::from(error)))?;
    let mut to: BufWriter<File> = BufWriter::new(file);
    let written = match format {
        Format::Csv => csv::write(rows, &mut to),
        Format::Xlsx | Format::Sqlite => xlsx::write(rows, today(), &mut to),
    };
    let ended = written.and_then(|count| to.flush().map(|()| count).map_err(ExportError::from));
    ended.map_err(|error| {
        // Half a file would be taken for a whole one; it is ours alone, made a moment ago.
        let _ = std::fs::remove_file(path);
        failed(path, error)
    })
}

fn sqlite(path: &Path, tables: Vec<(Plain, Whole)>, out: &mut Out) -> Result<End, Fault> {
    let mut file = SqliteFile::create(path).map_err(|error| failed(path, error))?;
    for (table, rows) in tables {
        let count = file.add(rows).map_err(|error| failed(path, error))?;
        out.say(&format!("{} {count} 行", table.zh()))?;
    }
    file.finish().map_err(|error| failed(path, error))?;
    out.say(&format!("已写入 {}", path.display()))?;
    Ok(End::Done)
}

fn failed(path: &Path, error: ExportError) -> Fault {
    let kind = match &error {
        ExportError::Exists => FaultKind::User,
        ExportError::Full => FaultKind::Full,
        _ => FaultKind::Config,
    };
    let what = format!("{}：{}", path.display(), error.what().trim_end_matches('。'));
    Fault::new(kind, what, error.next().trim_end_matches('。'))
}
