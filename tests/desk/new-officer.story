# A new officer makes his key at his own PC and tells the administrator eight digits over the telephone. Wrong digits are
# not taken. Once enrolled he signs in at his PC, and the administrator stops him with one word.
A run 0 -- practice --fresh --list
desk A start -- practice
A wait 操作员号
desk B start -- practice --share {A.data}/practice/share
B wait/30 审批人
B key f6
B wait 申请登记，或忘了密码
B type 1027
B key enter
B type 103
B key f9
B wait 设定密码
B type 12345678
B key enter
B type 12345678
B key enter
B wait 不能只有数字
B type liu-shu-tun-7
B wait *************
B pause 0.3
B key enter
B wait 再输一次
B type liu-shu-tun-7
B wait *************
B pause 0.3
B key enter
B keep digits after 对照码
shot officer-asks
B key f3
B wait 操作员号
A type 9005
A key enter
A type jiuji-9005
A key enter
A wait/30 操作员申请
A key f5
A type 1
A key enter
A wait/20 新登记
A expect 1027
A key 1 enter
A wait 登记 1027
A type 00000000
A key enter
A burst 王小满
A key enter
A key enter
A type 1
A key f9
A wait 对照码不符
A key up up up
A key backspace backspace backspace backspace backspace backspace backspace backspace
A type {digits}
shot administrator-compares
A key f9
A wait 签批 密码
A pause 1
A type jiuji-9005
A key enter
A wait/20 没有等着登记的申请
A key f3
A wait 管理员
B wait/20 操作员号
B type 1027
B key enter
B wait/20 ]  经办人
B type liu-shu-tun-7
B wait *************
B pause 0.3
B key enter
B wait/40 我的待办
shot officer-is-in
# one word is enough to stop him
A type 17
A key enter
A wait 王小满
A key 4 enter
A wait 停用 王小满
A type 1
A key f9
A wait 签批 密码
A pause 1
A type jiuji-9005
A key enter
A wait/20 已停用
A shot administrator-stopped-him
B key ctrl-q
B wait 操作员号
B type 1027
B key enter
B wait/20 x 没有这个号
