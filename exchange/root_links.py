"""From one root to the next (新旧根证书交接): a new root is believed where the old one has signed for it."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509

from exchange.certificates import Certificate, certificates_of, is_signed_by
from models.domain.errors import KeyProblem


def root_of(pem: str) -> Certificate:
    """The root a text holds; KeyProblem when it holds anything else."""
    try:
        (found,) = certificates_of(pem)
    except ValueError as error:
        raise KeyProblem("根证书读不出来", "请重新索取证书文件", "根证书") from error
    if not found.is_root:
        raise KeyProblem("这不是根证书", "请重新索取证书文件", "根证书")
    return found


def _is_link(one: Certificate) -> bool:
    """An authority's certificate: a unit's own certificate, signed by the root as well, must never make a root."""
    usage = one.x509.extensions.get_extension_for_class(x509.KeyUsage).value
    is_authority = one.x509.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    return is_authority and usage.key_cert_sign and not one.is_leaf


def leads_to(known_root_pem: str, links: Sequence[str], new_root_pem: str) -> bool:
    """Whether links lead from the known root's key to the new root's, each signed by the key before it.

    What cannot be read leads nowhere.
    """
    try:
        known, wanted = root_of(known_root_pem), root_of(new_root_pem)
        read = [one for pem in links for one in certificates_of(pem) if _is_link(one)]
    except (KeyProblem, ValueError, x509.ExtensionNotFound):
        return False
    reached = {known.spki: known}
    for _ in read:
        for link in read:
            before = next((one for one in reached.values() if is_signed_by(link.x509, one.public_key)), None)
            if before is not None and before.subject == link.issuer:
                reached.setdefault(link.spki, link)
    found = reached.get(wanted.spki)
    return found is not None and found.subject == wanted.subject
