# An officer changes his password by himself: a weak one is refused with its sentence, a draft stays, the old password opens
# nothing more, the new one everything, and the PC where he is still signed in is told.
A run 0 -- practice --fresh --list
desk A start -- practice
A wait 操作员号
desk B start -- practice --share {A.data}/practice/share
B wait/30 审批人
A type 9101
A key enter
A type jiuji-9101
A wait **********
A pause 0.3
A key enter
A wait/30 我的待办
B type 9101
B key enter
B type jiuji-9101
B wait **********
B pause 0.3
B key enter
B wait/30 我的待办
# a form is begun and left as a draft
A key f6
A wait 身份证号
A type 211321197008047250
A key enter
A wait 郑海龙
A key f7
A wait 暂存
A key f3
A wait 我的待办
A wait 未交暂存                 1
A type 32
A key enter
A wait 原 密 码
A cursor 原 密 码
A type jiuji-9101
A key enter
A cursor 新 密 码
A type 12345678
A key enter
A type 12345678
A pause 0.3
A key enter
A wait 不能只有数字
A cursor 新 密 码
A type lanse-bantui7
A key enter
A type lanse-bantui8
A pause 0.3
A key enter
A wait 不一样
A type lanse-bantui7
A key enter
A type lanse-bantui7
A wait *************
shot password-typed
A pause 0.3
A key enter
A wait/30 密码已更改
shot password-changed
A key enter
A wait 工作台
A wait 最近办过
# he works on without signing in again
A type 12
A key enter
A wait 线索登记
A key f3
A wait 工作台
# the other PC is told
B key f5
B wait/30 密码已更改
shot password-told
B key ctrl-q
B wait 操作员号
B type 9101
B key enter
B type jiuji-9101
B wait **********
B pause 0.3
B key enter
B wait/30 密码不对
B pause 0.7
B type lanse-bantui7
B wait *************
B pause 0.3
B key enter
B wait/30 我的待办
# here too, with the draft still there
A key ctrl-q
A wait 操作员号
A type 9101
A key enter
A type jiuji-9101
A wait **********
A pause 0.3
A key enter
A wait/30 密码不对
A pause 0.7
A type lanse-bantui7
A wait *************
A pause 0.3
A key enter
A wait/30 未交暂存                 1
A key 1 enter
A wait 暂存箱
A key enter
A wait 郑海龙
# blanked, and back with the new password
A key ctrl-b
A wait 已锁屏
A type lanse-bantui7
A wait *************
A pause 0.3
A key enter
A wait/30 郑海龙
shot password-draft-again
