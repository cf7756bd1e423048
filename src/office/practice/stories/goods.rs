//! 物资 and 空白单: a township's store with goods bought and given, one lot under way from the county, and a pad of which one
//! sheet is void and one is missing. What is handed out of the store, and the sheets that were used, are in 波罗赤镇's stories.

use crate::domain::office::Office;
use crate::domain::stock::Origin;
use crate::office::practice::script::{Script, When};
use crate::store::fault::Fault;

const TOWN: u16 = 102;
/// When the pad was issued.
pub(super) const PAD: When = (12, 1);

pub(super) fn tell(s: &mut Script<'_>) -> Result<(), Fault> {
    let here = Office::Township(TOWN);
    let bought = (Origin::Bought, "县粮油公司，发票0047号");
    let given = (Origin::Donated, "县慈善会，捐赠清单2号");
    s.stored((10, 1), "9101", here, ("大米", "10公斤", "袋", 40, 4_000), bought);
    s.stored((10, 1), "9101", here, ("面粉", "10公斤", "袋", 30, 3_850), bought);
    s.stored((10, 5), "9102", here, ("棉被", "3公斤", "床", 20, 12_000), given);
    s.counted((6, 1), ("9101", "9103"), here, ("面粉", "袋", 29), "一袋受潮，已拍照留存");
    let county = (Origin::Bought, "县应急物资采购，合同12号");
    s.stored((9, 1), "9003", Office::County, ("折叠床", "0.8米", "张", 60, 9_900), county);
    s.sent((1, 2), "9003", TOWN, ("折叠床", "张", 10))?;
    s.pad(PAD, "9101", TOWN, 10);
    let spoilt = s.sheet(PAD, TOWN, 2);
    s.spoilt((8, 5), "9101", spoilt, "雨天写花，字迹不清");
    Ok(())
}
