"""The structured numbers of a claim in one line of words."""

from dataclasses import dataclass

from generator.data import Arm, Comparison, Data, Dose, Proportion, Share
from generator.guideline import Guideline


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
    return DoseWords(
        amount=f"{dose.amount} {dose.unit} {guideline.term('dose-periods', dose.per).name}{describe_days(dose)}",
        interval=f"every {dose.every}" if dose.every else "",
        length=f"for {dose.duration}" if dose.duration else "",
        route=guideline.term("routes", dose.route).name,
        role=guideline.term("dose-roles", dose.role).name if dose.role else "",
    )


def describe_data(data: Data, guideline: Guideline) -> str:
    """Return the structured numbers of a claim in one line."""
    match data:
        case Dose():
            words = dose_words(data, guideline)
            parts = (words.amount, words.interval, words.length, words.route, words.role)
            return _printed(", ".join(part for part in parts if part))
        case Share():
            unit = guideline.term("denominators", data.unit).name
            bad = "; lower is better" if isinstance(data, Proportion) and data.better == "lower" else ""
            return _printed(f"{data.outcome}: " + _counts(data, unit) + _interval(data.ci) + bad)
        case Comparison():
            measure = guideline.term("measures", data.measure).name.lower()
            arms = "; ".join(_arm(arm) for arm in data.arms)
            value = f"{measure} {data.value}{f' {data.unit}' if data.unit else ''}" if data.value is not None else ""
            p = f", p {'' if data.p.bound else '= '}{data.p}" if data.p else ""
            better = f"; {data.better} is better" if data.better else ""
            return _printed(
                f"{data.outcome}: " + "; ".join(filter(None, (arms, value))) + _interval(data.ci) + p + better
            )
        case _:
            of = f" (n = {data.of})" if data.of else ""
            spread = "".join(
                f", {name} {low} to {high}"
                for name, pair in (("range", data.range), ("interquartile range", data.iqr))
                if pair
                for low, high in [pair]
            )
            sd = f", SD {data.sd}" if data.sd is not None else ""
            value = f"{data.statistic} {data.value} {data.unit}"
            return _printed(f"{data.outcome}: {value}{spread}{sd}{_interval(data.ci)}{of}")


def describe_days(dose: Dose) -> str:
    """Return over how many days a dose is given, to stand behind it; empty if the source does not say."""
    if dose.days is None:
        return ""
    return f" over {dose.days} day" + ("" if str(dose.days) == "1" else "s")


def _counts(data: Share, unit: str) -> str:
    if data.events is None:
        return f"{data.percent} % of {unit}" + (f" (n = {data.of})" if data.of else "") + _unknown(data)
    counts = f"{data.events} of {data.of} {unit}" if data.of else f"{data.events} {unit}"
    return counts + (f" ({data.percent} %)" if data.percent else "") + _unknown(data)


def _arm(arm: Arm) -> str:
    parts = []
    if arm.events is not None:
        parts.append(f"{arm.events} of {arm.of}" if arm.of else f"{arm.events}")
    elif arm.of is not None:
        parts.append(f"n = {arm.of}")
    if arm.percent is not None:
        parts.append(f"{arm.percent} %")
    parts += [f"{name} {value}" for name in ("mean", "median") if (value := getattr(arm, name)) is not None]
    return " ".join([arm.name, *([", ".join(parts)] if parts else [])]) + _unknown(arm) + _interval(arm.ci)


def _unknown(counted: Share | Arm) -> str:
    """Return why a total is not known, to stand behind what is counted."""
    return f" (total not known: {counted.of_unknown.removesuffix('.')})" if counted.of_unknown else ""


def _interval(ci: tuple[object, object] | None) -> str:
    return f" (95 % CI {ci[0]} to {ci[1]})" if ci else ""


def _printed(text: str) -> str:
    return " ".join(text.split())
