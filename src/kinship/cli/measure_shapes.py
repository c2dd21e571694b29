"""Measures as JSON: one flat object, the same keys for the vault and for a graph file, null where undefined."""

from __future__ import annotations

from kinship.circle.cohesion import Cohesion
from kinship.circle.composition import Composition
from kinship.circle.figures import Measures
from kinship.circle.graph_measures import GraphMeasures
from kinship.circle.structural import Holes
from kinship.circle.support_measures import SupportMeasures
from kinship.cli.shapes import Shape
from kinship.journal.kinds import SUPPORT
from kinship.privacy.text import clean_line

MOMENTS = ("concentration", "effective_givers", "given_share")
STRAIN = ("strain_load", "ambivalence")


def vault_shape(found: Measures) -> Shape:
    """Return the measures of a circle; people are named by id alone."""
    support = _support(found.support)
    compositions = {"circle": found.circles, "kind": found.kinds, "ring": found.rings}
    return {
        **_structure(found.cohesion, found.holes, found.ego_betweenness, found.ego_betweenness_share),
        **{key: value for word, made in compositions.items() for key, value in _composition(word, made).items()},
        "ei_circle": found.ei_index,
        **support,
        "shape": found.shape.name.value,
    }


def graph_shape(found: GraphMeasures) -> Shape:
    """Return the measures of a graph file; keys of support are there as far as the file has the attributes."""
    shape = _structure(found.cohesion, found.holes, found.ego_betweenness, found.ego_betweenness_share)
    for word, made in found.composition.items():
        shape |= _composition(clean_line(word), made)
        shape[f"ei_{clean_line(word)}"] = found.ei[word]
    if found.support is not None:
        support = _support(found.support)
        left = {
            *(() if found.moments else MOMENTS),
            *(() if found.strain else STRAIN),
            *(() if found.takes else ("reciprocity",)),
        }
        shape |= {key: value for key, value in support.items() if key not in left}
    return shape


def _structure(cohesion: Cohesion, holes: Holes, between: float | None, between_share: float | None) -> Shape:
    cut, groups = cohesion.cut_persons, cohesion.communities
    return {
        "size": cohesion.size,
        "ties": cohesion.ties,
        "density": cohesion.density,
        "mean_degree": cohesion.mean_degree,
        "isolates": cohesion.isolates,
        "components": cohesion.components,
        "component_ratio": cohesion.component_ratio,
        "fragmentation": cohesion.fragmentation,
        "effective_size": holes.effective_size,
        "efficiency": holes.efficiency,
        "constraint": holes.constraint,
        "hierarchy": holes.hierarchy,
        "ego_betweenness": between,
        "ego_betweenness_normalized": between_share,
        "cut_persons": None if cut is None else len(cut),
        "cut_person_ids": None if cut is None else [clean_line(one) for one in cut],
        "communities": None if groups is None else len(groups),
        "cliques": cohesion.cliques,
    }


def _composition(word: str, made: Composition) -> Shape:
    shares = {f"share_{word}_{clean_line(value)}": share for value, share in made.shares.items()}
    return {f"blau_{word}": made.blau, f"iqv_{word}": made.iqv, f"entropy_{word}": made.entropy, **shares}


def _support(found: SupportMeasures) -> Shape:
    sole = {f"sole_{kind.value}": found.sole_providers.get(kind) for kind in SUPPORT}
    return {
        "coverage": found.coverage,
        **{f"depth_{kind.value}": found.depth[kind] for kind in SUPPORT},
        "sole_providers": len(found.sole_providers),
        **{key: None if one is None else clean_line(one) for key, one in sole.items()},
        "multiplexity": found.multiplexity,
        "mean_kinds": found.mean_kinds,
        "concentration": found.concentration,
        "effective_givers": found.effective_givers,
        "reciprocity": found.reciprocity,
        "given_share": found.given_share,
        "strain_load": found.strain_load,
        "ambivalence": found.ambivalence,
    }
