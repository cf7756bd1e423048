# Forty approvals in one run: the county's approver signs forty cases with two keys each and one password. In the middle the
# drive stops answering; he goes on signing, and all forty stand in the log when it answers again. What became of those
# signed meanwhile is told and never taken for an answer to the case that is on the screen then.
A run 0 -- practice --fresh --list
waiting {A.data} 9102 40
desk A start -- practice
A wait 操作员号
A type 9001
A key enter
A type jiuji-9001
A key enter
A wait/30 待县局审批
A key 1 enter
A wait 定位
A type 佟
A wait 共 40 件
A type 令一
A wait 第 1-1 共
A key enter enter
A wait 佟令一 第
A wait 程序检查
shot forty-first
A mark run
A key 1
A wait F10签
A pause 0.25
A key f10
A wait 密码
A pause 0.5
A type jiuji-9001
A key enter
A wait/20 佟令二 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟令三 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟令四 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟令五 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟令六 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟令七 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟令八 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟令九 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟一令 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟一一 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟一二 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟一三 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟一四 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟一五 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟一六 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟一七 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟一八 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟一九 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟二令 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟二一 第
# The drive stops answering between two cases.
hang {A.data}/practice/share
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟二二 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟二三 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟二四 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟二五 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟二六 第
A wait 断开 5笔待传
shot forty-away
# It answers again while the run goes on: no case is passed over.
answer {A.data}/practice/share
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟二七 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟二八 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟二九 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟三令 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟三一 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟三二 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟三三 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟三四 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟三五 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟三六 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟三七 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟三八 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟三九 第
A key 1
A wait F10签
A pause 0.25
A key f10
A wait/40 佟四令 第
A key 1
A wait F10签
A pause 0.25
A key f10
A gone/40 佟四令 第
# Two keys a case, and the password once: ten characters and Enter.
A keys-at-most 91 since run
A wait/60 联机
A gone/60 笔待传
A key f3
A wait 定位
shot forty-queue
A key f5
A type 佟
A wait 没有找到
A key f3
A wait 待追认
A key ctrl-q
A wait 操作员号
A key f3
A exit 0
A run 0 -- verify --practice
A said 账实相符
