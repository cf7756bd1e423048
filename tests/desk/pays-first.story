# Paying first within 40 keys; the papers are completed from the list; what the rules refuse stays in the form.
A run 0 -- practice --fresh --list
desk A start -- practice
A wait 操作员号
A type 9102
A key enter
A type jiuji-9102
A key enter
A wait/30 我的待办
A mark paying
A key f6
A wait 身份证号
A type 211321198211252254
A key enter
A wait 李强
A wait 急难情形
A type 1300
A key enter
A wait 叁佰元整
A key f4
A pause 0.5
A key 1 enter
A type 2
A pause 0.5
shot first-handling
A key f4
A pause 0.5
A key 1
A pause 0.3
A key 1
A pause 0.5
shot first-authority
A key f9
A pause 1
shot first-confirm
A key f9
A pause 2
A keys-at-most 40 since paying
shot first-done
A key 2 enter
A wait 待补登记
A type 李强
A wait 第 1-1 共
A key enter enter
A wait 审批人补签
shot papers-form
A type 11111
A key f9
A wait F12 回去改
shot papers-confirm
A key f9
A wait/20 补登记已保存
shot papers-done
A key f3
A wait 我的待办
A key ctrl-q
A wait/20 操作员号
A type 9103
A key enter
A type jiuji-9103
A key enter
A wait/30 待镇审批
shot approver-home
A key 2 enter
A pause 1
shot approver-papers
A type 李强
A wait 第 1-1 共
A key enter enter
A wait 还缺 1 项
A type 1
A pause 0.3
A key f9
A wait F12 回去改
A key f9
A wait/20 补登记已保存
A key f3
A wait 待镇审批
A key ctrl-q
A wait/20 操作员号
