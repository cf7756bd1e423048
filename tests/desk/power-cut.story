# The power goes in the middle of a form: the draft comes back at the same field, with every word.
A run 0 -- practice --fresh --list
desk A start -- practice
A wait 操作员号
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 我的待办
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
A pause 0.5
A kill9
A start
A wait/30 操作员号
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 我的待办
A wait 未交暂存                 1
A key 1 enter
A wait 暂存箱
shot drafts
A key enter
A wait 突发心梗
A wait 伍佰元整
A wait 办    理：
A cursor 办    理
shot draft-again
