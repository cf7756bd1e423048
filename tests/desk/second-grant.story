# Twice in one year for one hardship: two cases of one man's one illness wait at the township. Its approver (B) decides the
# first; the second is not his to grant, and the sentence says whose. The county (C) grants it with its reason, and not
# without; the handler (A) sees both, and the log verifies.
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
A wait 同户近三年
A wait 急难情形
A type 2200
A key enter
A wait 贰佰元整
A key f4
A wait 突发疾病急需救治
A key 1 enter
A type 1
A key f9
A wait F12 回去改
A key f9
A wait/30 已报批
# The same illness of the same day, for the second operation.
A key f6
A wait 身份证号
A type 211321197008047250
A key enter
A wait 郑海龙
A wait 急难情形
A type 2250
A key enter
A wait 贰佰伍拾元整
A key f4
A wait 突发疾病急需救治
A key 1 enter
A type 1
A key f9
A wait F12 回去改
A key f9
A wait/30 已报批

# The township: the first is granted, the second is refused by the rule, and goes up.
desk B start -- practice --share {A.data}/practice/share
B wait/30 民政
B type 9103
B key enter
B type jiuji-9103
B key enter
B wait/30 待镇审批
B key 1 enter
B wait 定位
B type 郑海龙
B wait 第 1-2 共 2 件
B key enter enter
B wait 拟救助 200.00
B key 1
B wait F10签
B pause 0.4
B key f10
B wait 密码
B pause 0.5
B type jiuji-9103
B key enter
B wait/30 已同意
B wait 拟救助 250.00
shot second-at-the-township
B key 1
B wait F10签
B pause 0.4
B key f10
B wait/30 x 该户本年已因同一事项救助
shot second-refused
# The county has to be told why.
B key f12
B key up
B type 首次救助后押金仍差一半，确需再救
B key enter
B key 4
B wait 签批 报县局
B pause 0.4
B key f10
B gone/30 签批 报县局
shot second-goes-up

# The county: no reason, no second grant.
desk C start -- practice --share {A.data}/practice/share
C wait/30 民政
C type 9001
C key enter
C type jiuji-9001
C key enter
C wait/30 待县局审批
C key 1 enter
C wait 定位
C type 郑海龙
# Practice has another case of his household before the county.
C wait 第 1-2 共 2 件
C key enter down enter
C wait 确需再救
shot second-at-the-county
C key 1
C pause 0.4
C key f10
C pause 0.5
shot second-no-reason
C key up
C type 二次手术不能停，首次救助后押金仍差一半
C key enter
C key 1
C wait F10签
C pause 0.4
C key f10
C wait 密码
C pause 0.5
C type jiuji-9001
C key enter
C wait/30 已同意
shot second-granted
C key f3
C wait 定位
C key f3
C wait 工作台

# Both stand, and nothing is odd.
A key f3
A wait 我的待办
A key f5
A wait/30 待发放
A key ctrl-q
A wait 操作员号
A key f3
A exit 0
A run 0 -- verify --practice
A said 没有违规标记，账实相符
