# The window is closed in the middle of a form: the program ends by itself, the last word typed is in the draft, and the
# desk is free for the next start.
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
A wait 突发心梗
A hangup
A exit/20 0
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
A key enter
A wait 突发心梗
A wait 伍佰元整
A never 另一个窗口
