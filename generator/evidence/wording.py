"""The structured numbers of a claim in one line of words.

The line is woven of names that the content gives, and so it is said in the language of the content.
"""

from dataclasses import dataclass

from generator.data import Arm, Comparison, Data, Dose, Proportion, Share
from generator.guideline import Guideline
from generator.notions import AT_ONCE, AVERAGE, DAY
from generator.speech import Speech, to_say

_BETTER = {"lower": to_say("lower is better"), "higher": to_say("higher is better")}
_STATISTICS = {"mean": to_say("mean"), "median": to_say("median")}
_RANGE = to_say("range {low} to {high}")
_QUARTILES = to_say("interquartile range {low} to {high}")


@dataclass(frozen=True)
class DoseWords:
    """The parts of a regimen in words; empty where the source does not say."""

    amount: str
    interval: str
    length: str
    route: str
    role: str

    @property
    def schedule(self) -> str:
        """Interval, length and route in one line: as far as they are recorded, as the claim's words may say more."""
        return " · ".join(filter(None, (self.interval, self.length, self.route)))


def dose_words(dose: Dose, guideline: Guideline) -> DoseWords:
    """Return the parts of a regimen in words."""
    own = guideline.about.own
    return DoseWords(
        amount=f"{dose.amount} {dose.unit} {guideline.term('dose-periods', dose.per).name}{describe_time(dose, own)}",
        interval=own.say("every {interval}", interval=dose.every) if dose.every else "",
        length=own.say("for {length}", length=dose.duration) if dose.duration else "",
        route=guideline.term("routes", dose.route).name,
        role=guideline.term("dose-roles", dose.role).name if dose.role else "",
    )


def describe_data(data: Data, guideline: Guideline) -> str:
    """Return the structured numbers of a claim in one line."""
    own = guideline.about.own
    match data:
        case Dose():
            words = dose_words(data, guideline)
            parts = (words.amount, words.interval, words.length, words.route, words.role)
            return _printed(", ".join(part for part in parts if part))
        case Share():
            unit = guideline.term("denominators", data.unit).name
            is_bad = isinstance(data, Proportion) and data.better == "lower"
            bad = f"; {own.say('lower is better')}" if is_bad else ""
            return _printed(f"{data.outcome}: " + _counts(data, unit, own) + _interval(data.ci, own) + bad)
        case Comparison():
            measure = guideline.term("measures", data.measure).name
            arms = "; ".join(_arm(arm, own) for arm in data.arms)
            unit = f" {data.unit}" if data.unit else ""
            value = f"{own.inside(measure)} {data.value}{unit}" if data.value is not None else ""
            p = f", p {'' if data.p.bound else '= '}{data.p}" if data.p else ""
            better = f"; {own.say(_BETTER[data.better])}" if data.better else ""
            return _printed(
                f"{data.outcome}: " + "; ".join(filter(None, (arms, value))) + _interval(data.ci, own) + p + better
            )
        case _:
            of = f" (n = {data.of})" if data.of else ""
            spread = "".join(
                f", {own.say(words, low=low, high=high)}"
                for words, pair in ((_RANGE, data.range), (_QUARTILES, data.iqr))
                if pair
                for low, high in [pair]
            )
            sd = f", SD {data.sd}" if data.sd is not None else ""
            value = f"{own.say(_STATISTICS[data.statistic])} {data.value} {data.unit}"
            return _printed(f"{data.outcome}: {value}{spread}{sd}{_interval(data.ci, own)}{of}")


def describe_time(dose: Dose, own: Speech) -> str:
    """Return over how many days or hours a dose is given, to stand behind it; empty if neither is recorded."""
    if dose.hours is not None:
        return f" {own.say('over {hours} hours', hours=dose.hours)}"
    if dose.days is None:
        return ""
    words = to_say("over {days} day") if str(dose.days) == "1" else to_say("over {days} days")
    return f" {own.say(words, days=dose.days)}"


def describe_unstated_days(dose: Dose, guideline: Guideline) -> str:
    """Return what is said beside grams of a dose without a plain number of days; empty for a dose that has one."""
    own = guideline.about.own
    if dose.role and guideline.means("dose-roles", dose.role, AVERAGE):
        return own.say("an average: for its days see its words")
    if dose.hours is not None or (dose.days is not None and dose.days.bound):
        return describe_time(dose, own).strip()
    if dose.days is not None:
        return ""
    if guideline.means("dose-periods", dose.per, AT_ONCE):
        return own.say("for the hours see its words")
    if guideline.means("dose-periods", dose.per, DAY):
        return own.say("for how many days is not stated")
    return own.say("over how many days is not stated")


def _counts(data: Share, unit: str, own: Speech) -> str:
    if data.events is None:
        share = own.say("{percent}% of {unit}", percent=data.percent, unit=unit)
        return share + (f" (n = {data.of})" if data.of else "") + _unknown(data, own)
    of = own.say("{events} of {of}", events=data.events, of=data.of) if data.of else f"{data.events}"
    return f"{of} {unit}" + (f" ({own.percent(data.percent)})" if data.percent else "") + _unknown(data, own)


def _arm(arm: Arm, own: Speech) -> str:
    parts = []
    if arm.events is not None:
        parts.append(own.say("{events} of {of}", events=arm.events, of=arm.of) if arm.of else f"{arm.events}")
    elif arm.of is not None:
        parts.append(f"n = {arm.of}")
    if arm.percent is not None:
        parts.append(own.percent(arm.percent))
    parts += [
        f"{own.say(_STATISTICS[name])} {value}"
        for name in ("mean", "median")
        if (value := getattr(arm, name)) is not None
    ]
    return " ".join([arm.name, *([", ".join(parts)] if parts else [])]) + _unknown(arm, own) + _interval(arm.ci, own)


def _unknown(counted: Share | Arm, own: Speech) -> str:
    """Return why a total is not known, to stand behind what is counted."""
    if not counted.of_unknown:
        return ""
    return f" ({own.say('total not known: {why}', why=counted.of_unknown.removesuffix('.'))})"


def _interval(ci: tuple[object, object] | None, own: Speech) -> str:
    return f" ({own.say('95% CI {low} to {high}', low=ci[0], high=ci[1])})" if ci else ""


def _printed(text: str) -> str:
    return " ".join(text.split())
