//! `lookup`: 查往年 on the command line.

use super::chosen::officer_of;
use super::chosen::{self, Choice, Chosen};
use super::out::Out;
use super::{End, chosen::today};
use crate::base::division;
use crate::base::width;
use crate::domain::privacy::Audience;
use crate::office::seen;
use crate::store::fault::Fault;
use crate::store::replica::lookup::{FamilyCard, Hit, Prior};
use serde_json::{Value, json};

/// More hits than these are counted, not listed.
const MOST: usize = 20;

/// Arguments of `lookup`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 姓名、拼音首字母、身份证号或后四位、电话、账号
    #[arg(value_name = "查什么")]
    text: String,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    choice: Choice,
}

/// Runs the verb; nobody found is a no.
///
/// # Errors
/// No office here; a wrong password; the machine's.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let chosen = chosen::open(&args.choice, out)?;
    let reader = chosen.desk.replica().reader()?;
    let officer = officer_of(&reader, &chosen.session.officer)?;
    if let Some(away) = chosen.away.as_ref().filter(|_| !args.json) {
        out.warn(&format!("{}；以下是本机保存的情况，别处可能已经发放。", away.what));
    }
    seen::may_look(&officer)?;
    let hits = reader.search(&args.text, today(), MOST + 1)?;
    let mut cards = Vec::new();
    for hit in hits.iter().take(MOST) {
        let card = reader.family_card(hit.person, today())?;
        cards.extend(card.map(|card| {
            let audience = Audience::of(&officer, card.who.township);
            seen::family(card, audience)
        }));
    }
    if args.json {
        out.json(&document(&chosen, &cards, hits.len() > MOST)?)?;
    } else {
        text(&chosen, &cards, hits.len() > MOST, out)?;
    }
    Ok(if cards.is_empty() { End::No } else { End::Done })
}

fn place(hit: &Hit) -> String {
    let township = hit.township.and_then(division::township).map_or("", |known| known.name);
    let village = hit.village.and_then(division::village).map_or("", |known| known.short);
    format!("{township}{village}")
}

fn text(chosen: &Chosen, cards: &[FamilyCard], more: bool, out: &mut Out) -> Result<(), Fault> {
    if chosen.practice {
        out.say("【练习】")?;
    }
    if cards.is_empty() {
        return out.say("没有找到。");
    }
    for card in cards {
        let who = &card.who;
        out.say(&format!(
            "{} {} {} {}  家庭{}人  近三年 {}笔 {}元",
            who.name,
            who.sex.map_or("", |sex| sex.zh()),
            who.id_masked,
            place(who),
            who.household_size,
            who.three_years.count,
            who.three_years.amount.grouped()
        ))?;
        for prior in &card.own {
            out.say(&format!("  {}", grant(prior)))?;
        }
        for member in card.members.iter().filter(|member| member.three_years.count > 0) {
            out.say(&format!(
                "  同户 {} 近三年 {}笔 {}元",
                member.name,
                member.three_years.count,
                member.three_years.amount.grouped()
            ))?;
        }
    }
    if more { out.say(&format!("还有更多，只列前{MOST}人；请写得更具体。")) } else { Ok(()) }
}

fn grant(prior: &Prior) -> String {
    let grant = &prior.grant;
    let number = if prior.imported { "往年台账" } else { grant.number.as_str() };
    format!(
        "{} {}元 {} {}",
        grant.on,
        width::fit_right(&grant.amount.grouped(), 10),
        width::fit(grant.circumstance.map_or("", |known| known.zh()), 10),
        number
    )
}

fn document(chosen: &Chosen, cards: &[FamilyCard], more: bool) -> Result<Value, Fault> {
    let people: Vec<Value> = cards
        .iter()
        .map(|card| {
            let who = &card.who;
            json!({
                "name": who.name,
                "id_masked": who.id_masked,
                "place": place(who),
                "household_size": who.household_size,
                "household_year_fen": card.year_sum(),
                "three_years": { "count": who.three_years.count, "amount_fen": who.three_years.amount },
                "grants": card.own.iter().map(grant_json).collect::<Vec<_>>(),
                "household": card.members.iter().map(|member| json!({
                    "name": member.name,
                    "relation": member.relation,
                    "three_years": { "count": member.three_years.count, "amount_fen": member.three_years.amount },
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    Ok(json!({
        "practice": chosen.practice,
        "as_of_n": chosen.desk.head_n()?,
        "drive_away": chosen.away.is_some(),
        "more": more,
        "people": people,
    }))
}

fn grant_json(prior: &Prior) -> Value {
    let grant = &prior.grant;
    json!({
        "on": grant.on,
        "amount_fen": grant.amount,
        "circumstance": grant.circumstance.map(|known| known.zh()),
        "way": grant.way.zh(),
        "tier": grant.tier.zh(),
        "township": grant.township,
        "number": grant.number,
        "imported": prior.imported,
        "paid": grant.paid,
    })
}
