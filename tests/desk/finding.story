# A clerk's patched program approved his own case. The supervisor finds the mark, raises a finding, the township answers,
# he settles it; the county settles the mark.
A run 0 -- practice --fresh --list
patched {A.data} 9101
A run 0 -- history --practice --officer 9004 --most 3
A said 审批同意
A said 违规标记

desk A start -- practice
A wait 操作员号
A type 9004
A key enter
A type jiuji-9004
A key enter
A wait/30 违规标记 !
shot supervisor-home
A key 1 enter
A wait E-ROLE
A expect 未处理
shot marks
A key 3 enter
A wait 整改期限
A type ，请说明
shot finding-form
A key f9
A wait/20 问题已提出
A key f3
A pause 0.3
A key ctrl-q
A wait/20 操作员号
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 督导问题
A key 2 9 enter
A wait 待整改
A key 2 enter
A wait 做了什么
A type 已补审批手续
A key f9
A wait/20 整改已报送
shot finding-answered
A key f3
A pause 0.3
A key ctrl-q
A wait/20 操作员号
A type 9004
A key enter
A type jiuji-9004
A key enter
A wait/30 问题待核实
A key 6 enter
A wait 待核实
A key 3 enter
A wait 看了什么
A type 看过补签的审批表
A key f9
A wait/20 已销号
shot finding-settled
A key f3
A pause 0.3
A key ctrl-q
A wait/20 操作员号
A type 9001
A key enter
A type jiuji-9001
A key enter
A wait/30 工作台
A key 2 0 enter
A wait E-ROLE
A key 2 enter
A wait 查明的情况
A type 审批人事后同意
A key f9
A wait/20 违规标记已处理
shot mark-settled
