# A window that is too small from the start says so and ends with a status; a second window on one PC says that it only
# looks, and ends with a status too.
A run 0 -- practice --fresh --list
desk S start 50x15 -- practice
S exit/60 3
desk A start -- practice
A wait 操作员号
desk B start JIUJI_DATA={A.data} -- practice
B wait 只看
B wait 只能查看
B key f3
B exit 1
A key f3
A exit 0
