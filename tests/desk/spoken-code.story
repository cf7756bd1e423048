# The county's approver prints a sheet of codes at his PC and reads from it over the telephone; a clerk at another PC, where
# help is needed beyond the township's limit, pays first by it. A wrong code is refused and the approver hears of it; a code
# that was used, or of a sheet that is void, is refused with what to do next.
A run 0 -- practice --fresh --list
desk A start -- practice
A wait 操作员号
A type 9102
A key enter
A type jiuji-9102
A key enter
A wait/30 我的待办
desk B start -- practice --share {A.data}/practice/share
B wait/30 操作员号
B wait/30 审批人
B type 9001
B key enter
B type jiuji-9001
B key enter
B wait/30 待县局审批
B expect 授权码单 8
B type 28
B key enter
B wait 在用
B expect 8/10
B key 1 enter
B wait 立刻作废，请撕掉
B type 1
B key f9
B wait 签批 密码
B pause 1
B type jiuji-9001
B key enter
B wait/30 三、删除这个文件，清空回收站
B expect 20/20
B expect 第1
code wrong wrong {B.data}
code first 1 {B.data}
code second 2 {B.data}
# nothing of a code stands on the screen
B never {first}
shot codes-issued
# the clerk: 800 yuan, above the township's limit
A key f6
A wait 身份证号
A type 211321198211252254
A key enter
A wait 李强
A wait 急难情形
A type 1800
A key enter
A wait 捌佰元整
A key f4
A pause 0.5
A key 1 enter
A type 2
A pause 0.5
A key f4
A wait 苏明辉 县局
A type 苏
A key enter
A wait 授权方式
A type 2
A wait 授权码
A type {wrong}
A pause 0.5
A key f9
A pause 1
A key f9
A wait/20 下一个（第1个）不符
shot codes-wrong
# the approver sees that somebody told a wrong one
B wait/40 第1
B key f5
B wait/30 最近一次报错
shot codes-missed
# the right one
A key backspace backspace backspace backspace backspace backspace
A type {first}
A pause 0.5
A key f9
A pause 1
A key f9
A wait/20 已先行救助
B wait/40 19/20
B expect 第2
# he loses the paper: whatever stands on it counts no more
B key 8 enter
B wait 遗失，立刻作废
B type 1
B key f9
B wait 签批 密码
B pause 1
B type jiuji-9001
B key enter
B wait/30 已报遗失作废
B key f3
B wait 授权码单已报遗失作废
shot codes-home
A key f3
A wait 我的待办
A key f6
A wait 身份证号
A type 211321197008047250
A key enter
A wait 郑海龙
A type 1800
A key enter
A wait 捌佰元整
A type 突发心梗
A key enter
A pause 0.5
A key f4
A pause 0.5
A key 1 enter
A type 2
A pause 0.5
A key f4
A wait 苏明辉 县局
A type 苏
A key enter
A wait 授权方式
A type 2
A wait 授权码
A type {second}
A key f9
A pause 1
A key f9
A wait/20 已报遗失作废，码不能用
shot codes-dead
# a new sheet; the old page is tried on it, until the PC takes no codes for a while
B type 28
B key enter
B wait 0/20
B key 1 enter
B wait 印发新授权码单
B type 1
B key f9
B wait 签批 密码
B pause 1
B type jiuji-9001
B key enter
B wait/30 三、删除这个文件，清空回收站
B expect 20/20
A key backspace backspace backspace backspace backspace backspace
A type 00000
A type 1
A pause 0.5
A key f9
A pause 1
A key f9
A wait/30 下一个（第1个）不符
A key backspace
A type 2
A pause 0.5
A key f9
A pause 1
A key f9
A pause 3
A key backspace
A type 3
A pause 0.5
A key f9
A pause 1
A key f9
A wait/30 再错 2 次
A key backspace
A type 4
A pause 0.5
A key f9
A pause 1
A key f9
A wait/30 再错 1 次
A key backspace
A type 5
A pause 0.5
A key f9
A pause 1
A key f9
A wait/30 15 分钟内不收授权码
A key backspace
A type 6
A pause 0.5
A key f9
A pause 1
A key f9
A wait/30 分钟再收授权码
shot codes-paused
B key f5
B wait/20 报错您的授权码 5 次
