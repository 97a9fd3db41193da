"""How the pages begin that stand for themselves: one file with its styles in it, which loads nothing."""

from simulator.trace.policy import policy


def page_head(title: str, style: str) -> tuple[str, ...]:
    """The lines up to the body. `title` is HTML already."""
    return (
        "<!doctype html>",
        '<html lang="en">',
        f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy(style)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title><style>{style}</style></head>",
    )
