# Two clerks in one village hand in at the same moment while a third holds the turn: both read who writes, go on typing,
# and are through as soon as the turn is free. The drive is never blamed.
A run 0 -- practice --fresh --list
desk A start -- practice
A wait 操作员号
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 我的待办
A wait 联机
desk B start -- practice --share {A.data}/practice/share
B wait/30 操作员号
B wait/30 审批人
B type 9102
B key enter
B type jiuji-9102
B key enter
B wait/30 我的待办
B wait 联机
A key f6
A wait 身份证号
A type 211321197008047250
A key enter
A wait 郑海龙
A type 2500
A key enter
A wait 伍佰元整
A type 突发心梗
A key enter
A wait 办    理：
A type 1
A key f9
A wait F12 回去改
B key f6
B wait 身份证号
B type 211321200002290027
B key enter
B wait 陈晓雪
B type 1500
B key enter
B wait 伍佰元整
B type 突发心梗
B key enter
B wait 办    理：
B type 1
B key f9
B wait F12 回去改
# both at once, while the township's approver writes
turn {A.data}/practice/share 9103
A key f9
B key f9
A wait/20 正在由 宋振华(9103) 写入
B wait/20 正在由 宋振华(9103) 写入
A never 断开
B never 断开
shot once-waits
# one goes on to the next person meanwhile
A key f3
A wait 我的待办
A key f6
A wait 身份证号
A type 211321194001010013
A key enter
A wait 赵德发
turn-ends {A.data}/practice/share
B wait/60 已报批
A wait/60 已报批
A never 断开
A expect 赵德发
B never 断开
B gone 笔待传
shot once-through
