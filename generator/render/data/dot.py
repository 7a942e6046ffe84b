"""The pathway in the language of Graphviz."""

from generator.graph import edges_of
from generator.pathway import Pathway, is_urgent


def to_dot(pathway: Pathway) -> str:
    """Return the pathway in the language of Graphviz, with stages as clusters and answers on the edges."""
    lines = ["digraph pathway {", "  node [shape=box];"]
    for stage, term in pathway.stages.items():
        lines += [f"  subgraph {_quoted(f'cluster_{stage}')} {{", f"    label={_quoted(term.name)};"]
        lines += [
            f"    {_quoted(n)} [label={_quoted(node.label)}{' style=bold' if is_urgent(node) else ''}];"
            for n, node in pathway.nodes.items()
            if node.stage == stage
        ]
        lines += ["  }"]
    for name, node in pathway.nodes.items():
        for edge in edges_of(name, node):
            style = " style=dashed" if edge.returns else ""
            lines.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [label={_quoted(edge.answer)}{style}];")
    return "\n".join([*lines, "}", ""])


def _quoted(text: object) -> str:
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
