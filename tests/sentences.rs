//! What the rules say to a clerk names only keys and fields that the screens have.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

/// Function keys that do something else on every screen than what a refusal would want, and a field that no form has.
const NOT_THERE: [&str; 7] = ["按F2", "按F3", "按F6", "按F7", "按F9", "按F10追认", "「原因」"];

fn each(folder: &Path, look: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each(&path, look);
        } else if path.extension().is_some_and(|end| end == "rs") {
            look(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn refusals_name_only_keys_and_fields_that_are_there() {
    let mut wrong = Vec::new();
    let mut sentences = 0;
    each(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain"), &mut |path, text| {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            sentences += usize::from(line.contains("请"));
            for word in NOT_THERE.iter().filter(|word| line.contains(**word)) {
                wrong.push(format!("{}:{}: {word}", path.display(), at + 1));
            }
        }
    });
    assert!(sentences > 100, "only {sentences} sentences were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
