"""Drawings in a PDF, which has no style sheet: they carry their colours."""

import re

# The colours that the style sheet gives on the site; an image in a PDF has no style sheet.
_STYLE = """<style>
text{font-family:'Libertinus Serif';font-size:13px;fill:#1c2326} .label{font-style:normal}
.panel{font-weight:bold} .band{fill:#f4f7f7} .cut{fill:#0b5563}
.state{fill:#8a2f14}
.value,.reading,.tick{fill:#4d5960} .grid{stroke:#c9d1d4} .no-difference{stroke:#b3401e}
.interval{stroke:#0b5563;stroke-width:2.4} .point{fill:#0b5563}
.box rect{fill:#f4f7f7;stroke:#0b5563} .question rect{fill:#fff;stroke-width:2}
.checklist rect{fill:#fff;stroke-width:2} .outcome rect{fill:#fff6e0;stroke:#b07a00}
.urgent rect{fill:#fdf1ee;stroke:#b3401e} .none rect{fill:#fff;stroke:#4d5960;stroke-dasharray:5 3}
.exit rect{fill:none;stroke:#4d5960} .line{fill:none;stroke:#4d5960} .head{fill:#4d5960}
.return .line{stroke-dasharray:4 3} .answer{font-weight:bold} .under{fill:#fff}
</style>"""


def styled(svg: object) -> str:
    """Return a drawing with its colours."""
    return re.sub(r"(<svg[^>]*>)", lambda match: match[1] + _STYLE, str(svg), count=1)
