"""Whether a page carries a content security policy, and a strict one."""

from __future__ import annotations

import lxml.html

from tests.audit.finding import Finding

LOOSE = ("'unsafe-", "*", "http:", "https:", "blob:")
MUST = {"default-src": "'self'", "object-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
META = "//meta[translate(@http-equiv, 'CONTENT-SECURITY-POLICY', 'content-security-policy') = 'content-security-policy']"


def judge(page: str, html: bytes) -> list[Finding]:
    """Faults of the policy of a page."""
    root = lxml.html.fromstring(html)
    found = root.xpath(META)
    if not found:
        return [Finding(page, "policy", "policy", "<head>", "none; it needs a content security policy")]
    late = root.xpath("//*[self::script or self::link[@rel = 'stylesheet']][following::meta[@http-equiv]]")
    faults = [("comes after", one.tag, "put the policy before everything it governs") for one in late[:1]]
    policy = parsed(found[0].get("content", ""))
    faults += [
        (name, source, "too wide; name `'self'` or a hash")
        for name, sources in policy.items() for source in sources if source.startswith(LOOSE)
    ]
    faults += [
        (name, " ".join(policy.get(name, ["not there"])), f"write `{name} {wanted}`")
        for name, wanted in MUST.items() if policy.get(name) not in ([wanted], ["'none'"])
    ]
    return [Finding(page, "policy", f"policy {rule}", element, advice) for rule, element, advice in faults]


def parsed(content: str) -> dict[str, list[str]]:
    """Directive → its sources."""
    parts = [part.split() for part in content.lower().split(";")]
    return {part[0]: part[1:] for part in parts if part}
