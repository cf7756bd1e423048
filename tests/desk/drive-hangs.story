# A call of the share hangs. Typing, looking up, keeping, signing out and in, and leaving answer all the same; the word
# leaves 联机; what was signed waits and goes out by itself once the drive answers.
A run 0 -- practice --fresh --list
desk A start -- practice
A wait 操作员号
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 我的待办
A wait 联机
hang {A.data}/practice/share
A key f5
A wait/20 慢
A key f6
A wait 身份证号
A type 211321197008047250
A key enter
A wait 郑海龙
A type 2500
A key enter
A wait 伍佰元整
A key f2
A wait 查往年
A wait 211321
A key f3
A wait 伍佰元整
A key f7
A wait 已暂存
A key f3
A wait 我的待办
A wait 未交暂存                 1
A wait/40 断开
A wait 共享盘没有应答
shot hangs-home
A key f1
A wait 共享盘「断开」
shot hangs-help
A key f3
A key f6
A wait 身份证号
A type 211321197205043822
A key enter
A wait 姜文静
A pause 0.5
A type 1800
A key enter
A wait 捌佰元整
A key f4
A pause 0.5
A key 1 enter
A type 3
A wait 付款人
A type 刘村主任
A key enter
A pause 0.5
A key f9
A wait 如实入账
A key f9
A wait 已签名保存在本机
shot hangs-given
A wait 我的待办
A wait 1笔待传
A key ctrl-q
A wait 操作员号
A wait 断开
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 我的待办
A wait 待传                      1
A key ctrl-q
A wait 操作员号
A key f3
A exit 0
# The next start meets the same: it opens, signs in, and holds what was kept.
A start
A wait/30 操作员号
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 我的待办
A wait 未交暂存                 1
A wait 待传                      1
answer {A.data}/practice/share
A wait/60 联机
A gone/60 笔待传
shot hangs-over
