//! The page fits, says what failed, and a folder is examined with everything this PC has.

use super::*;
use crate::base::stamp::Stamp;
use crate::base::width::width;
use crate::store::fault::FaultKind;
use crate::store::share::trial::Verdict;

fn page(two: bool, of: impl Fn(Check) -> Finding) -> Page {
    let lines: &[Check] = if two { &Check::TWO } else { &Check::ONE };
    let findings = lines.iter().map(|check| of(*check)).collect();
    Page::new(Path::new("/srv/救助"), Stamp(1_772_414_100_000), two, findings)
}

#[test]
fn whatever_fails_the_page_fits_and_tells_what_to_do() {
    for failing in (0..1u32 << 12).step_by(5) {
        let fails = |check: Check| failing >> (check.number() - 1) & 1 == 1;
        let shown = page(false, |check| {
            if fails(check) {
                Finding::fail(check, "看到的情形".repeat(5))
            } else {
                Finding::pass(check, "好")
            }
        });
        let text = shown.text();
        assert!(text.lines().count() <= 24, "{text}");
        assert!(text.lines().all(|line| width(line) <= WIDTH), "{text}");
        for check in Check::ONE.into_iter().filter(|check| fails(*check)) {
            assert!(text.contains(check.advice()), "{text}");
        }
        assert_eq!(shown.passed(), failing == 0);
    }
}

#[test]
fn a_page_reads_so() {
    let shown = page(false, |check| match check {
        Check::Clock => Finding::fail(check, "服务器比本机快 120 分钟"),
        Check::Litter => Finding::note(check, "有桌面文件留下的 desktop.ini"),
        Check::Space => Finding::untested(check, "本机查不出，请管理员在服务器上看"),
        _ => Finding::pass(check, "好"),
    });
    insta::assert_snapshot!(shown.text().replace(env!("CARGO_PKG_VERSION"), "X"), @r"
    救急 共享盘检查（一台电脑） 2026-03-02 09:15 程序 X
    文件夹 /srv/救助
     1 打开文件夹     通过   好
     2 同名只成一个   通过   好
     3 写入读回       通过   好
     4 截短和改名     通过   好
     5 写到盘上       通过   好
     6 读取快慢       通过   好
     7 空余空间       未测   本机查不出，请管理员在服务器上看
     8 盘上的时钟     不通过 服务器比本机快 120 分钟
       办法：请对表：本机和服务器，哪台不准就改哪台
     9 试写日志       通过   好
    10 里面的日志     通过   好
    11 别的软件       注意   有桌面文件留下的 desktop.ini
       办法：请让同步、整理类软件避开这个文件夹
    12 本机文件夹     通过   好
    结论：不通过，第 8 项。先不要用这个文件夹，按办法改好后再查一次。
    电话码：031 703 044（对方用 jiuji doctor --code 号码 可以看到每一项）
    ");
    let read = read_code(&shown.code()).unwrap();
    assert_eq!(read.lines[7], (Check::Clock, Verdict::Fail));
    let json = shown.json();
    assert_eq!((&json["passed"], &json["checks"][7]["verdict"]), (&false.into(), &"fail".into()));
}

#[test]
fn a_folder_that_behaves_passes_and_a_foreign_county_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    let county = CountyId([7; 16]);
    let workshop = dir.path().join("workshop");
    crate::store::share::found(&share, county, &workshop, &mut RealHost::default()).unwrap();
    let before: Vec<_> = std::fs::read_dir(&share).unwrap().map(|e| e.unwrap().file_name()).collect();
    let look = |county| {
        let data = Ok(dir.path().join("data"));
        let subject = Subject { share: share.clone(), may_be_new: false, county, data };
        alone(subject, &mut |_| {}).unwrap()
    };
    let failed = |found: &[Finding]| -> Vec<Check> {
        found.iter().filter(|f| f.verdict == Verdict::Fail).map(|f| f.check).collect()
    };
    let own = look(Some(county));
    assert_eq!(failed(&own), Vec::<Check>::new(), "{own:?}");
    assert_eq!(own.iter().map(|f| f.check).collect::<Vec<_>>(), Check::ONE);
    assert!(own[9].said.contains("本县的，第 1 个文件，到第 0 条"), "{}", own[9].said);
    assert_eq!(failed(&look(None)), Vec::<Check>::new());
    assert_eq!(failed(&look(Some(CountyId([8; 16])))), [Check::Log]);
    let after: Vec<_> = std::fs::read_dir(&share).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(after.len(), before.len(), "{after:?}");
}

#[test]
fn a_data_folder_that_was_refused_is_a_line_and_so_is_a_broken_log() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("log.0001"), "gibberish").unwrap();
    let data = Err(Fault::new(FaultKind::Config, "数据文件夹在网络盘上，不能使用", "请换"));
    let subject = Subject { share: dir.path().to_owned(), may_be_new: false, county: None, data };
    let found = alone(subject, &mut |_| {}).unwrap();
    let failed: Vec<_> = found.iter().filter(|f| f.verdict == Verdict::Fail).map(|f| f.check).collect();
    assert_eq!(failed, [Check::Log, Check::Data], "{found:?}");
}

#[test]
fn what_hangs_is_said_and_the_rest_is_untested() {
    let (send, news) = channel();
    send.send(News::Begins(Check::Reach)).unwrap();
    send.send(News::Found(Finding::pass(Check::Reach, "好"))).unwrap();
    let mut found = gather_for(&news, &Check::ONE, Duration::ZERO, &mut |_| {}, &mut |_| {}).unwrap();
    settle(&mut found, &Check::ONE);
    assert_eq!(found.len(), 12);
    assert_eq!((found[1].check, found[1].verdict), (Check::OneName, Verdict::Fail));
    assert!(found[2..].iter().all(|f| f.verdict == Verdict::Untested));
    drop(send);
    assert_eq!(
        gather_for(&news, &Check::ONE, HANGS, &mut |_| {}, &mut |_| {}).unwrap(),
        Vec::<Finding>::new()
    );
}
