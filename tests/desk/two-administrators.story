# A second administrator is enrolled by the first. From then on one of them cannot give an office alone: what he grants
# waits until the other has looked at it.
A run 0 -- practice --fresh --list
desk B start -- practice --share {A.data}/practice/share
B wait/60 操作员号
desk A start -- practice
A wait/30 操作员号
B key f6
B type 9007
B key enter
B type 0
B key f9
B wait 设定密码
B type er-hao-guan-9
B wait *************
B pause 0.3
B key enter
B wait 再输一次
B type er-hao-guan-9
B wait *************
B pause 0.3
B key enter
B keep second after 对照码
B key f3
B key f6
B type 1027
B key enter
B type 103
B key f9
B wait 设定密码
B pause 0.3
B type liu-shu-tun-7
B wait *************
B pause 0.3
B key enter
B type liu-shu-tun-7
B wait *************
B pause 0.3
B key enter
B keep clerk after 对照码
B key f3
A type 9005
A key enter
A type jiuji-9005
A key enter
A wait/30 操作员申请
A type 1
A key enter
A wait/20 9007
A key down
A key 1 enter
A wait 登记 9007
A type {second}
A key enter
A burst 齐二管
A key enter
A key enter
A type 5
A key f9
A wait 签批 密码
A pause 1
A type jiuji-9005
A key enter
A wait/20 已办
A wait/20 1027
A key 1 enter
A wait 登记 1027
A type {clerk}
A key enter
A burst 王小满
A key enter
A key enter
A type 1
A key f9
A wait 签批 密码
A pause 1
A type jiuji-9005
A key enter
A wait/20 等另一名同意
shot grant-waits
# he cannot agree to his own
A key f3
A wait 管理员
A type 2
A key enter
A wait 王小满
A key 1 enter
A wait 须由另一名管理员
# the other can
B wait 操作员号
B type 9007
B key enter
B wait/20 ]  管理员
B type er-hao-guan-9
B wait *************
B pause 0.3
B key enter
B wait/40 待我同意的授予
B type 2
B key enter
B wait 王小满
B key 1 enter
B wait 同意 登记操作员 1027
B key f10
B wait 签批 密码
B pause 1
B type er-hao-guan-9
B wait *************
B pause 0.3
B key enter
B wait/20 已同意，现在生效
B wait 没有等着同意
shot grant-is-agreed
B key f3
B wait 数据密钥
B key ctrl-q
B wait 密    码
B type 1027
B key enter
B wait/20 王小满 经办人
B type liu-shu-tun-7
B wait *************
B pause 0.3
B key enter
B wait/40 我的待办
