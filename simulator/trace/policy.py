"""The Content-Security-Policy of the pages that we write (W3C CSP Level 3): what is in them is all that there is."""

import base64
import hashlib


def policy(style: str, script: str | None = None) -> str:
    """Nothing may be loaded, and no style or script may be there but these: whatever a peer's bytes say."""
    parts = ["default-src 'none'", f"style-src '{_digest(style)}'"]
    parts += [f"script-src '{_digest(script)}'"] if script is not None else []
    return "; ".join((*parts, "img-src data:", "base-uri 'none'", "form-action 'none'"))


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
