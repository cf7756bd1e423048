//! Leads: fresh, late, answered, ended in each way; and the team of each township that finds them.

use crate::domain::nouns::{Channel, LeadEnd};
use crate::domain::registers::DiscovererKind::{Committee, Grid, Volunteer};
use crate::office::practice::script::Script;
use crate::store::fault::Fault;

pub(super) fn tell(s: &mut Script<'_>) -> Result<(), Fault> {
    let home = s.home(102)?;
    s.lead((0, 6), "9101", &home, Channel::Hotline, (2, 3, "热线：老人突然昏迷，家中无现金"))?;
    let home = s.home(102)?;
    let secretary = s.joins((12, 2), "9101", home.village, Committee, ("邹长海", "13900001101"))?;
    let plan = (1, 3, "村书记报告：柴垛起火，烧到正房");
    s.found((0, 0), "9102", &home, Channel::Village, plan, Some(secretary))?;
    let home = s.home(102)?;
    let walks = s.joins((12, 2), "9101", home.village, Grid, ("柏秀云", "13900001102"))?;
    let left = s.joins((12, 2), "9101", home.village, Volunteer, ("欧阳瑞", ""))?;
    s.leaves((4, 2), "9101", left, "外出务工");
    let plan = (2, 2, "走访发现：病人停药一周");
    let lead = s.found((0, 1), "9102", &home, Channel::Visit, plan, Some(walks))?;
    s.answer((0, 5), "9102", lead);
    let home = s.home(103)?;
    s.lead((0, 7), "9201", &home, Channel::Window, (5, 1, "来窗口：店铺倒闭，想申请救助"))?;
    let home = s.home(103)?;
    let helper = s.joins((11, 3), "9201", home.village, Volunteer, ("司马云", "13900001103"))?;
    let plan = (1, 2, "志愿者报告：老人摔伤独居");
    s.found((3, 6), "9201", &home, Channel::Volunteer, plan, Some(helper))?;
    let home = s.home(103)?;
    let lead = s.lead((4, 4), "9201", &home, Channel::Department, (2, 1, "医保局转来：自付费用较高"))?;
    s.end((3, 7), "9201", lead, LeadEnd::Referred, "已转医疗救助办理");
    let home = s.home(108)?;
    s.lead((0, 5), "9301", &home, Channel::Hotline, (1, 2, "热线：摩托车事故，伤者已送医"))?;
    let home = s.home(108)?;
    let lead = s.lead((6, 3), "9301", &home, Channel::Hotline, (5, 1, "热线：想了解救助政策"))?;
    s.answer((5, 6), "9301", lead);
    s.end((5, 7), "9301", lead, LeadEnd::Withdrawn, "本人表示只是咨询，不申请");
    let home = s.home(108)?;
    let head = s.joins((11, 3), "9301", home.village, Committee, ("诸葛田", "13900001104"))?;
    let plan = (6, 2, "村委会报告：客车翻车有人受伤");
    let lead = s.found((3, 5), "9301", &home, Channel::Village, plan, Some(head))?;
    s.end((3, 6), "9301", lead, LeadEnd::Duplicate, "同一事故已由受伤人家属报过");
    Ok(())
}
