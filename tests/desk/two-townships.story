# What a village cadre paid out of his pocket is registered as paid already and ratified by the county at another desk;
# the other township sees the aid of the household, and is refused the same matter.
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
shot recorded-form
A key f9
A wait 如实入账
shot recorded-confirm
A key f9
A wait/20 已补记
shot recorded-done

desk B start -- practice --share {A.data}/practice/share
B wait/30 审批人
B type 9001
B key enter
B type jiuji-9001
B key enter
B wait/30 工作台
B wait 待追认
B key 2 enter
B wait 定位
B type 郑海龙
B pause 0.5
B key enter enter
B pause 1
shot ratify-card
B key 1
B wait F10
B pause 0.5
B key f10
B wait 密码
B type jiuji-9001
B key enter
B wait/20 已追认
shot ratified
B key f3
B pause 0.3
B key f3
B wait 全县在办件
B key ctrl-q
B wait/20 操作员号
B type 9201
B key enter
B type jiuji-9201
B key enter
B wait/30 我的待办
B key f6
B wait 身份证号
B type 211321197205043822
B key enter
B wait 姜文静
B wait 800.00
shot other-township-sees
B key up up up up up
B type mtcz
B pause 0.3
shot other-village
B key enter
B pause 0.5
B type 1300
B key enter
B wait 叁佰元整
# no card at hand: 账号 stays empty until the money goes out
B key enter
B key f4
B pause 0.5
B key 1 enter
B type 1
B pause 0.5
B key f9
B wait 已因同一事项救助
shot other-township-refused
