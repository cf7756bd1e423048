# A man dies after his grant was decided and before it was paid. His death is noted with what proves it; nobody pays the
# dead: the handler (A) is told so, and what comes next. The county (C) says who takes it, the handler pays his wife, and
# neither the supervisor nor the log finds anything odd.
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
A type 2500
A key enter
A wait 伍佰元整
A key f4
A wait 突发疾病急需救治
A key 1 enter
A type 1
A key f9
A wait F12 回去改
A key f9
A wait/30 已报批

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
B wait 第 1-1 共
B key enter enter
B wait 拟救助 500.00
B key 1
B wait F10签
B pause 0.4
B key f10
B wait 密码
B pause 0.5
B type jiuji-9103
B key enter
B wait/30 已同意

# The village brings the paper: he died yesterday.
A wait/30 我的待办
A key f5
A pause 1
A type 6
A key enter
A wait 定位
A type 郑海龙
A wait 第 1-1 共
A key enter enter
A wait 16 更正人员
A type 16
A key enter
A wait 更正凭据
A type 6
A wait 6 死亡证明
A type 村委会报告，本人昨日在医院去世
A key down
A type -
A key enter
shot died-noted
A key f9
A wait 的死亡日期
A key f9
A wait/30 人员信息已更正
A wait 已去世
shot died-after
A type 5
A key enter
A wait 发放渠道
A wait 领款人已死亡，请先由县局注明改发何人，或按终止办理
shot died-refused
A key f3
A wait 更正人员

# The county says who takes it.
desk C start -- practice --share {A.data}/practice/share
C wait/30 民政
C type 9001
C key enter
C type jiuji-9001
C key enter
C wait/30 县局待办
C type 33
C key enter
C wait 定位
C type 郑海龙
C wait 待注明改发何人
C wait 第 1-3 共 3 件
C key enter down down enter
C wait 改发何人 26-102
C wait 成员第几人
shot died-payee
C type 2
C key enter
C type 2
C key enter
C type 配偶，村委会证明，代全家领取
C key enter
C pause 0.4
C key f10
C wait 签批 密码
C pause 0.5
C type jiuji-9001
C key enter
C wait/30 改发何人已注明
shot died-payee-noted

# Nothing goes to his account any more: the handler enters hers with her letter, and pays her.
A key f5
A wait/30 姜文静(代领人) 打卡，账号未登记
shot died-case
A type 27
A key enter
A wait 3 代领人
A type 6299990000000000160
A key enter
A wait 末位校验通过
A type 县农信联社
A key enter
A wait 委 托 书：
A type 委托书一页，户口簿已核
A key enter
shot died-account
A key f9
A wait 再按 F9
A key f9
A wait/30 账户已登记
A wait 姜文静(代领人) 县农信联社 尾号 00000160
A type 5
A key enter
A wait 姜文静  尾号 00000160
shot died-pay-wife
A key f9
A wait 发放：姜文静 500.00 元
A key f9
A wait/30 已发放
shot died-paid

# The supervisor finds nothing odd.
C key f3
C pause 0.5
C key f3
C wait 工作台
C key ctrl-q
C wait 操作员号
C type 9004
C key enter
C type jiuji-9004
C key enter
C wait/30 违规标记
C never 违规标记 !
shot died-supervisor
A key f3
A pause 0.5
A key f3
A wait 我的待办
A key ctrl-q
A wait 操作员号
A key f3
A exit 0
A run 0 -- verify --practice
A said 没有违规标记，账实相符
