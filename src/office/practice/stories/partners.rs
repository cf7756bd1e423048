//! 协作单位: three bodies in the county's register, one of them paired with a township. What is referred to them stands in
//! 大庙镇's stories.

use crate::domain::ids::PartnerId;
use crate::domain::partners::PartnerKind;
use crate::office::practice::script::Script;
use crate::store::fault::Fault;

/// The charity's name, as referrals write it.
pub(super) const CHARITY: &str = "县慈善总会";
/// The social workers' name.
pub(super) const WORKERS: &str = "县社会工作服务中心";

/// Registers them; the charity and the social workers come back.
pub(super) fn tell(s: &mut Script<'_>) -> Result<(PartnerId, PartnerId), Fault> {
    let by = "9002";
    let said = (CHARITY, "刘会长 0421-480012", "大病救助、助学项目");
    let charity = s.partner((12, 2), by, PartnerKind::Charity, said, None)?;
    let said = (WORKERS, "何社工 0421-480036", "心理督导、能力提升");
    let workers = s.partner((12, 2), by, PartnerKind::SocialWork, said, None)?;
    let said = ("县城郊建筑公司", "马经理 0421-480058", "提供零工岗位，冬季送煤");
    s.partner((12, 3), by, PartnerKind::Enterprise, said, Some(108))?;
    Ok((charity, workers))
}
