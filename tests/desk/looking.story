# Looking at what is masked: a purpose first, then the numbers, until one turns to somebody else; another township sees
# identity only, the administrator nobody.
A run 0 -- practice --fresh --list
desk A start -- practice
A wait 操作员号
A type 9101
A key enter
A type jiuji-9101
A key enter
A wait/30 我的待办
A key f2
A wait 打姓名
A type 王福生
A wait 211321********0012
A wait 看全
A never 211321196804120012
A key ctrl-l
A wait 核对身份
shot looking-purpose
A key f9
A wait 目的没有选
A key 5
A key f9
A wait 写明为什么查看
A key 1
A key f9
A wait 已记入查看日志
A expect 211321196804120012
A expect 13000000001
shot looking-whole
A key f3
A wait 我的待办
A key f2
A wait 打姓名
A type 王福生
A wait 211321********0012
A never 211321196804120012
A never 13000000001
A key f3
A wait 我的待办
A key ctrl-q
A wait/20 操作员号
A type 9201
A key enter
A type jiuji-9201
A key enter
A wait/30 我的待办
A key f2
A wait 打姓名
A type 王福生
A wait 211321********0012
A wait 看全
A key ctrl-l
A wait 核对身份
A key 1
A key f9
A wait 已记入查看日志
A expect 211321196804120012
A never 13000000001
shot looking-other-township
A key f3
A wait 我的待办
A key ctrl-q
A wait/20 操作员号
