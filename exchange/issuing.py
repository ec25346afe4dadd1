"""Certificates and revocation lists made (签发证书与注销名单): profiles that openssl, poppler and NSS accept.

Source: RFC 5280; extended key usage emailProtection is what `openssl cms` and NSS ask for,
documentSigning what PDF readers do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from exchange.certificates import (
    DOCUMENT_SIGNING,
    Certificate,
    PublicKey,
    is_signed_by,
    is_strong,
    parse_certificate,
    subject_name,
    utc_seconds,
)
from exchange.keys import OpenKey, PrivateKey
from models.domain.errors import KeyProblem
from models.domain.revocation import Revocation, RevocationReason
from services.ports.exchange import SignerRole, Subject

_ROOT_NAME = "绩效报送签名根证书"
_LATER_ROOT = "（第{generation}代）"
_MAX_PERSON_BYTES = 64
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True, slots=True)
class IssuingPolicy:
    """Lifetimes (有效期限): a leaf serves three years, a root twenty, a revocation list thirteen months.

    The list outlives a working year by one month: kits that carry it are handed out yearly.
    """

    leaf: timedelta = timedelta(days=3 * 365 + 1)
    root: timedelta = timedelta(days=20 * 365 + 5)
    revocation_list: timedelta = timedelta(days=400)


def check_subject(subject: Subject) -> None:
    """KeyProblem when a name is missing, too long or holds invisible characters."""
    texts = {"签署人姓名": subject.person_name, "单位代码": subject.unit_code, "单位名称": subject.unit_name}
    for label, text in texts.items():
        if not text.strip() or not text.isprintable():
            raise KeyProblem(f"{label}没有填写，或含有看不见的字符", f"请先填写{label}", "签名证书")
    if len(subject.person_name.encode("utf-8")) > _MAX_PERSON_BYTES:
        raise KeyProblem("签署人姓名过长，不超过21个汉字", "请填写签署人的姓名", "签名证书")


def self_signed_leaf(key: PrivateKey, subject: Subject, now: datetime, policy: IssuingPolicy) -> Certificate:
    """The certificate a key gets at birth, signed by itself."""
    check_subject(subject)
    name = subject_name(subject)
    public = _supported(key.public_key())
    builder = _leaf_builder(name, name, public, now, utc_seconds(now) + policy.leaf)
    builder = _with_authority(builder, public)
    return _read(builder.sign(key, hashes.SHA256()))


def issued_leaf(
    root: OpenKey, public: PublicKey, subject: Subject, now: datetime, policy: IssuingPolicy
) -> Certificate:
    """A leaf for that public key, issued by the root."""
    check_subject(subject)
    if not root.signing_certificate.is_root:
        raise KeyProblem("打开的不是根证书的密钥", "请打开根证书的密钥后再签发", "签发证书")
    until = min(utc_seconds(now) + policy.leaf, root.certificate.not_after)
    issuer = root.signing_certificate.x509.subject
    builder = _leaf_builder(subject_name(subject), issuer, public, now, until)
    builder = _with_authority(builder, root.signing_certificate.public_key)
    return _read(builder.sign(root.private_key, hashes.SHA256()))


def root_certificate(
    key: PrivateKey,
    bureau_code: str,
    bureau_name: str,
    now: datetime,
    policy: IssuingPolicy,
    generation: int = 1,
) -> Certificate:
    """The bureau's root: CA, no further CA below it, signs certificates and lists only.

    A later root bears its generation in its name, so that two of one bureau are never mixed up.
    """
    later = _LATER_ROOT.format(generation=generation) if generation > 1 else ""
    subject = Subject(f"{_ROOT_NAME}{later}", bureau_code, bureau_name, SignerRole.BUREAU)
    check_subject(subject)
    name = subject_name(subject)
    public = _supported(key.public_key())
    builder = _authority_builder(name, name, public, now, utc_seconds(now) + policy.root)
    return _read(_with_authority(builder, public).sign(key, hashes.SHA256()))


def root_link(old: OpenKey, new: Certificate, now: datetime) -> Certificate:
    """A new root's name and key under the old root's signature (新旧根证书交接); it issues nothing by itself."""
    if not (old.signing_certificate.is_root and new.is_root):
        raise KeyProblem("打开的不是根证书的密钥", "请打开根证书的密钥后再试", "更换根证书")
    until = min(old.certificate.not_after, new.info.not_after)
    issuer = old.signing_certificate.x509.subject
    builder = _authority_builder(new.x509.subject, issuer, new.public_key, now, until)
    builder = _with_authority(builder, old.signing_certificate.public_key)
    return _read(builder.sign(old.private_key, hashes.SHA256()))


def revocation_list(
    root: OpenKey,
    revoked: Sequence[Revocation | tuple[str, datetime]],
    number: int,
    now: datetime,
    policy: IssuingPolicy,
    *,
    is_last: bool = False,
) -> str:
    """The root's revocation list as PEM; serials in hexadecimal. The last one serves until the root ends."""
    issuer = root.signing_certificate
    start = utc_seconds(now)
    until = root.certificate.not_after if is_last else start + policy.revocation_list
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.x509.subject)
        .last_update(start)
        .next_update(max(until, start + policy.revocation_list))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key), critical=False)
    )
    for item in sorted({one[0]: Revocation(*one) for one in revoked}.values(), key=lambda one: one.serial):
        builder = builder.add_revoked_certificate(_entry(item))
    return builder.sign(root.private_key, hashes.SHA256()).public_bytes(Encoding.PEM).decode("ascii")


def _entry(item: Revocation) -> x509.RevokedCertificate:
    """One line of the list; reason and 自何时起不可信 as RFC 5280 §5.3.1 and §5.3.2 have them."""
    entry = x509.RevokedCertificateBuilder(int(item.serial, 16), utc_seconds(item.at))
    if item.reason is not RevocationReason.UNSPECIFIED:
        flag = x509.ReasonFlags[item.reason.value]
        entry = entry.add_extension(x509.CRLReason(flag), critical=False)
    if item.since is not None:
        moment = utc_seconds(item.since).replace(tzinfo=None)
        entry = entry.add_extension(x509.InvalidityDate(moment), critical=False)
    return entry.build()


def request_pem(key: OpenKey) -> str:
    """PKCS#10 of a key, its subject as in the self-signed certificate."""
    builder = x509.CertificateSigningRequestBuilder()
    builder = builder.subject_name(subject_name(key.certificate.subject))
    return builder.sign(key.private_key, hashes.SHA256()).public_bytes(Encoding.PEM).decode("ascii")


def public_key_from(pem: str, *roots: Certificate) -> PublicKey:
    """The public key of a PKCS#10 or certificate whose holder has proved to own it; KeyProblem otherwise.

    A request and a self-signed certificate prove it by their own signature, a certificate of one of these
    roots was issued to a proved key before (renewal, change of the root).
    """
    is_request = "CERTIFICATE REQUEST" in pem
    try:
        read = (
            x509.load_pem_x509_csr(pem.encode("ascii"))
            if is_request
            else x509.load_pem_x509_certificate(pem.encode("ascii"))
        )
        public = _supported(read.public_key())
        is_proved = is_signed_by(read, public) or (
            not is_request and any(is_signed_by(read, root.public_key) for root in roots)
        )
    except KeyProblem:
        raise
    except Exception as error:  # the parser has no closed list of complaints
        raise KeyProblem("登记申请里的公钥读不出来", "请让该单位重新生成登记申请", "签发证书") from error
    if not is_proved:
        raise KeyProblem("申请人没有证明这个密钥是自己的", "请让该单位重新生成登记申请", "签发证书")
    return public


def _supported(public: object) -> PublicKey:
    if not isinstance(public, PublicKey) or not is_strong(public):
        raise KeyProblem("密钥的种类或长度不符合要求", "请让该单位用本程序重新生成登记申请", "签发证书")
    return public


def _builder(
    name: x509.Name, issuer: x509.Name, public: PublicKey, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(utc_seconds(now))
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _authority_builder(
    name: x509.Name, issuer: x509.Name, public: PublicKey, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        _builder(name, issuer, public, now, until)
        .add_extension(x509.BasicConstraints(True, 0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
    )


def _leaf_builder(
    name: x509.Name, issuer: x509.Name, public: PublicKey, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, DOCUMENT_SIGNING])
    return (
        _builder(name, issuer, public, now, until)
        .add_extension(x509.BasicConstraints(False, None), critical=True)
        .add_extension(_usage("digital_signature", "content_commitment"), critical=True)
        .add_extension(purposes, critical=False)
    )


def _with_authority(builder: x509.CertificateBuilder, issuer: PublicKey) -> x509.CertificateBuilder:
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer)
    return builder.add_extension(identifier, critical=False)


def _usage(*granted: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: name in granted for name in _USAGES})


def _read(built: x509.Certificate) -> Certificate:
    return parse_certificate(built.public_bytes(Encoding.DER))
