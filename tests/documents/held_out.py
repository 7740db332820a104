# ruff: noqa: E501 (a row of a table is a line)
"""Twelve layouts after official templates, with what stands in them, counted by hand.

They were written before the reader that reads them: names, places and figures are invented.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Truth = dict[str, Any]
OUT, BEN, S, C = "产出指标", "效益指标", "满意度指标", "成本指标"
NUM, QUA, TIM = "数量指标", "质量指标", "时效指标"
SOC, ECO, SAT = "社会效益指标", "经济效益指标", "服务对象满意度指标"


def row(level1: str, level2: str, name: str, target: str = "", **more: Any) -> Truth:
    fields = {"level1": level1, "level2": level2, "name": name, "target": target, **more}
    return {key: value for key, value in fields.items() if value != ""}


CENTRAL = """
项目支出绩效目标申报表
（2022年度）
项目名称 | < | 河道生态修复工程 | < | < | < | < | <
主管部门及代码 | < | [126]水利部门 | < | 实施单位 | < | 某河务站 | <
项目属性 | < | 延续项目 | < | 项目期 | < | 3年 | <
项目资金/n（万元） | < | 实施期资金总额： | 360.5 | 年度资金总额： | < | 120.35 | <
^ | ^ | 其中：财政拨款 | 300 | 其中：财政拨款 | < | 100.35 | <
^ | ^ | 其他资金 | 60.5 | 其他资金 | < | 20 | <
总体目标 | 实施期目标 | < | < | 年度目标 | < | < | <
^ | 三年内完成河道修复十二公里 | < | < | 当年完成四公里 | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
^ | 成本指标 | 经济成本指标 | 每公里造价 | ≤30万元 | 经济成本指标 | 每公里造价 | ≤30万元
^ | 产出指标 | 数量指标 | 修复长度 | 12公里 | 数量指标 | 修复长度 | 4公里
^ | ^ | 质量指标 | | | 质量指标 | 验收合格率 | 100%
^ | 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90% | 服务对象满意度指标 | 居民满意度 | ≥85%
"""
COST = "经济成本指标"
CENTRAL_TRUTH: Truth = {
    "fiscal_year": 2022,
    "money_unit": "万元",
    "projects": [
        {
            "name": "河道生态修复工程",
            "implementing_unit": "某河务站",
            "attribute": "延续项目",
            "budget": Decimal("1203500.00"),
            "fiscal": Decimal("1003500.00"),
            "other": Decimal("200000.00"),
            "goals": ["当年完成四公里"],
            "goals_mid_term": ["三年内完成河道修复十二公里"],
            "indicators": [
                row(C, COST, "每公里造价", "≤30万元", period="mid-term"),
                row(C, COST, "每公里造价", "≤30万元", period="annual"),
                row(OUT, NUM, "修复长度", "12公里", period="mid-term"),
                row(OUT, NUM, "修复长度", "4公里", period="annual"),
                row(OUT, QUA, "验收合格率", "100%", period="annual"),
                row(S, SAT, "居民满意度", "≥90%", period="mid-term"),
                row(S, SAT, "居民满意度", "≥85%", period="annual"),
            ],
        }
    ],
}

SELF = """
附件1
项目支出绩效自评表
（2021年度）
项目名称 | < | 社区养老服务补贴 | < | < | < | < | <
主管部门 | < | 某市民政局 | < | < | 实施单位 | 某市养老服务中心 | <
项目资金（万元） | < | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率
^ | ^ | 年度资金总额 | 50.00 | 48.50 | 47.2034 | 10 | 97.33%
^ | ^ | 其中：当年财政拨款 | 40.00 | 38.50 | 37.2034 | — |
^ | ^ | 上年结转资金 | 0 | 0 | 0 | — |
^ | ^ | 其他资金 | 10.00 | 10.00 | 10.00 | — |
年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | <
^ | 为二百名老人发放补贴 | < | < | 已为一百九十八名老人发放 | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
^ | 产出指标/n（50分） | 数量指标 | 发放人数 | ≥200人 | 198人 | 30 | 29.7
^ | ^ | 时效指标 | 发放及时率 | 100% | 100% | 20 | 20
^ | 效益指标（30分） | 社会效益指标 | 独居老人关爱覆盖面 | 有所扩大 | 达成预期指标 | 30 | 30
^ | 满意度指标（10分） | 服务对象满意度指标 | 老人满意度 | ≥95% | 96% | 10 | 10
总分 | < | < | < | < | < | 100 | 99.43
"""
SELF_TRUTH: Truth = {
    "fiscal_year": 2021,
    "money_unit": "万元",
    "projects": [
        {
            "name": "社区养老服务补贴",
            "managing_department": "某市民政局",
            "implementing_unit": "某市养老服务中心",
            "budget": Decimal("500000.00"),
            "fiscal": Decimal("400000.00"),
            "other": Decimal("100000.00"),
            "goals": ["为二百名老人发放补贴"],
            "indicators": [
                row(OUT, NUM, "发放人数", "≥200人"),
                row(OUT, TIM, "发放及时率", "100%"),
                row(BEN, SOC, "独居老人关爱覆盖面", "有所扩大"),
                row(S, SAT, "老人满意度", "≥95%"),
            ],
        }
    ],
    "stages": [
        {
            "kind": "self-evaluation",
            "projects": [
                {
                    "name": "社区养老服务补贴",
                    "adjusted": Decimal("485000.00"),
                    "executed": Decimal("472034.00"),
                    "goal_completion": "已为一百九十八名老人发放",
                    "indicators": [
                        {"of": [OUT, NUM, "发放人数", 0], "completed": "198人"},
                        {"of": [OUT, TIM, "发放及时率", 0], "completed": "100%"},
                        {"of": [BEN, SOC, "独居老人关爱覆盖面", 0], "completed": "达成预期指标"},
                        {"of": [S, SAT, "老人满意度", 0], "completed": "96%"},
                    ],
                }
            ],
        }
    ],
}

MONITOR = """
项目支出绩效目标执行监控表
（2023年度）
项目名称 | < | 公共图书馆免费开放 | < | < | < | < | < | < | < | < | < | < | < | < | <
主管部门及代码 | < | 某市文化局 | < | < | < | < | 实施单位 | < | 某市图书馆 | < | < | < | < | < | <
项目资金（万元） | < | | < | 年初预算数 | < | 1-7月执行数 | < | 1-7月执行率 | < | 全年预计执行数 | < | < | < | < | <
^ | ^ | 年度资金总额： | < | 80 | < | 40.5 | < | 50.63% | < | 80 | < | < | < | < | <
^ | ^ | 其中：财政拨款 | < | 80 | < | 40.5 | < | 50.63% | < | 80 | < | < | < | < | <
年度总体目标 | 全年免费开放三百天 | < | < | < | < | < | < | < | < | < | < | < | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 全年预计完成情况 | 偏差原因分析 | < | < | < | < | < | 完成目标可能性 | < | <
^ | ^ | ^ | ^ | ^ | ^ | ^ | 经费保障 | 制度保障 | 人员保障 | 硬件条件保障 | 其他 | 原因说明 | 确定能 | 有可能 | 完全不可能
^ | 产出指标 | 数量指标 | 开放天数 | 300天 | 170天 | 300天 | | | | | | | √ | |
^ | ^ | 质量指标 | 借阅量 | 20万册 | 8万册 | 18万册 | √ | | √ | | | 经费到位较晚 | | √ |
^ | 满意度指标 | 服务对象满意度指标 | 读者满意度 | ≥95% | | 95% | | | | | | | √ | |
"""
MONITOR_TRUTH: Truth = {
    "fiscal_year": 2023,
    "money_unit": "万元",
    "projects": [
        {
            "name": "公共图书馆免费开放",
            "implementing_unit": "某市图书馆",
            "budget": Decimal("800000.00"),
            "fiscal": Decimal("800000.00"),
            "goals": ["全年免费开放三百天"],
            "indicators": [
                row(OUT, NUM, "开放天数", "300天"),
                row(OUT, QUA, "借阅量", "20万册"),
                row(S, SAT, "读者满意度", "≥95%"),
            ],
        }
    ],
    "stages": [
        {
            "kind": "monitoring",
            "until": "2023-07-31",
            "projects": [
                {
                    "name": "公共图书馆免费开放",
                    "executed": Decimal("405000.00"),
                    "expected": Decimal("800000.00"),
                    "indicators": [
                        {
                            "of": [OUT, NUM, "开放天数", 0],
                            "completed": "170天",
                            "expected": "300天",
                            "possibility": "certain",
                        },
                        {
                            "of": [OUT, QUA, "借阅量", 0],
                            "completed": "8万册",
                            "expected": "18万册",
                            "causes": ["funding", "staff"],
                            "reason": "经费到位较晚",
                            "possibility": "possible",
                        },
                        {
                            "of": [S, SAT, "读者满意度", 0],
                            "expected": "95%",
                            "possibility": "certain",
                        },
                    ],
                }
            ],
        }
    ],
}

OVERALL = """
部门（单位）整体支出绩效目标申报表
（2024年度）
部门（单位）名称 | < | 某县气象局 | < | < | <
年度主要任务 | 任务名称 | 主要内容 | 预算金额（万元） | < | <
^ | ^ | ^ | 总额 | 财政拨款 | 其他资金
^ | 防灾减灾 | 完善预警信息发布 | 35 | 30 | 5
^ | 观测站网 | 维护观测站十五个 | 20 | 20 | 0
^ | 金额合计 | < | 55 | 50 | 5
年度总体目标 | 提高预报准确率和预警时效 | < | < | < | <
年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | <
^ | 产出指标 | 数量指标 | 发布预警次数 | ≥60次 | <
^ | ^ | 质量指标 | 预报准确率 | ≥85% | <
^ | 满意度指标 | 服务对象满意度指标 | 公众满意度 | ≥90% | <
"""
OVERALL_TRUTH: Truth = {
    "fiscal_year": 2024,
    "department": {"name": "某县气象局"},
    "overall_goal": "提高预报准确率和预警时效",
    "projects": [],
    "activities": ["防灾减灾", "观测站网"],
    "department_indicators": ["发布预警次数", "预报准确率", "公众满意度"],
}

GRADES = """
2019年部门预算项目绩效目标
单位：元
项目名称 | < | 农村公路养护 | < | 项目编码 | < | 130400190000000A1B2C3 | <
预算单位 | < | 301001某县交通运输局本级 | < | 预算数 | < | 1,250,000.00 | <
绩效目标 | < | 县乡公路完好率稳步提高 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 优 | 良 | 中 | 差
产出指标 | 数量指标 | 养护里程 | 当年养护公里数 | ≥120 | ≥110 | ≥100 | <100
| 质量指标 | 养护合格率 | 合格里程占比 | ≥95% | ≥90% | ≥85% | <85%
效果指标 | 社会效益指标 | 通行条件 | 群众出行便利程度 | 明显改善 | 改善 | 一般 | 未改善
"""


def graded(level1: str, level2: str, name: str, description: str, *grades: str) -> Truth:
    keys = ("good", "fair", "middling", "poor")
    return row(
        level1, level2, name, description=description, grades=dict(zip(keys, grades, strict=True))
    )


GRADES_TRUTH: Truth = {
    "fiscal_year": 2019,
    "projects": [
        {
            "name": "农村公路养护",
            "code": "130400190000000A1B2C3",
            "unit": "301001",
            "budget": Decimal("1250000.00"),
            "goals": ["县乡公路完好率稳步提高"],
            "indicators": [
                graded(OUT, NUM, "养护里程", "当年养护公里数", "≥120", "≥110", "≥100", "<100"),
                graded(OUT, QUA, "养护合格率", "合格里程占比", "≥95%", "≥90%", "≥85%", "<85%"),
                graded(
                    *("效果指标", SOC, "通行条件", "群众出行便利程度"),
                    *("明显改善", "改善", "一般", "未改善"),
                ),
            ],
        }
    ],
}

FLAT = """
某区2024年部门预算项目支出绩效目标表
序号 | 预算单位 | 项目名称 | 预算金额（万元） | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值
1 | 某区司法局 | 人民调解补贴 | 12.6 | 及时化解矛盾纠纷 | 产出指标 | 数量指标 | 调解案件数 | ≥300件 | 30
^ | ^ | ^ | ^ | ^ | ^ | 时效指标 | 调解及时率 | ≥95% | 20
^ | ^ | ^ | ^ | ^ | 效益指标 | 社会效益指标 | 纠纷化解率 | ≥98% | 30
^ | ^ | ^ | ^ | ^ | 满意度指标 | 服务对象满意度指标 | 当事人满意度 | ≥90% | 10
2 | ^ | 法治宣传 | 8 | 提高法治意识 | 产出指标 | 数量指标 | 宣传场次 | 24场 | 50
^ | ^ | ^ | ^ | ^ | 效益指标 | 社会效益指标 | 知晓率 | ≥85% | 40
小计 | < | < | 20.6 | | | | | |
合计 | < | < | 20.6 | | | | | |
"""
FLAT_TRUTH: Truth = {
    "fiscal_year": 2024,
    "money_unit": "万元",
    "projects": [
        {
            "name": "人民调解补贴",
            "unit_name": "某区司法局",
            "budget": Decimal("126000.00"),
            "goals": ["及时化解矛盾纠纷"],
            "indicators": [
                row(OUT, NUM, "调解案件数", "≥300件", weight=30),
                row(OUT, TIM, "调解及时率", "≥95%", weight=20),
                row(BEN, SOC, "纠纷化解率", "≥98%", weight=30),
                row(S, SAT, "当事人满意度", "≥90%", weight=10),
            ],
        },
        {
            "name": "法治宣传",
            "unit_name": "某区司法局",
            "budget": Decimal("80000.00"),
            "goals": ["提高法治意识"],
            "indicators": [
                row(OUT, NUM, "宣传场次", "24场", weight=50),
                row(BEN, SOC, "知晓率", "≥85%", weight=40),
            ],
        },
    ],
}

GLUED = """
项目绩效目标表
（2023年）
项目名称 | 中小学营养改善 | 项目类别 | 民生类
主管部门 | 某县教育局 | 项目负责人 | 李某某
资金总额 | 315.2万元 | 其中：财政资金 | 300万元
其他资金 | 15.2万元 | 起止时间 | 2023年1月至2023年12月
项目概况 | 为农村学生提供营养餐 | < | <
年度绩效目标 | 受益学生八千人 | < | <
一级指标 | 二级指标 | 指标内容 | 指标值
产出指标 | 数量指标 | 受益学生数 | 8000人
| 成本指标 | 生均补助 | 5元/天
效益指标 | 社会效益 | 学生体质合格率 | ≥92%
填表人：张某 | < | 联系电话：0000 | <
"""
GLUED_TRUTH: Truth = {
    "fiscal_year": 2023,
    "money_unit": "万元",
    "projects": [
        {
            "name": "中小学营养改善",
            "category": "民生类",
            "managing_department": "某县教育局",
            "leader": "李某某",
            "budget": Decimal("3152000.00"),
            "fiscal": Decimal("3000000.00"),
            "other": Decimal("152000.00"),
            "start": "2023年1月",
            "end": "2023年12月",
            "overview": "为农村学生提供营养餐",
            "goals": ["受益学生八千人"],
            "indicators": [
                row(OUT, NUM, "受益学生数", "8000人"),
                row(OUT, "成本指标", "生均补助", "5元/天"),
                row(BEN, "社会效益", "学生体质合格率", "≥92%"),
            ],
        }
    ],
}

YUNNAN = """
部门项目支出绩效目标表（2023年）
单位名称、项目名称 | 项目年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 指标属性 | 指标内容
乡村医生补助 | 保障乡村医生待遇 | 产出指标 | 数量指标 | 补助人数 | = | 86 | 人 | 定量指标 | 在岗乡村医生人数
| | 效益指标 | 社会效益指标 | 服务人口覆盖率 | >= | 95 | % | 定量指标 | 服务人口占比
| | 满意度指标 | 服务对象满意度指标 | 村民满意度 | >= | 90 | % | 定性指标 | 问卷结果
健康扶贫 | 巩固脱贫成果 | 产出指标 | 时效指标 | 救助及时率 | = | 100 | % | 定量指标 | 按时救助占比
"""
YUNNAN_TRUTH: Truth = {
    "fiscal_year": 2023,
    "projects": [
        {
            "name": "乡村医生补助",
            "goals": ["保障乡村医生待遇"],
            "indicators": [
                row(
                    OUT,
                    NUM,
                    "补助人数",
                    "86",
                    operator="=",
                    description="在岗乡村医生人数",
                    unit="人",
                ),
                row(
                    BEN,
                    SOC,
                    "服务人口覆盖率",
                    "95",
                    operator=">=",
                    description="服务人口占比",
                    unit="%",
                ),
                row(S, SAT, "村民满意度", "90", operator=">=", description="问卷结果", unit="%"),
            ],
        },
        {
            "name": "健康扶贫",
            "goals": ["巩固脱贫成果"],
            "indicators": [
                row(
                    OUT,
                    TIM,
                    "救助及时率",
                    "100",
                    operator="=",
                    description="按时救助占比",
                    unit="%",
                )
            ],
        },
    ],
}

PAIR = """
项目绩效目标申报表
年度 | 2022年 | 金额单位 | 千元
项目名称 | 村级光伏电站维护 | 实施单位 | 某镇人民政府
预算金额 | 45.5 | 其他资金 | 5.5
总体目标 | 电站全年正常运行 | < | <
绩效指标 | 二级指标 | 指标名称 | 目标值
产出指标 | 数量指标 | 维护电站数 | 6座
满意度指标 | 满意度指标 | 村民满意度 | ≥90%
"""
PAIR_TRUTH: Truth = {
    "fiscal_year": 2022,
    "projects": [
        {
            "name": "村级光伏电站维护",
            "implementing_unit": "某镇人民政府",
            "budget": Decimal("45500.00"),
            "other": Decimal("5500.00"),
            "goals": ["电站全年正常运行"],
            "indicators": [
                row(OUT, NUM, "维护电站数", "6座"),
                row(S, "满意度指标", "村民满意度", "≥90%"),
            ],
        }
    ],
}

DOLLARS = """
项目支出绩效目标申报表
（2022年度） 单位：万美元
项目名称 | 外贷垃圾处理 | 主管部门 | 某市城管局
年度资金总额 | 85.2 | 其中：财政拨款 | 85.2
年度目标 | 建成处理线一条 | < | <
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 建成处理线 | 1条
"""
DOLLARS_TRUTH: Truth = {
    "fiscal_year": 2022,
    "projects": [
        {
            "name": "外贷垃圾处理",
            "managing_department": "某市城管局",
            "budget": "85.2万美元",
            "goals": ["建成处理线一条"],
            "indicators": [row(OUT, NUM, "建成处理线", "1条")],
        }
    ],
}

NO_UNIT = """
项目支出绩效目标申报表（2022年度）
项目名称 | 防汛物资储备 | 主管部门 | 某县应急局
年度资金总额 | 85.2 | 其中：财政拨款 | 85.2
年度目标 | 储备物资三类 | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 计分方法 | 数据来源
产出指标 | 数量指标 | 储备物资种类 | 3类 | 按比例计分 | 台账
"""
NO_UNIT_TRUTH: Truth = {
    "fiscal_year": 2022,
    "projects": [
        {
            "name": "防汛物资储备",
            "managing_department": "某县应急局",
            "budget": Decimal("85.20"),
            "goals": ["储备物资三类"],
            "indicators": [row(OUT, NUM, "储备物资种类", "3类", scoring="按比例计分")],
        }
    ],
}

MIDYEAR = """
某市项目支出绩效监控表
（2024年度）
填报单位（盖章）：某市体育局 单位：万元
项目名称 | < | 全民健身活动 | < | < | <
主管部门 | < | 某市体育局 | 项目执行单位 | 某市体育中心 | <
项目资金（万元） | < | 年初预算数 | 1-6月执行数 | 全年预计执行数 | <
年度资金总额： | < | 60 | 22.08 | 60 | <
其中：当年一般公共预算拨款 | < | 60 | 22.08 | 60 | <
绩效指标 | 一级指标 | 指标名称 | 指标值 | 半年度指标执行情况 | 完成目标可能性（确定能、有可能、不可能）
^ | 产出指标 | 数量 | 举办赛事20场 | 已办9场 | 确定能
^ | ^ | 质量 | | |
^ | 效益指标 | 社会效益 | 参与人次5万 | 2万 | 有可能
偏差或不能完成目标原因分析 | < | 上半年雨水偏多 | < | < | <
"""
MIDYEAR_TRUTH: Truth = {
    "fiscal_year": 2024,
    "money_unit": "万元",
    "projects": [
        {
            "name": "全民健身活动",
            "managing_department": "某市体育局",
            "implementing_unit": "某市体育中心",
            "budget": Decimal("600000.00"),
            "indicators": [
                row(OUT, "", "数量", "举办赛事20场"),
                row(BEN, "", "社会效益", "参与人次5万"),
            ],
        }
    ],
    "stages": [
        {
            "kind": "monitoring",
            "until": "2024-06-30",
            "projects": [
                {
                    "name": "全民健身活动",
                    "executed": Decimal("220800.00"),
                    "expected": Decimal("600000.00"),
                    "indicators": [
                        {
                            "of": [OUT, "", "数量", 0],
                            "completed": "已办9场",
                            "possibility": "certain",
                        },
                        {
                            "of": [BEN, "", "社会效益", 0],
                            "completed": "2万",
                            "possibility": "possible",
                        },
                    ],
                }
            ],
        }
    ],
}

LAYOUTS: dict[str, tuple[str, Truth]] = {
    "central application": (CENTRAL, CENTRAL_TRUTH),
    "central self-evaluation": (SELF, SELF_TRUTH),
    "central monitoring": (MONITOR, MONITOR_TRUTH),
    "whole department": (OVERALL, OVERALL_TRUTH),
    "grades": (GRADES, GRADES_TRUTH),
    "flat table": (FLAT, FLAT_TRUTH),
    "units glued to amounts": (GLUED, GLUED_TRUTH),
    "project without unit column": (YUNNAN, YUNNAN_TRUTH),
    "unit in a pair of cells": (PAIR, PAIR_TRUTH),
    "dollars": (DOLLARS, DOLLARS_TRUTH),
    "no unit": (NO_UNIT, NO_UNIT_TRUTH),
    "half-year monitoring": (MIDYEAR, MIDYEAR_TRUTH),
}
