"""How each role of the drawn map looks: one component class of the widget for every word that a run can carry."""

ROLES = (
    "emotional", "practical", "identity", "several", "none", "wished", "paused", "remembered", "ended", "no_contact",
    "light", "quiet", "ghost", "fresh", "moved", "strain", "focus", "pointed", "found", "known", "label", "inner",
    "middle", "outer", "number", "sector", "ego", "tie", "tie-all", "trail", "spoke", "ring-inner", "ring-middle",
    "ring-outer", "word",
)  # fmt: skip
"""Every role a run of the drawing can have; each is a component class `support-map--<role>`."""

LOOKS = """
SupportMap { background: $paper; color: $ink; }
SupportMap > .support-map--ring-inner { color: $dim 80%; }
SupportMap > .support-map--ring-middle { color: $dim 55%; }
SupportMap > .support-map--ring-outer { color: $rule; }
SupportMap > .support-map--spoke { color: $rule; }
SupportMap > .support-map--sector { color: $dim; text-style: italic; }
SupportMap > .support-map--ego { color: $paper; background: $ink; text-style: bold; }
SupportMap > .support-map--tie { color: $accent 55%; }
SupportMap > .support-map--tie-all { color: $dim 45%; }
SupportMap > .support-map--trail { color: $accent 70%; }
SupportMap > .support-map--emotional { color: $emotional; text-style: bold; }
SupportMap > .support-map--practical { color: $practical; text-style: bold; }
SupportMap > .support-map--identity { color: $identity; text-style: bold; }
SupportMap > .support-map--several { color: $several; text-style: bold; }
SupportMap > .support-map--none { color: $dim; }
SupportMap > .support-map--wished { color: $accent; }
SupportMap > .support-map--paused { color: $dim; }
SupportMap > .support-map--remembered { color: $accent; }
SupportMap > .support-map--ended { color: $dim; }
SupportMap > .support-map--no_contact { color: $dim; }
SupportMap > .support-map--light { text-style: not bold; }
SupportMap > .support-map--inner { color: $ink; text-style: bold; }
SupportMap > .support-map--middle { color: $ink; }
SupportMap > .support-map--outer { color: $ink 75%; }
SupportMap > .support-map--quiet { color: $dim 60%; text-style: not bold; }
SupportMap > .support-map--ghost { color: $dim 80%; text-style: strike; }
SupportMap > .support-map--fresh { color: $good; text-style: bold; }
SupportMap > .support-map--moved { color: $accent; text-style: bold; }
SupportMap > .support-map--strain { color: $strain; text-style: bold; }
SupportMap > .support-map--known { color: $accent; }
SupportMap > .support-map--number { color: $dim; }
SupportMap > .support-map--word { color: $dim; text-style: italic; }
SupportMap > .support-map--found { color: $accent; text-style: bold underline; }
SupportMap > .support-map--pointed { color: $ink; background: $raised; }
SupportMap > .support-map--focus { color: $paper; background: $accent; text-style: bold not underline; }
SupportMap:ansi > .support-map--focus { text-style: bold reverse; }
SupportMap:ansi > .support-map--ego { text-style: bold reverse; }
SupportMap:ansi > .support-map--pointed { text-style: underline; }
"""
