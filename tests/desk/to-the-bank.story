# From an application to a paid batch: a township's handler (A) and approver (B) at their own PCs, finance of the county (C)
# at a third. A new person's case goes through every step of the expenditure path with its days, on a share that stops
# answering while two of them type; the bank sends one of two payments back, its account is put right, and the next batch
# pays it. In the end every desk says the same, and the log verifies.
# Its days cross New Year where they begin in December: JIUJI_STORY_DAY=12-14.
A run 0 -- practice --fresh --list
desk A start -- practice
A wait 操作员号
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 我的待办

# Day 0. A man of whom nobody knows applies for his household of two; accepted at once.
A mark applying
A type 21
A wait 选择 [21]
A key enter
A wait 身份证号
A type 211321196903052115
A key enter
A wait 岁 1969
A type 高长河
A key enter
A wait 现住村(居)：
A key backtab backtab
A wait 共同生活的人数
A key backspace 2 enter
A wait 受助 [2
A type nw
A key enter
A wait 南洼村
A type 13900000101
A key enter
A type 3
A wait 长期病残
A type 450
A key enter
A wait 肆佰伍拾元整
A key f4
A wait 长期患病
A key 1 enter
A wait 申请承诺
A type 11
A wait 申请人以外的家庭成员
A type 孙淑芬
A key enter
A wait 自动查往年
A type 211321197206141029
A key enter
A wait 申请人不是户主) 2配偶
A type 2
A wait 2 配偶
A key f9
A wait 再按 F9
A key f9
A wait/30 已登记并受理
A keys-at-most 95 since applying
A key ctrl-q
A wait 操作员号
A key f3
A exit 0

# Four days later: the survey of three days ago is entered from its paper, then the authorisations of both, the means check,
# the appraisal, and the notice hangs.
desk A start -- practice --later 4
A wait 操作员号
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 我的待办
A type 22
A wait 选择 [22]
A key enter
A wait 待调查
A key enter
A wait 结果或等什么
A wait 入户调查：回车办理
A key enter
A wait 四位数，如 0910
A key backtab
A type -3
A key enter
A wait 补录：3天前的事
A type 0930
A key enter
A wait 调查人二
A type 秦晓东
A key enter
A wait 人口、劳动力
A key f4
A wait 夫妻二人务农
A key 1 enter
A wait 1自有 2租住
A type 1
A wait 1 自有
A type 2
A wait 2 砖木
A type 72
A key enter
A wait 收入 工资：
A type 9600
A key enter enter enter enter
A wait 支出 医疗：
A type 21400
A key enter enter enter enter
A wait 财产 存款：
A key enter enter enter enter enter
A wait 急难核实：
A key f4
A wait 票据、证明
A key 1 enter
A wait 与申请一致：
A type 1
A wait 1 是
A type 1
A wait 照片张数：
A type 2
A key enter
A wait 照片目录：
A type 房屋外观、票据
A key enter
A wait 双方签字：
A type 1
A key f9
A wait 属实，建议
A key f9
A wait/30 下一步：核对授权
A key enter
A wait 孙淑芬 配偶
A key f9
A wait 再按 F9
A key f9
A wait/30 下一步：经济状况核对
A key enter
A wait 委托给
A key f9
A wait 再按 F9
A key f9
A wait/30 等核对报告
A key enter
A wait 报告编号：
A type HD-2026-0117
A key enter
A type 1
A wait 1 符合
A key f4
A wait 各项核对无异常
A key 1 enter
A key f9
A wait 再按 F9
A key f9
A wait/30 下一步：民主评议
A key enter
A wait 主持人：
A type 李四
A key enter
A type 李四、赵六
A key enter
A type 孙七、周八、郑九
A key enter
A type 郑九（申请人表弟）
A key enter
A wait 各方意见：
A key f4
A wait 情况属实
A key 1 enter
A type 5
A key enter
A wait 须 5 人以上
A key f9
A wait 再按 F9
A key f9
A wait/30 下一步：公示
A key enter
A wait 异议电话：
A type 0421-2600000
A key enter
A type 1
A key f9
A wait 再按 F9
A key f9
A wait/30 公示已登记
# Before its days are over it cannot be ended.
A wait 公示至
A key f3
A wait 支出型待办
A key f3
A wait 我的待办
A key ctrl-q
A wait 操作员号
A key f3
A exit 0

# The notice is over and nobody objected.
desk A start -- practice --later 18
A wait 操作员号
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 我的待办
A resize 110x45
A wait "支出 "
A keep SPENT after "支出 "
A resize 80x25
A wait 选择 [
A type 22
A wait 选择 [22]
A key enter
A wait 公示期满
A key enter
A wait 已期满，请登记结果
A key enter
A wait 期满无异议
A key f9
A wait 再按 F9
A key f9
A wait/30 下一步：报批
A key enter
A wait 报到
A pause 0.4
A key f9
A wait/30 已报批
shot bank-submitted

# The approver at his own PC.
desk B start -- practice --share {A.data}/practice/share --later 18
B wait/30 民政
B type 9103
B key enter
B type jiuji-9103
B key enter
B wait/30 待镇审批
B key 1 enter
B wait 定位
B type 高长河
B wait 第 1-1 共
B key enter enter
B wait 公示450.00
B key 1
B wait F10签
B pause 0.4
B key f10
B wait 密码
B pause 0.5
B type jiuji-9103
B key enter
B wait/30 已同意
B key f3
B wait 定位
B key f3
B wait 本镇在办件

# The share stops answering while the handler types the account and the approver is about to look at another case. What
# the handler keeps is kept; what he signs waits on his PC and goes out by itself.
A key f3
A wait 支出型待办
A key f3
A wait 我的待办
A wait/30 待发放                    2
A type 6
A key enter
A wait 定位
A type 高长河
A wait 第 1-1 共
A key enter enter
A wait 27 登记账户
hang {A.data}/practice/share
A type 27
A key enter
A wait 对着卡或存折打
A type 6299990000000001234
A key enter
A wait 末位校验通过
A key f7
A wait 已暂存
B key f5
B type 5
B key enter
B wait 定位
B type 高长河
B wait 第 1-1 共
A type 县农信联社
A key enter
A key f9
A wait 再按 F9
A key f9
A wait/60 已签名保存在本机
A wait 1笔待传
B wait/60 断开
shot bank-away
answer {A.data}/practice/share
A wait/60 联机
A gone/60 笔待传
B wait/60 联机
shot bank-back

# Finance builds a batch of his and another's money; the other of finance counts it blind, at the same PC.
desk C start -- practice --share {A.data}/practice/share --later 18
C wait/30 民政
C type 9003
C key enter
C type jiuji-9003
C key enter
C wait/30 发放批次
C type 39
C key enter
C wait 定位
C type 苏建国
C wait 第 1-1 共
C key enter
C key space
C wait 选中 1 笔
C key tab backspace backspace backspace
C type 高长河
C wait 第 1-1 共
C expect 00001234
C key enter
C key space
C wait 选中 2 笔  合计 830.00 元
C key f9
C wait 建立批次：选中 2 笔
C type 1
C wait 资金来源  [1
C type 830
C key f9
C wait/30 批次已建立
C key f3
C wait 待复核
C key ctrl-q
C wait 操作员号
C type 9006
C key enter
C type jiuji-9006
C key enter
C wait/30 发放批次
C type 41
C key enter

C wait 中央补助
C key 2 enter
C wait 屏上不显示合计
C never 830
C type 840
C key enter
C type 2
C key f10
C wait 签批 密码
C wait 签批 密码
C pause 0.5
C type jiuji-9006
C key enter
C wait/30 合计金额与批次不符
C key f12
C key 2 enter
C wait 屏上不显示合计
C type 830
C key enter
C type 2
C key f10
C wait 签批 密码
C pause 0.5
C type jiuji-9006
C key enter
C wait/30 复核相符
C key f3
C wait 待复核 
C key ctrl-q
C wait 操作员号
C type 9003
C key enter
C type jiuji-9003
C key enter
C wait/30 发放批次
# Written to a file, sent; the bank pays one and sends the other back.
C type 42
C key enter
C wait 中央补助
C key 3 enter
C wait 银行代发
C key f9
C wait/30 文件已写好
C key 6 enter
C wait 提交银行 P
C key f10
C wait 签批 密码
C pause 0.5
C type jiuji-9003
C key enter
C wait/30 等回盘
bank {C.data}/practice-second 回盘一.csv 2
C key f3
C wait 待回盘
C type 43
C key enter
C wait 中央补助
C key 8 enter
C wait 回盘一.csv
C key 1 enter
C wait 模板文件
C key f9
C wait 已付 1 笔 380.00 元；退汇 1 笔 450.00 元
C wait 退汇:户名不符
shot bank-return
C key f10
C wait 签批 密码
C pause 0.5
C type jiuji-9003
C key enter
C wait/30 回盘已读入
shot bank-read

# The account is put right from the same screen, and the next batch takes it.
C wait 退汇：户名不符
C key down
C key 6 enter
C wait 登记账户
C wait 对着卡或存折打
C type 6299990000000004568
C key enter
C wait 末位校验通过
C type 县农信联社
C key enter
C key f9
C wait 再按 F9
C key f9
C wait/30 账户已登记
shot bank-corrected
C key f3
C wait 待回盘
C key f3
C wait 打卡发放
C type 39
C key enter
C wait 定位
C type 高长河
C wait 00004568
C key enter
C key space
C wait 选中 1 笔  合计 450.00 元
C key f9
C wait 建立批次：选中 1 笔
C type 1
C wait 资金来源  [1
C type 450
C key f9
C wait/30 批次已建立
C key f3
C wait 待复核
C key ctrl-q
C wait 操作员号
C type 9006
C key enter
C type jiuji-9006
C key enter
C wait/30 发放批次
C type 41
C key enter
C wait 中央补助
C key 2 enter
C wait 屏上不显示合计
C type 450
C key enter
C type 1
C key f10
C wait 签批 密码
C pause 0.5
C type jiuji-9006
C key enter
C wait/30 复核相符
C key f3
C wait 打卡发放
C key ctrl-q
C wait 操作员号
C type 9003
C key enter
C type jiuji-9003
C key enter
C wait/30 发放批次
C type 42
C key enter
C wait 中央补助
C key 3 enter
C wait 银行代发
C key f9
C wait/30 文件已写好
C key 6 enter
C wait 提交银行 P
C key f10
C wait 签批 密码
C pause 0.5
C type jiuji-9003
C key enter
C wait/30 等回盘
bank {C.data}/practice-second 回盘二.csv
C key f3
C wait 打卡发放
C type 43
C key enter
C wait 中央补助
C key 8 enter
C wait 回盘二.csv
C type 回盘二
C wait 第 1-1 共
C key enter
C key 1 enter
C wait 模板文件
C key f9
C wait 已付 1 笔 450.00 元
C key f10
C wait 签批 密码
C pause 0.5
C type jiuji-9003
C key enter
C wait/30 回盘已读入
shot bank-paid
# Every desk says the same, the county's source has paid what the cases were granted, and the log verifies.
A key f5
A wait 已发放
A expect 尾号 00004568
A key f3
A wait 定位
A key f3
A wait 我的待办
A wait/30 高长河 长期病残 已发放
B key f5
B pause 1
shot bank-end-b
B key f3
B wait 高长河 长期病残 已发放
shot bank-end-a
C key f3
C wait 待回盘
C key f3
C wait 打卡发放
C type 40
C key enter
# 119,704.50 before (78,000 of the 200,000 lie in the three reserves): 830 and 450 went out and 450 came back, which leaves the 830 of the two cases.
C wait 118,874.50
shot bank-end-c
C key f3
C wait 打卡发放
# The year of the township, which practice had begun, has both cases more; months and years are the sum of all cases.
sum AFTER {SPENT} 450.00 380.00
A resize 110x45
A wait {AFTER} 元
A key ctrl-q
A wait 操作员号
A key f3
A exit 0
figures {A.data} 高长河 450.00
A run 0 -- verify --practice
A said 账实相符
