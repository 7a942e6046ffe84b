"""The pathway in the language of Graphviz."""

from collections.abc import Iterator

from generator import links
from generator.answers import Answer
from generator.facts.claims import claims_of
from generator.graph import edges_of
from generator.guideline import Guideline
from generator.pathway import PathwayNode, claims_named, is_urgent, parts_that_say


def to_dot(guideline: Guideline) -> str:
    """Return the pathway in the language of Graphviz, with stages as clusters and answers on the edges.

    A node has the address where it stands on the site, and, in attributes that Graphviz passes over, the ids of the
    answers that it says and of the claims that it rests on, and the marks of those.
    """
    pathway = guideline.pathway
    lines = ["digraph pathway {", "  node [shape=box];"]
    for stage, term in pathway.stages.items():
        lines += [f"  subgraph {_quoted(f'cluster_{stage}')} {{", f"    label={_quoted(term.name)};"]
        lines += [
            f"    {_quoted(name)} [{' '.join(_attributes(name, node, guideline))}];"
            for name, node in pathway.nodes.items()
            if node.stage == stage
        ]
        lines += ["  }"]
    for name, node in pathway.nodes.items():
        for edge in edges_of(name, node):
            style = " style=dashed" if edge.returns else ""
            lines.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [label={_quoted(edge.answer)}{style}];")
    return "\n".join([*lines, "}", ""])


def _attributes(name: str, node: PathwayNode, guideline: Guideline) -> Iterator[str]:
    yield f"label={_quoted(node.label)}"
    if is_urgent(node):
        yield "style=bold"
    here = links.hosted(guideline.about.address, links.PATHWAY, links.node_anchor(name), in_folder=True)
    yield f"URL={_quoted(here)}"
    says = [id_ for _, part in parts_that_say(node) for id_ in part.says]
    claims = [claim for _, part in parts_that_say(node) for claim in claims_named(part)]
    for id_ in says:
        said = guideline.answers.get(id_)
        claims += [each.claim for each in said.support] if isinstance(said, Answer) else []
    if says:
        yield f"answers={_quoted(' '.join(dict.fromkeys(says)))}"
    if claims:
        yield f"claims={_quoted(' '.join(dict.fromkeys(claims)))}"
    if marks := dict.fromkeys(mark for id_ in claims for mark in claims_of(guideline)[id_].all_marks):
        yield f"marks={_quoted(', '.join(marks))}"


def _quoted(text: object) -> str:
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
