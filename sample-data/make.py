#!/usr/bin/env python3
"""Make the practice people and the three earlier years of ledgers.

Everything is invented and comes from one fixed seed: two runs give the same bytes. Run `python3 make.py`
(needs openpyxl) in this folder; README.md lists what must hold afterwards and tests/sample_data.rs checks it.
"""
import csv
import datetime as dt
import io
import pathlib
import random
import re
import zipfile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

HERE = pathlib.Path(__file__).parent
R = random.Random(20260302)

TOWNS = {
    102: ("波罗赤镇", {
        200: "波罗赤村", 201: "南洼村", 202: "卢杖子村", 203: "焦营子村", 204: "康家屯村", 205: "华家店村",
        206: "肖三家村", 207: "白营子村"}),
    103: ("木头城子镇", {
        200: "木头城子村", 201: "西三家村", 202: "满达营子村", 203: "新村村", 204: "西营子村", 205: "扎兰营子村",
        206: "永来店村", 208: "陈杖子村", 209: "召山咀村", 210: "郑杖子村", 211: "嵩松沟村", 212: "姚杖子村",
        213: "徐家屯村", 214: "十家子社区"}),
    108: ("大庙镇", {
        200: "大庙村", 201: "老西沟村", 202: "邓杖子村", 203: "宁杖子村", 204: "水泉村", 205: "卧佛头沟村",
        206: "范杖子村", 207: "胜利村", 208: "贝子胡同村", 209: "鞠杖子村", 210: "青山村"}),
}
SURNAMES = "王李张刘陈杨赵孙吴周徐朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许吕苏卢蒋蔡贾丁魏薛叶潘杜戴夏田任姜范方石姚金郝孔白崔康秦江史侯邵孟段雷尹常武乔贺"
OLD_M = "福贵 振山 国栋 德山 长海 玉田 凤山 廷玉 树林 殿臣 广才 万财 永顺 景春 宝山 占军 文举 喜成 兆林 连生".split()
OLD_F = "桂兰 秀英 淑珍 凤霞 玉兰 素芬 桂琴 淑华 秀芝 桂荣 翠花 玉梅 凤英 亚芹 淑琴 月娥 素云 桂芳 彩云 秀兰".split()
MID_M = "建国 志刚 海涛 卫东 立新 晓东 振华 永强 宏伟 明辉 学军 继红 占友 国庆 春雷 爱民 立军 海龙 玉柱 向阳".split()
MID_F = "丽华 艳玲 春梅 晓红 丽娟 海燕 桂玲 玉芹 艳华 秀丽 淑梅 立红 亚丽 春艳 凤芝 文静 丽萍 亚杰 红霞 玉霞".split()
NEW_M = "浩然 子轩 宇航 俊杰 天佑 博文 佳宁 一鸣 志远 嘉豪 铭泽 思源".split()
NEW_F = "欣怡 梓涵 雨桐 佳琪 思琪 诗涵 婉婷 可馨 紫萱 若曦 语嫣 静怡".split()
STATUS = ["无", "农村低保", "无", "低保边缘", "特困（分散）", "无", "刚性支出困难", "防返贫监测", "无", "优抚"]
REASONS = {
    1: ["家中失火房屋烧毁", "交通事故受伤住院", "意外摔伤骨折", "溺水抢救"],
    2: ["突患脑出血急需手术", "急性心梗住院", "突发重病治疗费用大", "突患胰腺炎住院"],
    3: ["长期患病透析", "肢体残疾长期护理", "慢性病常年服药", "精神残疾康复费用高"],
    4: ["子女就读大学学费", "孩子上高中学费负担重", "子女就学支出大"],
    5: ["创业失败负债", "养殖经营亏损", "失业无收入"],
    6: ["重大安全事件受困", "群体性事件受损家庭"],
    7: ["患特殊病种家庭变故", "遭遇特殊变故生活无着"],
    8: ["其他特殊困难", "其他原因生活困难"],
}
KIND = ["突发事件", "突患重病", "长期病残", "子女就学", "创业失业", "重大事件", "特病变故", "其他困难"]
AMOUNTS = [300, 400, 500, 200, 800, 500, 450.5, 1000, 300, 500, 1200, 350, 2000, 500, 600, 260.8, 3000, 400, 1500, 500]
YEARS = (2023, 2024, 2025)
TODAY = dt.date(2026, 3, 2)

used_ids, used_names = set(), set()


def check(seventeen):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights)) % 11]


def new_id(birth, male, area="211321"):
    while True:
        n = R.randrange(1, 999)
        if n % 2 != (1 if male else 0):
            continue
        body = f"{area}{birth:%Y%m%d}{n:03d}"
        number = body + check(body)
        if number not in used_ids:
            used_ids.add(number)
            return number


def day_in(year):
    return dt.date(year, 1, 1) + dt.timedelta(days=R.randrange(0, 365))


def new_name(male, born, surname=None):
    given = (OLD_M, OLD_F) if born < 1962 else (MID_M, MID_F) if born < 1996 else (NEW_M, NEW_F)
    for _ in range(400):
        name = (surname or R.choice(SURNAMES)) + R.choice(given[0 if male else 1])
        if name not in used_names:
            break
        surname = surname if R.random() < 0.9 else None
    used_names.add(name)
    return name


def luhn(body):
    total = 0
    for i, d in enumerate(reversed(body)):
        n = int(d) * (2 if i % 2 == 0 else 1)
        total += n - 9 if n > 9 else n
    return body + str(-total % 10)


class Person:
    count = 0

    def __init__(self, male, born, village, name=None, surname=None, id_no=None, area="211321", adult=True):
        Person.count += 1
        self.key = f"P{Person.count:04d}"
        self.male = male
        if id_no:
            used_ids.add(id_no)
            self.birth = dt.date(int(id_no[6:10]), int(id_no[10:12]), int(id_no[12:14]))
            self.id_no = id_no
        else:
            self.birth = day_in(born)
            self.id_no = new_id(self.birth, male, area)
        self.name = name or new_name(male, self.birth.year, surname)
        used_names.add(self.name)
        self.village = village
        self.phone = f"1300000{Person.count:04d}" if adult else ""
        self.account = luhn(f"62999900000{Person.count:07d}") if adult else ""
        # the area of a number lives for life; who was born in 双塔区 and moved here is registered here
        self.registered = "211321" if self.id_no[:6] == "211302" else self.id_no[:6]
        self.note = ""


rows, households, by_town = [], [], {t: [] for t in TOWNS}


def code(town, v):
    return int(f"211321{town:03d}{v}")


def join(house, person, relation, status, since, until=""):
    rows.append([person.key, house, relation, person.name, person.id_no, person.village, person.phone, status,
                 since, until, person.registered, "男" if person.male else "女", person.account, person.note])


SPECIAL = {  # the people every rule example of the handbook is told about
    102: [
        [("02", True, "211321196804120012", "王福生"), ("10", False, "21132119751103078X", "李秀珍"),
         ("20", True, "211321201508200011", "王小龙")],
        [("02", True, "211321194001010013", "赵德发")],
        [("02", False, "211321200002290027", "陈晓雪")],
    ],
    103: [[("02", True, "220382199001010132", "孙立成")]],
    108: [[("02", False, "211382198212120248", "周凤云")]],
}
RARE = {
    102: ["张𠮷山", "包·萨仁高娃"],
    103: ["乌云其木格", "王桂兰"],
    108: ["李𠮷利", "白・巴特尔"],
}
SAME = {102: ["王桂兰", "李强", "李强"], 103: ["李强", "刘志刚"], 108: ["王桂兰", "刘志刚"]}


def people():
    number = 0
    for town, (town_name, villages) in TOWNS.items():
        codes = [code(town, v) for v in villages]
        special, rare, same = list(SPECIAL[town]), list(RARE[town]), list(SAME[town])
        want = 54 if town == 102 else 53
        made = 0
        outsiders = 0
        while made < want - 1:  # one more comes from the household that splits
            number += 1
            house = f"H{number:03d}"
            made += 1
            village = codes[(made - 1) % len(codes)]
            status = STATUS[(made - 1) % len(STATUS)]
            since = f"{R.randrange(2012, 2022)}-{R.randrange(1, 13):02d}-01"
            members = []
            if special:
                for relation, male, id_no, name in special.pop(0):
                    p = Person(male, 0, village, name=name, id_no=id_no, adult=id_no[6:10] < "2008")
                    members.append((relation, p))
            else:
                shape = (made + town) % 8
                area = "211321"
                if made % 13 == 6:
                    area = ["220382", "211382", "211381", "150422"][outsiders % 4]
                    outsiders += 1
                elif made % 9 == 4:
                    area = "211302"
                name = None
                male = R.random() < 0.6
                if made % 6 == 5 and rare:
                    name = rare.pop(0)
                    male = name not in ("包·萨仁高娃", "乌云其木格", "王桂兰")
                elif made % 6 in (2, 3) and same:
                    name = same.pop(0)
                    male = name != "王桂兰"
                    village = codes[0] if name == "李强" else village
                born = R.randrange(1945, 1960) if shape in (0, 4) else R.randrange(1966, 1986)
                head = Person(male, born, village, name=name, area=area)
                members.append(("02", head))
                surname = head.name[0]
                if shape in (1, 2, 3, 5, 7):
                    members.append(("10", Person(not male, born + R.randrange(-3, 4), village)))
                kids = {2: 1, 3: 2, 5: 1, 6: 1}.get(shape, 0)
                for _ in range(kids):
                    boy = R.random() < 0.5
                    kid_born = born + R.randrange(24, 33)
                    members.append(("20" if boy else "30", Person(
                        boy, kid_born, village, surname=surname if male else None, adult=kid_born < 2008)))
                if shape == 4:
                    boy = R.random() < 0.5
                    members.append(("41" if boy else "42", Person(
                        boy, R.randrange(2008, 2018), village, surname=surname, adult=False)))
                if shape in (5, 7):
                    mother = R.random() < 0.6
                    members.append(("52" if mother else "51", Person(
                        not mother, born - R.randrange(22, 27), village, surname=None if mother else surname)))
            if made in (17, 40):  # people nobody has a number for, with the reason
                p = members[-1][1]
                p.id_no, p.registered = "", ""
                p.note = "尚未落户" if made == 17 else "身份信息待核"
            for relation, p in members:
                start = max(since, p.birth.isoformat())
                join(house, p, relation, status, start)
            by_town[town].append((house, village, members))
        # the household that split in 2025: the eldest grown child leaves and heads a household of its own
        number += 1
        for i, (house, village, members) in enumerate(by_town[town]):
            grown = [m for m in members if m[0] in ("20", "30") and m[1].birth.year <= 2004 and m[1].id_no]
            if len(members) >= 4 and grown:
                relation, child = grown[0]
                for row in rows:
                    if row[0] == child.key:
                        row[9] = "2025-05-01"
                child.phone = child.phone or f"1300009{town:04d}"
                child.account = child.account or luhn(f"62999900009{town:07d}")
                new = f"H{number:03d}"
                join(new, child, "02", "无", "2025-05-01")
                by_town[town][i] = (house, village, [m for m in members if m[1] is not child])
                by_town[town].append((new, village, [("02", child)]))
                break
        else:
            raise SystemExit("no household could split")


extra = {}


def grants():
    """One list per township and year: (person, village, amount, day, circumstance, reason, size, status)."""
    out = {}
    amount_at = 0
    kind_at = 0
    for town, (_, villages) in TOWNS.items():
        codes = [code(town, v) for v in villages]
        pool = []
        for i in range(40):
            male = i % 2 == 0
            p = Person(male, R.randrange(1946, 1992), codes[i % len(codes)])
            pool.append(("", p.village, [("02", p)]))
        extra[town] = pool
        for year in YEARS:
            settled = [h for h in by_town[town] if any(m[1].id_no for m in h[2])]
            if year < 2025:
                settled = [h for h in settled if h[0] != by_town[town][-1][0]]
            picked = R.sample(settled, 41) + R.sample(pool, 22)
            picked += R.sample(picked[:41], 3)  # a second matter of the same household
            listing = []
            for n, (house, village, members) in enumerate(picked):
                grown = [m[1] for m in members if m[1].id_no and m[1].birth.year < 2008]
                if not grown:
                    grown = [m[1] for m in members if m[1].id_no]
                p = grown[0] if n % 5 else grown[-1]
                kind_at += 1
                amount_at += 1
                kind = (kind_at - 1) % 8 + 1
                day = dt.date(year, 1, 4) + dt.timedelta(days=R.randrange(0, 355))
                while day.weekday() > 4:
                    day += dt.timedelta(days=1)
                reason = REASONS[kind][amount_at % len(REASONS[kind])]
                status = next((r[7] for r in rows if r[0] == p.key), "无")
                listing.append([p, village, AMOUNTS[amount_at % len(AMOUNTS)], day, kind, reason,
                                max(len(members), 1), status])
            listing.sort(key=lambda g: (g[3], g[0].key))
            out[town, year] = listing
    return out


def money_text(a):
    return f"{a:.2f}" if a != int(a) else str(int(a))


def full_width(s):
    return "".join(chr(ord(c) + 0xFEE0) if "0" <= c <= "9" else c for c in s)


def fifteen(p):
    if p.birth.year >= 2000:
        return p.id_no
    return p.id_no[:6] + p.id_no[8:17]


def village_text(town, v, n):
    name, villages = TOWNS[town]
    short = villages[v % 1000]
    return [short, name + short, f"{short}{n % 6 + 1}组", f"朝阳县{name}{short}"][n % 4]


def age(p, day):
    return day.year - p.birth.year - ((day.month, day.day) < (p.birth.month, p.birth.day))


def day_text(day, style):
    return [f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日",
            f"{day:%Y-%m-%d}", f"{day.year}/{day.month}/{day.day}", str(serial(day))][style % 6]


def serial(day):
    return (day - dt.date(1899, 12, 30)).days


F26 = ["序号", "姓名", "身份证号", "年龄", "性别", "家庭人口", "住址", "个人类别", "电话", "金额", "审批时间", "申请理由",
       "自付金额", "一卡通账号"]


def messy(town, n, p, amount, day, faulty):
    """The id, the name, the amount and the day as a tired person would have typed them."""
    id_no, name, money, when = p.id_no, p.name, money_text(amount), day_text(day, n)
    turn = n % 16
    if turn == 1:
        id_no = "'" + id_no
    elif turn == 3:
        id_no = id_no + "'"
    elif turn == 5:
        id_no, money = full_width(id_no), full_width(money)
    elif turn == 7:
        name = name[0] + "  " + name[1:] if len(name) <= 3 else name + " "
    elif turn == 9:
        id_no = fifteen(p)
    elif turn == 11:
        id_no = id_no.replace("X", "x") + " "
    if n % 3 == 1:
        money += "元"
    elif n % 3 == 2 and amount >= 1000:
        money = f"{amount:,.2f}"
    elif n % 7 == 3:
        money = "￥" + money
    fault = faulty.get(n)
    if fault == "scientific":
        id_no = f"{float(p.id_no[:17] + '0'):.5E}"
    elif fault == "check":
        id_no = p.id_no[:17] + ("1" if p.id_no[17] != "1" else "2")
    elif fault == "amount":
        money = "待定"
    elif fault == "day":
        when = f"{day.year}.2.30"
    return id_no, name, money, when


FAULTS = ["scientific", "check", "amount", "day", "scientific"]


def spread(count):
    """Five refused rows of one township, evenly over its rows."""
    step = count // 5
    return {step * i + step // 2: f for i, f in enumerate(FAULTS)}


def fixed_zip(data, path):
    """openpyxl stamps the clock into the file; the sample must be the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as src, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as dst:
        for item in src.infolist():
            body = src.read(item.filename)
            if item.filename == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-05T08:00:00Z", body)
            info = zipfile.ZipInfo(item.filename, (2026, 1, 5, 8, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            dst.writestr(info, body)
    path.write_bytes(out.getvalue())


def save(book, name):
    data = io.BytesIO()
    book.save(data)
    fixed_zip(data.getvalue(), HERE / name)


def boluochi(all_grants):
    book = Workbook()
    ws = book.active
    ws.title = "台账"
    heads = ["序号", "姓名", "性别", "年龄", "身份证号码", "家庭住址", "家庭人口", "个人类别", "联系电话", "救助金额（元）",
             "审批时间", "申请理由", "自付金额", "一卡通账号", "备注"]
    ws.append(["波罗赤镇临时救助资金发放台账（2023—2025年）"])
    ws.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    ws["A1"].font, ws["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    ws.append(["填报单位：波罗赤镇民政办", None, None, None, None, None, None, None, None, "单位：元"])
    ws.append(heads)
    faulty = spread(198)
    n = 0
    for year in YEARS:
        total = 0
        for p, v, amount, day, kind, reason, size, status in all_grants[102, year]:
            id_no, name, money, when = messy(102, n, p, amount, day, faulty)
            fault = faulty.get(n)
            if fault == "scientific":
                id_no = float(p.id_no[:17] + "0")
            if fault != "amount" and n % 3 != 1:
                money = amount
            if fault != "day":
                when = {2023: day, 2024: when, 2025: int(f"{day:%Y%m%d}")}[year]
            ws.append([n + 1, name, "男" if p.male else "女", age(p, day), id_no, village_text(102, v, n), size,
                       status, p.phone, money, when, reason, amount * 2, p.account, None])
            if isinstance(when, dt.date):
                ws.cell(ws.max_row, 11).number_format = "yyyy/m/d"
            if n in (30, 95, 160):  # the same person's next line, merged with the one above
                ws.append([None, None, None, None, None, None, None, None, None, 200,
                           day + dt.timedelta(days=45), REASONS[8][0], None, None, "同一人再次救助"])
                ws.cell(ws.max_row, 11).number_format = "yyyy-mm-dd"
                for column in range(1, 10):
                    ws.merge_cells(start_row=ws.max_row - 1, start_column=column, end_row=ws.max_row,
                                   end_column=column)
                total += 200
            total += amount
            n += 1
        ws.append(["合计", None, None, None, None, None, None, None, None, total])
    ws.append(["制表人：韩玉梅", None, None, "审核人：宋振华"])
    book.create_sheet("Sheet2")
    save(book, "ledger-波罗赤镇-2023-2025.xlsx")


def csv_bytes(lines, encoding, bom=b""):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return bom + out.getvalue().encode(encoding)


def mutouchengzi(all_grants):
    faulty = spread(198)
    n = 0
    lines = [["木头城子镇2023年临时救助台账"] + [""] * 9,
             ["序号", "申请人", "证件号码", "村（居）", "救助类别", "发放金额", "发放日期", "救助原因", "电话", "审批级别"]]
    total = 0
    for p, v, amount, day, kind, reason, size, status in all_grants[103, 2023]:
        id_no, name, money, when = messy(103, n, p, amount, day, faulty)
        if faulty.get(n) != "day":
            when = day_text(day, 2)
        lines.append([n + 1, name, id_no, village_text(103, v, n), KIND[kind - 1], money, when, reason, p.phone,
                      "镇" if amount <= 500 else "县"])
        total += amount
        n += 1
    lines.append(["", "合计", "", "", "", money_text(total)])
    (HERE / "台账_木头城子_2023.csv").write_bytes(csv_bytes(lines, "gbk"))

    lines = [["编号", "户主姓名", "身份证号", "性别", "所在村", "家庭人口", "金额(元)", "救助时间", "申请原因", "备注"]]
    total = 0
    for p, v, amount, day, kind, reason, size, status in all_grants[103, 2024]:
        id_no, name, money, when = messy(103, n, p, amount, day, faulty)
        if faulty.get(n) != "day":
            when = day_text(day, 1 if n % 4 else 5)
        lines.append([f"2024-{n - 65:03d}", name, id_no, "男" if p.male else "女", village_text(103, v, n), size, money,
                      when, reason, ""])
        if n in (80, 110):  # two gifts on one day, really two
            lines.append([f"2024-{n - 65:03d}", name, id_no, "男" if p.male else "女", village_text(103, v, n), size,
                          money, when, reason, "当日两笔"])
            total += amount
        total += amount
        n += 1
    lines.append(["总计", "", "", "", "", "", f"{total:,.2f}元"])
    (HERE / "台账_木头城子_2024.csv").write_bytes(csv_bytes(lines, "utf-8", b"\xef\xbb\xbf"))

    book = Workbook()
    ws = book.active
    ws.title = "2025"
    ws.append(["临时救助新增汇总表"])
    ws.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(F26))
    ws.append(["填报单位：木头城子镇", None, None, None, None, None, None, None, "填报日期：2025年12月31日"])
    ws.append([])
    ws.append(F26)
    total = 0
    for p, v, amount, day, kind, reason, size, status in all_grants[103, 2025]:
        id_no, name, money, when = messy(103, n, p, amount, day, faulty)
        if faulty.get(n) == "scientific":
            id_no = float(p.id_no[:17] + "0")
        if faulty.get(n) not in ("amount",) and n % 2:
            money = amount
        if faulty.get(n) != "day" and n % 3 == 0:
            when = day
        ws.append([n - 131, name, id_no, age(p, day), "男" if p.male else "女", size, village_text(103, v, n), status,
                   p.phone, money, when, reason, None, p.account])
        if isinstance(when, dt.date):
            ws.cell(ws.max_row, 11).number_format = "yyyy/m/d"
        total += amount
        n += 1
    ws.append([None, "合计", None, None, None, None, None, None, None, total])
    save(book, "台账_木头城子_2025.xlsx")


def damiao(all_grants):
    heads = ["序号", "所属乡镇", "村", "救助对象", "居民身份证号", "困难类型", "救助事由", "发放金额（元）", "批准日期", "银行卡号",
             "手机号", "备注"]
    lines = [["大庙镇临时救助汇总"] + [""] * 11, ["（2023年—2025年）"] + [""] * 11, [""] * 12, heads]
    faulty = spread(198)
    n = 0
    for year in YEARS:
        total = 0
        for p, v, amount, day, kind, reason, size, status in all_grants[108, year]:
            id_no, name, money, when = messy(108, n, p, amount, day, faulty)
            town_cell = "大庙镇" if n % 10 == 0 else "同上"
            line = [n + 1, town_cell, village_text(108, v, n), name, id_no, KIND[kind - 1], reason, money, when,
                    p.account, p.phone, ""]
            lines.append(line)
            if n in (40, 150):  # the same person again, the cells above left to speak
                lines.append(["", "", "", "", "", KIND[7], REASONS[8][1], "260元",
                              day_text(day + dt.timedelta(days=60), n), "", "", "同上一人"])
                total += 260
            if n in (60, 120):  # typed twice
                lines.append(list(line))
                total += amount
            total += amount
            n += 1
            if n % 40 == 0:
                lines.append([""] * 12)
                lines.append(heads)
        lines.append(["小计", "", "", "", "", "", "", f"{total:,.2f}", "", "", "", f"{year}年"])
    lines.append(["经办人：", "", "", "负责人：", "", "", "", "", "", "", "", ""])
    (HERE / "大庙镇临时救助汇总.csv").write_bytes(csv_bytes(lines, "utf-8"))


def officers():
    listing = [
        ("9101", "韩玉梅", "handler", 102, "民政助理"),
        ("9102", "秦晓东", "handler", 102, "民政办科员"),
        ("9103", "宋振华", "approver", 102, "副镇长"),
        ("9201", "何丽娟", "handler", 103, "民政助理"),
        ("9202", "梁国庆", "approver", 103, "副镇长"),
        ("9301", "贾春艳", "handler", 108, "民政助理"),
        ("9302", "魏志刚", "approver", 108, "副镇长"),
        ("9001", "苏明辉", "approver", 0, "社会救助股股长"),
        ("9002", "田文静", "approver", 0, "分管副局长"),
        ("9003", "尹桂玲", "finance", 0, "财务股"),
        ("9004", "段立新", "supervisor", 0, "督导员"),
        ("9005", "孟海涛", "administrator", 0, "系统管理员"),
        ("9006", "佟雅琴", "finance", 0, "财务股会计"),
    ]
    text = ["# 练习人员：姓名、编号和密码都是编的，只在练习里有效。unit 是乡镇代码，0 是县民政局。"]
    for number, name, role, unit, title in listing:
        text += ["", "[[officer]]", f'number = "{number}"', f'name = "{name}"', f'role = "{role}"', f"unit = {unit}",
                 f'title = "{title}"', f'password = "jiuji-{number}"']
    (HERE / "officers.toml").write_text("\n".join(text) + "\n", encoding="utf-8")


def bank_return():
    """The return file of a batch of four, as a bank writes it: two paid, two sent back."""
    lines = [
        ["代发业务处理结果"],
        ["序号", "账号", "户名", "金额", "处理结果", "失败原因"],
        ["1", "6299990000000000012", "王福生", "300.00", "成功", ""],
        ["2", "6299990000000000020", "李秀珍", "450.00", "失败", "账户已销户"],
        ["3", "6299990000000000046", "赵德发", "260.50", "成功", ""],
        ["4", "629999******0053", "周玉兰", "500.00", "失败", "账号户名不符"],
        ["合计4笔", "", "", "1510.50", "", ""],
    ]
    (HERE / "回盘_示例.csv").write_bytes(csv_bytes(lines, "gbk"))


def practice_return():
    """The return file that fits the batch which practice has sent to the bank: three paid, one sent back."""
    lines = [
        ["代发业务处理结果（练习）"],
        ["序号", "账号", "户名", "金额", "处理结果", "失败原因"],
        ["1", "练习0632", "姜爱民", "320.00", "成功", ""],
        ["2", "练习0665", "杨德山", "410.00", "失败", "账户已销户"],
        ["3", "练习0673", "康海龙", "275.50", "成功", ""],
        ["4", "练习0699", "郭永强", "480.00", "成功", ""],
        ["合计4笔", "", "", "1485.50", "", ""],
    ]
    (HERE / "回盘_练习批次.csv").write_bytes(csv_bytes(lines, "gbk"))


def main():
    people()
    heads = ["person", "household", "relation", "name", "id_no", "village", "phone", "status", "since", "until",
             "registered", "sex", "account", "note"]
    with open(HERE / "households.csv", "w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(heads)
        # the household that a person left is written before the one that was founded
        writer.writerows(sorted(rows, key=lambda r: (r[1], r[0])))
    all_grants = grants()
    boluochi(all_grants)
    mutouchengzi(all_grants)
    damiao(all_grants)
    officers()
    bank_return()
    practice_return()
    print(len({r[0] for r in rows}), "people,", len({r[1] for r in rows}), "households,",
          sum(len(g) for g in all_grants.values()), "grants before the doubled lines")


main()
