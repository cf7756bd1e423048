# The expenditure path begins at the counter: a known person's application is registered and accepted within 40 keys, stands
# in its list with its clock, and the next step opens from its steps; the leader sees it in his list and whose step it is.

A run 0 -- practice --fresh --list
desk A start -- practice
A wait 操作员号
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 我的待办

A mark applying
A type 21
A wait 选择 [21]
A key enter
A wait 身份证号
A type 211321196804120012
A key enter
A wait 王福生
A wait 同户近三年
A type 3400
A key enter
A wait 肆佰元整
A key f4
A wait 长期患病
A key 1 enter
A wait 申请承诺
A type 11
A wait 都填好了
shot expenditure-application
A key f9
A wait F12 回去改
A key f9
A wait/30 已登记并受理
A keys-at-most 40 since applying

# it waits for the survey, and the township's clock runs
A type 22
A wait 选择 [22]
A key enter
A wait 支出型待办
A wait 待调查
A wait 镇还剩
shot expenditure-list
A key enter
A wait 结果或等什么
A wait 入户调查：回车办理
shot expenditure-steps
A key 8 enter
A wait 先办：入户调查
A key enter
A wait 被调查人
A key f3
A wait 结果或等什么
A key tab
A wait 明细
A key f3
A wait 结果或等什么
A key f3
A wait 支出型待办
A key f4
A wait 待调查核实 1 件
A key 5 enter
A wait 办理步骤(支出型)
A key 1 9 enter
A wait 结果或等什么
A key f3
A wait 打编号回车办理
A key f3
A wait 支出型待办
A key f3
A wait 我的待办
A key ctrl-q
A wait 操作员号
A key f3
A exit 0
