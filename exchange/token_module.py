"""The maker's module and the tokens in it (PKCS#11 模块与 UKey), through python-pkcs11.

One lock guards every call: modules are started without leave to use threads. A module is loaded once per
program and asked anew for its slots each time, so a token plugged in later is seen. Source: PKCS #11 v2.40.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from exchange.token_problems import gone
from models.domain.errors import KeyProblem
from services.ports.tokens import PinState, TokenInfo, TokenPlace

LOCK = threading.RLock()
"""Held around every call into a module."""


def load(module: str) -> Any:
    """The module's library, started; KeyProblem when the file does not serve."""
    if not module or not Path(module).is_file():
        what = f"找不到 UKey 的模块文件“{Path(module).name}”" if module else "还没有选择 UKey 的模块文件"
        raise KeyProblem(what, "请先安装 UKey 的驱动程序，再重新选择它的模块文件（平时在“设置”里）")
    try:
        import pkcs11
    except ImportError as error:
        raise KeyProblem("本机的程序缺少读取 UKey 的组件", "请重新安装本程序，或先用密钥文件签名") from error
    try:
        return pkcs11.lib(module)
    except (RuntimeError, OSError) as error:
        if type(error) is not pkcs11.PKCS11Error:  # it was loaded, and says itself that it cannot start
            what = f"UKey 的模块“{Path(module).name}”启动不了"
            raise KeyProblem(what, "请确认驱动程序装好、UKey 插好后再试，已填的内容都在") from error
        what = f"“{Path(module).name}”不是能用的 UKey 模块文件，或与本程序的位数不同"
        raise KeyProblem(what, "请向 UKey 厂家索取 64 位的模块文件（PKCS#11 接口）") from error


def plugged_in(module: str) -> Sequence[Any]:
    """The library's tokens that can be used now; a slot that fails is left out. The caller holds LOCK."""
    library = load(module)
    import pkcs11

    found = []
    try:
        slots = library.get_slots(token_present=True)
    except pkcs11.PKCS11Error:
        return ()
    for slot in slots:
        try:
            token = slot.get_token()
        except pkcs11.PKCS11Error:
            continue
        if token.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED:
            found.append(token)
    return found


def restart(module: str) -> None:
    """Start the module anew: some never see a token again that was pulled out once. The caller holds LOCK.

    Every login of this module ends with it.
    """
    with suppress(RuntimeError):
        load(module).reinitialize()


def find_token(place: TokenPlace) -> Any:
    """The token of that place; KeyProblem when it is not plugged in. The caller holds LOCK."""
    for token in plugged_in(place.module):
        if serial_of(token) == place.serial and str(token.label).strip() == place.label:
            return token
    raise gone(place.label)


def tokens(module: str) -> Sequence[TokenInfo]:
    """The tokens plugged in, by label."""
    with LOCK:
        if not plugged_in(module):
            restart(module)
        found = [
            TokenInfo(
                TokenPlace(module, str(token.label).strip(), serial_of(token)),
                str(token.manufacturer_id).strip(),
                pin_state(token),
            )
            for token in plugged_in(module)
        ]
    return sorted(found, key=lambda info: (info.place.label, info.place.serial))


def serial_of(token: Any) -> str:
    """A token's serial number as text."""
    return bytes(token.serial).decode("utf-8", "replace").strip("\0 ")


def pin_state(token: Any) -> PinState:
    """What the token says of its PIN."""
    from pkcs11 import TokenFlag

    flags = token.flags
    if flags & TokenFlag.USER_PIN_LOCKED:
        return PinState.LOCKED
    if flags & TokenFlag.USER_PIN_FINAL_TRY:
        return PinState.LAST_TRY
    return PinState.FEW_LEFT if flags & TokenFlag.USER_PIN_COUNT_LOW else PinState.FINE
