"""Codes of the stations as they are printed: Chinese, then English."""

KINDS = {"fixed": "固定 rooms", "mobile": "移动 cabins"}
METRICS = {"towns_with_cabin": "有移动驿站镇街 towns with cabin", "stations_open": "开放驿站 stations open"}
STATUS = {"running": "进行 running", "met": "达标 met", "missed": "未达 missed"}
WHY_NONE = {
    "no_target": "无目标 no target",
    "reached": "已达标 reached",
    "over": "已到期 over",
    "no_progress": "停滞 no progress",
    "too_slow": "过慢 too slow",
}
SUGGESTED = {
    "workers_and_way": "户外劳动者×路程最大 most workers × way",
    "workers": "户外劳动者最多 most workers",
    "way": "路程最长 longest way",
}
EQUIPMENT = {
    "seating": "桌椅 seating",
    "air_conditioning": "空调 air conditioning",
    "refrigerator": "冰箱 refrigerator",
    "microwave": "微波炉 microwave",
    "drinking_water": "饮水 drinking water",
    "first_aid": "急救箱 first aid",
    "television": "电视 television",
    "charging": "充电 charging",
}
SYMPTOMS = {"broken": "损坏 broken", "missing": "缺失 missing", "empty": "用完 empty", "unsafe": "隐患 unsafe"}
SERVICES = {
    "haircut": "义务理发 haircut",
    "repairs": "小家电维修 repairs",
    "legal_advice": "法律咨询 legal advice",
    "film": "电影放映 film",
    "market": "公益集市 market",
}
FAULTS = {
    "reported": "待核实 reported",
    "confirmed": "待修复 confirmed",
    "dismissed": "不属故障 dismissed",
    "repaired": "已修复 repaired",
    "dropped": "设施已撤 dropped",
}
