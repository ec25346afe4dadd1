"""What a newer kit changes (任务参数包变化说明), in sentences for the clerk."""

from __future__ import annotations

from collections.abc import Iterator

from forms.kinds import show_date
from models.domain.kit import ParameterKit


def kit_differences(old: ParameterKit, new: ParameterKit) -> Iterator[str]:
    """Sentences on tasks, dates, rules and registers that differ."""
    if old.kit_id != new.kit_id:
        yield f"由“{old.name}”改用“{new.name}”"
    elif old.version != new.version:
        yield f"由第 {old.version} 版更新为第 {new.version} 版"
    yield from _tasks(old, new)
    if old.schemes != new.schemes:
        yield "计分方案有变化，请核对分值"
    if old.frames != new.frames:
        yield "指标框架有变化，请核对一级、二级指标"
    if old.check_settings != new.check_settings or old.required_indicators != new.required_indicators:
        yield "校验规则有变化，打开的表会重新校验"
    if old.ex_ante != new.ex_ante:
        yield "事前绩效评估的范围有变化"
    if old.indicator_library != new.indicator_library:
        count = len(new.indicator_library)
        yield f"财政部门指标库有变化，现有 {count} 条指标" if count else "财政部门指标库已取消"
    if old.issues != new.issues:
        yield f"整改问题清单有变化，全县现有 {len(new.issues)} 条"
    before, after = {u.code for u in old.units}, {u.code for u in new.units}
    if before != after:
        yield f"单位名录：增加 {len(after - before)} 个，减少 {len(before - after)} 个"
    if old.register != new.register:
        yield f"年度预算项目名录由 {len(old.register)} 条变为 {len(new.register)} 条"


def _tasks(old: ParameterKit, new: ParameterKit) -> Iterator[str]:
    """Tasks come, gone, or moved to other dates."""
    before = {task.task_id: task for task in old.tasks}
    for task in new.tasks:
        was = before.pop(task.task_id, None)
        if was is None:
            yield f"新增任务“{task.name}”，{show_date(task.closes_on)}截止"
        elif was.closes_on != task.closes_on:
            yield f"“{task.name}”截止日期由{show_date(was.closes_on)}改为{show_date(task.closes_on)}"
    for task in before.values():
        yield f"任务“{task.name}”已取消，填过的内容仍保留在本机"
