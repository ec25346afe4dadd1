"""What a token refuses, in plain words (UKey 故障提示): one sentence for each kind of trouble."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.domain.errors import KeyProblem, WrongPassword
from services.ports.tokens import PinState

AGAIN = "请插好 UKey 后再试，已填的内容都在"


def gone(label: str) -> KeyProblem:
    """The token is not plugged in, or was pulled out."""
    named = f"“{label}”" if label else ""
    return KeyProblem(f"找不到 UKey{named}，可能没有插好或已拔出", AGAIN)


def not_on_token(label: str) -> KeyProblem:
    """The token is there, the unit's key is not on it."""
    return KeyProblem(
        f"UKey“{label}”里没有本单位登记的签名密钥", "请换上登记时用的那个 UKey，或在“设置”里更换签名"
    )


def locked() -> KeyProblem:
    """The PIN is locked."""
    return KeyProblem("UKey 的 PIN 码已锁定", "请找发放 UKey 的单位解锁，已填的内容都在")


def wrong_pin(state: PinState) -> KeyProblem:
    """The PIN did not fit; says what is left where the token tells it."""
    if state is PinState.LOCKED:
        return locked()
    remedy = {
        PinState.LAST_TRY: "只剩最后一次机会，再输错就会被锁定，请确认后再输入",
        PinState.FEW_LEFT: "连续输错几次会被锁定，请确认后再输入",
    }.get(state, "请核对后再输入")
    return WrongPassword(f"UKey 的 PIN 码不正确。{remedy}")


@contextmanager
def plain_words(label: str) -> Iterator[None]:
    """Turn what the module says inside this block into KeyProblem; errors of the program pass."""
    import pkcs11

    try:
        yield
    except (
        pkcs11.DeviceRemoved,
        pkcs11.TokenNotPresent,
        pkcs11.TokenNotRecognised,
        pkcs11.SlotIDInvalid,
        pkcs11.SessionHandleInvalid,
        pkcs11.SessionClosed,
        pkcs11.ObjectHandleInvalid,
        pkcs11.KeyHandleInvalid,
    ) as error:
        raise gone(label) from error
    except pkcs11.PinLocked as error:
        raise locked() from error
    except (pkcs11.PinLenRange, pkcs11.PinInvalid, pkcs11.PinTooWeak) as error:
        raise KeyProblem("新的 PIN 码长度或字符不合这个 UKey 的要求", "请另设一个") from error
    except (pkcs11.PinExpired, pkcs11.UserPinNotInitialized) as error:
        what = "UKey 的 PIN 码还没有设置，或已到期"
        raise KeyProblem(what, "请先用 UKey 自带的工具设置 PIN 码") from error
    except pkcs11.UserNotLoggedIn as error:
        raise KeyProblem("UKey 已退出登录", "请重新输入 PIN 码，已填的内容都在") from error
    except (pkcs11.TokenWriteProtected, pkcs11.SessionReadOnly, pkcs11.FunctionNotSupported) as error:
        raise KeyProblem("这个 UKey 不允许写入", "请改用 UKey 里已有的密钥，或换一个 UKey") from error
    except pkcs11.DeviceMemory as error:
        raise KeyProblem("UKey 里已没有空位", "请用 UKey 自带的工具清理不用的密钥后再试") from error
    except pkcs11.PKCS11Error as error:
        raise KeyProblem("UKey 没有完成操作", f"{AGAIN}；仍不行请换一个 USB 接口") from error
