//! Lists as they are drawn, scrolled and chosen from.

use std::cell::Cell;

use super::*;
use crate::ui::terminal::Terminal;
use crate::ui::testing;
use crate::ui::theme::Theme;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号",
    columns: &[
        Column::left("编号", 11),
        Column::left("姓名", 8),
        Column::right("年龄", 4).rank(2),
        Column::left("村(居)", 10).grow(),
        Column::right("申请额", 9),
        Column::left("等待", 5).rank(1),
        Column::left("期限", 8).rank(1),
    ],
    options: &[
        RowOption { digit: '1', label: "打开" },
        RowOption { digit: '5', label: "查看" },
        RowOption { digit: '7', label: "打印" },
    ],
    ticks: false,
    empty: "没有待办件",
};

/// Invented cases `26-103-0001` and on, and how many rows were asked for.
struct Cases {
    numbers: Vec<usize>,
    asked: Cell<usize>,
}

impl Cases {
    fn new(numbers: impl IntoIterator<Item = usize>) -> Cases {
        Cases { numbers: numbers.into_iter().collect(), asked: Cell::new(0) }
    }
}

impl Rows for Cases {
    fn len(&self) -> usize {
        self.numbers.len()
    }
    fn row(&self, index: usize) -> Vec<String> {
        self.asked.set(self.asked.get() + 1);
        ["", "王桂兰", "68", "木头城子村", "3,000.00", "6天", "今天到期"]
            .iter()
            .enumerate()
            .map(|(i, c)| if i == 0 { self.id(index) } else { (*c).to_owned() })
            .collect()
    }
    fn id(&self, index: usize) -> String {
        format!("26-103-{:04}", self.numbers[index])
    }
    fn locate(&self, needle: &str) -> Vec<usize> {
        (0..self.len()).filter(|i| self.id(*i).ends_with(needle)).collect()
    }
}

fn list(count: usize) -> List<Cases> {
    List::new(TABLE, Cases::new(1..=count))
}

fn drawn(list: &mut List<Cases>, cols: u16, rows: u16) -> String {
    list.resize(Size { rows, cols });
    let mut buffer = testing::buffer(cols, rows);
    let (theme, _) = Theme::load("plain", None, false);
    list.draw(&mut Canvas::new(&mut buffer, &theme));
    testing::assert_widths_certain(&buffer);
    testing::text(&buffer)
}

fn press(list: &mut List<Cases>, keys: &[Key]) -> Happened {
    keys.iter().map(|k| list.key(*k)).last().unwrap()
}

#[test]
fn a_list_at_80_columns() {
    let mut list = list(14);
    press(&mut list, &[Key::Down, Key::Char('5')]);
    insta::assert_snapshot!(drawn(&mut list, 80, 12), @r#"
 定位(姓名/拼音首字母/编号) [                ]                  第 1-6 共 14 件

 选  编号        姓名     年龄 村(居)                      申请额 等待  期限
 --- ----------- -------- ---- ------------------------ --------- ----- --------
 [ ] 26-103-0001 王桂兰     68 木头城子村                3,000.00 6天   今天到期
>[5] 26-103-0002 王桂兰     68 木头城子村                3,000.00 6天   今天到期
 [ ] 26-103-0003 王桂兰     68 木头城子村                3,000.00 6天   今天到期
 [ ] 26-103-0004 王桂兰     68 木头城子村                3,000.00 6天   今天到期
 [ ] 26-103-0005 王桂兰     68 木头城子村                3,000.00 6天   今天到期
 [ ] 26-103-0006 王桂兰     68 木头城子村                3,000.00 6天   今天到期

 选项打在方括号里：1=打开  5=查看  7=打印
"#);
}

#[test]
fn only_the_rows_seen_are_asked_for() {
    let mut list = list(20_000);
    drawn(&mut list, 80, 19);
    assert_eq!(list.rows().asked.get(), 13);
    press(&mut list, &[Key::End]);
    let text = drawn(&mut list, 80, 19);
    assert!(text.contains("第 19995-20000 共 20000 件") && list.rows().asked.get() <= 26, "{text}");
}

#[test]
fn digits_in_several_rows_then_enter_says_what_to_do_with_each() {
    let mut list = list(9);
    let keys = [Key::Char('5'), Key::Down, Key::Down, Key::Char('７'), Key::Up];
    press(&mut list, &keys);
    let chosen = list.key(Key::Enter);
    let want = vec![("26-103-0001".to_owned(), '5'), ("26-103-0003".to_owned(), '7')];
    assert_eq!(chosen, Happened::Chosen(want));
    assert_eq!(
        list.key(Key::Enter),
        Happened::Chosen(vec![("26-103-0002".to_owned(), '1')]),
        "Enter alone opens"
    );
    assert!(matches!(list.key(Key::Char('3')), Happened::Say(text) if text.contains("5=查看")));
}

#[test]
fn letters_go_to_locate_and_digits_there_are_text() {
    let mut list = list(30);
    press(&mut list, &[Key::Tab, Key::Char('0'), Key::Char('0'), Key::Char('2'), Key::Char('1')]);
    assert_eq!(list.caret().0, 0);
    press(&mut list, &[Key::Enter]);
    assert_eq!((list.selected(), list.caret()), (Some(20), (4, 2)));
    press(&mut list, &[Key::Char('王')]);
    assert!(list.is_locating() && list.selected().is_none());
    assert!(matches!(list.key(Key::Enter), Happened::Say(_)), "nothing was found");
}

#[test]
fn the_cursor_and_the_marks_stay_with_their_rows() {
    let mut list = list(30);
    press(&mut list, &[Key::PgDn, Key::Char('5'), Key::Down, Key::Char('7')]);
    list.replace(Cases::new(3..=40));
    assert_eq!(list.selected_id().as_deref(), Some("26-103-0015"), "two rows above it are gone");
    list.replace(Cases::new((3..=14).chain(40..60)));
    assert_eq!(
        list.selected_id().as_deref(),
        Some("26-103-0040"),
        "it is gone itself: the cursor keeps its place"
    );
    let Happened::Chosen(chosen) = list.key(Key::Enter) else { panic!() };
    assert_eq!(chosen, [("26-103-0014".to_owned(), '5')], "the other row is gone, and its mark with it");
}

#[test]
fn space_ticks_where_a_batch_is_made() {
    let table = ListTable { ticks: true, ..TABLE };
    let mut list = List::new(table, Cases::new(1..=3));
    press(&mut list, &[Key::Char(' '), Key::Down, Key::Char('　')]);
    assert_eq!(list.ticked().len(), 2);
    press(&mut list, &[Key::Char(' '), Key::Char('+')]);
    assert_eq!(list.ticked().len(), 3);
    press(&mut list, &[Key::Char('+')]);
    assert!(list.ticked().is_empty());
}

#[test]
fn a_card_reader_finds_and_returns_to_the_rows() {
    let mut list = list(30);
    list.key(Key::Char('5'));
    list.key(Key::Down);
    list.key(Key::Up);
    for first in ['7', '2', '0'] {
        list.key(Key::Char(first));
        list.burst("6-103-0007\n");
        let found = first == '2';
        assert_eq!((list.selected(), list.is_locating()), (found.then_some(6), !found));
        list.key(Key::CtrlBackspace);
    }
    list.key(Key::Enter);
    let want = vec![("26-103-0001".to_owned(), '5')];
    assert_eq!(list.key(Key::Enter), Happened::Chosen(want), "the first character of a burst is no option");
}

#[test]
fn a_narrow_window_leaves_out_columns_and_a_wide_one_widens_words() {
    for cols in [60, 80, 132] {
        let text = drawn(&mut list(5), cols, 14);
        assert!(text.contains("姓名") && text.contains("申请额"), "{text}");
        assert_eq!(text.contains("期限"), cols > 60, "{text}");
    }
}

#[test]
fn an_empty_list_says_so() {
    let mut list = list(0);
    assert!(drawn(&mut list, 80, 12).contains("没有待办件"));
    assert_eq!(list.key(Key::Enter), Happened::Say("没有待办件".to_owned()));
    assert_eq!(list.key(Key::Char('1')), Happened::Moved);
}

#[test]
fn a_moved_highlight_costs_at_most_400_bytes_and_a_key_in_locate_64() {
    let mut list = list(200);
    list.resize(Size { rows: 25, cols: 80 });
    let bytes = |list: &List<Cases>, terminal: &mut Terminal<Vec<u8>>| {
        let (theme, _) = Theme::load("plain", None, false);
        terminal.out_mut().clear();
        terminal
            .draw(|buffer| {
                list.draw(&mut Canvas::new(buffer, &theme));
                list.caret()
            })
            .unwrap();
        terminal.out_mut().len()
    };
    let mut terminal = Terminal::over(Vec::new(), 80, 25);
    bytes(&list, &mut terminal);
    for _ in 0..5 {
        list.key(Key::Down);
        let cost = bytes(&list, &mut terminal);
        assert!(cost <= 400, "{cost}");
    }
    list.key(Key::Tab);
    bytes(&list, &mut terminal);
    list.locate.key(Key::Char('w'));
    let cost = bytes(&list, &mut terminal);
    assert!(cost <= 64, "{cost}");
}
